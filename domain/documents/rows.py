"""What one row of a table is: a header again, a note, a sum, a section, the rest of the item above, or an item."""

from domain.documents.clauses import split_parameters
from domain.documents.columns import Columns
from domain.documents.devices import asks, is_group, opens_device, titled
from domain.documents.fields import caption_unit, heading_text, item_name, package_label, read_quantity
from domain.documents.grid import Cell, Row
from domain.documents.headers import is_header
from domain.documents.items import RowContent
from domain.documents.progress import Progress
from domain.documents.remarks import is_page_title, is_remark
from domain.documents.rowcells import NO_BRANCH, Branch
from domain.documents.sections import close_section, is_section, take_section
from domain.documents.sumrows import is_sum, take_sum
from domain.documents.table import Notice

_SHOWN = 60


class RowReader:
    """One row under the columns of its table, and the row after it."""

    def __init__(
        self, progress: Progress, columns: Columns, row: Row, following: Row | None, branch: Branch = NO_BRANCH
    ) -> None:
        self.progress, self.columns, self.row, self.following = progress, columns, row, following
        self.content = RowContent(progress, columns, row, branch)

    def take(self) -> None:
        """Read the row into the progress; what has no place in a table of items stays as a clause."""
        anchors = self.row.anchors
        if not anchors or is_header(self.row, self.columns) or self._is_caption():
            return
        if is_remark(self.content):
            self.content.keep(anchors)
        elif is_sum(self.content):
            take_sum(self.content)
        elif self.content.branch.kind:
            self._take_branch()
        elif self._names_device():
            self._take_device()
        elif is_section(self.content, self.following) and not self._demands():
            if self._only_groups():
                self._take_line()
            else:
                take_section(self.content)
        elif self.content.is_continuation():
            self.content.add_to_last()
        elif self._says_nothing():
            self._tell()
        else:
            close_section(self.content)
            self.content.add_item()

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

    def _names_device(self) -> bool:
        """In a table of parameters without a device of its own, a row that heads those of one device."""
        return (
            self.columns.first("name") is None
            and not self.progress.has_own_device
            and opens_device(self.row, self.columns)
        )

    def _take_device(self) -> None:
        title = titled(heading_text(self.row.anchors[0].text))
        self.progress.device = item_name(title.name)
        cell = Cell(title.count, self.row.place) if title.count else self.content.own("quantity")
        self.progress.device_quantity = read_quantity(cell, self.content.cell("unit").text.strip())
        unit = self.progress.money_unit
        self.progress.device_unit_price = title.money("unit_price", self.row.place, unit)
        self.progress.device_total = title.money("total", self.row.place, unit)
        self.progress.device_demands = split_parameters(title.demand, self.row.place)

    def _only_groups(self) -> bool:
        """In a table of one device's parameters, a line such as 硬件参数 or 处理器, which is no sub-system."""
        if self.columns.first("name") is not None or package_label(self.row.anchors[0].text):
            return False
        return is_group(self.content.label().text) or bool(self.progress.device)

    def _take_line(self) -> None:
        """A line over the whole width of a device's parameters: what it asks for itself is one of them."""
        text, last = self.row.anchors[0].text, self.progress.drafts[-1] if self.progress.drafts else None
        alone = len(self.row.anchors) == 1 and not is_group(text)
        if (
            last is not None
            and alone
            and asks(text)
            and (last.name, last.table)
            == (
                self.progress.device,
                self.progress.table,
            )
        ):
            last.parameters.extend(split_parameters(text, self.row.anchors[0].place))
        else:
            self.content.keep(self.row.anchors)

    def _demands(self) -> bool:
        """In a table of one device's parameters, a name alone: what it names is required (支持双机热备)."""
        cell, of_device = self.row.anchors[-1], self.columns.first("name") is None and bool(self.progress.device)
        plain = len(self.row.anchors) == 1 and cell.across == 1 and not is_group(cell.text)
        return of_device and plain and self.content.is_under(cell, {"attribute"})

    def _take_branch(self) -> None:
        kind = self.content.branch.kind
        if kind == "parameter":
            self.content.add_to_last()
        elif kind == "group":
            self.content.keep(self.row.anchors)
        else:
            close_section(self.content)
            self.content.add_item()

    def _says_nothing(self) -> bool:
        """A row without name and parameters, of which nobody could say what it asks for."""
        named = (
            self.content.cell("name").text.strip() if self.columns.first("name") is not None else self.progress.device
        )
        own = self.content.own("name").text.strip() or self.content.own("subsystem").text.strip()
        return not self.content.specs() and not (own or (named and self.content.cell("name").anchor))

    def _tell(self) -> None:
        self.content.keep(self.row.anchors)
        text = " | ".join(cell.text.strip() for cell in self.row.anchors)[:_SHOWN]
        message = f"{self.row.place} 没有名称和参数，未能归入任何条目（{text}），请人工核对。"
        self.progress.notices.append(Notice("row_not_understood", message, self.row.anchors[0].place))
