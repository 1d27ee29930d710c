"""What tests of several rooms share: a real engine server with the demonstration's people."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.system import free_ports

START_WITHIN = 300.0  # the first start of a machine fetches the engine's jars


@dataclass(frozen=True)
class EngineServer:
    """A running engine server.

    Attributes:
        grpc_address: `host:port`.
        rest_address: `http://host:port`, without `/v2`.
        data: its data folder.
        log: file with its output.
    """

    grpc_address: str
    rest_address: str
    data: Path
    log: Path
    _clients: dict[str, httpx.Client] = field(default_factory=dict)

    def password(self, username: str) -> str:
        """Return the password of a demonstration person or of the technical user `worker`."""
        return (self.data / "secrets" / "worker").read_text("utf-8") if username == "worker" else "demo"

    def credentials(self, username: str) -> tuple[str, str]:
        """Return user name and password, as httpx takes them."""
        return username, self.password(username)

    def rest(self, username: str = "admin") -> httpx.Client:
        """Return a client of `/v2/` that is signed in; the same one for the same person, closed with the server."""
        if username not in self._clients:
            self._clients[username] = httpx.Client(
                base_url=f"{self.rest_address}/v2/", auth=self.credentials(username), timeout=30, trust_env=False
            )
        return self._clients[username]

    def close(self) -> None:
        """Close the clients."""
        while self._clients:
            self._clients.popitem()[1].close()


class EngineProgram:
    """`zhengjian engine` on free ports; may be killed and started again on the same data folder and ports.

    Args:
        folder: where data and output go.
        demo: with the demonstration's people.
        grpc: port of gRPC, a free one by default.
        rest: port of REST, a free one by default.
        environment: variables beside those of this process.
    """

    def __init__(
        self,
        folder: Path,
        *,
        demo: bool = True,
        grpc: int | None = None,
        rest: int | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        free = free_ports(2)
        grpc, rest = grpc or free[0], rest or free[1]
        self.server = EngineServer(
            f"127.0.0.1:{grpc}", f"http://127.0.0.1:{rest}", folder / "data", folder / "engine.log"
        )
        self._command = [
            *(sys.executable, "-m", "admin.main", "engine", *(["--demo"] if demo else [])),
            *("--data", str(self.server.data), "--grpc-port", str(grpc), "--rest-port", str(rest)),
        ]
        self._environment = {**os.environ, **(environment or {})}
        self.process: subprocess.Popen[bytes] | None = None

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the program without waiting for anything."""
        with self.server.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=self._environment
            )
        return self.process

    def refusal(self) -> tuple[int, str]:
        """Run a program that is expected to say why it cannot run; return its exit status and what it said."""
        process = self.launch()
        try:
            status = process.wait(60)
        except subprocess.TimeoutExpired:
            self.kill()
            pytest.fail(f"the engine runs although it should not:\n{self.output()}")
        return status, self.output()

    def start(self) -> EngineServer:
        """Start and return when the server answers; fail with its output when it does not."""
        process = self.launch()
        until = time.monotonic() + START_WITHIN
        while not self._answers():
            if process.poll() is not None:
                pytest.fail(f"the engine ended with status {process.returncode}:\n{self.output()}")
            if time.monotonic() > until:
                self.kill()
                pytest.fail(f"the engine did not answer within {START_WITHIN:.0f} s:\n{self.output()}")
            time.sleep(0.05)
        return self.server

    def kill(self) -> None:
        """End the program as a power cut does (SIGKILL)."""
        assert self.process is not None
        self.server.close()
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """End the program as its supervisor does (SIGTERM) and return its exit status."""
        assert self.process is not None
        self.server.close()
        self.process.terminate()
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            pytest.fail(f"the engine did not end on SIGTERM:\n{self.output()}")

    def output(self) -> str:
        """Return the end of what the program has printed and logged."""
        return self.server.log.read_text("utf-8", "replace")[-8000:]

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.server.rest_address}/v2/status", trust_env=False).status_code == 204
        except httpx.TransportError:
            return False


@pytest.fixture(scope="session")
def engine_program() -> type[EngineProgram]:
    """The class of engine programs, for tests that kill and restart one of their own."""
    return EngineProgram


@pytest.fixture(scope="session")
def engine_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineServer]:
    """One engine server for the whole test run; tests keep apart by using process ids of their own."""
    program = EngineProgram(tmp_path_factory.mktemp("engine"))
    server = program.start()
    yield server
    status = program.stop()
    assert status == 0, f"the engine ended with status {status}:\n{program.output()}"
