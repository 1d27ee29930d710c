"""A page in reading order: its tables with the lines of each cell, the prose between them, and the margins."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.documents.pdfbands import Fragment, parted
from domain.documents.pdflines import Line, lines_of
from domain.documents.pdfmarks import Glyph, Page
from domain.documents.pdfopen import find_open_tables
from domain.documents.pdfruling import Box, Ruled, ruling_of

_GUTTER = 14.0
_COLUMN_LINES = 6


@dataclass(slots=True)
class Blocks:
    """A page's prose lines and tables from top to bottom, in the order they are read."""

    page: Page
    blocks: list[Line | Fragment] = field(default_factory=list)


def blocks_of(page: Page) -> Blocks:
    """Sort what stands on a page into tables and prose.

    Raises:
        DocumentRefused: page_too_complex.
    """
    ruling = ruling_of(page)
    outside = [one for one in page.glyphs if not any(table.holds(one.x0, one.base - 1) for table in ruling.tables)]
    tables = [*ruling.tables, *find_open_tables(ruling.loose, outside)]
    tables.sort(key=lambda one: (one.ys[0], one.xs[0]))
    # A table inside a cell takes its own text, so the smallest is asked first.
    inner_first = sorted(tables, key=lambda one: (one.xs[-1] - one.xs[0]) * (one.ys[-1] - one.ys[0]))
    held: dict[int, list[Glyph]] = {id(table): [] for table in tables}
    prose: list[Glyph] = []
    for glyph in page.glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        table = next((one for one in inner_first if one.holds(x, y)), None)
        (prose if table is None else held[id(table)]).append(glyph)
    fragments = [_fragment(page.number, table, held[id(table)]) for table in tables]
    found = Blocks(page)
    above = 0.0
    for fragment in [*fragments, None]:
        below = fragment.top if fragment is not None else float("inf")
        between = [glyph for glyph in prose if above <= glyph.base < below]
        found.blocks += _in_columns(between)
        if fragment is not None:
            found.blocks.append(fragment)
            above = below
    return found


def _fragment(page: int, table: Ruled, glyphs: Sequence[Glyph]) -> Fragment:
    rows, columns = len(table.ys) - 1, len(table.xs) - 1
    boxes = {
        (row, column): box
        for box in table.boxes
        for row in range(box.top, box.bottom + 1)
        for column in range(box.left, box.right + 1)
    }
    held: dict[Box, list[Glyph]] = {}
    for line in lines_of(glyphs):
        inside: Box | None = None
        before: Glyph | None = None
        for glyph in line.glyphs:
            if inside is None or before is None or not _runs_over(before, glyph, table.xs[inside.right + 1]):
                row = _slot(table.ys, (glyph.top + glyph.bottom) / 2, rows)
                column = _slot(table.xs, (glyph.x0 + glyph.x1) / 2, columns)
                inside = boxes[row, column]
            held.setdefault(inside, []).append(glyph)
            before = glyph
    return parted(Fragment(page, table, {box: lines_of(one) for box, one in held.items()}))


def _runs_over(before: Glyph, glyph: Glyph, edge: float) -> bool:
    """Whether a text runs out of its cell over the next one: it goes on without a gap from what crossed the edge."""
    if glyph.x0 - before.x1 > (glyph.bottom - glyph.top) * 0.15 or glyph.base != before.base:
        return False
    slack = (glyph.x1 - glyph.x0) * 0.15
    return before.x1 > edge + slack or (glyph.x0 < edge - slack and glyph.x1 > edge + slack)


def _slot(edges: list[float], position: float, most: int) -> int:
    low, high = 0, most - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if edges[middle] <= position else (low, middle - 1)
    return low


def _in_columns(glyphs: list[Glyph]) -> list[Line]:
    """Read prose set in two columns one column after the other."""
    lines = lines_of(glyphs)
    middle = _gutter(lines)
    if middle is None:
        return lines
    left = [glyph for glyph in glyphs if glyph.x1 <= middle]
    right = [glyph for glyph in glyphs if glyph.x1 > middle]
    return [*lines_of(left), *lines_of(right)]


def _gutter(lines: list[Line]) -> float | None:
    """Where a gap runs down through nearly all lines of a page; None when there is no such gap."""
    if len(lines) < _COLUMN_LINES:
        return None
    start, end = min(line.x0 for line in lines), max(line.x1 for line in lines)
    for step in range(35, 66, 3):
        middle = start + (end - start) * step / 100
        parted = [line for line in lines if _is_parted(line, middle)]
        if len(parted) >= max(_COLUMN_LINES, len(lines) * 0.8):
            return middle
    return None


def _is_parted(line: Line, middle: float) -> bool:
    left = [glyph.x1 for glyph in line.glyphs if glyph.x1 <= middle and glyph.text != " "]
    right = [glyph.x0 for glyph in line.glyphs if glyph.x1 > middle and glyph.text != " "]
    return bool(left and right) and min(right) - max(left) >= _GUTTER
