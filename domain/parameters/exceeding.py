"""Why a row's sum exceeds what was approved: its price, its number, or both, each told in a row of its own."""

from collections.abc import Sequence
from decimal import Decimal

from domain.documents.table import Item


def causes(lefts: Sequence[Item], rights: Sequence[Item]) -> str:
    """Name what makes the tender's sum greater, "" where neither price nor number is seen to be."""
    found = [
        cause
        for cause, applies in (("单价超出", _dearer(lefts, rights)), ("数量增加", _more(lefts, rights)))
        if applies
    ]
    return "、".join(found)


def _dearer(lefts: Sequence[Item], rights: Sequence[Item]) -> bool:
    prices = [[item.unit_price.fen for item in items if item.unit_price is not None] for items in (lefts, rights)]
    known = [[fen for fen in side if fen is not None] for side in prices]
    return len(lefts) == 1 and all(known) and max(known[1]) > max(known[0])


def _more(lefts: Sequence[Item], rights: Sequence[Item]) -> bool:
    counts = _counted(lefts), _counted(rights)
    return counts[0] is not None and counts[1] is not None and counts[1] > counts[0]


def _counted(items: Sequence[Item]) -> Decimal | None:
    """How many all rows together are, None where one of them does not tell a number."""
    numbers = [item.quantity.number if item.quantity else None for item in items]
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if len(known) == len(numbers) else None
