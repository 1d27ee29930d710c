"""What a row's cells say under their columns: parameters, quantity and money, put into the item they belong to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.documents.amounts import SHARED, add_amounts
from domain.documents.demands import Demands
from domain.documents.fields import (
    heading_text,
    item_name,
    one_line,
    package_label,
    read_money,
    read_quantity,
    stated_count,
)
from domain.documents.grid import Cell
from domain.documents.progress import Draft
from domain.documents.rowcells import BLANK
from domain.documents.table import Clause, Money, Parameter, Quantity
from domain.documents.titles import exact_role, whole_units
from domain.money import tax_wording

_PLAIN_ANSWER = 6


@dataclass(slots=True)
class RowContent(Demands):
    """A row that becomes an item, or part of the one above."""

    def is_continuation(self) -> bool:
        """Whether the row goes on with the item of the row above."""
        if not self.progress.drafts:
            return False
        last = self.progress.drafts[-1]
        name = self.cell("name")
        if self.columns.first("name") is None:
            return (
                bool(self.progress.device) and last.name == self.progress.device and last.table == self.progress.table
            )
        same = not name.text.strip() or (not name.anchor and name.place == last.name_place)
        another = (self.own("quantity").text.strip() and last.quantity is not None) or (
            self.own("total").text.strip() and last.total is not None and last.total.fen != 0
        )
        says = bool(self.specs() or self.own("attribute").text.strip() or self.own("remark").text.strip())
        return same and not another and (says or last.quantity is None or not name.anchor)

    def add_to_last(self) -> None:
        """Add the row to the item above."""
        last = self.progress.drafts[-1]
        stated = self._stated_quantity() if last.quantity is None else None
        if stated is None:
            last.parameters.extend(self.parameters(shared=False))
        if self.branch.kind == "parameter":
            last.quantity = last.quantity or stated
        else:
            quantity = stated or self._quantity(own=True)
            add_amounts(last, quantity, self.money("unit_price"), self.money("total"))
        remark = self.own("remark").text.strip()
        if remark and remark not in last.remark:
            last.remark = f"{last.remark}\n{remark}".strip()
        self.keep_loose()

    def add_item(self) -> None:
        """Begin an item of its own."""
        name = self.cell("name")
        repeats = not name.text.strip() and bool(self.progress.drafts)
        text = self.progress.device or (self.progress.drafts[-1].name if repeats else item_name(name.text))
        if not text:
            text = item_name(self.label().text)
        text, rest = self.name_and_rest(text, name)
        draft = Draft(text, name.place, name.place or self.row.place, self._subsystem(), self._package())
        stated = self._stated_quantity()
        draft.parameters = [*self.progress.device_demands, *rest]
        draft.parameters += self.parameters(shared=True) if stated is None else ()
        draft.quantity = stated or self._quantity(own=False) or self.progress.device_quantity
        draft.unit_price = self.money("unit_price") or self.progress.device_unit_price
        draft.total = self.money("total") or self.progress.device_total
        draft.remark = self.cell("remark").text.strip()
        draft.table, draft.number = self.progress.table, self.own("number").text.strip().rstrip(".、")
        draft.module = "／".join(one_line(cell.text) for cell in self.under("module") if cell.text.strip())
        draft.module = draft.module or one_line(self.branch.above)
        draft.is_overview = not self.columns.roles.keys() & {"spec", "quantity", "unit_price"}
        draft.asides = self._asides()
        self.progress.drafts.append(draft)
        self.keep_loose()

    def money(self, role: str) -> Money | None:
        """The row's amount of a role; an amount merged over several rows counts in the first only."""
        column = self.columns.first(role)
        if column is None or column >= len(self.row.cells):
            return None
        cell = self.row.cells[column]
        if not cell.anchor and cell.down > 1 and cell.text.strip():
            return Money(SHARED, 0 if role == "total" else None, cell.place)
        unit = self.columns.money_units.get(column) or self.progress.money_unit
        return read_money(cell, unit, tax_wording(self.columns.taxes.get(column, "")))

    def _subsystem(self) -> str:
        text = heading_text(one_line(self.cell("subsystem").text))
        if text:
            self.progress.subsystem = text
        return self.progress.subsystem or self.progress.section

    def _package(self) -> str:
        text = self.cell("package").text.strip()
        return (package_label(text) or package_label(f"包{text}") or text) if text else self.progress.package

    def _quantity(self, *, own: bool) -> Quantity | None:
        said, titled = self.cell("unit").text.strip(), self.columns.count_unit
        # 工作量（人月） beside 单位 项: the unit of the work is the title's, whatever the row is called by.
        unit = titled if titled.startswith("人") else said or titled
        columns = [index for index in self.columns.roles.get("quantity", []) if index < len(self.row.cells)]
        cells = [(index, self.row.cells[index]) for index in columns]
        held = [(index, cell) for index, cell in cells if cell.text.strip() and (cell.anchor or not own)]
        counted = [(self.columns.labels.get(index, ""), read_quantity(cell, unit)) for index, cell in held]
        found = [(label, quantity) for label, quantity in counted if quantity is not None]
        numbers = [quantity.number for _, quantity in found if quantity.number is not None]
        printed = self._printed_sum(unit)
        if printed is not None and (not found or printed.number != sum(numbers)):
            found.append(("合计", printed))
        if len(found) < 2:
            return found[0][1] if found else None
        text = "，".join(f"{label}{quantity.text}" for label, quantity in found)
        # Columns of one group (市级, 区级) add up; 批复数量 beside 采购数量 say two things, left to a person.
        known = len(numbers) == len(found) and (self.columns.adds_up or len(set(numbers)) == 1)
        total = (sum(numbers, Decimal(0)) if self.columns.adds_up else numbers[0]) if known else None
        return Quantity(text, total, found[0][1].unit, found[0][1].place)

    def _stated_quantity(self) -> Quantity | None:
        """How many, where a table without a column for it says so among the parameters (数量：12台; 数量 | 12台)."""
        specs = self.specs()
        kind = self.branch.kind
        label = "" if kind == "device" else self.own("name" if kind == "parameter" else "attribute").text.strip()
        named = self.columns.first("name") is None or bool(kind)
        if (
            not named
            or "quantity" in self.columns.roles
            or len(specs) != 1
            or (label and exact_role(label) != "quantity")
        ):
            return None
        count = stated_count(f"数量：{specs[0].text}" if label else specs[0].text)
        quantity = read_quantity(replace(specs[0], text=count), "") if count else None
        return quantity if quantity is not None and quantity.unit in {"", *whole_units()} else None

    def _printed_sum(self, unit: str) -> Quantity | None:
        column = self.columns.sum_of_quantities
        cell = self.row.cells[column] if column is not None and column < len(self.row.cells) else BLANK
        return read_quantity(cell, unit) if cell.anchor else None

    def keep(self, cells: Iterable[Cell]) -> None:
        """Keep cells that have no place in an item as clauses."""
        self.progress.clauses.extend(Clause(cell.text.strip(), cell.place) for cell in cells)

    def _asides(self) -> list[Parameter]:
        """The row's cells in columns whose titles nobody knows."""
        unknown = [(index, title) for index, title in self.columns.loose.items() if index not in self.columns.taxes]
        cells = [(title, self.row.cells[index]) for index, title in unknown if index < len(self.row.cells)]
        return [Parameter(f"{title}：{cell.text.strip()}", cell.place) for title, cell in cells if cell.text.strip()]

    def keep_loose(self) -> None:
        """Keep what stands in columns without a use, so that it is searched and shown."""
        for index, title in self.columns.loose.items():
            cell = self.row.cells[index] if index < len(self.row.cells) else BLANK
            if cell.anchor and cell.text.strip():
                self.progress.clauses.append(Clause(f"{title}：{cell.text.strip()}", cell.place))
        for role, shortest in (("core", _PLAIN_ANSWER), ("module", 0)):
            for cell in self.under(role):
                if cell.anchor and len(cell.text.strip()) > shortest:
                    self.progress.clauses.append(Clause(cell.text.strip(), cell.place))
