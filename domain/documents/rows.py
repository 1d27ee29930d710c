"""What one row of a table is: a header again, a note, a sum, a section, the rest of the item above, or an item."""

from domain.documents.columns import Columns
from domain.documents.fields import (
    caption_unit,
    heading_level,
    heading_text,
    is_heading_number,
    item_name,
    named_count,
    package_label,
    read_quantity,
    sum_label,
)
from domain.documents.grid import Cell, Row
from domain.documents.headers import is_header
from domain.documents.items import RowContent
from domain.documents.progress import Progress
from domain.documents.remarks import is_page_title, is_remark
from domain.documents.table import Clause, Notice, Subtotal
from domain.documents.titles import part_words, subtotal_words
from domain.money import find_amounts

_SENTENCE_LENGTH = 24


class RowReader:
    """One row under the columns of its table, and the row after it."""

    def __init__(self, progress: Progress, columns: Columns, row: Row, following: Row | None) -> None:
        self.progress, self.columns, self.row, self.following = progress, columns, row, following
        self.content = RowContent(progress, columns, row)

    def take(self) -> None:
        """Read the row into the progress; what has no place in a table of items stays as a clause."""
        anchors = self.row.anchors
        if not anchors or is_header(self.row, self.columns) or self._is_caption():
            return
        if is_remark(self.content):
            self._keep(anchors)
        elif self.is_subtotal():
            self._take_subtotal()
        elif self._names_device():
            self._take_device()
        elif self._is_section():
            self._take_section()
        elif self.content.is_continuation():
            self.content.add_to_last()
        elif self._says_nothing():
            self._tell()
        else:
            self._close_section()
            self.content.add_item()

    def _keep(self, cells: list[Cell]) -> None:
        self.progress.clauses.extend(Clause(cell.text.strip(), cell.place) for cell in cells)

    def _is_caption(self) -> bool:
        """A line that only names the unit of money, or the page's title before its header comes again."""
        anchors = self.row.anchors
        if len(anchors) != 1:
            return False
        if unit := caption_unit(anchors[0].text):
            self.progress.money_unit = unit
            return True
        again = self.following is not None and is_header(self.following, self.columns)
        text = anchors[0].text
        return is_page_title(text) or (again and not package_label(text) and heading_text(text) == text.strip())

    def is_subtotal(self) -> bool:
        """Whether the row is a printed sum."""
        anchors = self.row.anchors[:3]
        labelled = any(self._sums(cell) for cell in anchors)
        return labelled and not any(len(cell.text) > 40 for cell in self.content.specs())

    def _sums(self, cell: Cell) -> bool:
        """Whether a cell labels a printed sum or a part of one; among parameters only the bare word does."""
        label = sum_label(cell.text)
        if self.content.is_under(cell, {"spec", "attribute"}):
            return label in subtotal_words()
        return len(label) <= 20 and (label.endswith(subtotal_words()) or label.startswith(part_words()))

    def _take_subtotal(self) -> None:
        label = next(cell for cell in self.row.anchors if self._sums(cell))
        money = self.content.money("total") or self.content.money("unit_price")
        fen = money.fen if money else None
        place = money.place if money else label.place
        if fen is None:
            named = [one.fen for cell in self.row.anchors for one in find_amounts(cell.text) if one.fen is not None]
            fen = named[0] if named else None
        self.progress.subtotals.append((Subtotal(label.text.strip(), fen, place), len(self.progress.drafts)))
        kept = {"remark", "spec", "attribute"}
        self._keep([cell for cell in self.row.anchors if cell is not label and self.content.is_under(cell, kept)])

    def _names_device(self) -> bool:
        """In a table of parameters without a device of its own, a row that heads those of one device."""
        return (
            self.columns.first("name") is None
            and not self.progress.has_own_device
            and opens_device(self.row, self.columns)
        )

    def _take_device(self) -> None:
        name, count = named_count(heading_text(self.row.anchors[0].text))
        self.progress.device = item_name(name)
        cell = Cell(count, self.row.place) if count else self.content.own("quantity")
        self.progress.device_quantity = read_quantity(cell, self.content.cell("unit").text.strip())

    def _is_section(self) -> bool:
        if (
            self.content.specs()
            or self.content.own("quantity").text.strip()
            or self.content.own("unit_price").text.strip()
        ):
            return False
        number, total = self.content.own("number"), self.content.own("total")
        texts = [
            cell for cell in self.row.anchors if cell is not number and cell is not total and not self._is_aside(cell)
        ]
        if number.text.strip() and is_heading_number(number.text):
            return len(texts) <= 2 and not self._is_leaf()
        if len(texts) == 1 or (not texts and number in self.row.anchors):
            return self._stands_alone(texts[0] if texts else number, number)
        return False

    def _is_aside(self, cell: Cell) -> bool:
        """Whether a cell only comments on the row: a remark, or a column without a use (占比)."""
        loose = any(
            index < len(self.row.cells) and self.row.cells[index] is cell and cell.across == 1
            for index in self.columns.loose
        )
        return loose or self.content.is_under(cell, {"remark", "core"})

    def _is_leaf(self) -> bool:
        """A heading with an amount and nothing below it (四、预备费) is a row of its own."""
        if not self.content.own("total").text.strip():
            return False
        if self.following is None:
            return True
        level = heading_level(self.content.own("number").text)
        below = RowContent(self.progress, self.columns, self.following).own("number").text
        if below.strip():
            return is_heading_number(below) and heading_level(below) <= level
        below_it = RowReader(self.progress, self.columns, self.following, None)
        return below_it.is_subtotal()

    def _stands_alone(self, cell: Cell, number: Cell) -> bool:
        if cell is number:
            return not number.text.strip().replace(".", "").isdigit()
        if number.text.strip():
            return self._heads_the_next(number.text.strip())
        wide = cell.across > 1 and cell.across >= self.columns.width // 2
        return wide or (not self.content.own("total").text.strip() and cell is not self.content.own("spec"))

    def _heads_the_next(self, number: str) -> bool:
        column = self.columns.first("number")
        if self.following is None or column is None or column >= len(self.following.cells):
            return False
        return self.following.cells[column].text.strip().startswith(f"{number.rstrip('.')}.")

    def _take_section(self) -> None:
        label = self.content.label()
        text = label.text.strip()
        if package := package_label(text):
            self.progress.package, self.progress.section = package, ""
        else:
            self.progress.section = heading_text(text)
        number = self.content.own("number").text
        self.progress.section_level = heading_level(number if is_heading_number(number) else text)
        self.progress.subsystem = ""
        money = self.content.money("total")
        if money is not None:
            self.progress.subtotals.append((Subtotal(text, None, money.place), len(self.progress.drafts)))
        if package and len(text) > len(package) + 2:
            self._keep([label])
        self._keep([cell for cell in self.row.anchors if self.content.is_under(cell, {"remark"})])
        self.content.keep_loose()

    def _close_section(self) -> None:
        """An item numbered like a section (二、系统集成费) stands beside the section before it, not in it."""
        number = self.content.own("number").text
        if number.strip() and is_heading_number(number) and heading_level(number) <= self.progress.section_level:
            self.progress.section, self.progress.subsystem = "", ""

    def _says_nothing(self) -> bool:
        """A row without name and parameters, of which nobody could say what it asks for."""
        named = (
            self.content.cell("name").text.strip() if self.columns.first("name") is not None else self.progress.device
        )
        own = self.content.own("name").text.strip() or self.content.own("subsystem").text.strip()
        return not self.content.specs() and not (own or (named and self.content.cell("name").anchor))

    def _tell(self) -> None:
        self._keep(self.row.anchors)
        text = " | ".join(cell.text.strip() for cell in self.row.anchors)[:60]
        message = f"{self.row.place} 没有名称和参数，未能归入任何条目（{text}），请人工核对。"
        self.progress.notices.append(Notice("row_not_understood", message, self.row.anchors[0].place))


def opens_device(row: Row, columns: Columns) -> bool:
    """Whether a row of a table of parameters only names a device: one joined or numbered cell, and at most a count."""
    anchors = row.anchors
    if not anchors or len(anchors[0].text) > _SENTENCE_LENGTH + 6:
        return False
    text = anchors[0].text.strip()
    if anchors[0].across < max(columns.width // 2, 2) and (len(anchors) > 1 or heading_text(text) == text):
        return False
    counted = len(anchors) == 2 and anchors[1].across == 1 and len(anchors[1].text) <= 8
    return len(anchors) == 1 or counted
