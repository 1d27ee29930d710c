"""What the command says of itself and to whoever mistypes: in Chinese, with what to do."""

import re

import pytest

from admin.command_line import Parser, in_chinese
from admin.main import COMMANDS, main

ENGLISH = re.compile(r"\b(usage|positional|options|show this|argument|error|expected|required|the|and|with)\b")


def said_by(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[object, str]:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    told = capsys.readouterr()
    return ended.value.code, told.out + told.err


@pytest.mark.parametrize(
    "arguments", [[], *([name] for name in COMMANDS), ["identity", "add"], ["identity", "camunda"]]
)
def test_help_is_chinese(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status, text = said_by([*arguments, "--help"], capsys)
    assert status == 0
    assert text.startswith(f"用法：{' '.join(['zhengjian', *arguments])}")
    assert ENGLISH.findall(text) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "还缺少 命令。什么也没有做；用 zhengjian --help 查看用法。"),
        (["demo", "--twice"], "不认识 --twice。"),
        (["review", "批复.xlsx"], "还缺少招标文件。什么也没有做；用 zhengjian review --help 查看用法。"),
        (["up", "--data"], "--data 后面要写一个值。"),
        (["up", "--demo=1"], "--demo 后面不能写值（现在是“1”）。"),
        (["identity"], "还缺少 操作。"),
        (["identity", "add", "zhang_san"], "还缺少 --name。"),
    ],
)
def test_a_mistyped_command_is_told_in_chinese(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, text = said_by(arguments, capsys)
    assert status == 2
    assert says in text
    assert ENGLISH.findall(text) == []


def test_an_unknown_command_is_shown_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    status, text = said_by(["frobnicate"], capsys)
    assert status == 2
    assert "命令 没有“frobnicate”，可以是 " in text
    assert all(name in text for name in COMMANDS)


def test_a_value_of_the_wrong_kind_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    parser = Parser(prog="trial")
    parser.add_argument("--port", type=int)
    with pytest.raises(SystemExit):
        parser.parse_args(["--port", "many"])
    assert "--port 不能是“many”。" in capsys.readouterr().err


def test_a_message_nobody_has_put_into_chinese_is_not_swallowed() -> None:
    assert in_chinese("something new") == "something new"
