"""What the cells of a column tell where its title misleads: 基本参数 full of values, 合计 behind quantities."""

import re
from collections.abc import Iterator
from decimal import Decimal

from domain.documents.columns import SUMS, Columns
from domain.documents.fields import read_quantity
from domain.documents.grid import Cell, Row
from domain.documents.parametercolumns import take_parameter_columns
from domain.documents.titles import is_place

_MOST_ROWS = 200
_UNTITLED = "无标题"
_STATES = re.compile(
    r"[≥≤><＞＜±;；]|不(?:低|少|小|高|大|超)[于过]|[:：]\s{0,4}\S{0,12}\d|(?:^|\n)\s*(?:\d{1,2}[、.．](?!\d)|[(（]\d{1,2}[)）])"
)


def heed_cells(columns: Columns, rows: list[Row]) -> Columns:
    """Correct the roles of a header by the rows below it; gives the same columns back."""
    body = rows[columns.first_row : columns.first_row + _MOST_ROWS]
    _take_untitled(columns, body)
    _demand_beside(columns, body)
    _sum_of_quantities(columns, body)
    take_parameter_columns(columns, body)
    return columns


def _take_untitled(columns: Columns, body: list[Row]) -> None:
    """技术参数 | (blank): text below a blank title goes on with the parameters beside it; elsewhere it is only told."""
    first = min(columns.titles)
    for index in range(max([columns.width, *(len(row.cells) for row in body)])):
        texts = [cell.text.strip() for cell in _own(body, index)]
        running = index < first and all(text.isdigit() for text in texts)
        if index in columns.titles or index in columns.loose or not texts or running:
            continue
        left = index - 1
        if left in columns.roles.get("spec", []) and left not in columns.labels and left not in columns.pairs:
            columns.roles["spec"] = sorted([*columns.roles["spec"], index])
            columns.pairs[left] = index
        else:
            columns.loose[index] = _UNTITLED


def _demand_beside(columns: Columns, body: list[Row]) -> None:
    """基本参数 | 扩展要求: where the first column demands something itself it does not name what the second does."""
    roles = columns.roles
    for index in roles.get("attribute", [])[:]:
        texts = [cell.text for cell in _own(body, index)]
        if "spec" in roles and texts and sum(bool(_STATES.search(text)) for text in texts) * 2 >= len(texts):
            roles["attribute"].remove(index)
            roles["spec"] = sorted([*roles["spec"], index])
    if not roles.get("attribute", [0]):
        del roles["attribute"]


def _sum_of_quantities(columns: Columns, body: list[Row]) -> None:
    """市级数量 | 区县数量 | 合计: a sum without a unit of money that the quantities before it add up to is theirs.

    So it is behind columns that only name places (市局 | 和平区 | 合计), which are quantities then.
    """
    roles = columns.roles
    quantities = roles.get("quantity") or _counts_before_sum(columns)
    last = max(quantities, default=-2) + 1
    told = last in roles.get("total", []) and bool(columns.titles[last] & SUMS) and not columns.money_units.get(last)
    if len(quantities) < 2 or not told:
        return
    rows = [row for row in body if _number(row, last) is not None]
    proved = [row for row in rows if sum(_number(row, index) or 0 for index in quantities) == _number(row, last)]
    if not rows or len(proved) * 2 < len(rows):
        return
    roles["total"].remove(last)
    if not roles["total"]:
        del roles["total"]
    columns.loose.pop(last, None)
    for index in quantities if "quantity" not in roles else ():
        columns.labels[index] = columns.loose.pop(index)
    roles["quantity"] = quantities
    columns.adds_up, columns.sum_of_quantities = True, last


def _counts_before_sum(columns: Columns) -> list[int]:
    """The columns without a role that stand directly before a sum."""
    unknown = [
        index for index, title in columns.loose.items() if index not in columns.taxes and is_place(title, by_end=True)
    ]
    for last in columns.roles.get("total", []):
        first = last
        while first - 1 in unknown:
            first -= 1
        if last - first > 1 and columns.titles[last] & SUMS:
            return list(range(first, last))
    return []


def _number(row: Row, index: int) -> Decimal | None:
    cell = row.cells[index] if index < len(row.cells) else Cell("", "")
    quantity = read_quantity(cell, "")
    return quantity.number if quantity else None


def _own(body: list[Row], index: int) -> Iterator[Cell]:
    for row in body:
        if index < len(row.cells) and row.cells[index].anchor and row.cells[index].text.strip():
            yield row.cells[index]
