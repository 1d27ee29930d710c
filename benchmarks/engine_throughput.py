"""The durable engine against the same engine without a log: throughput, latency, restart.

Both run at the same time in processes of their own; one is measured while the other idles, turn by turn, so that what
else happens on the machine meets both. One round runs process instances with one job each, by pyzeebe, and waits for
each instance's result.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyzeebe import ZeebeClient, ZeebeWorker

from benchmarks import engine_process
from benchmarks.grpc_sign_in import signed_in_channel

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


@dataclass(frozen=True)
class Round:
    """Instances per second, and the seconds each instance took."""

    throughput: float
    latencies: list[float]


@dataclass(frozen=True)
class Running:
    """An engine's process and what it said when it was ready."""

    process: int
    port: int
    start_seconds: float
    position: int

    def peak_megabytes(self) -> int:
        """The most memory the process has held so far; 0 where the system does not tell."""
        status = Path(f"/proc/{self.process}/status")
        lines = status.read_text().splitlines() if status.exists() else []
        return next((int(line.split()[1]) >> 10 for line in lines if line.startswith("VmHWM")), 0)


@contextlib.contextmanager
def running_engine(data: Path, *flags: str) -> Iterator[Running]:
    """Start an engine in a process of its own, and let go of it at the end."""
    command = [sys.executable, "-m", engine_process.__name__, "--data", str(data), *flags]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port, seconds, position = process.stdout.readline().split()
        yield Running(process.pid, int(port), float(seconds), int(position))
        process.communicate()


@contextlib.asynccontextmanager
async def _worker(port: int) -> AsyncIterator[ZeebeClient]:
    worker = ZeebeWorker(signed_in_channel(port), poll_retry_delay=1)
    worker.task(task_type="work", max_jobs_to_activate=100, max_running_jobs=200)(_work)
    working = asyncio.create_task(worker.work())
    client = ZeebeClient(signed_in_channel(port))
    try:
        yield client
    finally:
        await worker.stop()
        working.cancel()


async def _work() -> None:
    """Do nothing: the engine is measured, not the work."""


async def _round(client: ZeebeClient, instances: int, at_once: int) -> Round:
    gate = asyncio.Semaphore(at_once)
    latencies: list[float] = []

    async def run() -> None:
        async with gate:
            begin = time.perf_counter()
            await client.run_process_with_result("one_job", timeout=60_000)
            latencies.append(time.perf_counter() - begin)

    begin = time.perf_counter()
    await asyncio.gather(*(run() for _ in range(instances)))
    return Round(instances / (time.perf_counter() - begin), latencies)


async def _compare(ports: dict[str, int], rounds: int, instances: int, at_once: int) -> dict[str, list[Round]]:
    measured: dict[str, list[Round]] = {name: [] for name in ports}
    for turn in range(-2, rounds):
        order = list(ports.items())[:: -1 if turn % 2 else 1]  # A-B-B-A: neither always comes first.
        for name, port in order:
            async with _worker(port) as client:
                await client.deploy_resource(engine_process.MODEL)
                one = await _round(client, instances, at_once)
                if turn >= 0:  # The turns before warm up.
                    measured[name].append(one)
    return measured


def _report(measured: dict[str, list[Round]]) -> None:
    for name, rounds in measured.items():
        latencies = sorted(latency * 1000 for one in rounds for latency in one.latencies)
        p50, p99 = latencies[len(latencies) // 2], latencies[len(latencies) * 99 // 100]
        median = statistics.median(one.throughput for one in rounds)
        print(f"  {name:9} {median:5.0f} instances/s, latency p50 {p50:.0f} ms, p99 {p99:.0f} ms")
    pairs = zip(measured["durable"], measured["in memory"], strict=True)
    ratios = sorted(durable.throughput / memory.throughput for durable, memory in pairs)
    print(
        f"  durable / in memory: {statistics.median(ratios):.2f} (median of {len(ratios)} pairs, "
        f"{ratios[0]:.2f} to {ratios[-1]:.2f}; target 0.9)"
    )


def _restart(data: Path, records: int) -> None:
    with running_engine(data, "--fill", str(records)) as filled:
        first = filled.start_seconds
    with running_engine(data) as again:
        print(
            f"  start on an empty log {first:.1f} s; again on {again.position} records "
            f"{again.start_seconds:.1f} s, {again.peak_megabytes()} MB (target for 1,000,000: 15 s, 1536 MB)"
        )


def main(rounds: int = 7, instances: int = 300, at_once: int = 50, records: int = 100_000) -> None:
    """Print the ratio, the latencies, and how long the durable engine takes to start again on a log of records."""
    print(f"engine: durable log against the same engine without a log, one job an instance, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(prefix="bench-engine-") as folder:
        with running_engine(Path(folder) / "a") as durable, running_engine(Path(folder) / "b", "--in-memory") as memory:
            ports = {"durable": durable.port, "in memory": memory.port}
            _report(asyncio.run(_compare(ports, rounds, instances, at_once)))
        _restart(Path(folder) / "c", records)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--instances", type=int, default=300)
    parser.add_argument("--at-once", type=int, default=50)
    parser.add_argument("--records", type=int, default=100_000)
    main(**vars(parser.parse_args()))
