"""`.docx` documents to grids: every table with the paragraphs that lead to it, and the prose around them.

The parts are read as XML directly: a library's cell objects walk merged cells once for each access, which makes a
long table quadratic.
"""

from dataclasses import dataclass, field
from typing import Any

from domain.documents.grid import Cell, Grid, Row
from domain.documents.limits import Limits
from domain.documents.markup import parse
from domain.documents.numbering import Numbering, read_numbering
from domain.documents.package import Package
from domain.documents.refusals import DocumentRefused
from domain.documents.sidetexts import side_clauses
from domain.documents.table import Clause, Notice
from domain.documents.wordheadings import Headings, read_headings
from domain.documents.wordnotes import WordNotes
from domain.documents.wordtable import WRAPPERS, blocks_of, cells_of, part, row_names, rows_of, whole_number
from domain.documents.wordtext import ParagraphText, W, kind_of_element, read_paragraph

_CAPTION_LINES = 4
_BODY = "word/document.xml"


@dataclass(slots=True)
class TextContent:
    """What a text document holds: its tables in order, its paragraphs, and the reader's notices."""

    grids: list[Grid] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def read_text_document(package: Package, limits: Limits) -> TextContent:
    """Read the body of a checked package, then the texts beside it.

    Raises:
        DocumentRefused: damaged, too_deep, or a size limit.
    """
    body = parse(package, _BODY, limits).find(f"{W}body")
    if body is None:
        raise DocumentRefused("damaged", place=_BODY)
    reader = _Body(limits, read_numbering(package, limits), read_headings(package, limits))
    reader.walk(body)
    notices = reader.content.notices
    clauses = list(side_clauses(package, limits, reader.notes, reader.left_out.texts))
    notices.extend(reader.left_out.notices())
    if body.find(f".//{W}altChunk") is not None:
        notices.append(Notice("embedded_objects", "文档嵌入了另一份文档，未打开其内容，请人工核对是否另有参数。"))
    reader.content.clauses.extend(clauses)
    return reader.content


class _Body:
    def __init__(self, limits: Limits, numbering: Numbering, headings: Headings) -> None:
        self.limits, self.numbering, self.headings = limits, numbering, headings
        self.content = TextContent()
        self.captions: list[str] = []
        self.left_out = WordNotes()
        self.notes: dict[tuple[str, str], str] = {}
        self.cells = self.paragraphs = 0
        # One more than may be, so that a span of millions is refused and not drawn.
        self.most_columns = limits.columns + 1

    def walk(self, parent: Any) -> None:
        """Read paragraphs and tables in order, through wrappers that only mark them."""
        for element in parent:
            kind = kind_of_element(element)
            if kind == "p":
                self._paragraph(element)
            elif kind == "tbl":
                self._table(element)
            elif kind in WRAPPERS:
                self.walk(element)

    def _paragraph(self, element: Any) -> None:
        place = f"第{self.paragraphs + 1}段"
        found = read_paragraph(element)
        text = self._noted(element, found, place).strip()
        if text:
            self.paragraphs += 1
            self.content.clauses.append(Clause(text, place, level=self.headings.level(element)))
            self.captions.append(text)
        for table in found.tables:
            self._table(table)

    def _noted(self, element: Any, found: ParagraphText, place: str) -> str:
        """A paragraph's text with its automatic number; what is left out or refers to a note is noted."""
        self.notes.update(dict.fromkeys(found.notes, place))
        self.content.clauses.extend(self.left_out.take(found, element, place))
        text = found.text
        return f"{self.numbering.label(element)}{text}" if text.strip() else text

    def _table(self, element: Any, about: list[str] | None = None) -> None:
        name = f"表{len(self.content.grids) + 1}"
        # A table inside a cell is about the row it stands in.
        grid = Grid(name, [], self.captions[-_CAPTION_LINES:] if about is None else about, is_sheet=False)
        self.content.grids.append(grid)
        self.captions = []
        self._count(0, 1, name)
        inner: list[tuple[Any, Any]] = []
        open_cells: dict[int, Cell] = {}
        for position, row in enumerate(rows_of(element), start=1):
            grid.rows.append(self._row(row, f"{name} 第{position}行", open_cells, inner))
            if position > self.limits.rows:
                raise DocumentRefused("too_many_rows", place=name, limit=self.limits.rows)
        if element.find(f"{W}tr/{W}trPr/{W}del") is not None:
            self.left_out.revised(element, name)
        for table, row in inner:
            self._table(table, row_names(row))

    def _row(self, element: Any, place: str, open_cells: dict[int, Cell], inner: list[tuple[Any, Any]]) -> Row:
        properties = element.find(f"{W}trPr")
        if properties is not None:
            self.left_out.revised(properties, place)
        before = whole_number(element.find(f"{W}trPr/{W}gridBefore"), 0, self.most_columns)
        cells: list[Cell] = [Cell("", place) for _ in range(before)]
        for source in cells_of(element):
            properties = source.find(f"{W}tcPr")
            across = max(whole_number(part(properties, "gridSpan"), 1, self.most_columns), 1)
            self._count(len(cells) + across, across, place)
            merge = part(properties, "vMerge")
            column = len(cells)
            above = open_cells.get(column)
            if merge is not None and merge.get(f"{W}val") != "restart" and above is not None:
                cell = Cell(above.text, above.place, anchor=False, across=above.across, down=2)
            else:
                text, tables = self._cell(source, place)
                inner.extend((table, element) for table in tables)
                cell = Cell(text, place, across=across, down=2 if merge is not None else 1)
            if merge is not None:
                open_cells[column] = cell
            else:
                open_cells.pop(column, None)
            cells.append(cell)
            cells.extend(
                Cell(cell.text, cell.place, anchor=False, across=across, down=cell.down) for _ in range(across - 1)
            )
        header = element.find(f"{W}trPr/{W}tblHeader")
        return Row(tuple(cells), place, header is not None and header.get(f"{W}val") not in {"0", "false"})

    def _cell(self, cell: Any, place: str) -> tuple[str, list[Any]]:
        """A cell's text, and the tables in it: those are read as tables of their own."""
        lines: list[str] = []
        tables: list[Any] = []
        for kind, element in blocks_of(cell):
            if kind == "tbl":
                tables.append(element)
                continue
            found = read_paragraph(element)
            lines.append(self._noted(element, found, place))
            tables.extend(found.tables)
        return "\n".join(lines).strip(), tables

    def _count(self, columns: int, cells: int, place: str) -> None:
        self.cells += cells
        if columns > self.limits.columns:
            raise DocumentRefused("too_many_columns", place=place, limit=self.limits.columns)
        if self.cells > self.limits.cells:
            raise DocumentRefused("too_many_cells", place=place, limit=self.limits.cells)
