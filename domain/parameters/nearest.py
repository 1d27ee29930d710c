"""The nearest names of another list, found without comparing every pair and without missing one.

The likeness is rapidfuzz's `Indel.normalized_similarity`: 2·LCS / (n + m). The longest common subsequence of two names
is never longer than the number of characters they share (each counted as often as it stands in both), so that number
gives an upper bound. Counting it for all pairs at once is cheap: every (character, n-th occurrence) has one bit for
each name of the other list, and the bits are added in bit-sliced counters, sixty-four names to a machine word. Only
pairs whose bound reaches the level asked for are compared in full; the level falls until the names found are proved
to be the nearest, because nothing left unread could reach them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Indel

from domain.parameters.shared_characters import Counts, Ints, Lanes, Tokens

_BLOCK = 256
_FIRST = 0.85
_STEP = 0.15


@dataclass(frozen=True, slots=True)
class Nearest:
    """Pairs of names: `query[i]` and `choice[i]` index the two lists, `score[i]` is their likeness, 0 to 1.

    Ordered by query, then by falling score, then by choice.
    """

    query: Ints
    choice: Ints
    score: NDArray[np.float64]

    def by_query(self, queries: int) -> list[list[tuple[int, float]]]:
        """The pairs as lists of (choice, score), one list for each query."""
        found = list(zip(self.choice.tolist(), self.score.tolist(), strict=True))
        ends = np.searchsorted(self.query, np.arange(queries + 1)).tolist()
        return [found[start:end] for start, end in pairwise(ends)]


def nearest(queries: Sequence[str], choices: Sequence[str], wanted: int = 1, floor: float = 0.0) -> Nearest:
    """Find for every query its `wanted` nearest choices, all that are as near as the last of them included.

    Complete by construction: a choice that is not given is less like the query than each of the `wanted` given, or
    shares no character with it, or is below `floor`.
    """
    if not queries or not choices:
        return Nearest(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
    lanes = Lanes.of(choices)
    shapes = Tokens.of(queries)
    names, others = np.array(queries, object), np.array(choices, object)
    rows_of = lanes.rows_of(shapes.token)
    order = np.argsort(shapes.length, kind="stable")
    found = []
    for start in range(0, len(queries), _BLOCK):
        block = order[start : start + _BLOCK]
        search = _Search(Counts(lanes, shapes, rows_of, block), shapes.length[block], wanted, floor)
        rows, chosen, scores = search.run(names[block], others)
        found.append((block[rows], chosen, scores))
    query, choice, score = (np.concatenate(column) for column in zip(*found, strict=True))
    by = np.lexsort((choice, -score, query))
    return Nearest(query[by], choice[by], score[by])


class _Search:
    """The falling levels of one block of queries."""

    def __init__(self, counts: Counts, length: Ints, wanted: int, floor: float) -> None:
        self.counts, self.length, self.wanted, self.floor = counts, length, wanted, floor
        empty = np.empty(0, np.int64)
        self.rows, self.chosen, self.scores = empty, empty, np.empty(0)

    def run(self, names: NDArray[Any], others: NDArray[Any]) -> tuple[Ints, Ints, NDArray[np.float64]]:
        level = np.full(len(names), max(_FIRST, self.floor))
        last = np.zeros(len(names))
        open_rows = np.arange(len(names))
        while len(open_rows):
            rows, chosen = self.counts.reaching(open_rows, level[open_rows], self.length[open_rows])
            self._add(rows, chosen, names, others)
            last = self._last(len(names))
            open_rows = open_rows[(last < level)[open_rows] & (level > self.floor)[open_rows]]
            level[open_rows] = np.maximum(last, np.maximum(level - _STEP, self.floor))[open_rows]
        kept = self.scores >= np.maximum(last, self.floor)[self.rows]
        return self.rows[kept], self.chosen[kept], self.scores[kept]

    def _add(self, rows: Ints, chosen: Ints, names: NDArray[Any], others: NDArray[Any]) -> None:
        if not len(rows):
            return
        scores = process.cpdist(names[rows], others[chosen], scorer=Indel.normalized_similarity, dtype=np.float64)
        rows, chosen = np.append(self.rows, rows), np.append(self.chosen, chosen)
        scores = np.append(self.scores, scores)
        by = np.lexsort((-scores, rows))
        self.rows, self.chosen, self.scores = rows[by], chosen[by], scores[by]

    def _last(self, queries: int) -> NDArray[np.float64]:
        """The score of each row's last wanted choice so far, 0 while there are fewer."""
        start = np.searchsorted(self.rows, np.arange(queries))
        place = start + self.wanted - 1
        end = np.searchsorted(self.rows, np.arange(queries), side="right")
        last = np.zeros(queries)
        enough = place < end
        last[enough] = self.scores[place[enough]]
        return last
