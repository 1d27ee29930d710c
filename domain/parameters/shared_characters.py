"""How many characters every pair of two lists' names shares, counted for all pairs at once.

Every (character, n-th occurrence) has one bit for each name of one list; the bits that a name of the other list holds
are added in bit-sliced counters, sixty-four names to a machine word.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]

_ROUNDING = 1e-9
_WORD = 64


@dataclass(frozen=True, slots=True)
class Tokens:
    """Names as tokens: a character together with how many times it stood in the name before."""

    length: Ints
    owner: Ints
    token: Ints

    @classmethod
    def of(cls, names: Sequence[str]) -> "Tokens":
        """Take the names apart; a name's tokens are sorted by character."""
        length = np.fromiter(map(len, names), np.int64, len(names))
        codes = np.frombuffer("".join(names).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
        sorted_codes = np.sort(np.repeat(np.arange(len(names)), length) << 21 | codes)
        starts = _starts(sorted_codes)
        before = np.arange(len(codes)) - np.repeat(starts, np.diff(np.append(starts, len(codes))))
        return cls(length, sorted_codes >> 21, (sorted_codes & 0x1FFFFF) | before << 21)


@dataclass(frozen=True, slots=True)
class Lanes:
    """One bit for each choice, choices of one length in words of their own; for each token the bits that hold it."""

    vocabulary: Ints
    bits: Words
    lengths: Ints
    words: Ints
    choice: Ints

    @classmethod
    def of(cls, choices: Sequence[str]) -> "Lanes":
        """Lay the choices out."""
        tokens = Tokens.of(choices)
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


class Counts:
    """How many tokens each query of a block shares with each choice: bit p of the count in plane p."""

    def __init__(self, lanes: Lanes, shapes: Tokens, rows_of: Ints, block: Ints) -> None:
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


def _starts(values: Ints) -> Ints:
    """Where each run of equal values begins."""
    return np.flatnonzero(np.append(True, values[1:] != values[:-1])) if len(values) else np.empty(0, np.int64)
