"""One sheet may hold several tables, under each other or side by side: each becomes a grid of its own."""

from dataclasses import replace

from domain.documents.columns import Columns
from domain.documents.grid import Cell, Grid, Row
from domain.documents.headers import find_columns, header_at, is_header
from domain.documents.titles import role_of, title_of

_CAPTIONS = 3
_NAMED = 3


def regions(grid: Grid) -> list[Grid]:
    """Take a grid apart into its tables, in reading order; a grid of one table comes back as it is."""
    return [part for strip in _side_by_side(grid) for part in _stacked(strip)]


def _stacked(grid: Grid) -> list[Grid]:
    columns = find_columns(grid)
    starts: list[int] = []
    index = columns.first_row if columns is not None else len(grid.rows)
    while columns is not None and index < len(grid.rows):
        other = _another(grid.rows, index, columns)
        if other is not None:
            starts.append(_first_caption(grid.rows, index, columns.first_row))
            columns = other
        index = other.first_row if other is not None else index + 1
    if not starts:
        return [grid]
    ends = [*starts[1:], len(grid.rows)]
    parts = [replace(grid, rows=grid.rows[: starts[0]])]
    parts.extend(_part(grid, start, end) for start, end in zip(starts, ends, strict=True))
    return parts


def _another(rows: list[Row], index: int, columns: Columns) -> Columns | None:
    """The header that begins in a row, when it is not the table's own coming again."""
    row = rows[index]
    titled = [cell for cell in row.anchors if role_of(cell.text)]
    if len(titled) < _NAMED or len(titled) < len(row.anchors) * 0.6 or is_header(row, columns):
        return None
    return header_at(rows, index)


def _first_caption(rows: list[Row], start: int, floor: int) -> int:
    """Go up over the lines above a header that hold one text each: they are its captions."""
    first = start
    while first > floor and start - first < _CAPTIONS and len(rows[first - 1].anchors) == 1:
        first -= 1
    return first


def _part(grid: Grid, start: int, end: int) -> Grid:
    rows = grid.rows[start:end]
    captions = [row.anchors[0].text for row in rows[:_CAPTIONS] if len(row.anchors) == 1]
    return replace(grid, name=f"{grid.name}（{rows[0].place.rpartition('!')[2]}起）", rows=rows, captions=captions)


def _side_by_side(grid: Grid) -> list[Grid]:
    """Cut a grid whose header says the same titles twice or more beside each other."""
    columns = find_columns(grid)
    if columns is None:
        return [grid]
    header = grid.rows[columns.start]
    titles = [title_of(cell.text) if cell.anchor else "" for cell in header.cells]
    first = next((title for title in titles if title), "")
    cuts = [index for index, title in enumerate(titles) if title == first]
    if len(cuts) < 2 or role_of(first) not in {"number", "name"}:
        return [grid]
    parts = [titles[start:end] for start, end in zip(cuts, [*cuts[1:], len(titles)], strict=True)]
    said = [[title for title in part if title] for part in parts]
    if len(said[0]) < 2 or any(part != said[0] for part in said[1:]):
        return [grid]
    return [_strip(grid, start, end) for start, end in zip([0, *cuts[1:]], [*cuts[1:], len(titles)], strict=True)]


def _strip(grid: Grid, start: int, end: int) -> Grid:
    rows = []
    for row in grid.rows:
        cells = tuple(_within(cell, index, start, end) for index, cell in enumerate(row.cells[start:end], start))
        if any(cell.text.strip() for cell in cells):
            rows.append(replace(row, cells=cells))
    return replace(grid, rows=rows)


def _within(cell: Cell, index: int, start: int, end: int) -> Cell:
    # A title over all strips belongs to each, so its repetition becomes the strip's own.
    begins = index == start and start > 0 and not cell.anchor and cell.across > end - start
    return replace(cell, anchor=True) if begins else cell
