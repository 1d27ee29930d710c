"""The thread between log and read model: exactly once, and never a hole."""

import logging
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.readmodel import Exporter, Query, ReadModel, ReadModelStoppedError, find, search
from engine.readmodel.entities.user_tasks import USER_TASK
from engine.readmodel.model import Mark

WITHIN = 5.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "read-model.db"


def carried(path: Path, log: Any) -> ReadModel:
    """Return the read model after an exporter has carried the whole log into it."""
    model = ReadModel.open(path)
    exporter = Exporter(log, model).start()
    assert model.catch_up(log.committed_position(), WITHIN)
    exporter.stop()
    return model


@pytest.fixture
def log(records: Any, made_log: Any) -> Any:
    for key in range(1, 11):
        records.user_task("CREATED", key)
    return made_log(records.written)


def test_everything_in_the_log_can_be_found(path: Path, log: Any) -> None:
    model = carried(path, log)
    assert search(model, USER_TASK, Query()).total == 10
    assert model.mark() == Mark(10, 10, log.records[-1].timestamp)


def test_it_goes_on_from_its_position(path: Path, log: Any, records: Any, caplog: pytest.LogCaptureFixture) -> None:
    carried(path, log).close()
    caplog.clear()
    records.user_task("COMPLETED", 1)
    model = carried(path, log)
    assert find(model, USER_TASK, 1)["state"] == "COMPLETED"  # type: ignore[index]
    assert search(model, USER_TASK, Query()).total == 10
    assert not caplog.records


def test_what_is_applied_again_changes_nothing(path: Path, log: Any) -> None:
    model = carried(path, log)
    before = search(model, USER_TASK, Query()).rows
    model.apply(log.records)
    assert search(model, USER_TASK, Query()).rows == before


def test_a_read_model_is_not_whole_before_it_has_what_was_there_at_the_start(path: Path, log: Any) -> None:
    model = ReadModel.open(path)
    model.must_reach(10)
    model.apply(log.records[:9])
    assert not model.is_whole
    model.apply(log.records[9:])
    assert model.is_whole


def test_a_log_that_ends_before_the_read_model_is_read_from_the_beginning(
    path: Path, log: Any, caplog: pytest.LogCaptureFixture
) -> None:
    carried(path, log).close()
    log.cut(4)
    model = carried(path, log)
    assert search(model, USER_TASK, Query()).total == 4
    assert "it has reached position 10, but the log ends at 4" in caplog.text


def test_another_log_of_the_same_length_is_read_from_the_beginning(
    path: Path, log: Any, caplog: pytest.LogCaptureFixture
) -> None:
    carried(path, log).close()
    log.reworded(10)
    carried(path, log)
    assert "at position 10 the log holds another record" in caplog.text


def test_a_read_model_of_another_version_is_built_anew(path: Path, log: Any, caplog: pytest.LogCaptureFixture) -> None:
    carried(path, log).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
        connection.execute("DELETE FROM user_task")
    connection.close()
    caplog.clear()
    model = carried(path, log)
    assert search(model, USER_TASK, Query()).total == 10
    assert "another version" in caplog.text


def test_a_damaged_read_model_is_built_anew(path: Path, log: Any, caplog: pytest.LogCaptureFixture) -> None:
    path.write_bytes(b"this is not a database" * 1000)
    model = carried(path, log)
    assert search(model, USER_TASK, Query()).total == 10
    assert "is damaged" in caplog.text


def test_a_read_model_damaged_while_in_use_is_built_anew_at_the_next_start(
    path: Path, log: Any, records: Any, caplog: pytest.LogCaptureFixture
) -> None:
    carried(path, log).close()
    connection = sqlite3.connect(path)
    [(page,)] = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'user_task'").fetchall()
    [(size,)] = connection.execute("PRAGMA page_size").fetchall()
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    records.user_task("COMPLETED", 1)
    model = ReadModel.open(path)
    exporter = Exporter(log, model).start()
    with pytest.raises(ReadModelStoppedError):
        model.catch_up(log.committed_position(), WITHIN)
    exporter.stop()
    model.close()
    assert "is built anew at the next start" in caplog.text
    assert search(carried(path, log), USER_TASK, Query()).total == 10


def test_a_batch_that_fails_leaves_nothing_behind(model: ReadModel, records: Any) -> None:
    good = records.user_task("CREATED", 1)
    bad = records.add("USER_TASK", "CREATED", 2, {"elementId": "no more than that"})
    with pytest.raises(KeyError):
        model.apply([good, bad])
    assert search(model, USER_TASK, Query()).total == 0
    assert model.mark() == Mark(0, None, None)


def test_a_record_that_nobody_understands_stops_it_and_the_searches_say_so(
    path: Path, log: Any, records: Any, caplog: pytest.LogCaptureFixture
) -> None:
    records.add("USER_TASK", "CREATED", 99, {})
    model = ReadModel.open(path)
    exporter = Exporter(log, model).start()
    with pytest.raises(ReadModelStoppedError):
        model.catch_up(log.committed_position(), WITHIN)
    exporter.stop()
    assert "cannot follow the engine" in caplog.text


def test_a_file_that_cannot_be_written_is_tried_again(path: Path, log: Any, caplog: pytest.LogCaptureFixture) -> None:
    model = ReadModel.open(path)
    model._writer.execute("PRAGMA busy_timeout = 10")
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    exporter = Exporter(log, model).start()
    assert not model.catch_up(10, 0.3)
    assert "cannot be written" in caplog.text
    blocker.execute("ROLLBACK")
    blocker.close()
    assert model.catch_up(10, WITHIN)
    exporter.stop()


def test_a_search_neither_waits_for_the_writer_nor_sees_half_a_batch(model: ReadModel, records: Any) -> None:
    model.apply([records.user_task("CREATED", 1)])
    model._writer.execute("BEGIN IMMEDIATE")
    model._writer.execute("UPDATE user_task SET state = 'FAILED'")
    started = time.monotonic()
    assert find(model, USER_TASK, 1)["state"] == "CREATED"  # type: ignore[index]
    assert time.monotonic() - started < 1
    model._writer.execute("ROLLBACK")


def test_a_new_read_model_is_nothing_to_warn_of(path: Path, log: Any, caplog: pytest.LogCaptureFixture) -> None:
    carried(path, log)
    assert not caplog.records


def test_waiting_ends_with_the_time_allowed(model: ReadModel) -> None:
    assert not model.catch_up(1, 0.05)


@pytest.fixture(autouse=True)
def warnings_are_kept(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with caplog.at_level(logging.WARNING):
        yield
