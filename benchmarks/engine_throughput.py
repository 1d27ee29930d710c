"""The durable engine against the same engine without a log: throughput, latency, restart.

Both run at the same time in processes of their own; one is measured while the other idles, turn by turn, so that what
else happens on the machine meets both. One round runs process instances with one job each, by pyzeebe, and waits for
each instance's result.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import resource
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

_PROCESS = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
    targetNamespace="benchmarks">
  <process id="one_job" isExecutable="true">
    <startEvent id="start"/><sequenceFlow id="to_work" sourceRef="start" targetRef="work"/>
    <serviceTask id="work">
      <extensionElements><zeebe:taskDefinition type="work"/></extensionElements>
    </serviceTask>
    <sequenceFlow id="to_end" sourceRef="work" targetRef="end"/><endEvent id="end"/>
  </process>
</definitions>"""


@dataclass(frozen=True)
class Round:
    """Instances per second, and the seconds each instance took."""

    throughput: float
    latencies: list[float]


@dataclass(frozen=True)
class Running:
    """An engine's process and what it said when it was ready."""

    process: subprocess.Popen[str]
    port: int
    start_seconds: float
    position: int


@contextlib.contextmanager
def _engine(data: Path, *flags: str) -> Iterator[Running]:
    command = [sys.executable, "-m", engine_process.__name__, "--data", str(data), *flags]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port, seconds, position = process.stdout.readline().split()
        yield Running(process, int(port), float(seconds), int(position))
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
    with tempfile.NamedTemporaryFile("w", suffix=".bpmn") as model:
        model.write(_PROCESS)
        model.flush()
        for turn in range(-1, rounds):
            for name, port in ports.items():
                async with _worker(port) as client:
                    await client.deploy_resource(model.name)
                    one = await _round(client, instances, at_once)
                    if turn >= 0:  # The first turn warms up.
                        measured[name].append(one)
    return measured


def _report(measured: dict[str, list[Round]]) -> None:
    for name, rounds in measured.items():
        latencies = sorted(latency for one in rounds for latency in one.latencies)
        print(
            f"  {name:9} {statistics.median(one.throughput for one in rounds):7.0f} instances/s (median of {len(rounds)}), "
            f"latency p50 {latencies[len(latencies) // 2] * 1000:.0f} ms, p99 {latencies[len(latencies) * 99 // 100] * 1000:.0f} ms"
        )
    pairs = zip(measured["durable"], measured["in memory"], strict=True)
    ratios = sorted(durable.throughput / memory.throughput for durable, memory in pairs)
    print(
        f"  durable / in memory: {statistics.median(ratios):.2f} (median of {len(ratios)} pairs, "
        f"{ratios[0]:.2f} to {ratios[-1]:.2f}; target ≥ 0.9)"
    )


def main(rounds: int = 7, instances: int = 300, at_once: int = 50) -> None:
    """Print the ratio, the latencies, and how long the durable engine takes to start again on its log."""
    print("engine: durable log against the same engine without a log, process instances with one job each")
    with tempfile.TemporaryDirectory(prefix="bench-engine-") as folder:
        data = Path(folder)
        with _engine(data) as durable, _engine(data, "--in-memory") as memory:
            ports = {"durable": durable.port, "in memory": memory.port}
            _report(asyncio.run(_compare(ports, rounds, instances, at_once)))
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        with _engine(data) as again:
            print(f"  start again on a log of {again.position} records: {again.start_seconds:.2f} s", end="")
        print(f" (largest engine process so far {max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) >> 10} MB)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--instances", type=int, default=300)
    parser.add_argument("--at-once", type=int, default=50)
    main(**vars(parser.parse_args()))
