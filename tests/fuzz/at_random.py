"""The same mutations without guidance by coverage: where there is no atheris, and for the short run of the tests."""

import random
import resource
import signal
import sys
import traceback
from types import FrameType

from tests.fuzz.mutation import mutated
from tests.fuzz.targets import Target, run

_LIMIT = 60_000
_KEPT_SEEDS = 400


class TooSlow(Exception):  # noqa: N818
    """An input took longer than its time limit."""


def fuzz(target: Target, inputs: int, seconds: int, memory: int, seed: int) -> tuple[int, int, list[bytes]]:
    """Read mutated seeds until the count is reached or memory is; give the count, the peak in MB and what broke.

    Inputs that were read rather than refused join the seeds, so that mutations go further than one step.
    """
    chance = random.Random(seed)  # noqa: S311  (repeatable, not secret)
    pool = target.seeds()
    header = 2 if target.is_markup else 0
    findings: list[bytes] = []
    # Time of the processor, so that a busy machine finds nothing; and no quarrel with a test's own alarm.
    has_timer = hasattr(signal, "SIGPROF")
    before = signal.signal(signal.SIGPROF, _too_slow) if has_timer else None
    for count in range(1, inputs + 1):
        data = mutated(chance.choice(pool), _LIMIT, chance, is_markup=target.is_markup, header=header)
        try:
            if has_timer:
                signal.setitimer(signal.ITIMER_PROF, seconds)
            was_read = run(target, data)
        except Exception:  # noqa: BLE001  (whatever leaves the reader is what is looked for)
            traceback.print_exc(limit=-8, file=sys.stderr)
            findings.append(data)
            was_read = False
        finally:
            if has_timer:
                signal.setitimer(signal.ITIMER_PROF, 0)
        if was_read and chance.random() < 0.05 and len(data) < _LIMIT // 4:
            if len(pool) < _KEPT_SEEDS:
                pool.append(data)
            else:
                pool[chance.randrange(len(pool))] = data
        if _peak() > memory:
            findings.append(data)
            return count, _peak(), findings
    if has_timer:
        signal.signal(signal.SIGPROF, before)
    return inputs, _peak(), findings


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _too_slow(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow
