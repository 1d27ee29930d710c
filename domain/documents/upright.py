"""Tables whose titles stand in the first column: one device a table (货物名称 | …), or one device a column.

Each is turned into a grid with a header row, every cell keeping its own place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from domain.documents.devicecolumns import TELLING, heads_devices, is_blank
from domain.documents.grid import Cell, Grid, Row
from domain.documents.headers import find_columns
from domain.documents.innertables import inner_header, is_title_line
from domain.documents.titles import exact_role, role_of

_NAME = "设备名称"


@dataclass(slots=True)
class _Device:
    """One device's values by their labels, in reading order, and the lines that stand above it."""

    values: list[tuple[str, Cell]] = field(default_factory=list)
    above: list[Row] = field(default_factory=list)


def turned(grid: Grid) -> list[Grid] | None:
    """Give grids with a header row for a table that stands upright, None for any other table."""
    rows = [row for row in grid.rows if len(row.anchors) > 0]
    first = next((index for index, row in enumerate(rows) if _label_of(row) == "name"), None)
    if first is None or not _is_upright(grid, rows[first:]):
        return _devices_beside(grid, rows)
    devices = list(_pairs(rows[first:]) if _is_paired(rows[first:]) else _columns(rows[first:]))
    named = [device for device in devices if device.values]
    return [_grid(grid, [*rows[:first], *device.above], device) for device in named] or None


def _devices_beside(grid: Grid, rows: list[Row]) -> list[Grid] | None:
    """Give grids of the devices that head the columns of a table whose first column names parameters (指标 | A | B)."""
    header = find_columns(grid)
    if not rows or (header is not None and not header.roles.keys() <= {"number", "attribute", "spec"}):
        return None
    wide = [row for row in rows[1:] if len(row.anchors) == 1 and row.anchors[0].across > 1]
    told = [row for row in rows if row not in wide]
    if exact_role(rows[0].cells[0].text) == "number":
        told = [replace(row, cells=row.cells[1:]) for row in told]
    if len(told[0].cells) < 2 or not heads_devices(told, is_headed=header is not None):
        return None
    label = told[0].cells[0]
    head = replace(told[0], cells=(replace(label, text=_NAME), *told[0].cells[1:]))
    parts = [_grid(grid, [], device) for device in _columns([head, *told[1:]]) if device.values]
    # Notes over the whole width stand below the last device, where they are read as notes.
    parts[-1].rows.extend(wide)
    return parts


def _label_of(row: Row) -> str:
    anchors = [cell for cell in row.cells if cell.text.strip()]
    return exact_role(anchors[0].text) if anchors else ""


def _is_upright(grid: Grid, rows: list[Row]) -> bool:
    """The first column holds titles, the cells beside the name do not, and no row is a header that names items."""
    header = find_columns(grid)
    told = {exact_role(row.cells[0].text) for row in rows[1:] if row.cells} & TELLING
    headed = not told or any(role_of(cell.text) for cell in rows[0].anchors[1:])
    if header is not None and header.first("name") is not None and not _is_paired(rows) and headed:
        return False
    labels = {role for row in rows if (role := _label_of(row))}
    beside = [cell for cell in rows[0].anchors[1:2] if not exact_role(cell.text)]
    return bool(beside) and bool(labels & TELLING)


def _is_paired(rows: list[Row]) -> bool:
    """Whether every row goes label, value, label, value: 货物名称 | 防火墙 | 数量 | 2台."""
    if not rows:
        return False
    first = rows[0].anchors
    odd = [cell for cell in first[2::2] if not exact_role(cell.text)]
    values = [cell for cell in first[1::2] if exact_role(cell.text)]
    return len(first) != 3 and not odd and not values and exact_role(first[0].text) == "name"


def _pairs(rows: list[Row]) -> Iterator[_Device]:
    device, titles = _Device(), list[Row]()
    label, inner = "", None
    for position, row in enumerate(rows):
        cells = _distinct(row)
        if not cells:
            continue
        if is_title_line(row, rows[position + 1] if position + 1 < len(rows) else None):
            titles.append(row)
            continue
        if exact_role(cells[0].text) == "name" and device.values:
            yield device
            device, inner = _Device(above=titles), None
            titles = []
        inner = (inner_header(row) or inner) if inner is None or inner.holds(row) else None
        if inner is not None:
            device.values.extend(inner.values(row) if inner_header(row) is None else ())
            continue
        for title, value in _row_pairs(cells, label):
            label = title
            device.values.append((title, value))
    yield device


def _distinct(row: Row) -> list[Cell]:
    """The row's cells, each merged range across once; a label merged from above stays."""
    found: list[Cell] = []
    for cell in row.cells:
        if cell.anchor or (
            cell.down > 1 and (not found or (found[-1].place, found[-1].text) != (cell.place, cell.text))
        ):
            found.append(cell)
    return found


def _row_pairs(cells: list[Cell], above: str) -> Iterator[tuple[str, Cell]]:
    """The labels and values of one row; two values under one label are a parameter's name and its requirement."""
    index = 0
    while index < len(cells):
        label = cells[index].text.strip()
        rest = cells[index + 1 :]
        if role_of(label) == "spec" and len(rest) > 1 and not role_of(rest[1].text) and rest[1].text.strip():
            value = rest[1]
            yield (
                label,
                replace(value, text=f"{rest[0].text.strip()}：{value.text}" if rest[0].text.strip() else value.text),
            )
            return
        if not rest:
            if label and not role_of(label):
                yield above, cells[index]
            elif label:
                yield label, replace(cells[index], text="")
            return
        if label and rest[0].text.strip():
            yield label, rest[0]
        index += 2


def _columns(rows: list[Row]) -> Iterator[_Device]:
    """One device a column: the first column labels, every other is a device."""
    first = next(index for index, cell in enumerate(rows[0].cells) if cell.text.strip())
    for column in range(first + 1, len(rows[0].cells)):
        name = rows[0].cells[column]
        if not name.text.strip() or not name.anchor:
            continue
        device = _Device()
        for row in rows:
            if column < len(row.cells) and not is_blank(row.cells[column]):
                device.values.append((row.cells[first].text.strip(), replace(row.cells[column], anchor=True)))
        yield device


def _grid(grid: Grid, above: list[Row], device: _Device) -> Grid:
    """A header row and the device's rows below it: the first with all its fields, more where a label comes again."""
    titles: list[str] = []
    lines: list[dict[int, Cell]] = [{}]
    for label, cell in device.values:
        title = label if role_of(label) else ""
        value = cell if title else replace(cell, text=f"{label}：{cell.text}" if label else cell.text)
        title = title or "技术参数"
        if title not in titles:
            titles.append(title)
        column = titles.index(title)
        line = next((held for held in lines if column not in held), None)
        if line is None:
            line = {}
            lines.append(line)
        line[column] = value
    place = device.values[0][1].place
    header = Row(tuple(Cell(title, place) for title in titles), place)
    blank = Cell("", place)
    body = [Row(tuple(line.get(column, blank) for column in range(len(titles))), place) for line in lines]
    captions = [*grid.captions, *(row.anchors[0].text for row in above)]
    lines_above = [row for row in above if grid.is_sheet and len(row.anchors) == 1]
    return replace(grid, rows=[*lines_above, header, *body], captions=captions)
