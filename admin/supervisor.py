"""Keep a set of programs running as child processes: start in order, restart what dies, stop together."""

import contextlib
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

REFUSED = 2  # a program that has told the user why it can't run; starting it again would only repeat it
READY_WITHIN = 60.0
STOP_WITHIN = 15.0
LONGEST_PAUSE = 30.0


class StartFailedError(Exception):
    """A program did not come up; the message names it, its exit status and its log."""


@dataclass(frozen=True)
class Program:
    """One child process: its command, environment, log file and the address that answers once it serves."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    log: Path
    ready_url: str | None = None


@dataclass
class _Child:
    program: Program
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0

    def status(self) -> int | None:
        """Return the exit status, None while it runs or has not been started."""
        return None if self.process is None else self.process.poll()


def answers(url: str) -> bool:
    """Tell whether an HTTP server answers at the address, whatever it answers."""
    with contextlib.suppress(httpx.TransportError):
        return httpx.get(url, timeout=2, trust_env=False).status_code < httpx.codes.INTERNAL_SERVER_ERROR
    return False


@dataclass
class Supervisor:
    """Start programs one after the other and watch them until told to stop."""

    say: Callable[[str], None]
    outcome: int = 0
    _children: list[_Child] = field(default_factory=list)
    _stopping: bool = False
    _spawning: bool = False
    _interrupted: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def interrupt(self) -> None:
        """End what the main thread does, as Ctrl-C wants; called by its signal handler.

        While that thread is starting a program it waits until there is a child to stop: none may be left behind.

        Raises:
            KeyboardInterrupt: unless it has to wait.
        """
        if not self._spawning:
            raise KeyboardInterrupt
        self._interrupted = True

    def start(self, program: Program) -> None:
        """Start a program and wait until it serves.

        Raises:
            StartFailedError: when it ends, stays silent longer than `READY_WITHIN` seconds, or its address is taken.
        """
        if program.ready_url and answers(program.ready_url):
            taken = program.ready_url.split("/")[2]
            raise StartFailedError(
                f"{taken} 上已有程序在运行，{program.name}没有启动，数据未受影响。"
                "请先结束那个程序，或换一个端口（zhengjian up --help 列出了端口选项和环境变量）。"
            )
        child = _Child(program)
        self._children.append(child)
        self._spawn(child)
        while program.ready_url and not answers(program.ready_url):
            status = child.status()
            if status is not None or time.monotonic() - child.started > READY_WITHIN:
                ended = f"已退出（状态 {status}）" if status is not None else f"{READY_WITHIN:.0f} 秒内没有就绪"
                raise StartFailedError(f"{program.name} {ended}。日志：{program.log}\n{_tail(program.log)}")
            time.sleep(0.1)

    def watch(self) -> int:
        """Restart what dies until `stop` is called or a program refuses to run; return the exit status."""
        while not self._stopping:
            for child in self._children:
                status = child.status()
                if status is None or self._stopping:
                    continue
                if status == REFUSED:
                    self.say(f"{child.program.name} 无法运行，系统停止。日志：{child.program.log}")
                    self.say(_tail(child.program.log))
                    self.outcome = REFUSED
                    return REFUSED
                self._restart(child, status)
            time.sleep(0.3)
        return 0

    def stop(self) -> None:
        """Ask every program to end, last started first, and wait; kill what does not end in time."""
        with self._lock:  # from here on nothing is started again
            self._stopping = True
        for child in reversed(self._children):
            if child.process is not None and child.process.poll() is None:
                child.process.send_signal(signal.SIGTERM)
                try:
                    child.process.wait(STOP_WITHIN)
                except subprocess.TimeoutExpired:
                    self.say(f"{child.program.name} 未按时结束，已强制终止（数据不受影响）。")
                    child.process.kill()
                    child.process.wait()

    def _restart(self, child: _Child, status: int) -> None:
        # A long healthy run forgives earlier failures; a crash loop waits longer each time.
        lived = time.monotonic() - child.started
        child.failures = 1 if lived > LONGEST_PAUSE else child.failures + 1
        pause = min(2.0 ** (child.failures - 1), LONGEST_PAUSE)
        self.say(f"{child.program.name} 意外退出（状态 {status}），{pause:.0f} 秒后重新启动；已确认的数据不会丢失。")
        time.sleep(pause)
        self._spawn(child)

    def _spawn(self, child: _Child) -> None:
        with self._lock:
            if self._stopping:
                return
            self._spawning = threading.current_thread() is threading.main_thread()
            try:
                child.process, child.started = _spawn(child.program), time.monotonic()
            finally:
                self._spawning = False
        if self._interrupted:
            raise KeyboardInterrupt


def zhengjian(name: str, *options: str) -> list[str]:
    """Return the command line that runs one of our programs with this very interpreter."""
    return [sys.executable, "-m", "admin.main", name, *options]


def _spawn(program: Program) -> subprocess.Popen[bytes]:
    program.log.parent.mkdir(parents=True, exist_ok=True)
    with program.log.open("ab") as log:
        # A session of its own keeps Ctrl-C for the supervisor, which ends the programs in order.
        return subprocess.Popen(  # noqa: S603  the command is ours
            list(program.command), env=dict(program.env), stderr=log, start_new_session=True
        )


def _tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]) if log.exists() else ""
