"""The bounds of every sheet, counted on the bare XML before a spreadsheet library builds anything from it."""

import io
import re
from typing import Any

from lxml import etree

from domain.documents.limits import Limits
from domain.documents.package import Package
from domain.documents.refusals import DocumentRefused

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_REFERENCE = re.compile(r"\$?([A-Z]{1,7})\$?([0-9]{1,10})")
_WATCHED = tuple(f"{space}{name}" for space in (_MAIN, _STRICT) for name in ("row", "c", "mergeCell"))


def check_sheets(package: Package, limits: Limits) -> None:
    """Refuse a workbook whose sheets are larger than any honest list.

    Raises:
        DocumentRefused: too_many_sheets, too_many_rows, too_many_columns, too_many_cells, too_many_merged or damaged.
    """
    sheets = [name for name in package.under("xl/worksheets/") if name.endswith(".xml")]
    if len(sheets) > limits.sheets:
        raise DocumentRefused("too_many_sheets", limit=limits.sheets)
    cells = 0
    for name in sheets:
        tally = _Tally(name, limits, cells)
        try:
            for _, element in etree.iterparse(
                io.BytesIO(package.parts[name]), tag=_WATCHED, resolve_entities=False, no_network=True, load_dtd=False
            ):
                tally.take(element)
                # Emptied and unlinked at once, so that the scan needs no more memory than one row.
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise DocumentRefused("damaged", place=name) from error
        cells = tally.cells


class _Tally:
    def __init__(self, place: str, limits: Limits, cells: int) -> None:
        self.place, self.limits, self.cells = place, limits, cells
        self.row = self.column = self.ranges = self.covered = 0

    def take(self, element: Any) -> None:
        kind = element.tag.rpartition("}")[2]
        if kind == "mergeCell":
            self._merge(element.get("ref", ""))
        elif kind == "row":
            # A row ends after its cells, so cells without a reference were numbered for this row.
            self.row = _whole(element.get("r"), self.row + 1)
            self.column = 0
            self._bound(self.row, 0)
        else:
            self.cells += 1
            match = _REFERENCE.fullmatch(element.get("r") or "")
            self.column = column_number(match[1]) if match else self.column + 1
            self._bound(int(match[2]) if match else 0, self.column)
            if self.cells > self.limits.cells:
                raise DocumentRefused("too_many_cells", place=self.place, limit=self.limits.cells)

    def _bound(self, row: int, column: int) -> None:
        if row > self.limits.rows:
            raise DocumentRefused("too_many_rows", place=self.place, limit=self.limits.rows)
        if column > self.limits.columns:
            raise DocumentRefused("too_many_columns", place=self.place, limit=self.limits.columns)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if start is None or end is None:
            raise DocumentRefused("damaged", place=self.place)
        width = column_number(end[1]) - column_number(start[1]) + 1
        self.ranges += 1
        self.covered += max(width, 0) * max(int(end[2]) - int(start[2]) + 1, 0)
        if self.ranges > self.limits.merged_ranges or self.covered > self.limits.merged_cells:
            raise DocumentRefused("too_many_merged", place=self.place)


def column_number(letters: str) -> int:
    """Turn column letters into a number, A being 1."""
    total = 0
    for letter in letters:
        total = total * 26 + ord(letter) - 64
    return total


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 10 else default
