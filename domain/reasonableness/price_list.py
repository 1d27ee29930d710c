"""A list of contract prices as people keep it in a table: read line by line, refused as a whole when a line is wrong.

Organisations only: a line that holds a person's telephone or identity number is refused.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.documents.grid import Grid, Row
from domain.money import unit_in
from domain.reasonableness.price_cells import (
    WrongCell,
    read_date,
    read_line_number,
    read_price,
    read_quantity,
    read_tax,
    refuse_personal,
)
from domain.text import fold, key

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "contract_number": ("合同编号", "合同号", "合同文号"),
    "line": ("行号", "序号", "条目号"),
    "project_code": ("项目代码", "项目编号", "项目编码"),
    "project_name": ("项目名称", "项目"),
    "supplier": ("供应商", "供应商名称", "中标供应商", "乙方", "承包单位"),
    "item": ("设备名称", "货物名称", "标的名称", "产品名称", "服务名称", "名称"),
    "specification": ("规格", "规格型号", "技术参数", "主要参数", "规格摘要"),
    "unit": ("单位", "计量单位"),
    "quantity": ("数量", "采购数量"),
    "unit_price": ("单价", "合同单价", "成交单价", "中标单价"),
    "tax": ("含税", "是否含税", "税价", "价格口径"),
    "signed_on": ("签订日期", "合同签订日期", "签约日期", "日期"),
}
REQUIRED = ("contract_number", "project_code", "project_name", "item", "unit_price", "signed_on")
FREE_TEXTS = frozenset({"supplier", "specification", "project_name", "item"})
HEADER_WITHIN = 10
"""The header stands in one of the first rows; title and caption come before it."""

LONGEST = 500


@dataclass(frozen=True)
class ContractLine:
    """One line of a contract's price list. `quantity` is a decimal number as text, "" when none is stated."""

    project_code: str
    project_name: str
    contract_number: str
    line: int
    supplier: str
    item: str
    specification: str
    unit: str
    unit_price_fen: int
    quantity: str
    tax: str
    signed_on: date

    @property
    def identity(self) -> tuple[str, int]:
        """By what a line is known: its contract's number and its own."""
        return self.contract_number, self.line


@dataclass(frozen=True)
class PriceList:
    """What a table held: good lines with their places, and for each bad one a sentence that names its place."""

    lines: tuple[ContractLine, ...]
    places: tuple[str, ...]
    problems: tuple[str, ...]
    ignored: tuple[str, ...] = ()


def read_price_list(grid: Grid, today: date) -> PriceList:
    """Read a table of contract prices.

    Args:
        grid: the sheet.
        today: no contract can be signed later.
    """
    found = next(((at, row) for at, row in enumerate(grid.rows[:HEADER_WITHIN]) if _is_header(row)), None)
    if found is None:
        wanted = "、".join(COLUMNS[name][0] for name in REQUIRED)
        return PriceList((), (), (f"没有找到表头。须有这些列：{wanted}。",))
    header, rows = found[1], grid.rows[found[0] + 1 :]
    columns = _columns(header)
    if missing := [COLUMNS[name][0] for name in REQUIRED if name not in columns]:
        return PriceList((), (), (f"表头（{header.place}）缺少列：{'、'.join(missing)}。",))
    reader = _Reader(columns, unit_in(header.cells[columns["unit_price"]].text), today)
    lines, places, problems = [], [], []
    for row in rows:
        if not row.anchors:
            continue
        try:
            lines.append(reader.line(row))
            places.append(row.place)
        except WrongCell as wrong:
            problems.append(f"{row.place}：{wrong}")
    problems += _repeated(lines, places)
    known = set(columns.values())
    ignored = tuple(cell.text.strip() for at, cell in enumerate(header.cells) if at not in known and cell.text.strip())
    return PriceList(tuple(lines), tuple(places), tuple(problems), ignored)


def _is_header(row: Row) -> bool:
    columns = _columns(row)
    return "contract_number" in columns and "item" in columns


def _columns(row: Row) -> dict[str, int]:
    """Return the position of each column the row names; the first of two alike wins."""
    named = {key(re.sub(r"\(.*?\)", "", fold(alias))): name for name, aliases in COLUMNS.items() for alias in aliases}
    found: dict[str, int] = {}
    for at, cell in enumerate(row.cells):
        name = named.get(key(re.sub(r"\(.*?\)", "", fold(cell.text))))
        if name is not None:
            found.setdefault(name, at)
    return found


def _repeated(lines: Sequence[ContractLine], places: Sequence[str]) -> Iterator[str]:
    counted = Counter(line.identity for line in lines)
    for line, place in zip(lines, places, strict=True):
        if counted[line.identity] > 1:
            yield f"{place}：合同“{line.contract_number}”第{line.line}行在文件里出现了{counted[line.identity]}次。"


class _Reader:
    """Reads the rows of one table; lines without a number of their own are numbered within their contract."""

    def __init__(self, columns: Mapping[str, int], unit: str, today: date) -> None:
        self._columns = columns
        self._unit = unit
        self._today = today
        self._numbered: Counter[str] = Counter()

    def line(self, row: Row) -> ContractLine:
        """Read one row.

        Raises:
            WrongCell: with the sentence for the list of problems.
        """
        text = {name: self._text(row, name) for name in COLUMNS}
        for name in REQUIRED:
            if not text[name]:
                raise WrongCell(f"{COLUMNS[name][0]}是空的。")
        self._numbered[text["contract_number"]] += 1
        return ContractLine(
            project_code=text["project_code"],
            project_name=text["project_name"],
            contract_number=text["contract_number"],
            line=read_line_number(text["line"]) if "line" in self._columns else self._numbered[text["contract_number"]],
            supplier=text["supplier"],
            item=text["item"],
            specification=text["specification"],
            unit=text["unit"],
            unit_price_fen=read_price(text["unit_price"], self._unit),
            quantity=read_quantity(text["quantity"]),
            tax=read_tax(text["tax"]),
            signed_on=read_date(text["signed_on"], self._today),
        )

    def _text(self, row: Row, name: str) -> str:
        at = self._columns.get(name)
        cell = row.cells[at] if at is not None and at < len(row.cells) else None
        if cell is None:
            return ""
        if not cell.readable:
            raise WrongCell(f"{COLUMNS[name][0]}是没有计算结果的公式。")
        text = " ".join(cell.text.split())
        if len(text) > LONGEST:
            raise WrongCell(f"{COLUMNS[name][0]}超过{LONGEST}字。")
        if name in FREE_TEXTS:
            refuse_personal(text, COLUMNS[name][0])
        return text
