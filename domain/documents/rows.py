"""One row of a table under its columns: a sum, a section, a continuation, or an item of its own."""

import re
from dataclasses import dataclass

from domain.documents.clauses import split_parameters
from domain.documents.fields import (
    caption_unit,
    heading_text,
    is_heading_number,
    item_name,
    package_label,
    read_money,
    read_quantity,
    row_mark,
    sum_label,
)
from domain.documents.grid import Cell, Row
from domain.documents.headers import Columns, is_header, subtotal_words
from domain.documents.progress import Draft, Progress
from domain.documents.table import Money, Parameter, Subtotal
from domain.money import find_amounts, tax_wording

_BLANK = Cell("", "")
_SHARED = "（与上一行合并计价）"


@dataclass(slots=True)
class RowReader:
    """One row under the columns of its table."""

    progress: Progress
    columns: Columns
    row: Row
    following: Row | None

    def take(self) -> None:
        """Read the row into the progress."""
        if not self.row.anchors or is_header(self.row, self.columns) or self._is_caption():
            return
        if self._is_subtotal():
            self._take_subtotal()
        elif self._is_section():
            self._take_section()
        elif self._is_continuation():
            self._continue()
        else:
            self._take_item()

    def _cell(self, role: str) -> Cell:
        column = self.columns.first(role)
        return self.row.cells[column] if column is not None and column < len(self.row.cells) else _BLANK

    def _own(self, role: str) -> Cell:
        cell = self._cell(role)
        return cell if cell.anchor else _BLANK

    def _specs(self) -> list[Cell]:
        cells = [self.row.cells[index] for index in self.columns.roles.get("spec", []) if index < len(self.row.cells)]
        return [cell for cell in cells if cell.anchor and cell.text.strip()]

    def _is_caption(self) -> bool:
        anchors = self.row.anchors
        unit = caption_unit(anchors[0].text) if len(anchors) == 1 else ""
        if unit:
            self.progress.money_unit = unit
        return bool(unit)

    def _label(self) -> Cell:
        for role in ("number", "subsystem", "name"):
            cell = self._own(role)
            if (
                cell.text.strip()
                and not cell.text.strip().replace(".", "").isdigit()
                and not is_heading_number(cell.text)
            ):
                return cell
        return self.row.anchors[0]

    def _is_subtotal(self) -> bool:
        texts = [sum_label(cell.text) for cell in self.row.anchors[:3]]
        labelled = any(text.endswith(subtotal_words()) and len(text) <= 20 for text in texts)
        return labelled and not any(len(cell.text) > 40 for cell in self._specs())

    def _take_subtotal(self) -> None:
        label = next(cell for cell in self.row.anchors if sum_label(cell.text).endswith(subtotal_words()))
        money = self._money("total")
        fen = money.fen if money else None
        place = money.place if money else label.place
        if fen is None:
            named = [
                amount.fen for cell in self.row.anchors for amount in find_amounts(cell.text) if amount.fen is not None
            ]
            fen = named[0] if named else None
        self.progress.subtotals.append((Subtotal(label.text.strip(), fen, place), len(self.progress.drafts)))

    def _is_section(self) -> bool:
        if self._specs() or self._own("quantity").text.strip() or self._own("unit_price").text.strip():
            return False
        number = self._own("number")
        texts = [cell for cell in self.row.anchors if cell is not number and cell is not self._own("total")]
        if is_heading_number(number.text) and number.text.strip():
            return len(texts) <= 2
        alone = [cell for cell in self.row.anchors if cell is not self._own("total")]
        if len(alone) == 1:
            if alone[0] is number:
                return not number.text.strip().replace(".", "").isdigit()
            wide = alone[0].across > 1 and alone[0].across >= self.columns.width // 2
            return wide or (
                not self._own("total").text.strip() and alone[0] is not self._own("spec") and not number.text.strip()
            )
        return bool(number.text.strip()) and len(texts) == 1 and self._heads_the_next(number.text.strip())

    def _heads_the_next(self, number: str) -> bool:
        column = self.columns.first("number")
        if self.following is None or column is None or column >= len(self.following.cells):
            return False
        return self.following.cells[column].text.strip().startswith(f"{number.rstrip('.')}.")

    def _take_section(self) -> None:
        text = self._label().text.strip()
        package = package_label(text)
        if package:
            self.progress.package, self.progress.section = package, ""
        else:
            self.progress.section = heading_text(text)
        self.progress.subsystem = ""
        money = self._money("total")
        if money is not None:
            self.progress.subtotals.append((Subtotal(text, None, money.place), len(self.progress.drafts)))

    def _is_continuation(self) -> bool:
        if not self.progress.drafts:
            return False
        last = self.progress.drafts[-1]
        name = self._cell("name")
        if self.columns.first("name") is None:
            return bool(self.progress.device) and last.name == self.progress.device
        same = not name.text.strip() or (not name.anchor and name.place == last.name_place)
        another = self._own("quantity").text.strip() and last.quantity is not None
        return same and not another

    def _continue(self) -> None:
        last = self.progress.drafts[-1]
        last.parameters.extend(self._parameters())
        last.quantity = last.quantity or read_quantity(self._own("quantity"), self._unit())
        last.unit_price = last.unit_price or self._money("unit_price")
        last.total = last.total or self._money("total")

    def _take_item(self) -> None:
        name = self._cell("name")
        repeats = not name.text.strip() and bool(self.progress.drafts)
        text = self.progress.device or (self.progress.drafts[-1].name if repeats else item_name(name.text))
        if not text:
            text = item_name(self._label().text)
        draft = Draft(text, name.place, name.place or self.row.place, self._subsystem(), self._package())
        draft.parameters = self._parameters()
        draft.quantity = read_quantity(self._cell("quantity"), self._unit())
        draft.unit_price, draft.total = self._money("unit_price"), self._money("total")
        draft.remark = self._cell("remark").text.strip()
        draft.table = self.progress.table
        draft.is_overview = not self.columns.roles.keys() & {"spec", "quantity", "unit_price"}
        self.progress.drafts.append(draft)

    def _subsystem(self) -> str:
        text = heading_text(re.sub(r"\s*\n\s*", "", self._cell("subsystem").text))
        if text:
            self.progress.subsystem = text
        return self.progress.subsystem or self.progress.section

    def _package(self) -> str:
        text = self._cell("package").text.strip()
        return (package_label(text) or package_label(f"包{text}") or text) if text else self.progress.package

    def _unit(self) -> str:
        return self._cell("unit").text.strip()

    def _parameters(self) -> list[Parameter]:
        mark = row_mark(self._cell("mark").text)
        attribute = self._cell("attribute").text.strip()
        found: list[Parameter] = []
        for cell in self._specs():
            text = f"{attribute}：{cell.text}" if attribute else cell.text
            found.extend(split_parameters(text, cell.place, readable=cell.readable, mark=mark))
        brand = self._own("brand")
        if len(brand.text.strip(" /-—无")) > 1:
            found.append(Parameter(f"参考品牌：{brand.text.strip()}", brand.place))
        return found

    def _money(self, role: str) -> Money | None:
        column = self.columns.first(role)
        if column is None or column >= len(self.row.cells):
            return None
        cell = self.row.cells[column]
        if not cell.anchor and cell.down > 1 and cell.text.strip():
            return Money(_SHARED, 0 if role == "total" else None, cell.place)
        unit = self.columns.money_units.get(column) or self.progress.money_unit
        return read_money(cell, unit, tax_wording(self.columns.taxes.get(column, "")))
