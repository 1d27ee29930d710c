"""Keep a set of programs running as child processes: start in order, restart what dies, stop together."""

import contextlib
import signal
import subprocess
import sys
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
    process: subprocess.Popen[bytes]
    started: float
    failures: int = 0


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

    def start(self, program: Program) -> None:
        """Start a program and wait until it serves.

        Raises:
            StartFailedError: when it ends, stays silent longer than `READY_WITHIN` seconds, or its address is taken.
        """
        if program.ready_url and answers(program.ready_url):
            taken = program.ready_url.split("/")[2]
            raise StartFailedError(
                f"{taken} 上已有程序在运行,{program.name}没有启动,数据未受影响。"
                "请先结束那个程序,或换一个端口(见 --help 的端口选项)。"
            )
        child = _Child(program, _spawn(program), time.monotonic())
        self._children.append(child)
        while program.ready_url and not answers(program.ready_url):
            if child.process.poll() is not None or time.monotonic() - child.started > READY_WITHIN:
                status = child.process.poll()
                ended = f"已退出(状态 {status})" if status is not None else f"{READY_WITHIN:.0f} 秒内没有就绪"
                raise StartFailedError(f"{program.name} {ended}。日志:{program.log}\n{_tail(program.log)}")
            time.sleep(0.1)

    def watch(self) -> int:
        """Restart what dies until `stop` is called or a program refuses to run; return the exit status."""
        while not self._stopping:
            for child in self._children:
                status = child.process.poll()
                if status is None or self._stopping:
                    continue
                if status == REFUSED:
                    self.say(f"{child.program.name} 无法运行,系统停止。日志:{child.program.log}")
                    self.say(_tail(child.program.log))
                    self.outcome = REFUSED
                    return REFUSED
                self._restart(child, status)
            time.sleep(0.3)
        return 0

    def stop(self) -> None:
        """Ask every program to end, last started first, and wait; kill what does not end in time."""
        self._stopping = True
        for child in reversed(self._children):
            if child.process.poll() is None:
                child.process.send_signal(signal.SIGTERM)
                try:
                    child.process.wait(STOP_WITHIN)
                except subprocess.TimeoutExpired:
                    self.say(f"{child.program.name} 未按时结束,已强制终止(数据不受影响)。")
                    child.process.kill()
                    child.process.wait()

    def _restart(self, child: _Child, status: int) -> None:
        # A long healthy run forgives earlier failures; a crash loop waits longer each time.
        lived = time.monotonic() - child.started
        child.failures = 1 if lived > LONGEST_PAUSE else child.failures + 1
        pause = min(2.0 ** (child.failures - 1), LONGEST_PAUSE)
        self.say(f"{child.program.name} 意外退出(状态 {status}),{pause:.0f} 秒后重新启动;已确认的数据不会丢失。")
        time.sleep(pause)
        child.process, child.started = _spawn(child.program), time.monotonic()


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
