"""One sheet may hold several tables, under each other or side by side: each becomes a grid of its own."""

from dataclasses import replace
from itertools import pairwise

from domain.documents.columns import Columns
from domain.documents.grid import Cell, Grid, Row
from domain.documents.headers import find_columns, header_at, is_header
from domain.documents.titles import role_of, stage_of, title_of

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
    """Cut a grid whose header holds two or more lists beside each other: repeated titles, or a blank column between."""
    columns = find_columns(grid)
    if columns is None:
        return [grid]
    header = grid.rows[columns.start]
    titles = [title_of(cell.text) if cell.anchor else "" for cell in header.cells]
    starts = _repeated(titles) or _apart(grid, columns.start, titles)
    if len(starts) < 2:
        return [grid]
    parts = [titles[start:end] for start, end in pairwise([*starts, len(titles)])]
    said = [[title for title in part if title] for part in parts]
    alike = len(said[0]) > 1 and all(part == said[0] for part in said)
    if not alike and not (all(map(_is_list, said)) and len({_stage(part) for part in said}) == 1):
        return [grid]
    return [_strip(grid, start, end) for start, end in pairwise([0, *starts[1:], len(titles)])]


def _repeated(titles: list[str]) -> list[int]:
    """Where the first title, a number's or a name's, comes again."""
    first = next((title for title in titles if title), "")
    starts = [index for index, title in enumerate(titles) if title == first]
    return starts if len(starts) > 1 and role_of(first) in {"number", "name"} else []


def _apart(grid: Grid, start: int, titles: list[str]) -> list[int]:
    """Where titles begin behind a column that is blank in the header and in every row below."""
    rows = grid.rows[start:]
    blank = [
        not title and not any(row.cells[index].text.strip() for row in rows if index < len(row.cells))
        for index, title in enumerate(titles)
    ]
    return [index for index, title in enumerate(titles) if title and (index == 0 or blank[index - 1])]


def _is_list(titles: list[str]) -> bool:
    roles = {role_of(title) for title in titles}
    return "name" in roles and bool(roles & {"spec", "quantity"})


def _stage(titles: list[str]) -> int:
    """Whose words a list holds: 批复参数 beside 招标参数 are two columns of one list."""
    return max(map(stage_of, titles))


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
