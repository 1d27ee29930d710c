"""The way into the records: one session for a job or a request, committed at the edge; steps that take effect once."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, bindparam, event, func, select, update
from sqlalchemy.orm import Session, sessionmaker

from records import audit, connections, outbox
from records.canonical import canonical_json
from records.durability import SharedSync
from records.insertion import insert_if_new
from records.migrations import require_current
from records.models import StepRecord


class Database:
    """An open database. Safe to share between threads; sessions are not.

    Args:
        engine: from `records.connections.create`; its schema is up to date.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = sessionmaker(engine, expire_on_commit=False)
        self._reading = sessionmaker(connections.reading(engine), expire_on_commit=False, autoflush=False)
        # SQLite lets one writer in and the others look again every few milliseconds; here they wait in a queue first.
        self._turn = threading.RLock() if engine.dialect.name == "sqlite" else contextlib.nullcontext()
        self._sync = _shared_sync(engine)
        if self._sync is not None:
            self._sync.wait()
        # The audit trail comes last: whoever holds its head then waits for nobody.
        for module in (outbox, audit):
            event.listen(self._writing, "before_commit", module.write_pending)
            event.listen(self._writing, "after_rollback", module.forget_pending)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Give a session that may write: committed when the block ends, rolled back when it raises.

        Keep slow work (parsing, rendering, network) outside: on SQLite the block holds the only write lock.
        """
        with self._turn:
            session = self._writing()
            try:
                yield session
                session.commit()
                if self._sync is not None:
                    self._sync.note_commit()
            except BaseException:
                session.rollback()
                raise
            finally:
                session.close()
        # Outside the turn: the next writer is already at work while this one waits for the disk.
        self._await_disk()

    def _await_disk(self) -> None:
        if self._sync is not None:
            self._sync.wait()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session over one snapshot that blocks nobody. Nothing done in it is kept."""
        session = self._reading()
        try:
            yield session
        finally:
            session.close()

    def once(
        self, session: Session, element_instance_key: int, step: str, work: Callable[[Session], dict[str, Any]]
    ) -> dict[str, Any]:
        """Run `work` for an element instance at most once (design D8) and return its result, now or as stored.

        The key is claimed first and the result stored in the same transaction as everything `work` writes through
        `session`, so a crash leaves nothing or all of it. Of two runs at the same time one works; the other waits for
        its commit and returns its result.

        Args:
            session: from `session()`; the caller's block commits it.
            element_instance_key: the engine's key of the element instance.
            step: name of the step (`parameter_review.parse_documents`).
            work: given the session; returns plain JSON data, small (design D4).

        Raises:
            WrongStepError: the key belongs to another step, which no engine does: a wiring mistake.
        """
        claim = {"element_instance_key": element_instance_key, "step": step}
        if insert_if_new(session, StepRecord, claim, ["element_instance_key"]):
            result: dict[str, Any] = json.loads(canonical_json(work(session)))
            session.connection().execute(_KEEP, {"key": element_instance_key, "returned": result})
            return result
        return _stored_result(session.get_one(StepRecord, element_instance_key), step)

    def finished(self, element_instance_key: int, step: str) -> dict[str, Any] | None:
        """Return the stored result of a step that has run, or None. Asked before slow work, saves doing it again."""
        with self.reading() as session:
            record = session.get(StepRecord, element_instance_key)
        if record is None:
            return None
        self._await_disk()
        return _stored_result(record, step)

    def newest_element_instance(self, first: int, end: int) -> int | None:
        """Return the greatest key from `first` up to, but not including, `end` under which a step was recorded."""
        keys = StepRecord.element_instance_key
        with self.reading() as session:
            return session.scalar(select(func.max(keys)).where(keys >= first, keys < end))

    def close(self) -> None:
        """Give all connections back to the operating system."""
        self.engine.dispose()


class WrongStepError(Exception):
    """An element instance key was used by two different steps, or by a step inside itself."""


_KEEP = (
    update(StepRecord.__table__)  # type: ignore[arg-type]  # the mapped class's table is a table
    .where(StepRecord.element_instance_key == bindparam("key"))
    .values(result=bindparam("returned"))
)


def _shared_sync(engine: Engine) -> SharedSync | None:
    """Return what makes commits durable, where the database does not do it by itself."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    return SharedSync(Path(engine.url.database))


def _stored_result(record: StepRecord, step: str) -> dict[str, Any]:
    if record.step != step or record.result is None:
        raise WrongStepError(
            f"Element instance {record.element_instance_key} is recorded for step {record.step}, not for {step}"
        )
    return record.result


def open_database(url: str) -> Database:
    """Open the records at `url` (`sqlite:///…` or `postgresql://…`) after `records.migrations.upgrade` made its schema.

    Raises:
        records.migrations.SchemaError: the schema is not the one this program was written for.
    """
    engine = connections.create(url, sync_each_commit=False)
    try:
        require_current(engine)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine)
