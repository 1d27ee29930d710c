"""A table of parameters inside an upright one: 序号 | 指标名称 | 指标要求 below 设备名称 | 防火墙."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.documents.clauses import mark_of
from domain.documents.grid import Cell, Row
from domain.documents.marks import row_mark
from domain.documents.titles import exact_role, is_titlelike, role_of

_FIELDS = frozenset({"name", "quantity", "unit", "unit_price", "total"})
_SPEC, _REMARK = "技术参数", "备注"
Value = tuple[str, Cell]


@dataclass(frozen=True, slots=True)
class InnerTable:
    """The roles of an inner table's columns, and the titles that say them."""

    roles: dict[int, str]
    titles: dict[int, str]

    def holds(self, row: Row) -> bool:
        """Whether a row belongs to the table and is no field of the device."""
        first = next(iter(row.anchors), None)
        return first is not None and exact_role(first.text) not in _FIELDS

    def values(self, row: Row) -> Iterator[Value]:
        """The row's requirements, each with its name and its mark, and its remarks; a lone line is one of them."""
        specs, names, remarks = (list(self._own(row, role)) for role in ("spec", "attribute", "remark"))
        name, (sign, unread) = self._text(row, "attribute"), self._mark(row)
        for cell in specs or names:
            text = f"{name}：{cell.text.strip()}" if name and cell in specs else cell.text.strip()
            text = text if mark_of(text) or not sign else f"{sign}{text}"
            yield _SPEC, replace(cell, text=f"{text}（标记：{unread}）" if unread else text)
        lone = [] if specs or names else [cell for cell in row.anchors if not cell.text.strip().isdigit()]
        for cell in remarks or lone:
            yield _REMARK, cell

    def _own(self, row: Row, role: str) -> Iterator[Cell]:
        for index in self._under(role):
            if index < len(row.cells) and row.cells[index].anchor and row.cells[index].text.strip():
                yield row.cells[index]

    def _under(self, role: str) -> list[int]:
        return [index for index, held in self.roles.items() if held == role]

    def _text(self, row: Row, role: str) -> str:
        return next((row.cells[index].text.strip() for index in self._under(role) if index < len(row.cells)), "")

    def _mark(self, row: Row) -> tuple[str, str]:
        told = [(index, row.cells[index].text) for index in self._under("mark") if index < len(row.cells)]
        marks = [row_mark(text, self.titles[index]) for index, text in told if text.strip()]
        return next((mark for mark in marks if any(mark)), (mark_of(self._text(row, "number")), ""))


def inner_header(row: Row) -> InnerTable | None:
    """Read a row as the header of an inner table: titles only, one of them of requirements and none of an item."""
    told = {index: cell for index, cell in enumerate(row.cells) if cell.anchor and cell.text.strip()}
    roles = {index: role_of(cell.text) for index, cell in told.items()}
    named = {"attribute", "number"} & set(roles.values())
    if len(told) < 2 or "spec" not in roles.values() or not named or not all(roles.values()):
        return None
    if set(roles.values()) & _FIELDS or not all(is_titlelike(cell.text) for cell in told.values()):
        return None
    return InnerTable(roles, {index: cell.text for index, cell in told.items()})


def is_title_line(row: Row, following: Row | None) -> bool:
    """Whether a row is one line above the next device's name (表2 防火墙技术规格表)."""
    first = next(iter(following.anchors), None) if following is not None else None
    return len(row.anchors) == 1 and first is not None and exact_role(first.text) == "name"
