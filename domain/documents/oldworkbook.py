"""`.xls` and `.et` workbooks (BIFF in a compound file) to grids, as `.xlsx` ones are read."""

import re
from typing import Any

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.xldate import xldate_as_datetime

from domain.documents.biffscan import scan
from domain.documents.compound import CompoundFile
from domain.documents.grid import Cell, Grid, Row
from domain.documents.limits import Limits
from domain.documents.refusals import DocumentRefused
from domain.documents.shown import shown_text
from domain.documents.source import Source
from domain.documents.table import Notice

_STREAMS = ("Workbook", "WORKBOOK", "Book", "BOOK")
_MACROS = {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "Macros"}
_PROPERTIES = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
_PIECES = re.compile(r"[^\x00-\x1f]{2,}")


class _Silence:
    """Where the library's own log goes: a damaged file can make it write without end."""

    def write(self, _: str) -> None:
        """Drop a line."""

    def flush(self) -> None:
        """Have nothing to write out."""


def read_old_workbook(content: bytes, _: str, limits: Limits) -> Source:
    """Read every sheet, hidden ones too.

    Raises:
        DocumentRefused: password_protected, damaged, or a size limit.
    """
    compound = CompoundFile(content)
    stream = next((found for found in map(compound.stream, _STREAMS) if found), None)
    if stream is None:
        raise DocumentRefused("damaged")
    records = scan(stream, limits)
    book = _open(records.stream)
    source = Source(sides=[*records.sides, *_properties(compound)])
    for sheet in book.sheets():
        _Sheet(book, sheet).read(source, limits)
    if compound.names & _MACROS:
        message = "文件含宏，仅读取了数据，宏未被执行也不会保存到结果中。"
        source.closing.append(Notice("macros_ignored", message))
    if any(name.startswith("MBD") for name in compound.names):
        message = "文件含嵌入对象，未打开其内容，请人工核对是否另有参数。"
        source.closing.append(Notice("embedded_objects", message))
    return source


def _open(stream: bytes) -> Any:
    try:
        return xlrd.open_workbook(
            file_contents=stream, formatting_info=True, ragged_rows=True, logfile=_Silence(), verbosity=0
        )
    except Exception as error:
        # The library checks little: on a damaged stream it fails with whatever its arithmetic ran into.
        raise DocumentRefused("damaged") from error


def _properties(compound: CompoundFile) -> list[tuple[str, str]]:
    texts = []
    for name in _PROPERTIES:
        stored = compound.stream(name) or b""
        for encoding in ("gb18030", "utf-16-le"):
            texts += [(piece, "文档属性") for piece in _PIECES.findall(stored.decode(encoding, "replace"))]
    return texts


class _Sheet:
    """One sheet of the library's book, as grid and notices."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self.book, self.sheet, self.title = book, sheet, str(sheet.name)
        self.unread: list[str] = []
        self.spans: dict[tuple[int, int], tuple[int, int, int, int]] = {}
        for top, bottom, left, right in sheet.merged_cells:
            for row in range(top, min(bottom, sheet.nrows)):
                for column in range(left, right):
                    self.spans[row, column] = (top, left, bottom - top, right - left)

    def read(self, source: Source, limits: Limits) -> None:
        """Add the sheet's grid and notices."""
        lengths = [self._length(row) for row in range(self.sheet.nrows)]
        width = max([*lengths, *(column + 1 for _, column in self.spans)], default=0)
        merged = {row for row, _ in self.spans}
        # One cell far down makes every row above it a row; only those with something in them are laid out.
        shown = [row for row, length in enumerate(lengths) if length or row in merged]
        if len(shown) * width > limits.cells:
            raise DocumentRefused("too_many_cells", place=self.title, limit=limits.cells)
        rows = [self._row(row, width) for row in shown]
        filled = [row for row in rows if any(cell.text.strip() for cell in row.cells)]
        source.grids.append(Grid(self.title, filled, is_hidden=bool(self.sheet.visibility)))
        source.notices += self._notices()

    def _length(self, row: int) -> int:
        kinds = self.sheet.row_types(row)
        filled = [column for column, kind in enumerate(kinds) if kind not in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}]
        return filled[-1] + 1 if filled else 0

    def _row(self, row: int, width: int) -> Row:
        return Row(tuple(self._cell(row, column) for column in range(width)), f"{self.title}!第{row + 1}行")

    def _cell(self, row: int, column: int) -> Cell:
        top, left, down, across = self.spans.get((row, column), (row, column, 1, 1))
        text, readable = self._text(top, left)
        place = f"{self.title}!{xlrd.cellname(top, left)}"
        return Cell(text, place, (top, left) == (row, column), across, down, readable)

    def _text(self, row: int, column: int) -> tuple[str, bool]:
        if column >= self.sheet.row_len(row):
            return "", True
        kind, value = self.sheet.cell_type(row, column), self.sheet.cell_value(row, column)
        if kind == xlrd.XL_CELL_ERROR:
            if xlrd.cellname(row, column) not in self.unread:
                self.unread.append(xlrd.cellname(row, column))
            return error_text_from_code.get(value, "#ERROR!"), False
        if kind == xlrd.XL_CELL_BOOLEAN:
            return shown_text(bool(value), ""), True
        if kind == xlrd.XL_CELL_DATE:
            return self._date(value), True
        return shown_text(value, self._format(row, column)), True

    def _date(self, value: float) -> str:
        try:
            return shown_text(xldate_as_datetime(value, self.book.datemode), "")
        except (ValueError, OverflowError):
            return shown_text(value, "")

    def _format(self, row: int, column: int) -> str:
        styles, formats = self.book.xf_list, self.book.format_map
        index = self.sheet.cell_xf_index(row, column)
        known = formats.get(styles[index].format_key) if index < len(styles) else None
        return str(known.format_str) if known is not None else ""

    def _notices(self) -> list[Notice]:
        title, found = self.title, []
        if self.sheet.visibility:
            found.append(Notice("hidden_sheet", f"工作表“{title}”是隐藏的，其内容已一并读取，请核对。", title))
        if self.unread:
            places = "、".join(self.unread[:8]) + (f" 等 {len(self.unread)} 处" if len(self.unread) > 8 else "")
            message = f"公式没有可用的计算结果，无法自动判断，需人工核对：{places}。"
            found.append(Notice("formula_unread", message, f"{title}!{self.unread[0]}"))
        if any(info.hidden for info in self.sheet.rowinfo_map.values()):
            found.append(Notice("hidden_rows", f"工作表“{title}”有隐藏的行，已一并读取，请核对。", title))
        if any(info.hidden for info in self.sheet.colinfo_map.values()):
            found.append(Notice("hidden_columns", f"工作表“{title}”有隐藏的列，已一并读取，请核对。", title))
        return found
