"""Ruled lines of a page to tables: where the columns and rows are, and which cells were merged."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from domain.documents.pdfmarks import Page, Rule
from domain.documents.refusals import DocumentRefused

_TOUCH = 3.0
_SNAP = 3.0
_COVERED = 0.6
_MOST_CELLS = 20_000
_MOST_PAIRS = 1_000_000
_MOST_TABLES = 200


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its first and last row and column (inclusive) among the table's edges."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(slots=True)
class Ruled:
    """A ruled table of one page: edges from left to right and from top to bottom, and its cells in reading order."""

    xs: list[float]
    ys: list[float]
    boxes: list[Box]

    @property
    def is_frame(self) -> bool:
        """Whether it is one box around something: a frame, no table."""
        return len(self.boxes) == 1

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1


@dataclass(slots=True)
class Ruling:
    """What the lines of a page draw: tables from top to bottom, and the lines that touch no upright one."""

    tables: list[Ruled]
    loose: list[Rule]


def ruling_of(page: Page) -> Ruling:
    """Find the ruled tables of a page; lines that touch belong to one table.

    Raises:
        DocumentRefused: page_too_complex, when the lines are more than any table has.
    """
    across, down = _merged(page.across), _merged(page.down)
    if len(across) * len(down) > _MOST_PAIRS:
        raise _too_complex(page, _MOST_PAIRS)
    tables, loose = [], []
    for level, upright in _groups(across, down):
        if not upright:
            loose += level
            continue
        xs, ys = _frame(level, upright)
        if len(xs) < 2 or len(ys) < 2:
            continue
        if (len(xs) - 1) * (len(ys) - 1) > _MOST_CELLS:
            raise _too_complex(page, _MOST_CELLS)
        tables.append(Ruled(xs, ys, _boxes(xs, ys, level, upright)))
    found = [table for table in tables if not table.is_frame]
    if len(found) > _MOST_TABLES:
        raise _too_complex(page, _MOST_TABLES)
    return Ruling(sorted(found, key=lambda one: (one.ys[0], one.xs[0])), loose)


def _too_complex(page: Page, limit: int) -> DocumentRefused:
    return DocumentRefused("page_too_complex", place=f"第{page.number}页", limit=limit)


def _merged(rules: list[Rule]) -> list[Rule]:
    """Join pieces of one line: borders are often drawn a cell at a time."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda one: (round(one.at), one.start)):
        last = merged[-1] if merged else None
        if last is not None and abs(last.at - rule.at) <= 1.5 and rule.start <= last.end + _TOUCH:
            merged[-1] = Rule(last.at, last.start, max(last.end, rule.end))
        else:
            merged.append(rule)
    return merged


def _groups(across: list[Rule], down: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Sort lines into groups that touch each other."""
    parents = list(range(len(across) + len(down)))

    def root(one: int) -> int:
        while parents[one] != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    order = sorted(range(len(across)), key=lambda index: across[index].at)
    for number, upright in enumerate(down, start=len(across)):
        for index in order:
            level = across[index]
            if level.at > upright.end + _TOUCH:
                break
            if level.at >= upright.start - _TOUCH and level.start - _TOUCH <= upright.at <= level.end + _TOUCH:
                parents[root(index)] = root(number)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate([*across, *down]):
        groups.setdefault(root(index), ([], []))[index >= len(across)].append(rule)
    yield from groups.values()


def _frame(level: list[Rule], upright: list[Rule]) -> tuple[list[float], list[float]]:
    """The edges of a table; one that is open at its sides ends where its lines end."""
    if not level:
        return [], []
    xs = _edges([*(rule.at for rule in upright), min(rule.start for rule in level), max(rule.end for rule in level)])
    ys = _edges([*(rule.at for rule in level), min(rule.start for rule in upright), max(rule.end for rule in upright)])
    return xs, ys


def _edges(positions: Iterable[float]) -> list[float]:
    groups: list[list[float]] = []
    for position in sorted(positions):
        if groups and position - groups[-1][0] <= _SNAP:
            groups[-1].append(position)
        else:
            groups.append([position])
    return [sum(group) / len(group) for group in groups]


def _boxes(xs: list[float], ys: list[float], level: list[Rule], upright: list[Rule]) -> list[Box]:
    """Join the elementary cells that no line parts; what would be no rectangle stays apart."""
    walls = _walls(xs, upright, list(pairwise(ys)))
    floors = _walls(ys, level, list(pairwise(xs)))
    rows, columns = len(ys) - 1, len(xs) - 1
    taken = [[False] * columns for _ in range(rows)]
    boxes = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            right = column
            while right + 1 < columns and not walls[right + 1][row] and not taken[row][right + 1]:
                right += 1
            bottom = row
            while (
                bottom + 1 < rows
                and not any(floors[bottom + 1][one] or taken[bottom + 1][one] for one in range(column, right + 1))
                and not any(walls[one + 1][bottom + 1] for one in range(column, right))
            ):
                bottom += 1
            for inner in range(row, bottom + 1):
                taken[inner][column : right + 1] = [True] * (right - column + 1)
            boxes.append(Box(row, bottom, column, right))
    return boxes


def _walls(positions: list[float], rules: list[Rule], spans: list[tuple[float, float]]) -> list[list[bool]]:
    """Of each edge and each span along it, whether lines cover most of the span."""
    lines: list[list[Rule]] = [[] for _ in positions]
    for rule in rules:
        nearest = min(range(len(positions)), key=lambda index: abs(positions[index] - rule.at))
        lines[nearest].append(rule)
    return [
        [
            sum(max(min(rule.end, end) - max(rule.start, start), 0.0) for rule in found) >= (end - start) * _COVERED
            for start, end in spans
        ]
        for found in lines
    ]
