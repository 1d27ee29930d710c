"""What has been read of a document's tables so far."""

import re
from dataclasses import dataclass, field

from domain.documents.table import Clause, Item, Money, Notice, Parameter, Quantity, Subtotal

_POINTER = re.compile(r"(?:具体|详细)?(?:内容|参数|要求|配置)?(?:详见|参见|见|同(?!上|包))[^≥≤]{0,24}")


@dataclass(slots=True)
class Draft:
    """An item while its rows are still coming in.

    `is_overview` when its table has names and amounts only, as a summary of other tables would; `is_hidden` in a hidden
    sheet; `is_scored` in a table with columns of a scoring table.
    `heading` is what its table is about; `asides` are cells of columns without a use.
    """

    name: str
    name_place: str
    place: str
    subsystem: str
    package: str
    parameters: list[Parameter] = field(default_factory=list)
    quantity: Quantity | None = None
    unit_price: Money | None = None
    total: Money | None = None
    remark: str = ""
    table: str = ""
    number: str = ""
    module: str = ""
    is_overview: bool = False
    is_hidden: bool = False
    is_scored: bool = False
    heading: str = ""
    asides: list[Parameter] = field(default_factory=list)

    @property
    def fen(self) -> int:
        """The row's amount in fen, zero when it has none."""
        return self.item().amount_fen or 0

    def item(self) -> Item:
        """The finished item."""
        return Item(
            self.name, self.place, self.subsystem, self.package, tuple(self.parameters),
            self.quantity, self.unit_price, self.total, self.remark, tuple(self.asides),
        )  # fmt: skip


@dataclass(slots=True)
class Progress:
    """What has been read so far; what one table opened (section, item) may go on in the next.

    `device`, its quantity, prices and demands are of a table that stands for one device; `section_level` is the rank
    of the section's number, 0 when none is open; `tree` is the number of the device whose parameters end the last
    table; `stage` tells an approval from a tender.
    """

    money_unit: str = ""
    drafts: list[Draft] = field(default_factory=list)
    subtotals: list[tuple[Subtotal, int]] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    section: str = ""
    section_level: int = 0
    subsystem: str = ""
    package: str = ""
    device: str = ""
    device_quantity: Quantity | None = None
    device_unit_price: Money | None = None
    device_total: Money | None = None
    device_demands: tuple[Parameter, ...] = ()
    has_own_device: bool = False
    table: str = ""
    tree: tuple[int, ...] = ()
    stage: int = 0


def is_undescribed(draft: Draft) -> bool:
    """Whether an item has no parameters of its own, or only says where they are (详见第四章)."""
    return all(_POINTER.fullmatch(parameter.text.strip()) for parameter in draft.parameters)
