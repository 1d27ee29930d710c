"""An engine in a process of its own, for measurements.

Prints its gRPC port, the seconds its start took and its last position; ends when its standard input closes.
"""

from __future__ import annotations

import argparse
import base64
import os
import sys
import time
from pathlib import Path

from engine.core.host import Engine
from engine.settings import EngineSettings

USER, PASSWORD = "bench", "bench"
MODEL = str(Path(__file__).with_name("one_job.bpmn"))
_AT_ONCE = 500
_STAYING = 50


def _fill(engine: Engine, records: int) -> None:
    """Run instances until the log holds so many records; one in ten stays running."""
    resource = base64.b64encode(Path(MODEL).read_bytes()).decode()
    engine.submit("DEPLOYMENT", "CREATE", {"resources": [{"resourceName": "one_job.bpmn", "resource": resource}]})
    creation = {"bpmnProcessId": "one_job", "variables": {"project": "P-2018-001", "amount": 1_250_000}}
    activation = {
        "type": "work",
        "worker": "fill",
        "timeout": 3_600_000,
        "maxJobsToActivate": _AT_ONCE - _STAYING,
        "tenantIds": ["<default>"],
    }
    while engine.committed_position() < records:
        for future in [
            engine.submit_later("PROCESS_INSTANCE_CREATION", "CREATE", creation, timeout=60) for _ in range(_AT_ONCE)
        ]:
            future.result()
        keys = engine.submit("JOB_BATCH", "ACTIVATE", activation, timeout=60).value["jobKeys"]
        for future in [engine.submit_later("JOB", "COMPLETE", {}, key=key, timeout=60) for key in keys]:
            future.result()


def main() -> None:
    """Serve until the parent lets go."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--in-memory", action="store_true", help="keep no log: the baseline")
    parser.add_argument("--fill", type=int, default=0, help="run instances until the log holds so many records")
    options = parser.parse_args()
    env = {**os.environ, "ZHENGJIAN_DATA": str(options.data), "ZHENGJIAN_GRPC_PORT": "0"}
    begin = time.perf_counter()
    engine = Engine.open(
        EngineSettings.from_environment(env),
        lambda user, password: (user, password) == (USER, PASSWORD),
        in_memory=options.in_memory,
    )
    seconds = time.perf_counter() - begin
    _fill(engine, options.fill)
    print(engine.grpc_port, f"{seconds:.2f}", engine.committed_position(), flush=True)
    sys.stdin.read()
    engine.close()


if __name__ == "__main__":
    main()
