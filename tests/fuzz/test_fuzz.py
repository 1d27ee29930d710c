"""A short run of the fuzzer on every run of the tests, and every input that once broke a reader."""

import base64
import resource
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.domain.builders import DATA
from tests.fuzz.__main__ import limits
from tests.fuzz.at_random import fuzz
from tests.fuzz.targets import REGRESSIONS, Target, run, targets

FORMATS = tuple(targets().values())
KEPT = sorted(REGRESSIONS.glob("*.b64"))


@pytest.mark.parametrize("target", FORMATS, ids=lambda target: target.name)
def test_a_hundred_hostile_inputs_are_read_or_refused(target: Target) -> None:
    count, _, findings = fuzz(target, inputs=120, seconds=5, memory=4_000, seed=7)
    assert count == 120
    assert findings == []


@pytest.mark.parametrize("target", FORMATS, ids=lambda target: target.name)
def test_the_seeds_are_documents_that_are_read(target: Target) -> None:
    assert all(run(target, seed) for seed in target.seeds())


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_what_once_broke_a_reader_is_read_or_refused(path: Path) -> None:
    data = base64.decodebytes(path.read_bytes())
    assert run(targets()[path.name.partition("-")[0]], data) in {True, False}


def test_a_reader_that_fails_in_another_way_is_found() -> None:
    def broken(_: bytes) -> bytes:
        raise KeyError

    target = Target("csv", lambda: ["设备名称,数量\n服务器,1".encode()], broken)
    assert len(fuzz(target, inputs=3, seconds=5, memory=4_000, seed=1)[2]) == 3


def test_the_seeds_hold_the_files_that_were_sent() -> None:
    assert all(file.read_bytes() in targets()["xls"].seeds() for file in (DATA / "sent_files").glob("*.xls"))
    assert len(targets()["xls"].seeds()) >= 3


def test_a_reader_that_takes_memory_without_end_is_found() -> None:
    taken: list[bytes] = []

    def greedy(_: bytes) -> bytes:
        taken.append(b"\1" * 50_000_000)
        return b""

    target = Target("csv", lambda: [b"x"], greedy)
    limit = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024 + 120
    count, peak, findings = fuzz(target, inputs=100, seconds=30, memory=limit, seed=1)
    assert count < 100
    assert peak > limit
    assert len(findings) == 1


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed on this machine")
@pytest.mark.parametrize(
    ("body", "found"), [("while True: pass", "timeout-"), ("taken = b'x' * 900_000_000", "oom-"), ("1 / 0", "crash-")]
)
def test_the_guided_fuzzer_ends_what_hangs_or_swells_or_breaks_and_keeps_its_input(
    tmp_path: Path, body: str, found: str
) -> None:
    program = tmp_path / "fuzz.py"
    program.write_text(
        f"import sys, atheris\ndef read(data):\n    {body}\natheris.Setup(sys.argv, read)\natheris.Fuzz()\n"
    )
    command = [sys.executable, str(program), *limits(seconds=2, memory=500), f"-artifact_prefix={tmp_path}/", "-runs=9"]
    # A program is counted with the peak of the one that starts it, so a small one starts it, not the whole test run.
    starter = "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:]).returncode != 0)"
    assert subprocess.run([sys.executable, "-c", starter, *command], check=False, capture_output=True).returncode != 0
    assert [path.name.partition("-")[0] + "-" for path in tmp_path.glob("*-*")] == [found]


def test_a_reader_that_hangs_is_found() -> None:
    def hanging(_: bytes) -> bytes:
        while True:
            pass

    target = Target("csv", lambda: [b"x"], hanging)
    assert len(fuzz(target, inputs=1, seconds=1, memory=4_000, seed=1)[2]) == 1
