"""What the log on disk survives: torn ends, damaged middles, second engines, full disks."""

import shutil
import struct
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from engine.core.errors import DataDirectoryBusy, EngineError, LogDamaged
from engine.core.host import Engine, check_log
from engine.settings import EngineSettings

pytestmark = pytest.mark.engine

HEADER = 32


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the log of an engine that deployed something and was closed."""
    data = tmp_path_factory.mktemp("written")
    first = Engine.open(EngineSettings(data=data, grpc_port=0), lambda _user, _password: True)
    for number in range(3):
        first.submit("SIGNAL", "BROADCAST", {"signalName": f"signal-{number}"})
    first.close()
    return data


@pytest.fixture
def data(written: Path, tmp_path: Path) -> Path:
    shutil.copytree(written, tmp_path / "data")
    return tmp_path / "data"


def log(data: Path) -> Path:
    (only,) = (data / "engine" / "log").glob("*.log")
    return only


def frames(content: bytes) -> list[int]:
    """The offset of every frame, and the end."""
    offsets = [HEADER]
    while offsets[-1] < len(content):
        (length,) = struct.unpack_from(">i", content, offsets[-1] + 4)
        offsets.append(offsets[-1] + HEADER + length)
    return offsets


def highest(content: bytes, frame: int) -> int:
    return int(struct.unpack_from(">q", content, frame + 16)[0])


def test_a_whole_log_is_read_to_its_last_position(data: Path) -> None:
    content = log(data).read_bytes()

    checked = check_log(EngineSettings(data=data))

    assert checked.position == highest(content, frames(content)[-2])
    assert checked.cut_bytes == 0
    assert log(data).read_bytes() == content


def test_an_end_torn_at_any_byte_of_the_last_entry_is_cut_and_reported(data: Path) -> None:
    content = log(data).read_bytes()
    *_, before, last, end = frames(content)
    for length in range(last, end):
        log(data).write_bytes(content[:length])

        checked = check_log(EngineSettings(data=data))

        assert (checked.position, checked.cut_bytes) == (highest(content, before), length - last)
        assert log(data).read_bytes() == content[:last]


def test_an_end_of_garbage_or_zeros_is_cut(data: Path) -> None:
    content = log(data).read_bytes()
    for rest in (b"\0" * 5000, bytes(range(256)) * 3, content[frames(content)[1] : frames(content)[2]][:-1]):
        log(data).write_bytes(content + rest)

        assert check_log(EngineSettings(data=data)).cut_bytes == len(rest)


def test_a_flipped_bit_in_any_byte_of_an_entry_in_the_middle_is_refused_with_its_offset(data: Path) -> None:
    content = log(data).read_bytes()
    offsets = frames(content)
    start, end = min(pairwise(offsets[1:-2]), key=lambda frame: frame[1] - frame[0])
    for at in range(start, end):
        damaged = bytearray(content)
        damaged[at] ^= 0x10
        log(data).write_bytes(damaged)

        with pytest.raises(LogDamaged, match=f"偏移 {start} 处"):
            check_log(EngineSettings(data=data))
        assert log(data).read_bytes() == damaged


def test_a_damaged_or_unknown_header_is_refused(data: Path) -> None:
    content = log(data).read_bytes()
    for at in (0, 9, 20, 25):
        damaged = bytearray(content)
        damaged[at] ^= 1
        log(data).write_bytes(damaged)

        with pytest.raises(LogDamaged):
            check_log(EngineSettings(data=data))


def test_an_entry_that_is_missing_or_there_twice_is_refused(data: Path) -> None:
    content = log(data).read_bytes()
    _, second, third, *_ = frames(content)
    for wrong in (content[:second] + content[third:], content[:third] + content[second:]):
        log(data).write_bytes(wrong)

        with pytest.raises(LogDamaged, match="was expected"):
            check_log(EngineSettings(data=data))


def test_a_file_that_was_only_begun_is_removed(data: Path) -> None:
    position = check_log(EngineSettings(data=data)).position
    begun = log(data).with_name(f"{position + 1:020}.log")
    for length in (0, 5, 31):
        begun.write_bytes(log(data).read_bytes()[:length])

        assert check_log(EngineSettings(data=data)).position == position
        assert not begun.exists()


def test_many_files_are_one_log_and_none_may_be_missing(tmp_path: Path) -> None:
    settings = EngineSettings(data=tmp_path, grpc_port=0, segment_megabytes=0)
    first = Engine.open(settings, lambda _user, _password: True)
    for number in range(5):
        first.submit("SIGNAL", "BROADCAST", {"signalName": f"signal-{number}"})
    first.close()

    second = Engine.open(settings, lambda _user, _password: True)
    names = [r.value["signalName"] for r in second.read_records(0, 10_000, 1) if r.value_type == "SIGNAL"]
    second.close()
    files = sorted((tmp_path / "engine" / "log").glob("*.log"))
    files[1].unlink()

    assert names == [f"signal-{number}" for number in range(5)]
    assert len(files) > 5
    with pytest.raises(LogDamaged, match="was expected"):
        check_log(settings)


def test_a_damaged_end_of_an_earlier_file_is_refused(tmp_path: Path) -> None:
    settings = EngineSettings(data=tmp_path, grpc_port=0, segment_megabytes=0)
    first = Engine.open(settings, lambda _user, _password: True)
    first.submit("SIGNAL", "BROADCAST", {"signalName": "signal"})
    first.close()
    earlier = sorted((tmp_path / "engine" / "log").glob("*.log"))[-2]
    earlier.write_bytes(earlier.read_bytes()[:-3])

    with pytest.raises(LogDamaged):
        Engine.open(settings, lambda _user, _password: True)


def test_a_second_engine_is_refused_and_told_who_holds_the_folder(live: Callable[..., object], tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = live(data)

    with pytest.raises(DataDirectoryBusy, match=f"进程号 {first.process.pid}"):
        Engine.open(EngineSettings(data=data, grpc_port=0), lambda _user, _password: True)
    second = live(data)

    assert second.ended() == 2
    assert "DataDirectoryBusy" in second.errors
    assert first.submit("SIGNAL", "BROADCAST", {"signalName": "still"})["intent"] == "BROADCASTED"


def test_an_engine_that_could_not_start_leaves_the_folder_free(tmp_path: Path, engine: Engine) -> None:
    taken = EngineSettings(data=tmp_path, grpc_port=engine.grpc_port)

    with pytest.raises(EngineError, match=f"端口 {engine.grpc_port}"):
        Engine.open(taken, lambda _user, _password: True)

    Engine.open(EngineSettings(data=tmp_path, grpc_port=0), lambda _user, _password: True).close()


def test_a_full_disk_ends_the_engine_with_its_own_status_and_loses_nothing_acknowledged(
    live: Callable[..., object], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    engine = live(data, "--largest-file", "200000")
    acknowledged = []
    for number in range(2000):
        answer = engine.submit(
            "SIGNAL", "BROADCAST", {"signalName": f"signal-{number}", "variables": {"text": "x" * 300}}
        )
        if answer is None:
            break
        acknowledged.append(answer["value"]["signalName"])

    assert engine.ended() == 74
    assert "磁盘" in engine.errors
    again = live(data)
    found = [record["value"]["signalName"] for record in again.records() if record["value_type"] == "SIGNAL"]
    assert len(acknowledged) > 10
    assert found[: len(acknowledged)] == acknowledged
    assert len(found) <= len(acknowledged) + 1
    assert again.submit("SIGNAL", "BROADCAST", {"signalName": "after"})["intent"] == "BROADCASTED"
    again.close()


def test_positions_go_on_after_a_restart(data: Path) -> None:
    before = check_log(EngineSettings(data=data)).position
    again = Engine.open(EngineSettings(data=data, grpc_port=0), lambda _user, _password: True)

    again.submit("SIGNAL", "BROADCAST", {"signalName": "again"})
    records = again.read_records(0, 10_000, 1)
    again.close()

    positions = [record.position for record in records]
    assert positions == sorted(set(positions))
    assert [r.value["signalName"] for r in records if r.value_type == "SIGNAL"] == [
        "signal-0",
        "signal-1",
        "signal-2",
        "again",
    ]
    assert [r for r in records if r.position > before and r.value_type == "SIGNAL"]
