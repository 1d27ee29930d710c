"""`tests/lint.sh`: every check is run, and each one's complaint alone is enough to fail."""

import shutil
import subprocess
from pathlib import Path

import pytest

from admin.lint import REPOSITORY

PROGRAMS = ("ruff", "mypy", "lint-imports", "zhengjian")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the script, and programs that only say that they were run."""
    (tmp_path / "tests").mkdir()
    shutil.copy(REPOSITORY / "tests" / "lint.sh", tmp_path / "tests")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for name in PROGRAMS:
        install(tmp_path, name, "true")
    return tmp_path


def install(checkout: Path, name: str, line: str) -> None:
    program = checkout / ".venv" / "bin" / name
    program.write_text(f'#!/bin/sh\necho "$0 $*" | sed "s|.*bin/||" >> ran\n{line}\n', "utf-8")
    program.chmod(0o755)


def lint(checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "tests/lint.sh"], cwd=checkout, capture_output=True, text=True, check=False)


def test_nothing_wrong_passes_without_a_word_of_the_programs(checkout: Path) -> None:
    install(checkout, "mypy", "echo Success")
    done = lint(checkout)
    assert done.returncode == 0
    assert done.stdout.split() == ["==", "ruff", "==", "format", "==", "mypy", "==", "import-linter", "==", "models"]


@pytest.mark.parametrize(
    ("program", "line", "named"),
    [
        ("ruff", 'test "$1" != check || { echo E501; exit 1; }', "ruff"),
        ("ruff", 'test "$1" != format || { echo Would reformat; exit 1; }', "format"),
        ("mypy", "echo error; exit 1", "mypy"),
        ("lint-imports", "echo BROKEN; exit 1", "import-linter"),
        ("zhengjian", "echo 没有对应的测试; exit 1", "models"),
    ],
)
def test_one_complaint_fails_and_the_others_are_still_asked(
    checkout: Path, program: str, line: str, named: str
) -> None:
    install(checkout, program, line)
    done = lint(checkout)
    assert done.returncode == 1
    assert done.stderr.startswith(f"!! failed: {named} ")
    assert len((checkout / "ran").read_text("utf-8").splitlines()) == 5
