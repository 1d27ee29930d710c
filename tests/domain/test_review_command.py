"""`zhengjian review` from outside: its JSON, its exit status, its table and its refusals."""

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest

from admin.main import main
from tests.domain.builders import HEADER, ROW, TENDER_HEADER, TENDER_ROW, text_document, workbook

ROOT = Path(__file__).parents[2]
TENDER = ("1", "业务服务器", "1、CPU核数：不低于16核；2、内存：≥512GB。", "台", "10", "125000", "1250000")


@pytest.fixture
def approved(tmp_path: Path) -> Path:
    path = tmp_path / "批复.xlsx"
    path.write_bytes(workbook([HEADER, ROW]))
    return path


@pytest.fixture
def tender(tmp_path: Path) -> Path:
    path = tmp_path / "招标.docx"
    path.write_bytes(text_document([TENDER_HEADER, TENDER]))
    return path


def text_of(content: bytes) -> str:
    """Everything a reader of a text document sees, in its order, cells included."""
    document = docx.Document(io.BytesIO(content))
    return "\n".join(
        "".join(node.itertext()) for node in document.element.body if node.tag.rpartition("}")[2] != "sectPr"
    )


def test_the_json_has_exactly_the_agreed_shape(approved: Path, tender: Path, tmp_path: Path) -> None:
    result = tmp_path / "结果.json"
    assert main(["review", str(approved), str(tender), "--json", str(result)]) == 1
    written = json.loads(result.read_text("utf-8"))
    assert list(written) == ["overall", "rows", "totals", "warnings", "reasonableness"]
    assert written["overall"] == "存在偏差"
    assert written["totals"] == {"approved_fen": 125_000_000, "tender_fen": 125_000_000}
    assert written["warnings"] == []
    assert [(row["parameter"], row["verdict"]) for row in written["rows"]] == [
        ("CPU核数", "一致"),
        ("内存", "提高"),
        ("数量", "一致"),
        ("单价", "一致"),
        ("合价", "一致"),
        ("合价", "一致"),
    ]
    assert 0 < written["rows"][1].pop("confidence") < 1  # the device goes by another name in the tender
    assert written["rows"][1] == {
        "subsystem": "计算资源",
        "item": "应用服务器",
        "tender_item": "业务服务器",
        "parameter": "内存",
        "approved": "内存：≥256GB",
        "tender": "内存：≥512GB",
        "verdict": "提高",
        "reason": "批复“≥256GB”，招标“≥512GB”，要求提高（口径：内存容量按 1TB=1024GB 计；名称按同义词典对应）",
        "approved_ref": "设备清单!D2 第2条",
        "tender_ref": "表1 第2行 第2条",
        "finding_kind": "一致性",
    }


def test_no_deviation_ends_with_zero(approved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    same = tmp_path / "同.docx"
    same.write_bytes(text_document([TENDER_HEADER, TENDER_ROW]))
    assert main(["review", str(approved), str(same)]) == 0
    shown = capsys.readouterr()
    assert "总体：一致" in shown.out
    assert shown.err == ""


def test_the_table_is_readable(approved: Path, tender: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(approved), str(tender)]) == 1
    shown = capsys.readouterr().out
    assert "批复“≥256GB”，招标“≥512GB”，要求提高（批复 设备清单!D2 第2条，招标 表1 第2行 第2条）" in shown
    assert "共 6 行：一致 5，提高 1" in shown
    assert "金额：批复 125.00万元，招标 125.00万元" in shown


@pytest.mark.parametrize("position", [0, 1])
def test_a_refused_file_is_told_on_standard_error_and_writes_nothing(
    position: int, approved: Path, tender: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"%PDF-1.7")
    files = [str(approved), str(tender)]
    files[position] = str(bad)
    result = tmp_path / "结果.json"
    assert main(["review", *files, "--json", str(result)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"{('批复文件', '招标文件')[position]}未被接受：文件不完整或已损坏")
    assert not result.exists()


def test_a_file_that_is_not_there_is_told_kindly(
    tender: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", str(tmp_path / "无.xlsx"), str(tender)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert (
        shown.err == f"批复文件无法打开：{tmp_path / '无.xlsx'}（没有这个文件或文件夹）。请检查路径和读取权限后重试。\n"
    )


def test_a_folder_is_neither_read_nor_replaced(
    approved: Path, tender: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", str(tmp_path), str(tender)]) == 2
    assert "（这是一个文件夹）" in capsys.readouterr().err
    folder = tmp_path / "结果"
    folder.mkdir()
    assert main(["review", str(approved), str(tender), "--json", str(folder)]) == 2
    assert f"结果无法写入：{folder}（这是一个文件夹）" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_links_that_lead_to_each_other_are_told_kindly(
    approved: Path, tender: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"
    one.symlink_to(other)
    other.symlink_to(one)
    assert main(["review", str(one), str(tender)]) == 2
    assert "（链接互相指向，没有尽头）" in capsys.readouterr().err
    assert main(["review", str(approved), str(tender), "--json", str(one)]) == 2
    assert f"结果无法写入：{one}（链接互相指向，没有尽头）" in capsys.readouterr().err
    assert one.is_symlink()


def test_paths_with_spaces_brackets_and_chinese_and_a_pipe_are_read(
    approved: Path, tender: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "送审 材料（第 1 次）"
    folder.mkdir()
    renamed = folder / "批复 清单 [终稿].xlsx"
    renamed.write_bytes(approved.read_bytes())
    result = folder / "结 果.json"
    assert main(["review", str(renamed), str(tender), "--json", str(result)]) == 1
    command = [
        sys.executable,
        "-m",
        "admin.main",
        "review",
        "/dev/stdin",
        str(tender),
        "--json",
        str(folder / "2.json"),
    ]
    ended = subprocess.run(command, input=approved.read_bytes(), cwd=ROOT, check=False)
    assert ended.returncode == 1
    assert json.loads((folder / "2.json").read_text("utf-8"))["rows"] == json.loads(result.read_text("utf-8"))["rows"]


def test_the_same_file_on_both_sides_is_consistent(approved: Path, tmp_path: Path) -> None:
    result = tmp_path / "结果.json"
    assert main(["review", str(approved), str(approved), "--json", str(result)]) == 0
    assert {row["verdict"] for row in json.loads(result.read_text("utf-8"))["rows"]} == {"一致"}


@pytest.mark.parametrize("position", range(3))
def test_no_file_that_is_read_is_written_over(
    position: int, approved: Path, tender: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "口径.toml"
    config.write_text("")
    read = [approved, tender, config]
    before = read[position].read_bytes()
    with pytest.raises(SystemExit, match="2"):
        main(["review", str(approved), str(tender), "--config", str(config), "--xlsx", str(read[position])])
    assert "写入的文件不能与读取的文件相同" in capsys.readouterr().err
    assert read[position].read_bytes() == before


def test_a_terminal_without_some_characters_shows_what_it_can(approved: Path, tender: Path) -> None:
    command = [sys.executable, "-m", "admin.main", "review", str(approved), str(tender)]
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ended = subprocess.run(command, capture_output=True, env=env, cwd=ROOT, check=False)
    assert (ended.returncode, ended.stderr) == (1, b"")
    assert b"512GB" in ended.stdout


def test_a_result_that_cannot_be_written_is_told_kindly(
    approved: Path, tender: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", str(approved), str(tender), "--json", str(tmp_path / "没有" / "结果.json")]) == 2
    assert "结果无法写入" in capsys.readouterr().err


def test_every_run_writes_the_same_bytes(tmp_path: Path) -> None:
    samples = Path(__file__).parents[2] / "samples" / "city_management"
    written = set()
    for seed in ("0", "1", "2"):
        result = tmp_path / f"{seed}.json"
        command = [sys.executable, "-m", "admin.main", "review", samples / "approved.xlsx", samples / "tender.docx"]
        ended = subprocess.run(
            [*command, "--json", result],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=samples.parents[1],
            check=False,
        )
        assert ended.returncode == 1
        written.add(result.read_bytes())
    assert len(written) == 1


def test_an_existing_result_is_replaced_whole_and_keeps_its_permissions(
    approved: Path, tender: Path, tmp_path: Path
) -> None:
    result = tmp_path / "结果.json"
    result.write_text("旧的" * 100_000)
    result.chmod(0o640)
    assert main(["review", str(approved), str(tender), "--json", str(result)]) == 1
    assert json.loads(result.read_text("utf-8"))["overall"] == "存在偏差"
    assert result.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["批复.xlsx", "招标.docx", "结果.json"]


def test_a_link_is_followed_and_a_device_is_written_to(approved: Path, tender: Path, tmp_path: Path) -> None:
    result, link = tmp_path / "结果.json", tmp_path / "链接.json"
    link.symlink_to(result)
    assert main(["review", str(approved), str(tender), "--json", str(link)]) == 1
    assert link.is_symlink()
    assert json.loads(result.read_text("utf-8"))["overall"] == "存在偏差"
    assert main(["review", str(approved), str(tender), "--json", "/dev/null"]) == 1
    assert Path("/dev/null").is_char_device()


def test_a_configuration_decides_by_its_conventions(approved: Path, tender: Path, tmp_path: Path) -> None:
    config, result = tmp_path / "口径.toml", tmp_path / "结果.json"
    config.write_text('[synonyms.names]\n"内存大小" = "内存"\n', encoding="utf-8-sig")
    assert main(["review", str(approved), str(tender), "--config", str(config), "--json", str(result)]) == 1
    assert json.loads(result.read_text("utf-8"))["rows"][1]["verdict"] == "提高"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[conventions]\nbare = 1\n", "没有配置项 conventions.bare"),
        (b"[conventions\n", "不是有效的 TOML"),
        ("口径".encode("gbk"), "不是 UTF-8 编码"),
        (None, "配置文件无法打开"),
    ],
)
def test_a_configuration_that_cannot_be_used_is_told_before_anything_is_written(  # noqa: PLR0917
    approved: Path, tender: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, told: str
) -> None:
    config, result = tmp_path / "口径.toml", tmp_path / "结果.json"
    if content is not None:
        config.write_bytes(content)
    assert main(["review", str(approved), str(tender), "--config", str(config), "--json", str(result)]) == 2
    shown = capsys.readouterr()
    assert told in shown.err
    assert shown.out == ""
    assert not result.exists()


def test_several_results_are_written_at_once_and_no_table_is_printed(
    approved: Path, tender: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {kind: tmp_path / f"结果.{kind}" for kind in ("json", "xlsx", "docx")}
    options = [word for kind, path in files.items() for word in (f"--{kind}", str(path))]
    assert main(["review", str(approved), str(tender), *options]) == 1
    assert capsys.readouterr().out == ""
    book = openpyxl.load_workbook(files["xlsx"])
    rows = json.loads(files["json"].read_text("utf-8"))["rows"]
    assert [row[8] for row in book["全部比对"].iter_rows(min_row=2, values_only=True)] == [
        row["verdict"] for row in rows
    ]
    assert [row[9] for row in book["偏差"].iter_rows(min_row=2, values_only=True)] == [
        rows[1]["reason"].partition("（")[0]
    ]


def test_when_one_result_cannot_be_written_none_is(
    approved: Path, tender: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = tmp_path / "结果.json"
    first.write_text("旧的")
    status = main(
        ["review", str(approved), str(tender), "--json", str(first), "--xlsx", str(tmp_path / "没有" / "结果.xlsx")]
    )
    assert status == 2
    assert "结果无法写入" in capsys.readouterr().err
    assert first.read_text() == "旧的"
    assert len(list(tmp_path.iterdir())) == 3


def test_the_draft_of_the_opinion_has_the_offices_skeleton_and_marks_what_only_the_office_knows(
    approved: Path, tender: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "意见书.docx"
    assert main(["review", str(approved), str(tender), "--docx", str(draft)]) == 1
    text = text_of(draft.read_bytes())
    order = [
        "【待填：项目名称】", "技术参数一致性审查意见", "【待填：文号】", "一、审查依据", "二、总体结论",
        "三、逐项偏差", "四、金额核对", "五、合理性意见", "六、排他性提示", "七、处理要求与期限", "八、复审说明",
        "附件：比对明细", "审查人：【待填：姓名】", "复核人：【待填：姓名】", "签　发：", "市大数据局（印章）",
    ]  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    for expected in (
        hashlib.sha256(tender.read_bytes()).hexdigest(), "系统比对：存在偏差", "内存：≥512GB", "要求提高",
        "批复分项合计 125.00万元，招标分项合计 125.00万元，相等。", "【待填：期限】", "设备清单!D2 第2条",
    ):  # fmt: skip
        assert expected in text
    assert "{" not in text
    again = tmp_path / "再来.docx"
    main(["review", str(approved), str(tender), "--docx", str(again)])
    assert again.read_bytes() == draft.read_bytes()
