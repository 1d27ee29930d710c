"""What every reader gives: the rows of an equipment list or a procurement requirement, each with its place.

A place is text that a reviewer can follow by hand: `设备清单!D7` in a workbook, `表3 第5行` in a text document.
"""

from dataclasses import dataclass
from decimal import Decimal

from domain.money import MOST_FEN


@dataclass(frozen=True, slots=True)
class Parameter:
    """One technical requirement of a row, as written, without its running number.

    `mark` is "★" (substantive), "▲" (important) or "". `readable` is False when the cell's content could not be had
    (a formula without a cached value), in which case nothing may be concluded from `text`.
    """

    text: str
    place: str
    mark: str = ""
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many: `number` is None when the cell holds something that is not one number (then `text` tells)."""

    text: str
    number: Decimal | None
    unit: str
    place: str


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in integer fen; `fen` is None when amount or unit is not known. `tax` is "含税", "不含税" or ""."""

    text: str
    fen: int | None
    place: str
    tax: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One device, software or service of the table: its parameters, quantity and prices, under its sub-system.

    `asides` are cells of columns that no list knows, each with its title (`安装地点：3楼`): no requirement by
    themselves, but a change of one is for a person.
    """

    name: str
    place: str
    subsystem: str = ""
    package: str = ""
    parameters: tuple[Parameter, ...] = ()
    quantity: Quantity | None = None
    unit_price: Money | None = None
    total: Money | None = None
    remark: str = ""
    asides: tuple[Parameter, ...] = ()

    @property
    def amount_fen(self) -> int | None:
        """The row's amount in fen: its total, or unit price × quantity; None when neither is known or plausible."""
        if self.total is not None and self.total.fen is not None:
            return self.total.fen
        if self.unit_price is None or self.unit_price.fen is None:
            return None
        if self.quantity is None or self.quantity.number is None:
            return None
        product = int((self.unit_price.fen * self.quantity.number).to_integral_value())
        return product if abs(product) <= MOST_FEN else None


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A printed 小计 or 合计: never counted, only checked against the rows above it."""

    label: str
    fen: int | None
    place: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A paragraph outside the recognised tables (scoring, qualification); brands like to hide there.

    `about` is the place of what a note belongs to: the row or paragraph that refers to a footnote, "" for all else.
    `level` is the rank of a heading by its style, from 1; 0 for body text and where a format has no styles.
    """

    text: str
    place: str
    about: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning of the reader: what was odd, where; `code` is stable, `message` is Chinese for the user."""

    code: str
    message: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class ParameterTable:
    """A document as the rules see it: rows in reading order, printed subtotals, prose and the reader's warnings."""

    file_name: str
    sha256: str
    items: tuple[Item, ...]
    subtotals: tuple[Subtotal, ...] = ()
    clauses: tuple[Clause, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def total_fen(self) -> int:
        """The sum of the detail rows in fen, never of printed subtotals; rows without an amount count nothing."""
        return sum(item.amount_fen or 0 for item in self.items)
