"""The thread that carries the engine's records into the read model."""

import logging
import sqlite3
import threading
from collections.abc import Sequence
from typing import Final, Protocol, Self

from engine.readmodel.model import ReadModel
from engine.readmodel.projection import Record

logger = logging.getLogger(__name__)

BATCH: Final = 2000
"""Records of one transaction, at most."""
_IDLE_SECONDS: Final = 0.5
_PAUSE_SECONDS: Final = 1.0


class Log(Protocol):
    """The engine, as far as the exporter needs it."""

    def committed_position(self) -> int:
        """Position of the last event that the engine has written."""

    def read_records(self, after: int, limit: int, timeout: float) -> Sequence[Record]:
        """Events after a position, oldest first; waits up to `timeout` seconds while there are none."""


class Exporter:
    """Follows the log for as long as the program runs.

    A full disk or a busy file makes it wait and try again. A record that it cannot understand stops it: the searches
    then say so, because a read model with a hole would look right and be wrong.
    """

    def __init__(self, log: Log, model: ReadModel) -> None:
        self._log = log
        self._model = model
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="read-model", daemon=True)

    def start(self) -> Self:
        """Check that the read model belongs to the log, then follow the log in a thread of its own."""
        end = self._log.committed_position()
        self._start_anew_when_foreign(end)
        self._model.must_reach(end)
        self._thread.start()
        return self

    def stop(self) -> None:
        """End the thread after the transaction that is under way; the read model stays open."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _start_anew_when_foreign(self, end: int) -> None:
        mark = self._model.mark()
        if mark.position == 0:
            return
        if mark.position > end:
            self._model.rebuild(f"it has reached position {mark.position}, but the log ends at {end}")
            return
        at_mark = self._log.read_records(mark.position - 1, 1, 0.0)
        if not at_mark or (at_mark[0].position, at_mark[0].key, at_mark[0].timestamp) != (
            mark.position,
            mark.key,
            mark.timestamp,
        ):
            self._model.rebuild(f"at position {mark.position} the log holds another record than it was built from")

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                records = self._log.read_records(self._model.position, BATCH, _IDLE_SECONDS)
                if records:
                    self._apply(records)
        except sqlite3.DatabaseError as error:
            logger.exception("The read model is damaged; searches are refused. It is built anew at the next start.")
            self._model.discard()
            self._model.fail(error)
        except Exception as error:
            logger.exception("The read model cannot follow the engine any longer; searches are refused.")
            self._model.fail(error)

    def _apply(self, records: Sequence[Record]) -> None:
        while not self._stopping.is_set():
            try:
                self._model.apply(records)
            except sqlite3.OperationalError as error:
                logger.error("The read model cannot be written (%s); trying again.", error)  # noqa: TRY400 - no bug
                self._stopping.wait(_PAUSE_SECONDS)
            else:
                return
