"""The bounds of a sheet, counted cell by cell on the bare XML before anything is built from it."""

import re

from domain.documents.limits import Limits
from domain.documents.refusals import DocumentRefused

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,7})\$?([0-9]{1,10})")


class Tally:
    """Counts rows, columns, cells and merged ranges of one sheet and refuses at the first that is too many."""

    def __init__(self, place: str, limits: Limits, cells: int) -> None:
        self.place, self.limits, self.cells = place, limits, cells
        self.row = self.column = self.ranges = self.covered = 0

    def open_row(self, number: str | None) -> None:
        """Begin a row; one without a number follows the one before."""
        self.row = int(number) if number and number.isdigit() and len(number) < 10 else self.row + 1
        self.column = 0
        self._bound(self.row, 0)

    def cell(self, place: str | None) -> tuple[int, int]:
        """Count a cell and give its row and column; one without a place follows the one before.

        Raises:
            DocumentRefused: too_many_rows, too_many_columns, too_many_cells, or damaged for row 0.
        """
        match = _REFERENCE.fullmatch(place or "")
        row = int(match[2]) if match else self.row
        self.column = column_number(match[1]) if match else self.column + 1
        self.cells += 1
        self._bound(row, self.column)
        if self.cells > self.limits.cells:
            raise DocumentRefused("too_many_cells", place=self.place, limit=self.limits.cells)
        if row < 1:
            raise DocumentRefused("damaged", place=self.place)
        return row, self.column

    def merge(self, area: str) -> tuple[int, int, int, int]:
        """Count a merged range and give it as (top, left, bottom, right).

        Raises:
            DocumentRefused: too_many_merged, or damaged when it is no range.
        """
        first, _, last = area.partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if start is None or end is None:
            raise DocumentRefused("damaged", place=self.place)
        top, bottom = sorted((int(start[2]), int(end[2])))
        left, right = sorted((column_number(start[1]), column_number(end[1])))
        self.ranges += 1
        self.covered += (right - left + 1) * (bottom - top + 1)
        if self.ranges > self.limits.merged_ranges or self.covered > self.limits.merged_cells:
            raise DocumentRefused("too_many_merged", place=self.place)
        return top, left, bottom, right

    def _bound(self, row: int, column: int) -> None:
        if row > self.limits.rows:
            raise DocumentRefused("too_many_rows", place=self.place, limit=self.limits.rows)
        if column > self.limits.columns:
            raise DocumentRefused("too_many_columns", place=self.place, limit=self.limits.columns)


def column_number(letters: str) -> int:
    """Turn column letters into a number, A being 1."""
    total = 0
    for letter in letters.upper():
        total = total * 26 + ord(letter) - 64
    return total


def reference(row: int, column: int) -> str:
    """Turn row and column numbers into a cell's name, 1 and 1 into A1."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
