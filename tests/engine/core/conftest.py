"""Engines for tests: one in this process for everything that needs one life, others in processes that may be killed."""

import base64
import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from pyzeebe.proto.gateway_pb2_grpc import GatewayStub

from engine.core.host import Engine
from engine.settings import EngineSettings

HERE = Path(__file__).parent


def model(name: str) -> dict[str, str]:
    """One deployment resource out of `models`."""
    return {"resourceName": name, "resource": base64.b64encode((HERE / "models" / name).read_bytes()).decode()}


class Life:
    """An engine in a process of its own."""

    def __init__(self, data: Path, *options: str) -> None:
        self._errors = data.with_suffix(".err")
        with self._errors.open("w") as errors:
            self.process = subprocess.Popen(
                [sys.executable, str(HERE / "life.py"), str(data), *options],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self.ready: dict[str, Any] = json.loads(self._line() or "{}")

    def _line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline()

    def ask(self, *request: object) -> Any:
        """Anything the program in `life.py` knows; an engine that dies on it answers None."""
        assert self.process.stdin
        try:
            print(json.dumps(request), file=self.process.stdin, flush=True)
        except BrokenPipeError:
            return None
        line = self._line()
        return json.loads(line) if line else None

    def submit(self, value_type: str, intent: str, value: dict[str, object], key: int = -1) -> Any:
        return self.ask("submit", value_type, intent, value, key)

    def records(self) -> list[dict[str, Any]]:
        return self.ask("records")

    def kill(self) -> None:
        self.process.kill()
        self.ended()

    def close(self) -> None:
        if self.process.stdin and not self.process.stdin.closed:
            self.process.stdin.close()
        self.ended()

    def ended(self) -> int:
        """Wait for the end; the exit status."""
        status = self.process.wait(60)
        if self.process.stdout:
            self.process.stdout.close()
        if self.process.stdin and not self.process.stdin.closed:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()
        return status

    @property
    def errors(self) -> str:
        return self._errors.read_text("utf-8")


@pytest.fixture
def live() -> Iterator[Callable[..., Life]]:
    """Start engines in processes; what still lives at the end of the test is killed."""
    lives: list[Life] = []

    def start(data: Path, *options: str) -> Life:
        lives.append(Life(data, *options))
        return lives[-1]

    yield start
    for life in lives:
        life.kill()


@pytest.fixture(scope="session")
def asked() -> list[tuple[str, str]]:
    """What the engine of this process has asked its authenticator."""
    return []


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory, asked: list[tuple[str, str]]) -> Iterator[Engine]:
    def authenticate(user: str, password: str) -> bool:
        asked.append((user, password))
        return (user, password) == ("user", "right")

    engine = Engine.open(EngineSettings(data=tmp_path_factory.mktemp("core"), grpc_port=0), authenticate)
    engine.submit("DEPLOYMENT", "CREATE", {"resources": [model("tasks.bpmn"), model("grade.dmn"), model("ask.form")]})
    yield engine
    engine.close()


@pytest.fixture
def stub(engine: Engine) -> Iterator[GatewayStub]:
    with grpc.insecure_channel(f"127.0.0.1:{engine.grpc_port}") as channel:
        yield GatewayStub(channel)
