"""The command as a whole: it helps in Chinese, and stops quietly when nobody reads on."""

import subprocess
import sys
from pathlib import Path

import pytest

from admin.main import BROKEN, COMMANDS, READER_GONE, main

SAMPLE = Path(__file__).parents[2] / "samples" / "cloud_cryptography"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    told = capsys.readouterr().out
    assert [name for name in COMMANDS if f" {name} " not in told and f" {name}\n" not in told] == []


def test_a_reader_who_has_seen_enough_gets_no_traceback() -> None:
    command = [sys.executable, "-m", "admin.main", "review", str(SAMPLE / "approved.xlsx"), str(SAMPLE / "tender.xlsx")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (READER_GONE, "")


def test_a_bug_is_told_in_full_and_its_status_is_none_that_a_review_gives(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr("admin.review.run", broken)
    assert main(["review", "批复.xlsx", "招标.docx"]) == BROKEN
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert told.endswith("程序内部出错，命令没有完成。请把上面的内容交给维护人员。\n")
