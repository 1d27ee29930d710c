"""The best one-to-one assignment over a sparse set of scored candidates.

The total is the highest possible, and a pair outside the given set is never chosen. Pairs that belong to a best
assignment beyond doubt are taken first; scipy's exact solver settles what is left.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Candidates = Mapping[int, Sequence[tuple[int, float]]]
"""For each left index, its possible right indices with a score above 0."""
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def assign(candidates: Candidates) -> dict[int, int]:
    """Choose at most one right index for each left index, and each right index at most once."""
    edges = [(left, right, score) for left, scored in candidates.items() for right, score in scored]
    if len({left for left, _, _ in edges}) == len({right for _, right, _ in edges}) == len(edges):
        return {left: right for left, right, _ in edges}  # nobody has a choice
    left, right = (np.array(column, np.int64) for column in list(zip(*edges, strict=True))[:2])
    chosen = assign_pairs(left, right, np.array([score for _, _, score in edges]))
    return dict(zip(left[chosen].tolist(), right[chosen].tolist(), strict=True))


def worth(score: Floats) -> Floats:
    """What a pair of a likeness (0 to 1) counts in an assignment: one sure pair more than two that are half sure."""
    return score**3


def assign_pairs(left: Ints, right: Ints, gain: Floats) -> Ints:
    """Choose pairs (positions in the three arrays, ordered by left) with the highest sum of gains, all above 0."""
    _, row = np.unique(left, return_inverse=True)
    _, column = np.unique(right, return_inverse=True)
    certain, doubtful = _settle(row, column, gain)
    chosen = np.append(certain, doubtful[_sparse(row[doubtful], column[doubtful], gain[doubtful])])
    return chosen[np.argsort(row[chosen])]


def _settle(row: Ints, column: Ints, gain: Floats) -> tuple[Ints, Ints]:
    """Split the pairs into those of a best assignment beyond doubt and those still open; the rest is out.

    A pair worth as much as the best other pair of its row and the best other pair of its column together loses
    nothing by being taken: whatever a best assignment does with the two, it could do no better.
    """
    certain, open_pairs = np.empty(0, np.int64), np.arange(len(row))
    by_row, by_column = np.lexsort((-gain, row)), np.lexsort((-gain, column))
    free_row, free_column = np.ones(int(row.max()) + 1, bool), np.ones(int(column.max()) + 1, bool)
    while len(open_pairs):
        first, other = _best_two(row, gain, by_row)
        top, next_best = _best_two(column, gain, by_column)
        ends = row[open_pairs], column[open_pairs]
        mutual = (first[ends[0]] == open_pairs) & (top[ends[1]] == open_pairs)
        taken = open_pairs[mutual & (gain[open_pairs] >= other[ends[0]] + next_best[ends[1]])]
        if not len(taken):
            break
        certain = np.append(certain, taken)
        free_row[row[taken]] = free_column[column[taken]] = False
        open_pairs, by_row, by_column = (
            pairs[free_row[row[pairs]] & free_column[column[pairs]]] for pairs in (open_pairs, by_row, by_column)
        )
    return certain, open_pairs


def _best_two(group: Ints, gain: Floats, ordered: Ints) -> tuple[Ints, Floats]:
    """The best pair of each group, and the gain of its second best (0 without one)."""
    best, second = np.full(int(group.max()) + 1, -1, np.int64), np.zeros(int(group.max()) + 1)
    groups = group[ordered]
    starts = np.flatnonzero(np.append(True, groups[1:] != groups[:-1]))
    best[groups[starts]] = ordered[starts]
    following = starts[starts + 1 < len(groups)] + 1
    following = following[groups[following] == groups[following - 1]]
    second[groups[following]] = gain[ordered[following]]
    return best, second


def _sparse(row: Ints, column: Ints, gain: Floats) -> Ints:
    """Solve what is left; a private column of gain 0 lets every row stay alone."""
    if not len(row):
        return row
    # Few documents leave anything open, and scipy would be a third of the time the whole program takes to start.
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching  # noqa: PLC0415

    rows, i = np.unique(row, return_inverse=True)
    columns, j = np.unique(column, return_inverse=True)
    alone = np.arange(len(rows))
    most = float(gain.max()) + 1.0
    costs = np.append(most - gain, np.full(len(rows), most))
    ends = np.append(i, alone), np.append(j, len(columns) + alone)
    width = len(columns) + len(rows)
    chosen = min_weight_full_bipartite_matching(csr_matrix((costs, ends), shape=(len(rows), width)))[1]
    key, wanted = i * width + j, alone * width + chosen
    return np.flatnonzero(np.isin(key, wanted))
