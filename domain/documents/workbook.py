"""`.xlsx` and `.xlsm` workbooks to grids: values and formulas, merged ranges spread, every cell with its place."""

import io
import re
import warnings
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import openpyxl

from domain.documents.formulas import compute
from domain.documents.grid import Cell, Grid, Row
from domain.documents.limits import Limits
from domain.documents.package import Package
from domain.documents.refusals import DocumentRefused
from domain.documents.sheetscan import check_sheets
from domain.documents.shown import shown_text
from domain.documents.table import Notice
from domain.numerals import number

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")


@dataclass(slots=True)
class WorkbookContent:
    """What a workbook holds: a grid a sheet, and the reader's notices."""

    grids: list[Grid] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def read_workbook(content: bytes, package: Package, limits: Limits) -> WorkbookContent:
    """Read every sheet of a checked package.

    Raises:
        DocumentRefused: a size limit, or damaged when the library cannot make sense of the file.
    """
    check_sheets(package, limits)
    values = _load(content, data_only=True)
    # Most lists hold no formula at all; reading them a second time would only cost.
    formulas = _load(content, data_only=False) if _has_formulas(package) else values
    found = WorkbookContent()
    for shown, written in zip(values.worksheets, formulas.worksheets, strict=True):
        _read_sheet(shown, written, found)
    return found


def _has_formulas(package: Package) -> bool:
    return any(_FORMULA.search(package.parts[name]) for name in package.under("xl/worksheets/"))


def _load(content: bytes, *, data_only: bool) -> Any:
    try:
        with warnings.catch_warnings():
            # The library warns of styles and validations it drops; none of them carries data that is read here.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only, keep_links=False, keep_vba=False)
    except (
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        OSError,
        SyntaxError,
        zipfile.BadZipFile,
    ) as error:
        raise DocumentRefused("damaged") from error


def _read_sheet(shown: Any, written: Any, found: WorkbookContent) -> None:
    title = str(shown.title)
    if shown.sheet_state != "visible":
        found.notices.append(Notice("hidden_sheet", f"工作表“{title}”是隐藏的，其内容已一并读取，请核对。", title))
    reader = _Sheet(shown, written, title)
    rows = [reader.row(number) for number in range(1, (shown.max_row or 0) + 1)]
    found.grids.append(Grid(title, [row for row in rows if any(cell.text.strip() for cell in row.cells)]))
    found.notices.extend(reader.notices())


class _Sheet:
    """One sheet, its values and its formulas side by side."""

    def __init__(self, shown: Any, written: Any, title: str) -> None:
        self.shown, self.written, self.title = shown, written, title
        self.width = int(shown.max_column or 0)
        self.spans = _merged(shown)
        self.recomputed: list[str] = []
        self.unread: list[str] = []

    def row(self, number: int) -> Row:
        cells = tuple(self._cell(number, column) for column in range(1, self.width + 1))
        return Row(cells, f"{self.title}!第{number}行")

    def _cell(self, row: int, column: int) -> Cell:
        top, left, down, across = self.spans.get((row, column), (row, column, 1, 1))
        text, readable = self._text(top, left)
        place = f"{self.title}!{self.shown.cell(top, left).coordinate}"
        return Cell(text, place, (top, left) == (row, column), across, down, readable)

    def _text(self, row: int, column: int) -> tuple[str, bool]:
        cell = self.shown.cell(row, column)
        formula = self.written.cell(row, column).value
        is_formula = (isinstance(formula, str) and formula.startswith("=")) or type(formula).__name__ == "ArrayFormula"
        if is_formula and cell.value is None:
            return self._recompute(row, column, formula, str(cell.coordinate))
        if cell.data_type == "e":
            self._note(self.unread, str(cell.coordinate))
            return str(cell.value), False
        return shown_text(cell.value, str(cell.number_format or "")), True

    def _recompute(self, row: int, column: int, formula: Any, coordinate: str) -> tuple[str, bool]:
        value = self._number(row, column, 0)
        if value is None:
            self._note(self.unread, coordinate)
            return f"（公式未计算：{formula}）" if isinstance(formula, str) else "（公式未计算）", False
        self._note(self.recomputed, coordinate)
        return format(value.normalize(), "f"), True

    def _number(self, row: int, column: int, depth: int) -> Decimal | None:
        value = self.shown.cell(row, column).value if row <= self.shown.max_row and column <= self.width else None
        formula = self.written.cell(row, column).value if value is None and column <= self.width else None
        if isinstance(formula, str) and formula.startswith("="):
            return compute(formula, self._number, depth)
        if value is None:
            return Decimal(0) if formula is None else None
        return number(str(value)) if not isinstance(value, bool) else None

    @staticmethod
    def _note(places: list[str], coordinate: str) -> None:
        if coordinate not in places:
            places.append(coordinate)

    def notices(self) -> list[Notice]:
        found = []
        if self.recomputed:
            message = f"公式没有保存计算结果，已按四则运算重新计算：{_some(self.recomputed)}，请核对。"
            found.append(Notice("formula_recomputed", message, f"{self.title}!{self.recomputed[0]}"))
        if self.unread:
            message = f"公式没有可用的计算结果，无法自动判断，需人工核对：{_some(self.unread)}。"
            found.append(Notice("formula_unread", message, f"{self.title}!{self.unread[0]}"))
        if any(dimension.hidden for dimension in self.shown.row_dimensions.values()):
            found.append(Notice("hidden_rows", f"工作表“{self.title}”有隐藏的行，已一并读取，请核对。", self.title))
        if any(dimension.hidden for dimension in self.shown.column_dimensions.values()):
            found.append(Notice("hidden_columns", f"工作表“{self.title}”有隐藏的列，已一并读取，请核对。", self.title))
        return found


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[int, int, int, int]]:
    spans = {}
    for area in sheet.merged_cells.ranges:
        span = (area.min_row, area.min_col, area.max_row - area.min_row + 1, area.max_col - area.min_col + 1)
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                spans[row, column] = span
    return spans


def _some(places: list[str]) -> str:
    return "、".join(places[:8]) + (f" 等 {len(places)} 处" if len(places) > 8 else "")
