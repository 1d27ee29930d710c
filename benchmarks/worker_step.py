"""Steps of ours against a bare pyzeebe worker that does nothing: same diagram, same engine, each worker a process.

Each round runs process instances with one job each, waits for each instance's result, and takes the three kinds in
turn: bare, our framework around nothing, and a step that keeps every promise (once, audited, durable).
"""

import asyncio
import contextlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pyzeebe import ZeebeClient

from benchmarks import worker_process
from benchmarks.engine_throughput import running_engine
from benchmarks.grpc_sign_in import signed_in_channel

KINDS = {
    "bare": "bare",
    "our framework, doing nothing": "benchmarks.steps.nothing",
    "our step, once and audited": "benchmarks.steps.note_event",
}
PROCESS = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
    targetNamespace="benchmarks">
  <process id="{name}" isExecutable="true">
    <startEvent id="start"/><sequenceFlow id="to_step" sourceRef="start" targetRef="step"/>
    <serviceTask id="step"><extensionElements><zeebe:taskDefinition type="{job}"/></extensionElements></serviceTask>
    <sequenceFlow id="to_end" sourceRef="step" targetRef="end"/><endEvent id="end"/>
  </process>
</definitions>"""


@contextlib.contextmanager
def _workers(port: int, folder: Path) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for kind in ("bare", "ours"):
            command = [
                sys.executable,
                "-m",
                worker_process.__name__,
                kind,
                "--port",
                str(port),
                "--folder",
                str(folder),
            ]
            process = stack.enter_context(subprocess.Popen(command, stdin=subprocess.PIPE))
            stack.callback(process.communicate)
        yield


async def _throughput(client: ZeebeClient, process: str, instances: int, at_once: int) -> float:
    gate = asyncio.Semaphore(at_once)

    async def run() -> None:
        async with gate:
            await client.run_process_with_result(process, timeout=60_000)

    begin = time.perf_counter()
    await asyncio.gather(*(run() for _ in range(instances)))
    return instances / (time.perf_counter() - begin)


async def _compare(port: int, folder: Path, rounds: int, instances: int, at_once: int) -> dict[str, list[float]]:
    client = ZeebeClient(signed_in_channel(port))
    for number, job in enumerate(KINDS.values()):
        model = folder / f"kind_{number}.bpmn"
        model.write_text(PROCESS.format(name=f"kind_{number}", job=job), "utf-8")
        await client.deploy_resource(str(model))
    measured: dict[str, list[float]] = {name: [] for name in KINDS}
    for turn in range(-1, rounds):
        for number, name in enumerate(KINDS):
            rate = await _throughput(client, f"kind_{number}", instances, at_once)
            if turn >= 0:  # The first turn warms up.
                measured[name].append(rate)
    return measured


def main(rounds: int = 7, instances: int = 300, at_once: int = 50) -> None:
    """Print the throughput of each kind and its ratio to the bare worker's."""
    with tempfile.TemporaryDirectory(prefix="bench-step-") as name:
        folder = Path(name)
        with running_engine(folder / "engine") as engine, _workers(engine.port, folder):
            measured = asyncio.run(_compare(engine.port, folder, rounds, instances, at_once))
    for kind, rates in measured.items():
        ratios = sorted(rate / bare for rate, bare in zip(rates, measured["bare"], strict=True))
        middle = statistics.median(ratios)
        spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
        print(f"  {kind:30} {statistics.median(rates):5.0f} instances/s, / bare {middle:.2f} ({spread}; target ≥ 0.9)")


if __name__ == "__main__":
    main()
