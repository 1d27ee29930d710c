"""The engine as the rest of this program sees it: commands in, answers and records out.

`Engine` may be used from any thread. What blocks, blocks in Java and holds nothing of Python's.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jpype

from engine.core import java
from engine.core.errors import DataDirectoryBusy, EngineError, LogDamaged, Overloaded, Rejected, Unanswered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.settings import EngineSettings

_PACKAGE = "zhengjian.engine."


@dataclass(frozen=True)
class Answer:
    """What the engine did on a command: the key and the record it wrote, as JSON."""

    key: int
    value_type: str
    intent: str
    value: dict[str, Any]


@dataclass(frozen=True)
class Record:
    """One event of the engine's log. The timestamp is in milliseconds since 1970, by the engine's clock."""

    position: int
    key: int
    value_type: str
    intent: str
    timestamp: int
    value: dict[str, Any]


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
        raise _opening_failed(error, settings) from error
    return CheckedLog(int(check.highest()), int(check.cutBytes()))


def end_process(kind: str, detail: str) -> None:
    """Say why the engine cannot go on and end this process: status 74 for the disk, 70 for the engine itself."""
    if kind == "disk":
        text = f"引擎无法写入日志({detail}),已停止。已确认的操作都已保存,没有丢失。请检查磁盘空间与磁盘状态后重新启动。"
    else:
        text = (
            f"引擎内部出错({detail}),已停止。已确认的操作都已保存,没有丢失。"
            "请重新启动;如再次出现,请附上日志报告此问题。"
        )
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
    os._exit(74 if kind == "disk" else 70)


class Engine:
    """A running engine. One per data folder; see `open`."""

    def __init__(self, host: Any, proxies: tuple[Any, ...]) -> None:
        self._host = host
        self._proxies = proxies  # Java holds them weakly: they must live as long as the engine.
        self._tickets = itertools.count(1)
        self._waiting: dict[int, Future[Answer]] = {}
        self._listener = jpype.JProxy(_PACKAGE + "ReplyListener", dict={"answered": self._answered})
        self._closed = threading.Lock()

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
            raise _opening_failed(error, settings) from error
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
        answer = self._host.submit(value_type, intent, _encoded(value), key, int(timeout * 1000))
        return _decoded(bytes(answer))

    def submit_later(
        self, value_type: str, intent: str, value: Mapping[str, Any], *, key: int = -1, timeout: float = 10.0
    ) -> Future[Answer]:
        """The same as `submit`, as a future; its callbacks run on a thread of the engine and must be short."""
        ticket = next(self._tickets)
        future: Future[Answer] = Future()
        self._waiting[ticket] = future
        self._host.submitLater(value_type, intent, _encoded(value), key, int(timeout * 1000), ticket, self._listener)
        return future

    def _answered(self, ticket: int, answer: Any) -> None:
        future = self._waiting.pop(int(ticket))
        try:
            future.set_result(_decoded(bytes(answer)))
        except (Rejected, Unanswered, Overloaded) as error:
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
            self._host.close()


def _encoded(value: Mapping[str, Any]) -> Any:
    return jpype.JArray(jpype.JByte)(json.dumps(value, ensure_ascii=False).encode())


def _decoded(answer: bytes) -> Answer:
    fields = json.loads(answer)
    if "rejected" in fields:
        raise Rejected(fields["rejected"], fields["reason"])
    if "refused" in fields:
        message = f"引擎暂时不接受更多命令({fields['refused']})。该操作没有执行,请稍后重试。"
        raise Overloaded(message)
    if "unanswered" in fields:
        message = "The engine has not answered in time"
        raise Unanswered(message)
    return Answer(fields["key"], fields["valueType"], fields["intent"], fields["value"])


def _opening_failed(error: Any, settings: EngineSettings) -> EngineError:
    name = error.getClass().getSimpleName()
    if name == "DirectoryBusy":
        owner = str(error.owner()) or "未知"
        return DataDirectoryBusy(
            f"数据目录 {settings.directory} 正由另一个引擎使用(进程号 {owner})。没有改动任何数据。"
            "请先停止该进程,或换用另一个数据目录。"
        )
    if name == "LogDamaged":
        return LogDamaged(
            f"引擎日志已损坏:文件 {error.file()} 偏移 {error.offset()} 处({error.getMessage()})。"
            "引擎没有启动,也没有改动任何文件。请勿删除该文件,从备份恢复数据目录,或联系维护人员。"
        )
    if "Failed to bind" in str(error):
        return EngineError(
            f"引擎无法监听 {settings.grpc_host} 的端口 {settings.grpc_port},该端口可能正被占用。数据未受影响。"
            "请停止占用该端口的程序,或换用另一个端口(ZHENGJIAN_GRPC_PORT)。"
        )
    return EngineError(f"引擎启动失败({error}),数据未受影响。请检查磁盘后重试。")
