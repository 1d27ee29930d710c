"""Ten thousand names against ten thousand: our candidates and assignment against rapidfuzz's full cdist.

The baseline compares every pair with the same scorer on every core (`workers=-1`) into one float32 matrix; looking its
best matches up afterwards is not counted against it. Ours is what the aligner of `zhengjian review` runs: the nearest
names (proved, not guessed, to be the nearest) and the assignment of the highest total gain. A best match counts as
found when the best that ours gives for a name has the very score that the matrix says is that name's highest.
Target: at most 0.25 of the baseline's time, and every best match found.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from benchmarks.names_of_things import names
from domain.parameters.assignment import assign_pairs, worth
from domain.parameters.likeness import nearest_names
from domain.parameters.nearest import Nearest

COUNT = 10_000
ROUNDS = 7


def against_every_name(mine: Sequence[str], theirs: Sequence[str]) -> Any:
    """The baseline: the whole matrix."""
    return process.cdist(mine, theirs, scorer=Indel.normalized_similarity, dtype=np.float32, workers=-1)


def by_the_aligner(mine: Sequence[str], theirs: Sequence[str]) -> tuple[Nearest, int]:
    """Ours: the nearest names, the assignment among them, and how many names got a partner."""
    found = nearest_names(mine, theirs)
    return found, len(assign_pairs(found.query, found.choice, worth(found.score)))


def best_found(nearest: Nearest, matrix: Any) -> tuple[int, int]:
    """How many names' best matches were found, and how many names have any match at all."""
    best = np.zeros(len(matrix), np.float32)
    np.maximum.at(best, nearest.query, nearest.score.astype(np.float32))
    highest = matrix.max(axis=1)
    return int(np.sum((best == highest) & (highest > 0))), int(np.sum(highest > 0))


def timed(run: Callable[..., Any], mine: Sequence[str], theirs: Sequence[str]) -> tuple[float, Any]:
    """Seconds and result."""
    started = time.perf_counter()
    result = run(mine, theirs)
    return time.perf_counter() - started, result


def main() -> None:
    """Print the median ratio, both times and the recall; every round has names of its own."""
    for run in (against_every_name, by_the_aligner):
        run(*names(COUNT // 20, ROUNDS))  # what is loaded at the first use is not what is measured
    ratios, ours, full, found, wanted, paired = [], [], [], 0, 0, 0
    for seed in range(ROUNDS):
        mine, theirs = names(COUNT, seed)
        seconds, matrix = timed(against_every_name, mine, theirs)
        own, (nearest, pairs) = timed(by_the_aligner, mine, theirs)
        hits, every = best_found(nearest, matrix)
        found, wanted, paired = found + hits, wanted + every, paired + pairs
        ratios.append(own / seconds)
        ours.append(own)
        full.append(seconds)
    print(f"   names: {COUNT:,} × {COUNT:,}, {ROUNDS} rounds, {paired // ROUNDS:,} names assigned a partner")
    times = statistics.median(full) * 1000, statistics.median(ours) * 1000
    print(f"   full cdist {times[0]:.0f} ms, candidates and assignment {times[1]:.0f} ms")
    print(
        f"   ratio {statistics.median(ratios):.3f} (target ≤ 0.25; rounds {' '.join(f'{one:.3f}' for one in ratios)})"
    )
    print(f"   best matches found {found:,} of {wanted:,} = {found / wanted:.2%} (target 100%)")
