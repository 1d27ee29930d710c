"""Figures that a notice's row states beside what it corrects: the same as agreed is context, another one is a change.

A quantity or price that a notice changes without pointing it out must not pass unread. It is taken in when there is one
row it can belong to and one thing it can mean; otherwise a person is shown both figures.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from domain.documents.corrections import Beside, Correction
from domain.documents.fields import read_money, read_quantity
from domain.documents.grid import Cell
from domain.documents.table import Item, Money, Quantity
from domain.money import tax_wording, unit_in
from domain.text import plain

TITLES = {"quantity": "数量", "unit_price": "单价", "total": "合价"}
_BARE = re.compile(r"[\d,.\s]+")
_UNITS = ("元", "万元")


_Told = tuple[Correction, Beside]


@dataclass(frozen=True, slots=True)
class Stated:
    """A correction whose row has further figures, and the row of the agreed requirement it belongs to, if it is one."""

    row: int | None
    correction: Correction


@dataclass(frozen=True, slots=True)
class Unlike:
    """A figure that is not the agreed one and cannot be taken in: `agreed` and `stated` as written, "" for none."""

    correction: Correction
    item: Item | None
    figure: Beside
    agreed: str
    why: str


def take_in(agreed: Sequence[Item | None], now: list[Item | None], stated: Iterable[Stated]) -> Iterator[Unlike]:
    """Write the figures that differ into the rows; yield those that a person has to look at.

    Args:
        agreed: the rows before the corrections.
        now: the same rows with the corrections written in; changed in place.
        stated: what the notice says.
    """
    by_row: dict[int, list[_Told]] = defaultdict(list)
    for one in stated:
        for figure in one.correction.beside:
            before = None if one.row is None else agreed[one.row]
            if one.row is None or before is None:
                yield Unlike(one.correction, None, figure, "", "在审定的招标文件中找不到唯一对应的条目")
            else:
                by_row[one.row].append((one.correction, figure))
    for row, told in by_row.items():
        yield from _Taking(row, agreed, now).run(told)


@dataclass(frozen=True, slots=True)
class _Taking:
    row: int
    agreed: Sequence[Item | None]
    now: list[Item | None]

    def run(self, told: list[_Told]) -> Iterator[Unlike]:
        before, item = self.agreed[self.row], self.now[self.row]
        if before is None:
            raise LookupError(f"Row {self.row} was dropped before")
        unlike = [one for one in told if not (_is_same(before, one[1]) or (item and _is_same(item, one[1])))]
        if any(figure.role != "total" for _, figure in unlike):
            # A total that is the old one contradicts a new quantity or price.
            unlike = [one for one in told if one in unlike or one[1].role == "total"]
        figures: dict[str, list[_Told]] = defaultdict(list)
        for one in unlike:
            figures[one[1].role].append(one)
        new: dict[str, Quantity | Money] = {}
        for role, those in figures.items():
            read = _read(item or before, those[0][1])
            why = self._doubt(before, item, those)
            if read is not None and not why:
                new[role] = read
            else:
                yield from (Unlike(one, before, figure, _text(_of(before, role)), why) for one, figure in those)
        if item is not None:
            yield from self._write(before, item, new, figures["total"])

    @staticmethod
    def _doubt(before: Item, item: Item | None, told: list[_Told]) -> str:
        """Why figures of one kind cannot be taken in, "" when they can."""
        role = told[0][1].role
        if item is None:
            return "变更文件又删去了本条目"
        if len({_value(item, figure) for _, figure in told}) > 1:
            return "变更文件中前后所列不一致"
        corrected = _of(item, role)
        if corrected is not None and corrected != _of(before, role):
            return "与变更文件另行更正的不一致"
        return "" if _read(item, told[0][1]) else "不能确定其数值或单位"

    def _write(
        self, before: Item, item: Item, new: dict[str, Quantity | Money], totals: list[_Told]
    ) -> Iterator[Unlike]:
        changed = _written(item, new)
        if "total" in new and not _adds_up(changed):
            changed = replace(changed, total=None)
            yield from (
                Unlike(one, before, figure, _text(before.total), "不等于数量与单价之积") for one, figure in totals
            )
        self.now[self.row] = changed


def _written(item: Item, new: dict[str, Quantity | Money]) -> Item:
    """The row with its new figures; the printed total was of the old ones and follows anew."""
    quantity, unit_price, total = new.get("quantity"), new.get("unit_price"), new.get("total")
    changed = item
    if isinstance(quantity, Quantity):
        changed = replace(changed, quantity=quantity, total=None if changed.unit_price else changed.total)
    if isinstance(unit_price, Money):
        changed = replace(changed, unit_price=unit_price, total=None if changed.quantity else changed.total)
    return replace(changed, total=total) if isinstance(total, Money) else changed


def _adds_up(item: Item) -> bool:
    """Whether quantity and unit price, where both are known, give the total."""
    product = replace(item, total=None).amount_fen
    return product is None or item.total is None or item.total.fen == product


def _of(item: Item, role: str) -> Quantity | Money | None:
    found: Quantity | Money | None = getattr(item, role)
    return found


def _text(figure: Quantity | Money | None) -> str:
    return figure.text if figure else ""


def _value(item: Item, figure: Beside) -> object:
    read = _read(item, figure)
    if read is None:
        return plain(figure.text)
    return read.number if isinstance(read, Quantity) else read.fen


def _is_same(item: Item, figure: Beside) -> bool:
    """Whether a figure is the row's own; a bare amount is, when it is in one of the units people leave out."""
    known = _of(item, figure.role)
    if known is None:
        return False
    if isinstance(known, Quantity):
        read = read_quantity(Cell(figure.text, figure.place), known.unit)
        if read is None or read.number is None or known.number is None:
            return plain(known.text) == plain(figure.text)
        return (read.number, read.unit) == (known.number, known.unit)
    tax = tax_wording(f"{figure.title} {figure.text}")
    if tax and known.tax and tax != known.tax:
        return False
    units = (unit_in(figure.title),) if unit_in(figure.title) or not _is_bare(figure) else _UNITS
    readings = (read_money(Cell(figure.text, figure.place), unit, known.tax) for unit in units)
    if known.fen is None:
        return plain(known.text) == plain(figure.text)
    return any(one is not None and one.fen == known.fen for one in readings)


def _read(item: Item, figure: Beside) -> Quantity | Money | None:
    """A figure with its value; None when it has none, or counts in another unit than the row."""
    known = _of(item, figure.role)
    if figure.role == "quantity":
        unit = known.unit if isinstance(known, Quantity) else ""
        count = read_quantity(Cell(figure.text, figure.place), unit)
        return count if count is not None and count.number is not None and (not unit or count.unit == unit) else None
    tax = known.tax if isinstance(known, Money) else ""
    told = tax_wording(f"{figure.title} {figure.text}") or tax
    amount = read_money(Cell(figure.text, figure.place), unit_in(figure.title), told)
    return amount if amount is not None and amount.fen is not None and amount.tax == tax else None


def _is_bare(figure: Beside) -> bool:
    return bool(_BARE.fullmatch(figure.text))
