"""What a row's cells say under their columns: parameters, quantity and money, put into the item they belong to."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from domain.documents.clauses import mark_of, split_parameters
from domain.documents.fields import (
    heading_text,
    is_heading_number,
    item_name,
    one_line,
    package_label,
    read_money,
    read_quantity,
    row_mark,
)
from domain.documents.grid import Cell, Row
from domain.documents.headers import Columns
from domain.documents.progress import Draft, Progress
from domain.documents.table import Clause, Money, Parameter, Quantity
from domain.money import tax_wording

_BLANK = Cell("", "")
_SHARED = "（与上一行合并计价）"
_SHORT = 20
_VALUE = re.compile(r"[≥≤><=＞＜＝±;；\n]|\d{3,}")
_PLAIN_ANSWER = 6
_NO_BRANDS = frozenset({"国产", "不限", "不限品牌", "定制", "自研", "国产品牌", "国产化"})
_NAME_AND_SPEC = re.compile(r"名称(?:及|、|和|与|/)?(?:技术|规格|型号|参数|配置|要求)")
_NAME_END = re.compile(r"[\s,，:：;；(（]")


@dataclass(slots=True)
class RowContent:
    """One row's cells by the roles of their columns."""

    progress: Progress
    columns: Columns
    row: Row
    _indices: dict[int, int] = field(default_factory=dict)

    def cell(self, role: str) -> Cell:
        """The role's cell, also where a merged range repeats it."""
        column = self.columns.first(role)
        return self.row.cells[column] if column is not None and column < len(self.row.cells) else _BLANK

    def own(self, role: str) -> Cell:
        """The role's cell when it is this row's own, a blank one otherwise."""
        cell = self.cell(role)
        return cell if cell.anchor else _BLANK

    def is_under(self, cell: Cell, roles: Collection[str]) -> bool:
        """Whether a cell stands in a column of one of the roles."""
        return any(
            column < len(self.row.cells) and self.row.cells[column] is cell
            for role in roles
            for column in self.columns.roles.get(role, [])
        )

    def specs(self) -> list[Cell]:
        """The row's own cells of parameters that hold text."""
        cells = [self.row.cells[index] for index in self.columns.roles.get("spec", []) if index < len(self.row.cells)]
        return [cell for cell in cells if cell.anchor and cell.text.strip()]

    def label(self) -> Cell:
        """What names the row: the first of its number, sub-system and name columns that holds words."""
        for role in ("number", "subsystem", "name"):
            cell = self.own(role)
            text = cell.text.strip()
            if text and not text.replace(".", "").isdigit() and not is_heading_number(text):
                return cell
        return self.row.anchors[0]

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
        last.parameters.extend(self.parameters(shared=False))
        last.quantity = last.quantity or self._quantity(own=True)
        last.unit_price = last.unit_price or self.money("unit_price")
        last.total = last.total or self.money("total")
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
        text, rest = self._name_and_rest(text, name)
        draft = Draft(text, name.place, name.place or self.row.place, self._subsystem(), self._package())
        draft.parameters = [*rest, *self.parameters(shared=True)]
        draft.quantity = self._quantity(own=False) or self.progress.device_quantity
        draft.unit_price, draft.total = self.money("unit_price"), self.money("total")
        draft.remark = self.cell("remark").text.strip()
        draft.table, draft.number = self.progress.table, self.own("number").text.strip().rstrip(".、")
        draft.is_overview = not self.columns.roles.keys() & {"spec", "quantity", "unit_price"}
        self.progress.drafts.append(draft)
        self.keep_loose()

    def _name_and_rest(self, text: str, name: Cell) -> tuple[str, tuple[Parameter, ...]]:
        """Take parameters off a name where one column holds both (货物名称及规格型号)."""
        column = self.columns.first("name")
        titles = self.columns.titles.get(column, set()) if column is not None else set()
        if "spec" in self.columns.roles or not any(_NAME_AND_SPEC.search(title) for title in titles):
            return text, ()
        end = _NAME_END.search(name.text.strip())
        if end is None or not name.text.strip()[end.end() :].strip(" )）"):
            return text, ()
        rest = name.text.strip()[end.end() :].removesuffix("）").removesuffix(")")
        return item_name(name.text.strip()[: end.start()]), split_parameters(rest, name.place)

    def money(self, role: str) -> Money | None:
        """The row's amount of a role; an amount merged over several rows counts in the first only."""
        column = self.columns.first(role)
        if column is None or column >= len(self.row.cells):
            return None
        cell = self.row.cells[column]
        if not cell.anchor and cell.down > 1 and cell.text.strip():
            return Money(_SHARED, 0 if role == "total" else None, cell.place)
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
        unit = self.cell("unit").text.strip() or self.columns.count_unit
        columns = [index for index in self.columns.roles.get("quantity", []) if index < len(self.row.cells)]
        cells = [(index, self.row.cells[index]) for index in columns]
        held = [(index, cell) for index, cell in cells if cell.text.strip() and (cell.anchor or not own)]
        counted = [(self.columns.labels.get(index, ""), read_quantity(cell, unit)) for index, cell in held]
        found = [(label, quantity) for label, quantity in counted if quantity is not None]
        if len(found) < 2:
            return found[0][1] if found else None
        numbers = [quantity.number for _, quantity in found if quantity.number is not None]
        text = "，".join(f"{label}{quantity.text}" for label, quantity in found)
        # Columns of one group (市级, 区级) add up; 批复数量 beside 采购数量 say two things, left to a person.
        known = len(numbers) == len(found) and (self.columns.adds_up or len(set(numbers)) == 1)
        total = (sum(numbers, Decimal(0)) if self.columns.adds_up else numbers[0]) if known else None
        return Quantity(text, total, found[0][1].unit, found[0][1].place)

    def parameters(self, *, shared: bool) -> list[Parameter]:
        """The row's parameters; `shared` takes those of cells merged from the rows above too."""
        mark = row_mark(self.cell("mark").text) or self._number_mark()
        found: list[Parameter] = []
        for label, cell in self._labelled(shared=shared):
            parts = split_parameters(cell.text, cell.place, readable=cell.readable, mark=mark or mark_of(label))
            found.extend(_with_label(label, part) for part in parts)
        brand = self.own("brand")
        named = brand.text.strip(" /-—无")
        if len(named) > 1:
            found.append(Parameter(named if named in _NO_BRANDS else f"参考品牌：{brand.text.strip()}", brand.place))
        return found

    def _number_mark(self) -> str:
        """The mark before a number (★1.2), in any column of numbers."""
        columns = [index for index in self.columns.roles.get("number", []) if index < len(self.row.cells)]
        cells = [self.row.cells[index] for index in columns]
        return next((mark for cell in cells if cell.anchor and (mark := mark_of(cell.text))), "")

    def _labelled(self, *, shared: bool) -> Iterator[tuple[str, Cell]]:
        """The row's cells of parameters, each with what names it; `shared` takes those merged from above too."""
        attribute = self.cell("attribute")
        named, seen = attribute.text.strip(), set()
        for index in self.columns.roles.get("spec", []):
            cell = self.row.cells[index] if index < len(self.row.cells) else _BLANK
            is_own = cell.anchor or (shared and cell.down > 1)
            if not cell.text.strip() or not is_own or (cell.place, cell.text) in seen:
                continue
            seen.add((cell.place, cell.text))
            partner = self._partner(index)
            if partner is not None and _is_name(cell.text):
                seen.add((partner.place, partner.text))
                yield cell.text.strip(), partner
            else:
                yield self.columns.labels.get(index, "") or named, cell
        if attribute.anchor and named and not seen:
            yield "", attribute

    def _partner(self, index: int) -> Cell | None:
        """The cell that says what the parameter named in this one must be, where two columns share a title."""
        other = self.columns.pairs.get(index)
        if other is None or other >= len(self.row.cells):
            return None
        cell = self.row.cells[other]
        return cell if cell.anchor and cell.text.strip() else None

    def keep_loose(self) -> None:
        """Keep what stands in columns without a use, so that it is searched and shown."""
        for index, title in self.columns.loose.items():
            cell = self.row.cells[index] if index < len(self.row.cells) else _BLANK
            if cell.anchor and cell.text.strip():
                self.progress.clauses.append(Clause(f"{title}：{cell.text.strip()}", cell.place))
        for role, shortest in (("core", _PLAIN_ANSWER), ("module", 0)):
            for index in self.columns.roles.get(role, []):
                cell = self.row.cells[index] if index < len(self.row.cells) else _BLANK
                if cell.anchor and len(cell.text.strip()) > shortest:
                    self.progress.clauses.append(Clause(cell.text.strip(), cell.place))


def _is_name(text: str) -> bool:
    return len(text.strip()) <= _SHORT and not _VALUE.search(text)


def _with_label(label: str, parameter: Parameter) -> Parameter:
    return replace(parameter, text=f"{label}：{parameter.text}") if label else parameter
