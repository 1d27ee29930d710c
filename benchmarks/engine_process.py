"""An engine in a process of its own, for measurements: prints its gRPC port, ends when its standard input closes."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from engine.core.host import Engine
from engine.settings import EngineSettings

USER, PASSWORD = "bench", "bench"


def main() -> None:
    """Serve until the parent lets go."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--in-memory", action="store_true", help="keep no log: the baseline")
    options = parser.parse_args()
    settings = EngineSettings.from_environment({**os.environ, "ZHENGJIAN_DATA": str(options.data), "ZHENGJIAN_GRPC_PORT": "0"})
    begin = time.perf_counter()
    engine = Engine.open(settings, lambda user, password: (user, password) == (USER, PASSWORD), in_memory=options.in_memory)
    print(engine.grpc_port, f"{time.perf_counter() - begin:.2f}", engine.committed_position(), flush=True)
    sys.stdin.read()
    engine.close()


if __name__ == "__main__":
    main()
