"""What a row demands: its parameters, each with what names it, its mark and its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.documents.clauses import mark_of, split_parameters, without_mark
from domain.documents.devices import is_group
from domain.documents.fields import heading_text, item_name
from domain.documents.grid import Cell
from domain.documents.marks import row_mark
from domain.documents.rowcells import BLANK, RowCells
from domain.documents.table import Parameter

_SHORT = 20
_EDGES = " \t\r\n;；。,，"
_VALUE = re.compile(r"[≥≤><=＞＜＝±;；\n]|\d{3,}")
_ENDS_IN_NUMBER = re.compile(r"\d\s*$")
_NO_BRANDS = frozenset({"国产", "不限", "不限品牌", "定制", "自研", "国产品牌", "国产化"})
_NAME_AND_SPEC = re.compile(r"名称(?:及|、|和|与|/)?(?:技术|规格|型号|参数|配置|要求)")
_NAME_END = re.compile(r"[\s,，:：;；(（]")


@dataclass(slots=True)
class Demands(RowCells):
    """A row's parameters, from whichever columns hold them."""

    def parameters(self, *, shared: bool) -> list[Parameter]:
        """The row's parameters; `shared` takes those of cells merged from the rows above too."""
        column = self.columns.first("mark")
        asked = self.columns.taxes.get(column, "") if column is not None else ""
        said, unread = row_mark(self.cell("mark").text, asked)
        mark = said or self._number_mark()
        found: list[Parameter] = []
        for label, cell in self._labelled(shared=shared):
            parts = split_parameters(cell.text, cell.place, readable=cell.readable, mark=mark or mark_of(label))
            found.extend(_with_label(label, part) for part in _whole(label, cell, parts))
        if unread:
            # Said with every parameter, so that a mark nobody can read is compared and never passes as none.
            found = [replace(one, text=f"{one.text}（标记：{unread}）") for one in found]
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
        attribute = self.cell("name" if self.branch.kind == "parameter" else "attribute")
        named, seen = attribute.text.strip(), set()
        if self.branch.kind and self.columns.first("number") is None:
            named = f"{mark_of(named)}{heading_text(without_mark(named))}"
        for index in self.columns.roles.get("spec", []):
            cell = self.row.cells[index] if index < len(self.row.cells) else BLANK
            is_own = cell.anchor or (shared and cell.down > 1)
            if not cell.text.strip() or not is_own or (cell.place, cell.text) in seen:
                continue
            seen.add((cell.place, cell.text))
            partner = self._partner(index)
            if partner is not None and _is_name(cell.text):
                seen.add((partner.place, partner.text))
                yield cell.text.strip(), partner
            else:
                yield self.columns.labels.get(index, "") or named, self._with_unit(index, cell)
        if attribute.anchor and named and not seen:
            yield "", attribute

    def _with_unit(self, index: int, cell: Cell) -> Cell:
        """A bare number under a title that names its unit (内存（GB）: 256) has that unit."""
        unit = self.columns.value_units.get(index, "")
        return replace(cell, text=f"{cell.text.strip()}{unit}") if unit and _ENDS_IN_NUMBER.search(cell.text) else cell

    def _partner(self, index: int) -> Cell | None:
        """The cell that says what the parameter named in this one must be, where two columns share a title."""
        other = self.columns.pairs.get(index)
        if other is None or other >= len(self.row.cells):
            return None
        cell = self.row.cells[other]
        return cell if cell.anchor and cell.text.strip() else None

    def name_and_rest(self, text: str, name: Cell) -> tuple[str, tuple[Parameter, ...]]:
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


def _is_name(text: str) -> bool:
    return len(text.strip()) <= _SHORT and not _VALUE.search(text)


def _whole(label: str, cell: Cell, parts: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
    """Keep a named parameter whole that only commas divide (端口 | 光口≥48个，电口≥24个), as a point of a list is."""
    joined = "，".join(part.text for part in parts)
    if len(parts) < 2 or not label or is_group(label) or joined != cell.text.strip(_EDGES).replace(",", "，"):
        return parts
    return (replace(parts[0], text=joined, place=cell.place),)


def _with_label(label: str, parameter: Parameter) -> Parameter:
    return replace(parameter, text=f"{label}：{parameter.text}") if label else parameter
