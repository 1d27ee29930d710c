"""One life of an engine in a process of its own: answers JSON lines on standard input until it is closed or killed."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

import jpype

from engine.core.errors import CommandError, EngineError
from engine.core.host import Engine
from engine.settings import EngineSettings


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--largest-file", type=int, default=0)
    parser.add_argument("--segment-megabytes", type=int, default=256)
    options = parser.parse_args()
    settings = EngineSettings(data=options.data, grpc_port=0, segment_megabytes=options.segment_megabytes)
    try:
        engine = Engine.open(settings, lambda user, password: (user, password) == ("user", "right"))
    except EngineError as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 2
    if options.largest_file:
        import resource  # noqa: PLC0415 (only Unix has it)

        resource.setrlimit(resource.RLIMIT_FSIZE, (options.largest_file, options.largest_file))
    say({"port": engine.grpc_port, "position": engine.committed_position(), "cut": engine.cut_bytes})
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        say(globals()[name](engine, *arguments))
    engine.close()
    return 0


def submit(engine: Engine, value_type: str, intent: str, value: dict[str, object], key: int) -> object:
    try:
        return asdict(engine.submit(value_type, intent, value, key=key))
    except CommandError as error:
        return {"error": type(error).__name__, "text": str(error)}


def records(engine: Engine) -> object:
    found = []
    while batch := engine.read_records(found[-1].position if found else 0, 10_000, 0):
        found += batch
    return [asdict(record) for record in found]


def fail(engine: Engine) -> None:
    """Report to our own watch what Zeebe reports when its engine has died."""
    field = engine._host.getClass().getDeclaredField("health")
    field.setAccessible(True)
    health = field.get(engine._host)
    (report,) = [method for method in health.getClass().getDeclaredMethods() if method.getName() == "dead"]
    report.setAccessible(True)
    report.invoke(health, "engine", jpype.java.lang.IllegalStateException("a defect"))


def say(message: object) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
