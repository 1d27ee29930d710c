"""The engine as the rest of this program sees it: commands in, answers and records out.

`Engine` may be used from any thread. What blocks, blocks in Java and holds nothing of Python's.
"""

from __future__ import annotations

import atexit
import itertools
import json
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jpype

from engine.core import java
from engine.core.errors import CommandError, Overloaded
from engine.core.failures import end_process, opening_failed, report_cut
from engine.core.messages import Answer, Record, decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.settings import EngineSettings

__all__ = ["Answer", "CheckedLog", "Engine", "Record", "check_log"]

_PACKAGE = "zhengjian.engine."


@dataclass(frozen=True)
class CheckedLog:
    """What a log holds: the position of its last record, and how many bytes of an interrupted write were cut."""

    position: int
    cut_bytes: int


def check_log(settings: EngineSettings) -> CheckedLog:
    """Read and check a data folder's whole log as a start would, without an engine.

    Raises:
        DataDirectoryBusy, LogDamaged: with a text for the operator.
    """
    java.start(settings.cache, settings.heap_megabytes, offline=settings.offline)
    try:
        check = jpype.JClass(_PACKAGE + "LogCheck")(str(settings.directory.absolute()))
    except jpype.JException as error:
        raise opening_failed(error, settings) from error
    return CheckedLog(int(check.highest()), int(check.cutBytes()))


class Engine:
    """A running engine. One per data folder; see `open`."""

    def __init__(self, host: Any, proxies: tuple[Any, ...]) -> None:
        self._host = host
        self._proxies = proxies  # Java holds them weakly: they must live as long as the engine.
        self._tickets = itertools.count(1)
        self._waiting: dict[int, Future[Answer]] = {}
        self._listener = jpype.JProxy(_PACKAGE + "ReplyListener", dict={"answered": self._answered})
        self._closed = threading.Lock()
        atexit.register(self.close)  # Java's end, which comes after this, would wait for the engine's threads.

    @classmethod
    def open(
        cls,
        settings: EngineSettings,
        authenticate: Callable[[str, str], bool],
        *,
        on_failure: Callable[[str, str], None] = end_process,
        in_memory: bool = False,
    ) -> Engine:
        """Start the Java machine if needed, replay the log, serve gRPC.

        Args:
            settings: addresses and folders.
            authenticate: says whether a user name and a password belong together; asked rarely, may be slow.
            on_failure: is told `("disk" | "engine", detail)` when the engine cannot go on; must end the process.
            in_memory: keep no log at all (for measurements).

        Raises:
            DataDirectoryBusy, LogDamaged, JarsUnavailable: with a text for the operator.
        """
        java.start(settings.cache, settings.heap_megabytes, offline=settings.offline)
        proxies = (
            jpype.JProxy(
                _PACKAGE + "Authenticator", dict={"authenticate": lambda u, p: bool(authenticate(str(u), str(p)))}
            ),
            jpype.JProxy(
                _PACKAGE + "Watcher", dict={"failed": lambda kind, detail: on_failure(str(kind), str(detail))}
            ),
        )
        directory = None if in_memory else str(settings.directory.absolute())
        try:
            host = jpype.JClass(_PACKAGE + "EngineHost")(
                directory, settings.segment_megabytes << 20, settings.grpc_host, settings.grpc_port, *proxies
            )
        except jpype.JException as error:
            raise opening_failed(error, settings) from error
        if host.cutBytes():
            report_cut(str(host.cutFile()), int(host.cutBytes()))
        return cls(host, proxies)

    @property
    def grpc_port(self) -> int:
        """The port gRPC is served on."""
        return int(self._host.port())

    @property
    def health(self) -> str:
        """`healthy`, or what is wrong."""
        return str(self._host.health())

    @property
    def cut_bytes(self) -> int:
        """How many bytes of an interrupted write were cut from the end of the log when it was opened; mostly 0."""
        return int(self._host.cutBytes())

    def submit(
        self, value_type: str, intent: str, value: Mapping[str, Any], *, key: int = -1, timeout: float = 10.0
    ) -> Answer:
        """Carry out one command and wait for the engine's answer, at most `timeout` seconds.

        Args:
            value_type: for instance `USER_TASK`.
            intent: for instance `COMPLETE`.
            value: the properties of that record, by the names the record declares; `variables` an object, bytes base64.
            key: of what the command is about; -1 when it does not exist yet.
            timeout: in seconds.

        Raises:
            Rejected: in the engine's own words, also when the value does not fit the record.
            Unanswered: no answer in time; the command may still be carried out.
            Overloaded: the command was not written.
        """
        answer = self._host.submit(value_type, intent, encoded(value), key, int(timeout * 1000))
        return decoded(bytes(answer))

    def submit_later(
        self, value_type: str, intent: str, value: Mapping[str, Any], *, key: int = -1, timeout: float = 10.0
    ) -> Future[Answer]:
        """The same as `submit`, as a future; its callbacks run on a thread of the engine and must be short."""
        ticket = next(self._tickets)
        future: Future[Answer] = Future()
        self._waiting[ticket] = future
        self._host.submitLater(value_type, intent, encoded(value), key, int(timeout * 1000), ticket, self._listener)
        return future

    def _answered(self, ticket: int, answer: Any) -> None:
        future = self._waiting.pop(int(ticket))
        try:
            future.set_result(decoded(bytes(answer)))
        except (CommandError, Overloaded) as error:
            future.set_exception(error)

    def wait_for_jobs(self, job_type: str, timeout: float) -> bool:
        """Wait until activating jobs of a type may be worth while; False after `timeout` seconds."""
        return bool(self._host.waitForJobs(job_type, int(timeout * 1000)))

    def committed_position(self) -> int:
        """The position of the last event; whoever has read up to here has read all there is."""
        return int(self._host.committedPosition())

    def read_records(self, after: int, limit: int, timeout: float) -> list[Record]:
        """Events behind a position, in order, at most `limit`; waits up to `timeout` seconds when there are none."""
        batch = json.loads(bytes(self._host.readRecords(after, limit, int(timeout * 1000))))
        return [Record(*fields) for fields in batch]

    def forget_credentials(self) -> None:
        """Ask `authenticate` again for everybody, because passwords or users have changed."""
        self._host.forgetCredentials()

    def close(self) -> None:
        """Stop serving, make the end of the log durable, free the data folder. May be called more than once."""
        if self._closed.acquire(blocking=False):
            atexit.unregister(self.close)
            self._host.close()
