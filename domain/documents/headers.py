"""Which column of a table means what: the header found, over one to five rows, and its titles given roles."""

import re

from domain.documents.columncells import heed_cells
from domain.documents.columns import SUMS, Columns, settle
from domain.documents.grid import Cell, Grid, Row
from domain.documents.headergroups import splits_unjoined, spread_groups
from domain.documents.parametercolumns import BODY_ROWS, lists_in_columns
from domain.documents.titles import is_titlelike, role_of, simplified, stage_of, title_of
from domain.money import unit_in
from domain.text import fold

_SEARCH_ROWS = 60
_DEEPEST = 5
_SUBSTANCE = frozenset({"name", "attribute", "spec", "quantity", "unit_price", "total"})
_COUNT_UNIT = re.compile(r"\(([^()\d元/、或]{1,4})\)$")
_ORDINAL = re.compile(r"[(（]?(?:\d{1,2}|[一二三四五六七八九十甲乙丙丁A-Z])[)）]?(?:=.{0,30})?")


def find_columns(grid: Grid) -> Columns | None:
    """Find the header of a table; None when no row is one."""
    found = (header_at(grid.rows, start) for start in range(min(len(grid.rows), _SEARCH_ROWS)))
    columns = next((columns for columns in found if columns is not None), None)
    return heed_cells(columns, grid.rows) if columns is not None else None


def header_at(rows: list[Row], start: int) -> Columns | None:
    """Read the header that begins in a row; None when none does."""
    if not _may_begin(rows[start]):
        return None
    for height in range(_height(rows, start), 0, -1):
        columns = _read_header(rows[start : start + height], start, rows[start + height : start + height + BODY_ROWS])
        if columns is not None:
            columns.first_row += _numbers_columns(rows, columns.first_row)
            return columns
    return None


def is_header(row: Row, columns: Columns) -> bool:
    """Whether a row repeats the table's header (on a new page, in a new sheet region)."""
    texts = [(index, title_of(cell.text)) for index, cell in enumerate(row.cells) if cell.text.strip()]
    same = [text for index, text in texts if text and text in columns.titles.get(index, ())]
    return len(same) >= 2 and len(same) >= len(texts) * 0.6


def _may_begin(row: Row) -> bool:
    anchors = row.anchors
    return len(anchors) > 1 and any(role_of(cell.text) for cell in anchors)


def _height(rows: list[Row], start: int) -> int:
    """How many rows from here on can belong to one header: joined downwards, or splitting the groups above."""
    height = 1
    while height < _DEEPEST and start + height < len(rows):
        header, row = rows[start : start + height], rows[start + height]
        unjoined = height == 1 and splits_unjoined(header[0], row)
        if not (unjoined or _is_joined(header, row) or _splits(header[-1], row) or _completes(header[-1], row)):
            break
        height += 1
    return height


def _is_joined(header: list[Row], row: Row) -> bool:
    above = {cell.place for cell in header[0].cells if cell.anchor and cell.text.strip() and role_of(cell.text)}
    joined = [cell for cell in row.cells if not cell.anchor and cell.down > 1 and cell.text.strip()]
    return (
        any(cell.place in above or _repeats(cell, header[0]) for cell in joined)
        and bool(row.anchors)
        and all(is_titlelike(cell.text) for cell in row.anchors)
    )


def _repeats(cell: Cell, above: Row) -> bool:
    # A place in a text document names a row only, so the text of the cell above tells that it goes on.
    return any(cell.text == one.text and one.place == cell.place for one in above.cells)


def _splits(above: Row, row: Row) -> bool:
    """Whether a row only names what stands under the groups of the row above."""
    if not any(cell.across > 1 for cell in above.anchors):
        return False
    grouped = [index < len(above.cells) and above.cells[index].across > 1 for index in range(len(row.cells))]
    own = [(index, cell) for index, cell in enumerate(row.cells) if cell.anchor and cell.text.strip()]
    if not own or not all(is_titlelike(cell.text) for _, cell in own):
        return False
    titled = [cell for _, cell in own if role_of(cell.text)]
    inside = all(grouped[index] for index, _ in own) and not any(fold(cell.text)[:1].isdigit() for _, cell in own)
    return (inside and len(own) > 1) or len(titled) >= len(own) * 0.6


def _completes(above: Row, row: Row) -> bool:
    """Whether a row goes on with a header whose groups were never joined: titles only beside and under blank ones."""
    own = [(index, cell) for index, cell in enumerate(row.cells) if cell.anchor and cell.text.strip()]
    if len(own) < 2 or not all(role_of(cell.text) and is_titlelike(cell.text) for _, cell in own):
        return False
    width = len(row.cells)
    return all(_is_blank(above, index) or (index + 1 < width and _is_blank(above, index + 1)) for index, _ in own)


def _is_blank(row: Row, index: int) -> bool:
    return index >= len(row.cells) or not row.cells[index].text.strip()


def _numbers_columns(rows: list[Row], start: int) -> int:
    """One when the row below the header only counts the columns: (1) (2) (3), or A B 1 2 3=1×2."""
    if start >= len(rows):
        return 0
    texts = [fold(cell.text) for cell in rows[start].anchors]
    if len(texts) < 3 or not all(_ORDINAL.fullmatch(text) for text in texts):
        return 0
    counted = [int(text.strip("()")) for text in texts if text.strip("()").isdecimal()]
    return int(len(counted) > 1 and counted == list(range(counted[0], counted[0] + len(counted))))


def _read_header(rows: list[Row], start: int, below: list[Row]) -> Columns | None:
    rows = spread_groups(rows)
    columns = Columns(start + len(rows), start, width=max((len(row.cells) for row in rows), default=0))
    texts = titled = 0
    for index in range(columns.width):
        stack = _stack(rows, index)
        if not stack:
            continue
        texts += 1
        columns.titles[index] = {title_of(text) for text in stack}
        columns.own_titles[index] = title_of(stack[-1])
        role = _role(stack)
        if role:
            titled += 1
            columns.roles.setdefault(role, []).append(index)
            columns.money_units[index] = _unit(stack)
            columns.taxes[index] = " ".join(stack)
        _note_label(columns, index, role, stack, rows)
    settle(columns)
    found = _SUBSTANCE & columns.roles.keys()
    describes = found & {"name", "attribute", "spec"}
    enough = len(found) >= 2 or (found == {"spec"} and "number" in columns.roles)
    if describes and enough and titled >= texts * 0.5:
        return columns
    return columns if titled and lists_in_columns(columns, below) else None


def _role(stack: list[str]) -> str:
    own, group = role_of(stack[-1]), role_of(stack[0])
    if group == "quantity" and (title_of(stack[-1]) in SUMS or not own):
        return group
    return next((found for found in (own, role_of("".join(stack)), group) if found), "")


def _unit(stack: list[str]) -> str:
    return next((unit for unit in (unit_in(simplified(text)) for text in reversed(stack)) if unit), "")


def _note_label(columns: Columns, index: int, role: str, stack: list[str], rows: list[Row]) -> None:
    last = stack[-1].strip()
    is_part = len(stack) > 1 and (role == "quantity" or (role == "spec" and not role_of(last) and not stage_of(last)))
    if role == "labelled" or is_part:
        columns.labels[index] = last
    elif role == "quantity" and (match := _COUNT_UNIT.search(fold(last))):
        columns.count_unit = match[1]
    elif not role:
        columns.loose[index] = last
    own = rows[-1].cells[index] if index < len(rows[-1].cells) else None
    if role == "spec" and own is not None and not own.anchor and own.across > 1 and index - 1 in columns.taxes:
        columns.pairs[index - 1] = index


def _stack(rows: list[Row], index: int) -> list[str]:
    stack: list[str] = []
    for row in rows:
        text = row.cells[index].text.strip() if index < len(row.cells) else ""
        if text and (not stack or stack[-1] != text):
            stack.append(text)
    return stack
