"""Ctrl-C, whenever it comes: everything is stopped, nothing is left behind, nobody sees a traceback."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from admin.lint import REPOSITORY
from admin.main import main
from tests.system import free_ports


class Terminal:
    """A command as a person runs it, and its three ports."""

    def __init__(self, folder: Path, *command: str) -> None:
        self.folder = folder
        self.ports = free_ports(3)
        names = ("ZHENGJIAN_GRPC_PORT", "ZHENGJIAN_REST_PORT", "ZHENGJIAN_GATEWAY_PORT")
        env = {**os.environ, **dict(zip(names, map(str, self.ports), strict=True))}
        self.output = folder / "output"
        with self.output.open("wb") as output:
            line = [sys.executable, "-m", "admin.main", *command, "--data", str(folder)]
            self.process = subprocess.Popen(line, cwd=REPOSITORY, env=env, stdout=output, stderr=output)

    def said(self) -> str:
        return self.output.read_text("utf-8")

    def wait_until(self, come: Callable[[], bool]) -> None:
        until = time.monotonic() + 90
        while not come():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.05)

    def interrupt(self, times: int = 1) -> int:
        for _ in range(times):
            self.process.send_signal(signal.SIGINT)
            time.sleep(0.05)
        return self.process.wait(60)

    def is_gone(self) -> bool:
        """Whether nothing listens any more."""
        for port in self.ports:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return False
        return True


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    started: list[Terminal] = []

    def start(*command: str) -> Terminal:
        started.append(Terminal(tmp_path, *command))
        return started[-1]

    yield start
    for terminal in started:
        if terminal.process.poll() is None:
            terminal.process.terminate()
            terminal.process.wait(60)


@pytest.mark.engine
def test_an_impatient_ctrl_c_while_the_engine_starts_stops_everything(run: Callable[..., Terminal]) -> None:
    terminal = run("up")
    terminal.wait_until((terminal.folder / "logs" / "engine.log").exists)
    assert terminal.interrupt(times=3) == 0
    assert terminal.said().count("正在结束") == 1
    assert "已结束。数据保存在" in terminal.said()
    assert "Traceback" not in terminal.said()
    assert terminal.is_gone()


@pytest.mark.engine
def test_ctrl_c_while_it_serves_is_the_way_to_end_it(run: Callable[..., Terminal]) -> None:
    terminal = run("up")
    terminal.wait_until(lambda: "系统已就绪" in terminal.said())
    assert terminal.interrupt() == 0
    assert "Traceback" not in terminal.said()
    assert terminal.is_gone()


@pytest.mark.engine
def test_a_demonstration_cut_short_does_not_look_like_one_that_went_well(run: Callable[..., Terminal]) -> None:
    terminal = run("demo", "--once")
    terminal.wait_until(lambda: "提交《" in terminal.said())
    assert terminal.interrupt() == 130
    assert "已结束。数据保存在" in terminal.said()
    assert "Traceback" not in terminal.said()
    assert terminal.is_gone()


@pytest.mark.parametrize("command", ["up", "demo", "deploy", "doctor"])
@pytest.mark.parametrize("port", ["many", "0", "65536", ""])
def test_a_port_that_is_none_is_named_with_its_option(
    command: str, port: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHENGJIAN_REST_PORT", port)
    assert main([command]) == 2
    told = f"端口应为 1 到 65535 的数，现在是“{port}”（--rest-port 或 ZHENGJIAN_REST_PORT）。没有启动任何程序。"
    assert capsys.readouterr().err.strip() == told


@pytest.mark.parametrize("command", ["up", "demo"])
def test_a_data_folder_that_cannot_be_made_is_named(command: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    line = [sys.executable, "-m", "admin.main", command, "--data", str(tmp_path / "file")]
    done = subprocess.run(line, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.startswith(f"数据目录不能使用：{tmp_path / 'file'}（")
