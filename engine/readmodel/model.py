"""The read model: one SQLite file, one writer, any number of readers that never wait for it.

The file is derived from the engine's log and may be deleted at any time; it is then built anew. The position that it
has reached is written in the transaction of the rows themselves, so after a crash it continues exactly where its rows
end.
"""

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Self

from engine.readmodel import schema
from engine.readmodel.projection import Names, Record, Write

logger = logging.getLogger(__name__)

_BUSY_SECONDS = 30.0
_STATEMENTS = 256


class ReadModelStoppedError(Exception):
    """The read model no longer follows the engine; the cause is the exception's cause."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The last record that changed the read model; tells whether the log is still the one it was built from."""

    position: int
    key: int | None
    timestamp: int | None


class ReadModel:
    """What has become of everything that the engine did, ready to be searched.

    `apply` and `rebuild` belong to the one exporter thread; everything else may be called from any thread.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = _connect(path)
        self._readers: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._names = Names(self._writer)
        self._moved = threading.Condition()
        self._failure: BaseException | None = None
        self._reached = 0
        self._whole_from = 0

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open or create the file; one that is damaged or of another version is emptied, to be built anew."""
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists()
        try:
            model = cls(path)
            current = schema.is_current(model._writer)
        except sqlite3.DatabaseError as error:
            logger.warning("The read model %s is damaged (%s); building it anew from the log.", path, error)
            _delete(path)
            model, current, is_new = cls(path), False, True
        if is_new:
            schema.create(model._writer)
        elif not current:
            model.rebuild("it is of another version")
        model._reached = model.mark().position
        return model

    def rebuild(self, reason: str) -> None:
        """Empty the read model; the exporter fills it from the beginning of the log."""
        logger.warning("Building the read model %s from the beginning of the log: %s.", self._path, reason)
        schema.create(self._writer)
        self._names.forget_all()
        self._reached = 0

    def apply(self, records: Sequence[Record]) -> None:
        """Write what the records mean, and the position of the last, in one transaction.

        Raises:
            sqlite3.Error: nothing was written; the same records may be applied again.
        """
        write = Write(self._writer.execute, self._names)
        projections = schema.PROJECTIONS
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            for record in records:
                project = projections.get((record.value_type, record.intent))
                if project is not None:
                    project(write, record)
            last = records[-1]
            self._writer.execute(
                "UPDATE progress SET position = ?, key = ?, timestamp = ?", (last.position, last.key, last.timestamp)
            )
            self._writer.execute("COMMIT")
        except BaseException:
            if self._writer.in_transaction:  # a full disk has already rolled back
                self._writer.execute("ROLLBACK")
            self._names.forget_all()
            raise
        with self._moved:
            self._reached = last.position
            self._moved.notify_all()

    def must_reach(self, position: int) -> None:
        """Note the end of the log at the start; before the read model has reached it, it is not whole."""
        self._whole_from = position

    @property
    def is_whole(self) -> bool:
        """Whether everything from before the start of the program can be found."""
        return self._reached >= self._whole_from

    def fail(self, error: BaseException) -> None:
        """Note that nothing more will come, and tell those who wait."""
        with self._moved:
            self._failure = error
            self._moved.notify_all()

    def discard(self) -> None:
        """Delete the damaged file, so that the next start builds it anew."""
        _delete(self._path)

    @property
    def position(self) -> int:
        """Position up to which the read model knows the log."""
        return self._reached

    def mark(self) -> Mark:
        """Return the last record that was applied, as the file remembers it."""
        return Mark(*self._writer.execute("SELECT position, key, timestamp FROM progress").fetchone())

    def catch_up(self, position: int, timeout: float) -> bool:
        """Wait until the read model has reached a position, at most `timeout` seconds.

        Returns:
            Whether it has; if not, searches answer from what is there.

        Raises:
            ReadModelStoppedError: it will not get there.
        """
        with self._moved:
            self._moved.wait_for(lambda: self._reached >= position or self._failure is not None, timeout)
            if self._reached < position and self._failure is not None:
                raise ReadModelStoppedError(str(self._failure)) from self._failure
            return self._reached >= position

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one unchanging state of the read model."""
        try:
            connection = self._readers.get_nowait()
        except Empty:
            connection = _connect(self._path)
            connection.execute("PRAGMA query_only = 1")
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")
            self._readers.put(connection)

    def close(self) -> None:
        """Close all connections that are not lent."""
        with contextlib.suppress(Empty):
            while True:
                self._readers.get_nowait().close()
        self._writer.close()


def _delete(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        each.unlink(missing_ok=True)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=_STATEMENTS
    )
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
