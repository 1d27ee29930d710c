"""`.docx` documents to grids: every table with the paragraphs that lead to it, and the prose around them.

The parts are read as XML directly: a library's cell objects walk merged cells once for each access, which makes a
long table quadratic.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from domain.documents.grid import Cell, Grid, Row
from domain.documents.limits import Limits
from domain.documents.markup import parse
from domain.documents.package import Package
from domain.documents.refusals import DocumentRefused
from domain.documents.table import Clause, Notice

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CAPTION_LINES = 4


@dataclass(slots=True)
class TextContent:
    """What a text document holds: its tables in order, its paragraphs, and the reader's notices."""

    grids: list[Grid] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def read_text_document(package: Package, limits: Limits) -> TextContent:
    """Read the body of a checked package.

    Raises:
        DocumentRefused: damaged, too_deep, or a size limit.
    """
    body = parse(package, "word/document.xml", limits).find(f"{_W}body")
    if body is None:
        raise DocumentRefused("damaged", place="word/document.xml")
    reader = _Body(limits)
    reader.walk(body)
    if body.find(f".//{_W}del") is not None or body.find(f".//{_W}ins") is not None:
        reader.content.notices.append(
            Notice("tracked_changes", "文档含未接受的修订，已按“接受全部修订”读取，请确认后另存定稿。")
        )
    if body.find(f".//{_W}vanish") is not None:
        reader.content.notices.append(Notice("hidden_text", "文档含隐藏文字，已一并读取，请核对。"))
    return reader.content


class _Body:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.content = TextContent()
        self.captions: list[str] = []
        self.cells = 0

    def walk(self, parent: Any) -> None:
        for element in parent:
            kind = _kind(element)
            if kind == "p":
                self._paragraph(element)
            elif kind == "tbl":
                self._table(element)
            elif kind in {"sdt", "sdtContent", "customXml", "ins", "smartTag"}:
                self.walk(element)

    def _paragraph(self, element: Any) -> None:
        text = paragraph_text(element).strip()
        if text:
            self.content.clauses.append(Clause(text, f"第{len(self.content.clauses) + 1}段"))
            self.captions.append(text)

    def _table(self, element: Any) -> None:
        name = f"表{len(self.content.grids) + 1}"
        grid = Grid(name, [], self.captions[-_CAPTION_LINES:], is_sheet=False)
        self.content.grids.append(grid)
        self.captions = []
        open_cells: dict[int, Cell] = {}
        for position, row in enumerate(_rows(element), start=1):
            grid.rows.append(self._row(row, f"{name} 第{position}行", open_cells))
            if position > self.limits.rows:
                raise DocumentRefused("too_many_rows", place=name, limit=self.limits.rows)
        for inner in element.iter(f"{_W}tbl"):
            if inner is not element and not any(
                _kind(above) == "tbl" and above is not element for above in _between(inner, element)
            ):
                self._table(inner)

    def _row(self, element: Any, place: str, open_cells: dict[int, Cell]) -> Row:
        cells: list[Cell] = [
            Cell("", place) for _ in range(_whole(element.find(f"{_W}trPr/{_W}gridBefore"), 0, self.limits))
        ]
        for source in _cells(element):
            properties = source.find(f"{_W}tcPr")
            across = max(_whole(_sub(properties, "gridSpan"), 1, self.limits), 1)
            merge = _sub(properties, "vMerge")
            column = len(cells)
            above = open_cells.get(column)
            if merge is not None and merge.get(f"{_W}val") != "restart" and above is not None:
                cell = Cell(above.text, above.place, anchor=False, across=above.across, down=2)
            else:
                cell = Cell(_cell_text(source), place, across=across, down=2 if merge is not None else 1)
            if merge is not None:
                open_cells[column] = cell
            else:
                open_cells.pop(column, None)
            cells.append(cell)
            cells.extend(
                Cell(cell.text, cell.place, anchor=False, across=across, down=cell.down) for _ in range(across - 1)
            )
            self._count(len(cells), across, place)
        header = element.find(f"{_W}trPr/{_W}tblHeader")
        return Row(tuple(cells), place, header is not None and header.get(f"{_W}val") not in {"0", "false"})

    def _count(self, columns: int, across: int, place: str) -> None:
        self.cells += across
        if columns > self.limits.columns:
            raise DocumentRefused("too_many_columns", place=place, limit=self.limits.columns)
        if self.cells > self.limits.cells:
            raise DocumentRefused("too_many_cells", place=place, limit=self.limits.cells)


def paragraph_text(paragraph: Any) -> str:
    """Give a paragraph's text with inserted text and without deleted text; line breaks and tabs are kept."""
    pieces = []
    for element in _kept(paragraph):
        kind = _kind(element)
        if kind == "t":
            pieces.append(element.text or "")
        elif kind in {"br", "cr"}:
            pieces.append("\n")
        elif kind == "tab" and _kind(element.getparent()) == "r":
            pieces.append("\t")
        elif kind == "noBreakHyphen":
            pieces.append("-")
        elif kind == "sym":
            pieces.append(_symbol(element))
    return "".join(pieces)


def _kept(parent: Any) -> Iterator[Any]:
    """Everything below an element in order, without text moved away and the second copy of a text box."""
    for element in parent:
        if _kind(element) not in {"moveFrom", "Fallback", "del"}:
            yield element
            yield from _kept(element)


def _symbol(element: Any) -> str:
    code = element.get(f"{_W}char", "")
    return {"F0AB": "★", "F0B3": "≥", "F0A3": "≤", "F0B1": "±"}.get(code.upper(), "")


def _cell_text(cell: Any) -> str:
    # Text of a nested table stays out: that table is read as one of its own.
    lines = [
        paragraph_text(paragraph)
        for paragraph in cell.iter(f"{_W}p")
        if not any(_kind(above) == "tbl" for above in _between(paragraph, cell))
    ]
    return "\n".join(lines).strip()


def _between(inner: Any, outer: Any) -> Iterator[Any]:
    parent = inner.getparent()
    while parent is not None and parent is not outer:
        yield parent
        parent = parent.getparent()


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        if _kind(element) == "tr":
            if element.find(f"{_W}trPr/{_W}del") is None:
                yield element
        elif _kind(element) in {"sdt", "sdtContent", "customXml", "ins"}:
            yield from _rows(element)


def _cells(row: Any) -> Iterator[Any]:
    for element in row:
        if _kind(element) == "tc":
            yield element
        elif _kind(element) in {"sdt", "sdtContent", "customXml", "ins"}:
            yield from _cells(element)


def _sub(properties: Any, name: str) -> Any:
    return None if properties is None else properties.find(f"{_W}{name}")


def _whole(element: Any, default: int, limits: Limits) -> int:
    value = "" if element is None else element.get(f"{_W}val", "")
    if not value.isdigit():
        return default
    return min(int(value[:9]), limits.columns + 1)


def _kind(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
