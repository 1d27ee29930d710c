"""Fuzz the readers: `python -m tests.fuzz xlsx --inputs 200000` (or docx, csv, xls, pdf, or `all`).

Guided by coverage where atheris is installed (Linux); elsewhere the same mutations at random. Every input has a time
limit, the process a memory limit. Inputs that break a promise are kept under `tests/fuzz/regressions/`, where
`tests/fuzz/test_fuzz.py` reads them again on every run of the tests. Prints inputs, seconds and findings.
"""

import argparse
import base64
import hashlib
import re
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from tests.fuzz.at_random import fuzz
from tests.fuzz.targets import REGRESSIONS, Target, targets

_DONE = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_PEAK = re.compile(r"stat::peak_rss_mb:\s*(\d+)")


def main() -> int:
    """Run from the command line; 0 when nothing was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("format", choices=[*targets(), "all"])
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seconds", type=int, default=10, help="limit of one input")
    parser.add_argument("--memory", type=int, default=1_500, help="limit of the process in MB")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-random", action="store_true", help="without coverage, even where atheris is installed")
    given = parser.parse_args()
    chosen = targets().values() if given.format == "all" else [targets()[given.format]]
    return max([_one(target, given) for target in chosen])


def _one(target: Target, given: argparse.Namespace) -> int:
    began = time.monotonic()
    if given.at_random or find_spec("atheris") is None:
        count, peak, found = fuzz(target, given.inputs, given.seconds, given.memory, given.seed)
        how = "at random"
    else:
        count, peak, found = _guided(target, given)
        how = "guided"
    kept = [_kept(target, data) for data in found]
    took = f"{time.monotonic() - began:.0f} s, peak {peak} MB"
    lines = [f"{target.name}: {count} inputs {how} in {took}, {len(found)} findings", *(f"  {path}" for path in kept)]
    print("\n".join(lines), flush=True)  # noqa: T201  (a command speaks by printing)
    return 1 if found or count < given.inputs else 0


def limits(seconds: int, memory: int) -> list[str]:
    """What libFuzzer is told of the time of one input and of the process's memory (MB)."""
    return [f"-timeout={seconds}", f"-report_slow_units={seconds}", f"-rss_limit_mb={memory}"]


def _guided(target: Target, given: argparse.Namespace) -> tuple[int, int, list[bytes]]:
    with tempfile.TemporaryDirectory(prefix="zhengjian-fuzz-") as folder:
        corpus, findings = Path(folder, "corpus"), Path(folder, "findings")
        corpus.mkdir()
        findings.mkdir()
        for number, seed in enumerate(target.seeds()):
            (corpus / str(number)).write_bytes(seed)
        command = [
            sys.executable, "-m", "tests.fuzz.guided", target.name, f"-runs={given.inputs}",
            *limits(given.seconds, given.memory), f"-seed={given.seed}", "-max_len=60000", "-print_final_stats=1",
            "-verbosity=0", "-reload=0", "-len_control=0", f"-artifact_prefix={findings}/",
            str(corpus),
        ]  # fmt: skip
        ended = subprocess.run(command, check=False, capture_output=True, text=True, errors="replace")
        done, peak = _DONE.search(ended.stderr), _PEAK.search(ended.stderr)
        found = [path.read_bytes() for path in findings.iterdir()]
        if found or ended.returncode != 0:
            print((ended.stdout + ended.stderr)[-6000:], flush=True)  # noqa: T201
        return int(done[1]) if done else 0, int(peak[1]) if peak else 0, found


def _kept(target: Target, data: bytes) -> Path:
    name = f"{target.name}-{hashlib.sha256(data).hexdigest()[:12]}.b64"
    path = REGRESSIONS / name
    path.write_bytes(base64.encodebytes(data))
    return path


if __name__ == "__main__":
    sys.exit(main())
