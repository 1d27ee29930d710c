"""Printed arithmetic proved: quantity × unit price against the row's total, and subtotals against their rows."""

from collections.abc import Iterable
from dataclasses import replace

from domain.documents.table import Item, Notice, Subtotal
from domain.documents.titles import part_words
from domain.formats import amount

_HALF_CENT_OF_MYRIAD = 5_000
_SMALL = 1


def check_rows(items: tuple[Item, ...]) -> list[Notice]:
    """Warn of rows whose quantity × unit price is not the printed total, beyond rounding of the shown digits."""
    notices = []
    for item in items:
        if item.total is None or item.total.fen is None or item.unit_price is None or item.unit_price.fen is None:
            continue
        if item.quantity is None or item.quantity.number is None:
            continue
        product = int(item.unit_price.fen * item.quantity.number)
        step = _HALF_CENT_OF_MYRIAD if "万" in item.unit_price.text or "万" in item.total.text else _SMALL
        if abs(product - item.total.fen) > step * (abs(int(item.quantity.number)) + 1):
            message = f"“{item.name}”数量×单价={amount(product)}，与所列合价 {amount(item.total.fen)} 不符，请核对。"
            notices.append(Notice("row_sum_differs", message, item.total.place))
    return notices


def as_row_sums(items: tuple[Item, ...], subtotals: Iterable[Subtotal]) -> tuple[Item, ...]:
    """Take prices for the rows' sums where a printed sum is theirs as they stand: 最高限价 may mean either."""
    priced = [item for item in items if item.unit_price is not None and item.unit_price.fen is not None]
    if not priced or any(item.total is not None for item in items):
        return items
    plain = sum(item.unit_price.fen or 0 for item in priced if item.unit_price)
    multiplied = sum(item.amount_fen or 0 for item in items)
    stated = {subtotal.fen for subtotal in subtotals if not subtotal.label.startswith(part_words())}
    if plain == multiplied or plain not in stated or multiplied in stated:
        return items
    return tuple(replace(item, total=item.unit_price, unit_price=None) for item in items)


def check_subtotals(items: tuple[Item, ...], subtotals: list[tuple[Subtotal, int]]) -> list[Notice]:
    """Warn of printed sums that fit no run of rows ending where they stand; they count in no total either way."""
    amounts = [item.amount_fen or 0 for item in items]
    notices = []
    starts = [0]
    for subtotal, position in subtotals:
        sums = [sum(amounts[start:position]) for start in starts]
        sums.extend(_by_field(items[:position], amounts))
        is_part = subtotal.label.startswith(part_words())
        if subtotal.fen is not None and not is_part and not any(abs(one - subtotal.fen) <= 100 for one in sums):
            expected = amount(sums[-1])
            message = f"“{subtotal.label}”所列 {amount(subtotal.fen)}，与其上明细之和 {expected} 不符，合计以明细为准。"
            notices.append(Notice("subtotal_differs", message, subtotal.place))
        starts.append(position)
    return notices


def _by_field(items: tuple[Item, ...], amounts: list[int]) -> list[int]:
    if not items:
        return [0]
    last = items[-1]
    same_package = sum(one for item, one in zip(items, amounts, strict=False) if item.package == last.package)
    same_system = sum(one for item, one in zip(items, amounts, strict=False) if item.subsystem == last.subsystem)
    return [same_package, same_system]
