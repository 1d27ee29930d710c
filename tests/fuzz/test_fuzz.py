"""A short run of the fuzzer on every run of the tests, and every input that once broke a reader."""

import base64
from pathlib import Path

import pytest

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


def test_a_reader_that_hangs_is_found() -> None:
    def hanging(_: bytes) -> bytes:
        while True:
            pass

    target = Target("csv", lambda: [b"x"], hanging)
    assert len(fuzz(target, inputs=1, seconds=1, memory=4_000, seed=1)[2]) == 1
