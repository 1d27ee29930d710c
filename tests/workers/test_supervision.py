"""What must never stop is started again, and silence is noticed."""

import asyncio
import contextlib
import logging
from pathlib import Path

import pytest

from workers.supervision import Pulse, keep_running


def run_for(seconds: float, coroutine: object) -> None:
    with contextlib.suppress(TimeoutError):
        asyncio.run(asyncio.wait_for(coroutine, seconds))  # type: ignore[arg-type]  # pytest gives plain coroutines


def test_a_part_that_fails_or_returns_is_started_again(caplog: pytest.LogCaptureFixture) -> None:
    lives: list[int] = []
    quoted = "金额 1,234 万元"

    async def part() -> None:
        lives.append(len(lives))
        if len(lives) == 1:
            raise ValueError(quoted)
        if len(lives) == 2:
            return
        await asyncio.sleep(60)

    run_for(1.0, keep_running("jobs", part, longest=0.05))
    assert lives == [0, 1, 2]
    assert "jobs stopped (程序出错：ValueError" in caplog.text
    assert "jobs stopped (it returned)" in caplog.text
    assert quoted not in caplog.text


def test_a_part_that_keeps_failing_is_given_ever_longer_pauses(caplog: pytest.LogCaptureFixture) -> None:
    async def part() -> None:
        raise OSError(111, "refused")

    run_for(0.7, keep_running("jobs", part, longest=0.1))
    assert 3 <= caplog.text.count("starting it again") <= 9


def test_a_cancelled_part_stays_down() -> None:
    lives = []

    async def part() -> None:
        lives.append(1)
        await asyncio.sleep(60)

    run_for(0.2, keep_running("jobs", part))
    assert lives == [1]


def test_the_file_is_touched_only_while_every_part_is_heard(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    pulse = Pulse(tmp_path / "var" / "workers.alive", patience=60)
    pulse.expect("demo.check")
    run_for(0.1, pulse.run())
    assert pulse.file.exists()
    pulse.file.unlink()
    pulse.patience = 0
    run_for(0.1, pulse.run())
    assert not pulse.file.exists()
    assert "not heard from the engine for 0 s: demo.check" in caplog.text


def test_a_part_heard_from_is_no_longer_silent() -> None:
    pulse = Pulse(Path("unused"), patience=60)
    pulse.heard["demo.check"] = float("-inf")
    assert pulse.silent() == ["demo.check"]
    pulse.beat("demo.check")
    assert pulse.silent() == []
