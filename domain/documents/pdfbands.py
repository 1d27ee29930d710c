"""Rows that no line parts: several numbered rows in one band of a ruled table, told by their running numbers."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from domain.documents.pdflines import Line
from domain.documents.pdfruling import Box, Ruled

_FILLED = 0.6
_SLACK = 1.0


@dataclass(slots=True)
class Fragment:
    """The part of a table that stands on one page: of each cell its lines.

    `doubtful` are rows whose lines could not be told apart; nothing in them is read for sure.
    """

    page: int
    ruled: Ruled
    lines: dict[Box, list[Line]] = field(default_factory=dict)
    doubtful: frozenset[int] = frozenset()

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.ruled.ys[0]


def parted(fragment: Fragment) -> Fragment:
    """Part bands that hold several rows: their first cell counts 1, 2, 3 … line by line.

    A band is parted where every number stands on a line that fills most columns, as rows set from the top do. Rows set
    in the middle of their band cannot be told apart; such a band is marked as doubtful.
    """
    bands = _bands(fragment.ruled)
    if not any(_counted(fragment, band) for band in bands):
        return fragment
    parting = _Parting(fragment)
    for row, band in enumerate(bands):
        parting.take(row, band)
    return parting.done()


def _bands(ruled: Ruled) -> list[list[Box]]:
    """Of each row the cells that begin in it, from left to right."""
    bands: list[list[Box]] = [[] for _ in ruled.ys[1:]]
    for box in sorted(ruled.boxes, key=lambda one: one.left):
        bands[box.top].append(box)
    return bands


def _counted(fragment: Fragment, band: list[Box]) -> list[Line]:
    """The lines of the first cell when they count on one by one; none when it holds anything else."""
    lines = fragment.lines.get(band[0], []) if band else []
    texts = [line.text.strip(" .、．") for line in lines]
    if len(lines) < 2 or not all(text.isdecimal() and len(text) < 5 for text in texts):
        return []
    return lines if all(int(after) == int(before) + 1 for before, after in pairwise(texts)) else []


class _Parting:
    """A fragment with its bands parted, from top to bottom."""

    def __init__(self, fragment: Fragment) -> None:
        self.fragment = fragment
        self.ys = [fragment.ruled.ys[0]]
        self.boxes: list[Box] = []
        self.lines: dict[Box, list[Line]] = {}
        self.doubtful: set[int] = set()
        self.spanned = {row for box in fragment.ruled.boxes for row in range(box.top + 1, box.bottom + 1)}

    def take(self, row: int, band: list[Box]) -> None:
        """Part a band, or take it as it is."""
        at, numbers = len(self.ys) - 1, _counted(self.fragment, band)
        if numbers and not self._is_clear(row, band, numbers):
            self.doubtful.add(at)
            numbers = []
        edges = [self.ys[-1], *(line.top - _SLACK for line in numbers[1:]), self.fragment.ruled.ys[row + 1]]
        for box in band:
            lines = self.fragment.lines.get(box, [])
            for step in range(len(edges) - 1):
                bottom = at + step if numbers else at + box.bottom - box.top
                part = replace(box, top=at + step, bottom=bottom)
                self.boxes.append(part)
                if inside := [line for line in lines if not numbers or _within(line, edges, step)]:
                    self.lines[part] = inside
        self.ys += edges[1:]

    def _is_clear(self, row: int, band: list[Box], numbers: list[Line]) -> bool:
        if row in self.spanned or any(box.bottom > row for box in band):
            return False
        cells = [self.fragment.lines.get(box, []) for box in band]
        filled = min(sum(_has_line(cell, line) for cell in cells) for line in numbers)
        begin = numbers[0].base - _SLACK * 3
        return filled >= len(band) * _FILLED and all(line.base > begin for cell in cells for line in cell)

    def done(self) -> Fragment:
        """The fragment as parted."""
        ruled = Ruled(self.fragment.ruled.xs, self.ys, self.boxes)
        return Fragment(self.fragment.page, ruled, self.lines, frozenset(self.doubtful))


def _has_line(lines: list[Line], at: Line) -> bool:
    return any(abs(line.base - at.base) < _SLACK * 3 for line in lines)


def _within(line: Line, edges: list[float], step: int) -> bool:
    middle = (line.top + line.bottom) / 2
    return (step == 0 or edges[step] <= middle) and (step == len(edges) - 2 or middle < edges[step + 1])
