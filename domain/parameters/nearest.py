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

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]

_BLOCK = 256
_FIRST = 0.85
_STEP = 0.15
_ROUNDING = 1e-9
_WORD = 64


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
    lanes = _Lanes.of(choices)
    shapes = _Tokens.of(queries)
    names, others = np.array(queries, object), np.array(choices, object)
    rows_of = lanes.rows_of(shapes.token)
    order = np.argsort(shapes.length, kind="stable")
    found = []
    for start in range(0, len(queries), _BLOCK):
        block = order[start : start + _BLOCK]
        search = _Search(_Counts(lanes, shapes, rows_of, block), shapes.length[block], wanted, floor)
        rows, chosen, scores = search.run(names[block], others)
        found.append((block[rows], chosen, scores))
    query, choice, score = (np.concatenate(column) for column in zip(*found, strict=True))
    by = np.lexsort((choice, -score, query))
    return Nearest(query[by], choice[by], score[by])


@dataclass(frozen=True, slots=True)
class _Tokens:
    """Names as tokens: a character together with how many times it stood in the name before."""

    length: Ints
    owner: Ints
    token: Ints

    @classmethod
    def of(cls, names: Sequence[str]) -> "_Tokens":
        length = np.fromiter(map(len, names), np.int64, len(names))
        codes = np.frombuffer("".join(names).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
        sorted_codes = np.sort(np.repeat(np.arange(len(names)), length) << 21 | codes)
        starts = _starts(sorted_codes)
        before = np.arange(len(codes)) - np.repeat(starts, np.diff(np.append(starts, len(codes))))
        return cls(length, sorted_codes >> 21, (sorted_codes & 0x1FFFFF) | before << 21)


@dataclass(frozen=True, slots=True)
class _Lanes:
    """One bit for each choice, choices of one length in words of their own; for each token the bits that hold it."""

    vocabulary: Ints
    bits: Words
    lengths: Ints
    words: Ints
    choice: Ints

    @classmethod
    def of(cls, choices: Sequence[str]) -> "_Lanes":
        tokens = _Tokens.of(choices)
        lengths, counts = np.unique(tokens.length, return_counts=True)
        words = -(-counts // _WORD)
        offsets = np.repeat((np.cumsum(words) - words) * _WORD - (np.cumsum(counts) - counts), counts)
        lane = np.empty(len(choices), np.int64)
        lane[np.argsort(tokens.length, kind="stable")] = np.arange(len(choices)) + offsets
        width = int(words.sum())
        choice = np.full(width * _WORD, -1, np.int64)
        choice[lane] = np.arange(len(choices))
        vocabulary, row = np.unique(tokens.token, return_inverse=True)
        bits = np.zeros((len(vocabulary) + 1) * width, np.uint64)  # the last row stands for tokens nobody holds
        own = lane[tokens.owner]
        np.add.at(bits, row * width + own // _WORD, np.uint64(1) << (own % _WORD).astype(np.uint64))
        return cls(vocabulary, bits.reshape(-1, width), lengths, words, choice)

    def rows_of(self, token: Ints) -> Ints:
        """The row of `bits` of each token."""
        row = np.minimum(np.searchsorted(self.vocabulary, token), max(len(self.vocabulary) - 1, 0))
        held = self.vocabulary[row] == token if len(self.vocabulary) else np.zeros(len(token), bool)
        return np.where(held, row, len(self.vocabulary))


class _Counts:
    """How many tokens each query of a block shares with each choice: bit p of the count in plane p."""

    def __init__(self, lanes: _Lanes, shapes: _Tokens, rows_of: Ints, block: Ints) -> None:
        self.lanes = lanes
        length = shapes.length[block]
        self.limit = int(length.max()) + 1
        first = np.searchsorted(shapes.owner, block)
        shape = (len(block), lanes.bits.shape[1])
        self.planes = [np.zeros(shape, np.uint64) for _ in range(self.limit.bit_length())]
        self.seen = np.zeros(shape, np.uint64)
        carry, spare = np.empty(shape, np.uint64), np.empty(shape, np.uint64)
        for nth in range(self.limit - 1):
            held = nth < length
            rows = np.full(len(block), len(lanes.vocabulary))
            rows[held] = rows_of[first[held] + nth]
            np.take(lanes.bits, rows, axis=0, out=carry)
            for plane in self.planes[: (nth + 1).bit_length()]:
                np.bitwise_and(plane, carry, out=spare)
                np.bitwise_xor(plane, carry, out=plane)
                carry, spare = spare, carry

    def reaching(self, rows: Ints, level: NDArray[np.float64], length: Ints) -> tuple[Ints, Ints]:
        """Pairs (row, choice) not given before whose bound reaches the row's level."""
        need = np.ceil(level[:, None] * (length[:, None] + self.lanes.lengths) / 2 - _ROUNDING)
        least = np.repeat(np.clip(need, 1, self.limit).astype(np.int64), self.lanes.words, axis=1)
        reached = np.full(least.shape, ~np.uint64(0))
        for digit, every in enumerate(self.planes):
            plane = every[rows]
            # All ones where the digit of the least count is 0: there a set bit decides, and equality goes on.
            zero = (least >> digit & 1).astype(np.uint64) - np.uint64(1)
            reached = (plane & reached) | (zero & (plane | reached))
        fresh = reached & ~self.seen[rows]
        self.seen[rows] |= reached
        return self._pairs(fresh, rows)

    def _pairs(self, fresh: Words, rows: Ints) -> tuple[Ints, Ints]:
        full = np.flatnonzero(fresh)
        bits = np.flatnonzero(np.unpackbits(fresh.ravel()[full].view(np.uint8), bitorder="little"))
        row, word = np.divmod(full[bits // _WORD], fresh.shape[1])
        return rows[row], self.lanes.choice[word * _WORD + bits % _WORD]


class _Search:
    """The falling levels of one block of queries."""

    def __init__(self, counts: _Counts, length: Ints, wanted: int, floor: float) -> None:
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


def _starts(values: Ints) -> Ints:
    """Where each run of equal values begins."""
    return np.flatnonzero(np.append(True, values[1:] != values[:-1])) if len(values) else np.empty(0, np.int64)
