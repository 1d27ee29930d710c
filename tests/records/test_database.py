import contextlib
import itertools
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import InvalidRequestError, OperationalError, StatementError
from sqlalchemy.orm import Session

from records import audit, chain, connections
from records.database import Database, WrongStepError, open_database
from records.durability import SharedSync
from records.migrations import upgrade
from records.models import AuditEvent, Organisation, Project, StepRecord
from records.projects import NewProject, Projects

KEY = 2251799813685300
STEP = "parameter_review.parse_documents"


class Work:
    """A step's work that leaves one audit event and counts how often it ran."""

    def __init__(self, now: datetime, lasts: float = 0) -> None:
        self.now, self.lasts, self.runs = now, lasts, 0

    def __call__(self, session: Session) -> dict[str, Any]:
        self.runs += 1
        time.sleep(self.lasts)
        audit.append(session, "worker", "step.ran", f"element:{KEY}", {}, self.now)
        return {"rows": 42, "places": ("a", "b")}


def events(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(AuditEvent)) or 0


def test_a_step_that_ran_is_not_run_again_and_gives_the_same_result(database: Database, now: datetime) -> None:
    work = Work(now)
    with database.session() as session:
        first = database.once(session, KEY, STEP, work)
    with database.session() as session:
        again = database.once(session, KEY, STEP, work)
    assert first == again == {"rows": 42, "places": ["a", "b"]}
    assert work.runs == events(database) == 1
    assert database.finished(KEY, STEP) == first
    assert database.finished(KEY + 1, STEP) is None


def test_of_runs_at_the_same_time_one_works_and_the_others_get_its_result(database: Database, now: datetime) -> None:
    work, results = Work(now, lasts=0.2), []

    def run() -> None:
        with database.session() as session:
            results.append(database.once(session, KEY, STEP, work))

    workers = [threading.Thread(target=run) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert results == [{"rows": 42, "places": ["a", "b"]}] * 6
    assert work.runs == events(database) == 1


def test_a_step_that_fails_leaves_nothing_and_may_be_tried_again(database: Database, now: datetime) -> None:
    def fails(session: Session) -> dict[str, Any]:
        Projects(session).register(NewProject("P", "p", "u", "U"), now)
        audit.append(session, "worker", "step.ran", "x:1", {}, now)
        raise ConnectionError

    with pytest.raises(ConnectionError), database.session() as session:
        database.once(session, KEY, STEP, fails)
    assert events(database) == 0
    with database.session() as session:
        assert Projects(session).with_code("P") is None
        database.once(session, KEY, STEP, Work(now))
    assert events(database) == 1


def test_a_waiting_run_does_the_work_when_the_first_one_fails(database: Database, now: datetime) -> None:
    started, work, results = threading.Event(), Work(now), []

    def fails(_session: Session) -> dict[str, Any]:
        started.set()
        time.sleep(0.2)
        raise ConnectionError

    def first() -> None:
        with pytest.raises(ConnectionError), database.session() as session:
            database.once(session, KEY, STEP, fails)

    def second() -> None:
        started.wait(timeout=10)
        with database.session() as session:
            results.append(database.once(session, KEY, STEP, work))

    workers = [threading.Thread(target=first), threading.Thread(target=second)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (work.runs, len(results), events(database)) == (1, 1, 1)


def test_a_key_used_by_another_step_is_a_wiring_mistake(database: Database, now: datetime) -> None:
    with database.session() as session:
        database.once(session, KEY, STEP, Work(now))
    with (
        pytest.raises(WrongStepError, match=r"recorded for step parameter_review\.parse_documents"),
        database.session() as s,
    ):
        database.once(s, KEY, "parameter_review.align_items", Work(now))
    with pytest.raises(WrongStepError):
        database.finished(KEY, "parameter_review.align_items")


def test_a_step_cannot_run_inside_itself(database: Database) -> None:
    def nested(session: Session) -> dict[str, Any]:
        return database.once(session, KEY, STEP, lambda _: {})

    with pytest.raises(WrongStepError), database.session() as session:
        database.once(session, KEY, STEP, nested)


def test_a_result_that_is_no_json_is_refused_before_anything_is_stored(database: Database) -> None:
    with pytest.raises(TypeError), database.session() as session:
        database.once(session, KEY, STEP, lambda _: {"at": datetime.now(UTC)})
    assert database.finished(KEY, STEP) is None


STEPS_UNTIL_KILLED = """
    import sys
    from datetime import UTC, datetime
    from records import audit, connections
    from records.database import open_database

    database = open_database(sys.argv[1])
    first = int(sys.argv[2])

    def work(session):
        audit.append(session, "worker", "step.ran", "x:1", {}, datetime(2026, 11, 23, tzinfo=UTC))
        return {}

    print("started", flush=True)
    for key in range(first, first + 100_000):
        with database.session() as session:
            database.once(session, key, "p.s", work)
        print(key, flush=True)
"""


def test_after_kill_9_every_reported_step_is_there_and_each_step_left_exactly_one_event(
    url: str, database: Database
) -> None:
    reported = 0
    for life in range(5):
        program = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(STEPS_UNTIL_KILLED), url, str(life * 1_000_000 + 1)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert program.stdout is not None
        assert program.stdout.readline() == "started\n"
        time.sleep(0.05 + life * 0.037)
        os.kill(program.pid, signal.SIGKILL)
        reported += len(program.stdout.read().splitlines())
        program.wait()
        program.stdout.close()
    with database.session() as session:
        recorded = session.scalars(select(StepRecord)).all()
        assert all(record.result == {} for record in recorded)
        assert len(recorded) == session.scalar(select(func.count()).select_from(AuditEvent))
        assert reported <= len(recorded) <= reported + 5


def test_a_session_keeps_what_was_done_only_if_its_block_ends_well(database: Database, now: datetime) -> None:
    with contextlib.suppress(KeyError), database.session() as session:
        session.add(Organisation(code="x", name="X", created_at=now))
        raise KeyError
    with database.reading() as session:
        assert session.scalars(select(Organisation)).all() == []
        session.add(Organisation(code="y", name="Y", created_at=now))
    with database.reading() as session:
        assert session.scalars(select(Organisation)).all() == []


def test_a_reader_sees_one_moment_and_blocks_no_writer(database: Database, now: datetime) -> None:
    with database.reading() as reader:
        assert reader.scalars(select(Organisation)).all() == []
        with database.session() as writer:
            writer.add(Organisation(code="x", name="X", created_at=now))
        assert reader.scalars(select(Organisation)).all() == []


def test_writers_that_read_first_wait_for_each_other(database: Database, now: datetime) -> None:
    def count_up(number: int) -> None:
        for turn in range(10):
            with database.session() as session:
                session.scalars(select(Organisation)).all()
                session.add(Organisation(code=f"{number}-{turn}", name="X", created_at=now))

    writers = [threading.Thread(target=count_up, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == 40


def test_nothing_is_loaded_behind_ones_back(database: Database, now: datetime) -> None:
    with database.session() as session:
        Projects(session).register(NewProject("P", "p", "u", "U"), now)
    with database.reading() as session, pytest.raises(InvalidRequestError, match="lazy='raise'"):
        _ = session.scalars(select(Project)).one().organisation


def test_times_come_back_in_utc_and_a_time_without_zone_is_refused(database: Database) -> None:
    noon_in_china = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    with database.session() as session:
        session.add(Organisation(code="x", name="X", created_at=noon_in_china))
    with database.reading() as session:
        read = session.scalars(select(Organisation)).one().created_at
        assert (read, read.tzinfo) == (noon_in_china, UTC)
    with pytest.raises(StatementError, match="without a zone"), database.session() as session:
        session.add(Organisation(code="y", name="Y", created_at=noon_in_china.replace(tzinfo=None)))


def test_a_full_disk_is_an_error_that_leaves_nothing_half_stored(tmp_path: Path, now: datetime) -> None:
    database = a_small_database(tmp_path)
    with pytest.raises(OperationalError, match="full"):
        run_forever(database, now)
    written = events(database)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(StepRecord)) == written > 0
        assert chain.verify(session) == chain.Check(written, None)
    database.close()
    roomy = open_database(f"sqlite:///{tmp_path / 'small.db'}")
    with roomy.session() as session:
        roomy.once(session, written + 1, STEP, Work(now))
    assert events(roomy) == written + 1
    roomy.close()


def run_forever(database: Database, now: datetime) -> None:
    """Run one step after the other until something goes wrong."""
    for key in itertools.count(1):
        with database.session() as session:
            database.once(session, key, STEP, Work(now))


def a_small_database(folder: Path) -> Database:
    """Open a database that may grow by sixteen pages, as on a disk that is nearly full."""
    url = f"sqlite:///{folder / 'small.db'}"
    upgrade(url)
    database = open_database(url)

    def limit(connection: Any, _record: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 16}")

    database.engine.dispose()
    event.listen(database.engine, "connect", limit)
    return database


NORMAL, FULL = 1, 2


def test_sqlite_is_opened_as_durably_as_it_can_be(sqlite_template: Path) -> None:
    engine = connections.create(f"sqlite:///{sqlite_template}")
    names = ["journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "busy_timeout"]
    with connections.reading(engine).connect() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
    assert found == ["wal", FULL, 1, 1, 30_000]
    engine.dispose()


def test_an_open_database_syncs_by_itself_what_sqlite_then_need_not(sqlite_template: Path) -> None:
    database = open_database(f"sqlite:///{sqlite_template}")
    with database.reading() as session:
        assert session.execute(text("PRAGMA synchronous")).scalar() == NORMAL
    assert isinstance(database._sync, SharedSync)
    database.close()
