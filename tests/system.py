"""The whole system as its users run it: engine, workers and pages, each a process of its own on free ports."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

READY_WITHIN = 300.0  # the first start of a machine fetches the engine's jars
PROGRAMS = ("engine", "workers", "gateway")


def free_ports(count: int) -> list[int]:
    """Return ports of 127.0.0.1 that nobody listens on."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@dataclass
class System:
    """Three programs over one data folder; each can be killed and started again on its own port."""

    data: Path
    ports: tuple[int, int, int]
    settings: Mapping[str, str] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def grpc_address(self) -> str:
        return f"127.0.0.1:{self.ports[0]}"

    @property
    def rest_address(self) -> str:
        return f"http://127.0.0.1:{self.ports[1]}"

    @property
    def gateway_address(self) -> str:
        return f"http://127.0.0.1:{self.ports[2]}"

    @property
    def environment(self) -> dict[str, str]:
        names = ("ZHENGJIAN_GRPC_PORT", "ZHENGJIAN_REST_PORT", "ZHENGJIAN_GATEWAY_PORT")
        return {
            **os.environ,
            **self.settings,
            "ZHENGJIAN_DATA": str(self.data),
            **dict(zip(names, map(str, self.ports), strict=True)),
        }

    def start(self, program: str) -> None:
        """Start a program without waiting for it."""
        options = ["--demo"] if program == "engine" else []
        with (self.data / f"{program}.log").open("ab") as log:
            self.processes[program] = subprocess.Popen(
                [sys.executable, "-m", "admin.main", program, *options],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def kill(self, program: str) -> None:
        """End a program as a power cut does (SIGKILL)."""
        self.processes[program].kill()
        self.processes[program].wait()

    def stop(self) -> None:
        """End everything, workers and pages before the engine."""
        for program in reversed(PROGRAMS):
            process = self.processes.get(program)
            if process is not None and process.poll() is None:
                process.terminate()
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    self.kill(program)

    def wait_until(self, url: str) -> None:
        """Wait until an address answers without a server error; fail with the programs' last words."""
        until = time.monotonic() + READY_WITHIN
        while not _answers(url):
            ended = {name: each.poll() for name, each in self.processes.items() if each.poll() is not None}
            if ended or time.monotonic() > until:
                raise AssertionError(f"{url} does not answer; ended: {ended}\n{self.last_words()}")
            time.sleep(0.1)

    def deploy(self) -> None:
        """Deploy the models with the command people use."""
        done = subprocess.run(
            [sys.executable, "-m", "admin.main", "deploy"],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def last_words(self) -> str:
        logs = (self.data / f"{program}.log" for program in PROGRAMS)
        return "\n".join(f"== {log.name}\n{log.read_text('utf-8', 'replace')[-3000:]}" for log in logs if log.exists())


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5, trust_env=False).status_code < httpx.codes.INTERNAL_SERVER_ERROR
    except httpx.TransportError:
        return False


@contextmanager
def running_system(data: Path, settings: Mapping[str, str] | None = None) -> Iterator[System]:
    """Start everything over an empty folder, deploy the models, and stop everything at the end.

    `settings` are environment variables beside those that every system here gets.
    """
    data.mkdir(parents=True, exist_ok=True)
    grpc, rest, gateway = free_ports(3)
    system = System(data, (grpc, rest, gateway), settings or {})
    try:
        system.start("engine")
        system.wait_until(f"{system.rest_address}/v2/status")
        system.deploy()
        system.start("workers")
        system.start("gateway")
        system.wait_until(f"{system.gateway_address}/healthz")
        yield system
    finally:
        system.stop()
