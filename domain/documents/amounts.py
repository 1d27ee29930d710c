"""Quantity and money of an item whose rows each say some: nothing but the first read would be a false proof."""

from dataclasses import replace

from domain.documents.progress import Draft
from domain.documents.table import Money, Quantity

SHARED = "（与上一行合并计价）"
"""What stands for an amount merged over several rows in all but the first of them."""


def add_amounts(draft: Draft, quantity: Quantity | None, unit_price: Money | None, total: Money | None) -> None:
    """Add what a further row of an item says of quantity and money.

    Sums are added, but for equal ones, which may repeat the first; several prices and several quantities are kept as
    text and left to a person.
    """
    unit_price, total = _own(unit_price), _own(total)
    if total is not None and draft.total is not None:
        same = total.fen == draft.total.fen
        fen = None if same or total.fen is None or draft.total.fen is None else total.fen + draft.total.fen
        draft.total = replace(draft.total, text=f"{draft.total.text}＋{total.text}", fen=fen)
    elif unit_price is not None and draft.unit_price is not None:
        draft.unit_price = replace(draft.unit_price, text=f"{draft.unit_price.text}；{unit_price.text}", fen=None)
    draft.total = draft.total or total
    draft.unit_price = draft.unit_price or unit_price
    if quantity is not None and draft.quantity is not None and quantity.number != draft.quantity.number:
        text = f"{draft.quantity.text}；{quantity.text}"
        draft.quantity = Quantity(text, None, draft.quantity.unit, draft.quantity.place)
    draft.quantity = draft.quantity or quantity


def _own(money: Money | None) -> Money | None:
    return None if money is None or money.text == SHARED else money
