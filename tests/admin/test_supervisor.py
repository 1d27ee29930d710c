"""The supervisor: starts in order, restarts what dies, gives up on what refuses, leaves a foreign server alone."""

import http.server
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from admin.supervisor import REFUSED, Program, StartFailedError, Supervisor


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(said: list[str]) -> Iterator[Supervisor]:
    started = Supervisor(said.append)
    yield started
    started.stop()


def program(folder: Path, code: str, ready_url: str | None = None) -> Program:
    return Program("试验程序", [sys.executable, "-c", code], os.environ, folder / "program.log", ready_url)


def test_what_dies_is_started_again(tmp_path: Path, supervisor: Supervisor, said: list[str]) -> None:
    lives = tmp_path / "lives"
    code = f"""if True:
        import pathlib, time
        lives = pathlib.Path({str(lives)!r})
        lives.write_text((lives.read_text() if lives.exists() else "") + "x")
        time.sleep(0.2 if lives.read_text() == "x" else 60)
        raise SystemExit(1)"""
    supervisor.start(program(tmp_path, code))
    threading.Thread(target=supervisor.watch, daemon=True).start()
    until = time.monotonic() + 30
    while (not lives.exists() or len(lives.read_text()) < 2) and time.monotonic() < until:
        time.sleep(0.05)
    assert lives.read_text() == "xx"
    assert any("意外退出（状态 1）" in line for line in said)


def test_a_program_that_says_why_it_cannot_run_stops_everything(
    tmp_path: Path, supervisor: Supervisor, said: list[str]
) -> None:
    supervisor.start(program(tmp_path, "import sys; sys.stderr.write('数据目录已被占用'); raise SystemExit(2)"))
    assert supervisor.watch() == REFUSED
    assert supervisor.outcome == REFUSED
    assert any("数据目录已被占用" in line for line in said)


def test_a_program_that_ends_before_it_serves_is_reported_with_its_last_words(
    tmp_path: Path, supervisor: Supervisor
) -> None:
    silent = program(tmp_path, "import sys; sys.stderr.write('端口已占用'); raise SystemExit(1)", "http://127.0.0.1:9/")
    with pytest.raises(StartFailedError, match=r"试验程序 已退出（状态 1）(?s:.)*端口已占用"):
        supervisor.start(silent)


def test_an_address_where_another_program_answers_is_not_taken_for_ours(tmp_path: Path, supervisor: Supervisor) -> None:
    foreign = http.server.HTTPServer(("127.0.0.1", 0), Answering)
    serving = threading.Thread(target=foreign.handle_request)
    serving.start()
    never = tmp_path / "started"
    ours = program(tmp_path, f"open({str(never)!r}, 'w')", f"http://127.0.0.1:{foreign.server_port}/")
    with pytest.raises(StartFailedError, match="已有程序在运行"):
        supervisor.start(ours)
    serving.join()
    foreign.server_close()
    assert not never.exists()


class Answering(http.server.BaseHTTPRequestHandler):
    """Says yes to everybody."""

    def do_GET(self) -> None:
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Keep the test's output quiet."""


def test_ctrl_c_in_the_midst_of_starting_a_program_leaves_no_child(tmp_path: Path, said: list[str]) -> None:
    sleeper = program(tmp_path, "import time; time.sleep(60)")
    for moment in range(1, 16):
        supervisor = Supervisor(said.append)
        # A signal of its own: the test's time limit owns SIGALRM.
        before = signal.signal(signal.SIGUSR1, lambda _signal, _frame, one=supervisor: one.interrupt())
        ctrl_c = threading.Timer(moment / 4_000, os.kill, (os.getpid(), signal.SIGUSR1))
        try:
            with pytest.raises(KeyboardInterrupt):
                start_until_interrupted(supervisor, sleeper, ctrl_c)
        finally:
            ctrl_c.join()
            signal.signal(signal.SIGUSR1, before)
            supervisor.stop()
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text("utf-8").split()
    lines = [Path(f"/proc/{child}/cmdline").read_text("utf-8") for child in children]
    assert [line for line in lines if "time.sleep(60)" in line] == []


def start_until_interrupted(supervisor: Supervisor, sleeper: Program, ctrl_c: threading.Timer) -> None:
    ctrl_c.start()
    while True:
        supervisor.start(sleeper)


def test_what_has_died_is_not_started_again_once_everything_stops(tmp_path: Path, said: list[str]) -> None:
    supervisor = Supervisor(said.append)
    lives = tmp_path / "lives"
    supervisor.start(program(tmp_path, f"open({str(lives)!r}, 'a').write('x'); raise SystemExit(1)"))
    watching = threading.Thread(target=supervisor.watch)
    watching.start()
    while not said:
        time.sleep(0.01)
    supervisor.stop()
    watching.join()
    assert lives.read_text("utf-8") == "x"
