"""Tables that list no equipment: each row as one sentence where it says one thing, 质保期 | 1年 as 质保期：1年.

What a table of business terms or of packages says must be read like the same words in a paragraph.
"""

import re
from collections.abc import Iterator

from domain.documents.fields import caption_unit, package_label
from domain.documents.grid import Cell, Grid, Row
from domain.documents.table import Clause
from domain.money import unit_in

_ORDINAL = re.compile(r"\s*[(（]?(?:\d{1,3}(?:\.\d{1,3})*|[一二三四五六七八九十]{1,3})[)）]?[、.．]?\s*")
_LABEL_LENGTH, _TITLE_LENGTH = 20, 12
_SENTENCE = re.compile(r"[，。；;,]")
_PLANNED = re.compile(r"预算|最高(?:投标)?限价|控制价")
_FIGURE = re.compile(r"[¥￥]?\s*[\d,，]+(?:\.\d+)?")
_AMOUNT = re.compile(rf"(?:人民币)?{_FIGURE.pattern}\s*(?:亿|百?万|千)?元?整?")
_POINTS = re.compile(r"分|权重")
_WHOLE = re.compile(r"合\s*计|总\s*计|总价")
_PACKAGES = re.compile(r"包|标段|标项")


def spoken_rows(grid: Grid) -> Iterator[Clause]:
    """Give every cell of a table that is not compared as a clause; what belongs together is said together."""
    titles = _titles(grid)
    unit = next((unit for line in grid.captions if (unit := caption_unit(line))), "")
    for row in grid.rows[:1] if titles else ():
        yield from (Clause(cell.text.strip(), cell.place) for cell in row.anchors)
    for row in grid.rows[1:] if titles else grid.rows:
        cells = [cell for cell in row.anchors if cell.text.strip()]
        told = cells[1:] if cells and _ORDINAL.fullmatch(cells[0].text) else cells
        if len(told) == 2 and _is_label(told[0]) and not _counts(row, told[1], titles):
            yield Clause(f"{told[0].text.strip().rstrip('：:')}：{told[1].text.strip()}", told[1].place)
            continue
        for cell in cells:
            planned = _is_money(row, cell, titles)
            yield Clause(_planned(row, cell, titles, unit) if planned else cell.text.strip(), cell.place)


def _titles(grid: Grid) -> list[str]:
    """The texts of the first row when it only names the columns, else nothing."""
    if not grid.rows or len(grid.rows) < 2:
        return []
    cells = grid.rows[0].cells
    named = all(len(cell.text.strip()) <= _TITLE_LENGTH and not _FIGURE.search(cell.text) for cell in cells)
    return [cell.text.strip() for cell in cells] if named else []


def _is_label(cell: Cell) -> bool:
    text = cell.text.strip()
    return len(text) <= _LABEL_LENGTH and not _SENTENCE.search(text) and not _FIGURE.fullmatch(text)


def _title_of(row: Row, cell: Cell, titles: list[str]) -> str:
    index = next(index for index, one in enumerate(row.cells) if one is cell)
    return titles[index] if index < len(titles) else ""


def _counts(row: Row, cell: Cell, titles: list[str]) -> bool:
    """Whether a cell is a figure that its column explains: an amount, or the points of a score."""
    points = _FIGURE.fullmatch(cell.text.strip()) and _POINTS.search(_title_of(row, cell, titles))
    return bool(points) or _is_money(row, cell, titles)


def _is_money(row: Row, cell: Cell, titles: list[str]) -> bool:
    """Whether a cell is a bare figure under 预算金额 or 最高限价."""
    return bool(_AMOUNT.fullmatch(cell.text.strip()) and _PLANNED.search(_title_of(row, cell, titles)))


def _planned(row: Row, cell: Cell, titles: list[str], unit: str) -> str:
    """A figure with what it is: `包1 预算金额（元）：1,100,000.00`, `合计预算金额（万元）：110`."""
    title = _title_of(row, cell, titles)
    if unit and not unit_in(title):
        title = f"{title}（{unit}）"
    return f"{_whose(row, titles)}{title}：{cell.text.strip()}"


def _whose(row: Row, titles: list[str]) -> str:
    if any(_WHOLE.search(cell.text) for cell in row.anchors):
        return "合计"
    for cell in row.anchors:
        text = cell.text.strip()
        of_package = _PACKAGES.search(_title_of(row, cell, titles)) is not None
        label = package_label(text) or (package_label(f"包{text}") if of_package else "")
        if label:
            return f"{label} "
    return ""
