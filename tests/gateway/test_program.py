"""The gateway as a program: starting, refusing to start, and being killed."""

import http.server
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from gateway.main import REFUSED, run
from gateway.settings import Settings
from gateway.static_files import AssetsMissingError, StaticFiles
from tests.gateway.browser import PASSWORD
from tests.gateway.fake_engine import FakeEngine
from tests.system import free_ports


@pytest.fixture
def engine_address(engine: FakeEngine) -> Iterator[str]:
    """Serve the hand-written engine over the network."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = engine(
                httpx.Request(self.command, f"http://engine{self.path}", headers=dict(self.headers), content=content)
            )
            self.send_response(answer.status_code)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_POST = do_GET  # noqa: N815 - the name is http.server's

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Program:
    """`zhengjian gateway` in a process of its own."""

    def __init__(self, data: Path, engine_address: str) -> None:
        (self.port,) = free_ports(1)
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {"ZHENGJIAN_DATA": str(data), "ZHENGJIAN_REST_URL": engine_address}
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "admin.main", "gateway", "--gateway-port", str(self.port)]
        self.process = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True)
        until = time.monotonic() + 60
        while not self._answers():
            assert self.process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/healthz", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def end(self, *, kill: bool) -> int:
        assert self.process is not None
        (self.process.kill if kill else self.process.terminate)()
        self.process.communicate()
        return self.process.returncode


@pytest.fixture
def program(tmp_path: Path, engine_address: str) -> Iterator[Program]:
    """Give a program that is not running yet; it is killed at the end in any case."""
    given = Program(tmp_path, engine_address)
    yield given
    if given.process is not None and given.process.poll() is None:
        given.end(kill=True)


def test_a_signed_in_person_stays_signed_in_over_kill_9_and_a_restart(program: Program) -> None:
    program.start()
    with httpx.Client(base_url=program.address, trust_env=False, follow_redirects=True) as browser:
        token = browser.get("/login").text.split('name="csrf-token" content="')[1].split('"')[0]
        form = {"username": "li_qiang", "password": PASSWORD, "csrf_token": token, "next": "/tasks"}
        assert "李强" in browser.post("/login", data=form).text
        program.end(kill=True)
        program.start()
        assert "李强" in browser.get("/tasks").text
    assert program.end(kill=False) == 0


def test_a_taken_port_is_told_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as taken:
        settings = Settings(tmp_path, f"sqlite:///{tmp_path / 'records.db'}", port=taken.server_port)
        assert run(settings) == REFUSED
    told = capsys.readouterr().err
    assert str(settings.port) in told
    assert "--gateway-port" in told


def test_missing_front_end_packages_are_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "zhengjian.css").write_text("")
    with pytest.raises(AssetsMissingError, match="make setup"):
        StaticFiles(tmp_path)
