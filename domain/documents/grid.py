"""The common shape between file formats and table layout: rows of cells, merged ranges already spread out."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as shown: `anchor` is False where a merged range repeats the text of its first cell.

    `across` and `down` tell the size of the merged range the cell belongs to (1 when none). `readable` is False for a
    formula that could not be had.
    """

    text: str
    place: str
    anchor: bool = True
    across: int = 1
    down: int = 1
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells and its place; `is_header` where the format itself says that the row repeats on every page."""

    cells: tuple[Cell, ...]
    place: str
    is_header: bool = False

    @property
    def anchors(self) -> list[Cell]:
        """The cells that hold text of their own."""
        return [cell for cell in self.cells if cell.anchor and cell.text.strip()]


@dataclass(slots=True)
class Grid:
    """One sheet, or one table of a text document with the paragraphs that lead to it."""

    name: str
    rows: list[Row]
    captions: list[str] = field(default_factory=list)
    is_sheet: bool = True
    is_hidden: bool = False
