"""One row's cells by the roles of their columns."""

from collections.abc import Collection
from dataclasses import dataclass

from domain.documents.columns import Columns
from domain.documents.fields import is_heading_number
from domain.documents.grid import Cell, Row
from domain.documents.progress import Progress

BLANK = Cell("", "")


@dataclass(frozen=True, slots=True)
class Branch:
    """What the numbers of a table's rows make of one: "device" with its parameters below it, "parameter", "group".

    `above` names the row that one without such a `kind` stands below.
    """

    kind: str = ""
    above: str = ""


NO_BRANCH = Branch()


@dataclass(slots=True)
class RowCells:
    """One row under the columns of its table."""

    progress: Progress
    columns: Columns
    row: Row
    branch: Branch = NO_BRANCH

    def cell(self, role: str) -> Cell:
        """The role's cell, also where a merged range repeats it."""
        column = self.columns.first(role)
        return self.row.cells[column] if column is not None and column < len(self.row.cells) else BLANK

    def own(self, role: str) -> Cell:
        """The role's cell when it is this row's own, a blank one otherwise."""
        cell = self.cell(role)
        return cell if cell.anchor else BLANK

    def is_under(self, cell: Cell, roles: Collection[str]) -> bool:
        """Whether a cell stands in a column of one of the roles."""
        return any(
            column < len(self.row.cells) and self.row.cells[column] is cell
            for role in roles
            for column in self.columns.roles.get(role, [])
        )

    def under(self, role: str) -> list[Cell]:
        """The cells of all columns of a role, also where a merged range repeats them."""
        return [self.row.cells[index] for index in self.columns.roles.get(role, []) if index < len(self.row.cells)]

    def specs(self) -> list[Cell]:
        """The row's own cells of parameters that hold text."""
        return [cell for cell in self.under("spec") if cell.anchor and cell.text.strip()]

    def label(self) -> Cell:
        """What names the row: the first of its number, sub-system and name columns that holds words."""
        for role in ("number", "subsystem", "name"):
            cell = self.own(role)
            text = cell.text.strip()
            if text and not text.replace(".", "").isdigit() and not is_heading_number(text):
                return cell
        worded = (cell for cell in self.row.anchors if not cell.text.strip().replace(".", "").isdigit())
        return next(worded, self.row.anchors[0])
