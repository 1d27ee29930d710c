"""What a document's tables and prose list: items, printed sums, clauses and what must be told about them."""

from collections.abc import Iterable

from domain.documents.besides import spoken_rows
from domain.documents.columns import Columns
from domain.documents.ditto import spelled_out
from domain.documents.fields import caption_unit, package_label
from domain.documents.gathering import gather_rows
from domain.documents.grid import Grid
from domain.documents.headers import find_columns
from domain.documents.headings import tell_headings_apart
from domain.documents.joining import join_parts, tell_modules_apart, without_overviews
from domain.documents.layout import (
    device_above,
    has_device_rows,
    is_foreign,
    named_by_numbers,
    plans_packages,
    read_by_number,
    read_table,
)
from domain.documents.limits import Limits
from domain.documents.progress import Progress
from domain.documents.prose import read_prose
from domain.documents.refusals import DocumentRefused
from domain.documents.regions import regions
from domain.documents.source import Source
from domain.documents.stages import of_stage, stage_of_document
from domain.documents.sums import as_row_sums, check_rows, check_subtotals
from domain.documents.table import Clause, Item, Notice, ParameterTable
from domain.documents.upright import turned
from domain.money import unit_in


def lay_out(
    found: Source, file_name: str, sha256: str, limits: Limits, closing: Iterable[Notice] = ()
) -> ParameterTable:
    """Read the items of a document's tables, prove its sums, and keep everything else as clauses and notices.

    `closing` are notices about the file as a whole, told after those of its text.

    Raises:
        DocumentRefused: no_header, empty_table, too_many_items, too_much_text or cell_too_long.
    """
    _check_text(found, limits)
    stage = stage_of_document(file_name, (clause.text for clause in found.clauses))
    progress = Progress(money_unit=_document_unit(found, file_name), stage=stage)
    unread = _read_grids(found.grids, progress)
    read_prose(found, progress)
    if not progress.drafts:
        raise DocumentRefused("empty_table" if len(unread) < len(found.grids) else "no_header")
    tell_modules_apart(progress.drafts)
    gather_rows(progress)
    stated = [subtotal for subtotal, _ in progress.subtotals]
    printed = as_row_sums(tuple(draft.item() for draft in progress.drafts), stated)
    details, overviews = without_overviews(progress.drafts)
    items = as_row_sums(tuple(draft.item() for draft in tell_headings_apart(join_parts(details))), stated)
    items, references = spelled_out(items)
    if len(items) > limits.items:
        raise DocumentRefused("too_many_items", limit=limits.items)
    notices = [*found.notices, *progress.notices, *closing, *check_rows(printed)]
    notices += [
        *check_subtotals(printed, progress.subtotals),
        *_unread_notice(unread),
        *_unit_notice(items),
        *overviews,
        *references,
    ]
    clauses = (*found.clauses, *progress.clauses, *(clause for grid in unread for clause in spoken_rows(grid)))
    return ParameterTable(file_name, sha256, items, tuple(stated), clauses, tuple(notices))


def _read_grids(grids: list[Grid], progress: Progress) -> list[Grid]:
    """Read every table that has a header or continues the one before; give back the others."""
    unread: list[Grid] = []
    last: Columns | None = None
    for grid in grids:
        if _only_plans(grid, grids):
            unread.append(grid)
            last = None
            continue
        upright = turned(grid)
        before = len(progress.drafts)
        for part in upright or regions(grid):
            last = _read_part(part, progress, last, unread)
        for draft in progress.drafts[before:]:
            draft.is_hidden = grid.is_hidden
    return unread


def _only_plans(grid: Grid, grids: list[Grid]) -> bool:
    """Whether a table gives packages their budgets while another one lists what is bought."""
    columns = find_columns(grid)
    if columns is None or not plans_packages(columns):
        return False
    others = (find_columns(other) for other in grids if other is not grid)
    return any(other is not None and other.roles.keys() & {"spec", "quantity"} for other in others)


def _read_part(grid: Grid, progress: Progress, last: Columns | None, unread: list[Grid]) -> Columns | None:
    """Read one table, and give the columns that a table without a header of its own may go on with."""
    columns = of_stage(find_columns(grid), progress.stage)
    if columns is not None and is_foreign(grid, columns):
        columns = last = None
    columns = named_by_numbers(grid, columns) if columns is not None else None
    nameless = columns is not None and columns.first("name") is None
    if columns is not None and nameless and not device_above(grid, columns) and not has_device_rows(grid, columns):
        if read_by_number(progress, grid, columns):
            return None
        # Parameters of nobody: without a device's name they could only be compared with the wrong one.
        columns = None
    if columns is not None:
        _take_captions(grid, columns, progress)
        read_table(progress, grid, columns, continued=False)
        _tell_loose(grid, columns, progress)
    elif last is not None and _continues(grid, last):
        read_table(progress, grid, last, continued=True)
        return last
    else:
        unread.append(grid)
    return columns


def _tell_loose(grid: Grid, columns: Columns, progress: Progress) -> None:
    held = [
        f"“{title}”"
        for index, title in columns.loose.items()
        if any(index < len(row.cells) and row.cells[index].text.strip() for row in grid.rows[columns.first_row :])
    ]
    if held:
        message = f"{grid.name} 的{'、'.join(held[:10])}列未参与逐项比对，仅作文字筛查，请人工核对。"
        progress.notices.append(Notice("columns_not_compared", message, grid.rows[columns.first_row - 1].place))


def _take_captions(grid: Grid, columns: Columns, progress: Progress) -> None:
    above = [cell for row in grid.rows[: columns.start] for cell in row.anchors]
    progress.clauses.extend(Clause(cell.text.strip(), cell.place) for cell in above)
    lines = [*grid.captions, *(cell.text for row in grid.rows[: columns.first_row] for cell in row.anchors)]
    if grid.is_sheet:
        lines.append(grid.name)
        progress.package = ""
    for line in lines:
        progress.money_unit = caption_unit(line) or progress.money_unit
        progress.package = package_label(line) or progress.package if len(line) <= 60 else progress.package


def _continues(grid: Grid, columns: Columns) -> bool:
    if grid.is_sheet or any(len(line) > 12 for line in grid.captions):
        return False
    widths = {len(row.cells) for row in grid.rows}
    return widths == {columns.width}


def _check_text(found: Source, limits: Limits) -> None:
    """Refuse single cells and whole documents with more text than any list has, before anything is made of it."""
    characters = sum(len(clause.text) for clause in found.clauses)
    for grid in found.grids:
        for row in grid.rows:
            for cell in row.cells:
                characters += len(cell.text) if cell.anchor else 0
                if len(cell.text) > limits.cell_characters:
                    raise DocumentRefused("cell_too_long", place=cell.place, limit=limits.cell_characters)
    if characters > limits.characters:
        raise DocumentRefused("too_much_text", limit=limits.characters)


def _document_unit(found: Source, file_name: str) -> str:
    for clause in found.clauses:
        if unit := caption_unit(clause.text):
            return unit
    return unit_in(file_name)


def _unread_notice(unread: list[Grid]) -> list[Notice]:
    if not unread:
        return []
    names = "、".join(grid.name for grid in unread[:10])
    return [
        Notice(
            "table_not_compared",
            f"{names} 没有可识别的参数表头，未参与逐项比对，仅作文字筛查，请人工核对。",
            unread[0].name,
        )
    ]


def _unit_notice(items: tuple[Item, ...]) -> list[Notice]:
    for item in items:
        for money in (item.unit_price, item.total):
            if money is not None and money.fen is None and any(char.isdigit() for char in money.text):
                return [
                    Notice(
                        "money_unit_unknown",
                        "有金额没有注明单位（元/万元）或无法读出，不参与金额判定，请人工核对。",
                        money.place,
                    )
                ]
    return []
