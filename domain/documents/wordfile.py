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
from domain.documents.wordtext import W, kind_of_element, paragraph_text

_CAPTION_LINES = 4
_NAME_LENGTH = 30


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
    body = parse(package, "word/document.xml", limits).find(f"{W}body")
    if body is None:
        raise DocumentRefused("damaged", place="word/document.xml")
    reader = _Body(limits)
    reader.walk(body)
    if body.find(f".//{W}del") is not None or body.find(f".//{W}ins") is not None:
        reader.content.notices.append(
            Notice("tracked_changes", "文档含未接受的修订，已按“接受全部修订”读取，请确认后另存定稿。")
        )
    if body.find(f".//{W}vanish") is not None:
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
            kind = kind_of_element(element)
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
        for inner in element.iter(f"{W}tbl"):
            above = list(_between(inner, element))
            if inner is not element and not any(kind_of_element(one) == "tbl" for one in above):
                # A table inside a cell is about the row it stands in.
                self.captions = _row_names(above)
                self._table(inner)

    def _row(self, element: Any, place: str, open_cells: dict[int, Cell]) -> Row:
        cells: list[Cell] = [
            Cell("", place) for _ in range(_whole(element.find(f"{W}trPr/{W}gridBefore"), 0, self.limits))
        ]
        for source in _cells(element):
            properties = source.find(f"{W}tcPr")
            across = max(_whole(_sub(properties, "gridSpan"), 1, self.limits), 1)
            merge = _sub(properties, "vMerge")
            column = len(cells)
            above = open_cells.get(column)
            if merge is not None and merge.get(f"{W}val") != "restart" and above is not None:
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
        header = element.find(f"{W}trPr/{W}tblHeader")
        return Row(tuple(cells), place, header is not None and header.get(f"{W}val") not in {"0", "false"})

    def _count(self, columns: int, across: int, place: str) -> None:
        self.cells += across
        if columns > self.limits.columns:
            raise DocumentRefused("too_many_columns", place=place, limit=self.limits.columns)
        if self.cells > self.limits.cells:
            raise DocumentRefused("too_many_cells", place=place, limit=self.limits.cells)


def _cell_text(cell: Any) -> str:
    # Text of a nested table stays out: that table is read as one of its own.
    lines = [
        paragraph_text(paragraph)
        for paragraph in cell.iter(f"{W}p")
        if not any(kind_of_element(above) == "tbl" for above in _between(paragraph, cell))
    ]
    return "\n".join(lines).strip()


def _between(inner: Any, outer: Any) -> Iterator[Any]:
    parent = inner.getparent()
    while parent is not None and parent is not outer:
        yield parent
        parent = parent.getparent()


def _row_names(above: list[Any]) -> list[str]:
    row = next((one for one in reversed(above) if kind_of_element(one) == "tr"), None)
    texts = [] if row is None else [_cell_text(cell) for cell in _cells(row)]
    return [text for text in texts if 1 < len(text) <= _NAME_LENGTH and not text.isdigit()][:1]


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        if kind_of_element(element) == "tr":
            if element.find(f"{W}trPr/{W}del") is None:
                yield element
        elif kind_of_element(element) in {"sdt", "sdtContent", "customXml", "ins"}:
            yield from _rows(element)


def _cells(row: Any) -> Iterator[Any]:
    for element in row:
        if kind_of_element(element) == "tc":
            yield element
        elif kind_of_element(element) in {"sdt", "sdtContent", "customXml", "ins"}:
            yield from _cells(element)


def _sub(properties: Any, name: str) -> Any:
    return None if properties is None else properties.find(f"{W}{name}")


def _whole(element: Any, default: int, limits: Limits) -> int:
    value = "" if element is None else element.get(f"{W}val", "")
    if not value.isdigit():
        return default
    return min(int(value[:9]), limits.columns + 1)
