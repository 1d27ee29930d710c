"""Printed arithmetic proved: quantity × unit price against the row's total, and subtotals against their rows."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate

from domain.documents.table import Item, Notice, Subtotal
from domain.documents.titles import part_words
from domain.formats import amount

_HALF_CENT_OF_MYRIAD = 5_000
"""Fen by which a price in 万元 of two decimals may be off."""
_SMALL = 1
ROUNDING_FEN = 100
"""One 元: printed sums are rounded to it."""


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
    """Warn of printed sums that fit no run of rows ending where they stand; they count in no total either way.

    Each subtotal comes with how many rows stand before it. A run begins at the first row or behind another subtotal, or
    is all that was listed so far of the last row's package or sub-system.
    """
    amounts = [item.amount_fen or 0 for item in items]
    before = [0, *accumulate(amounts)]
    of_package = [0, *_so_far([item.package for item in items], amounts)]
    of_subsystem = [0, *_so_far([item.subsystem for item in items], amounts)]
    notices = []
    starts = [0]
    for subtotal, rows in subtotals:
        place = min(rows, len(items))
        if subtotal.fen is not None and not subtotal.label.startswith(part_words()):
            grouped = sorted((of_package[place], of_subsystem[place]))
            if not _holds(starts, before[place] - subtotal.fen) and not _holds(grouped, subtotal.fen):
                expected = amount(of_subsystem[place])
                message = (
                    f"“{subtotal.label}”所列 {amount(subtotal.fen)}，与其上明细之和 {expected} 不符，合计以明细为准。"
                )
                notices.append(Notice("subtotal_differs", message, subtotal.place))
        insort(starts, before[place])
    return notices


def _holds(ordered: list[int], wanted: int) -> bool:
    """Whether one of some amounts in rising order is the wanted one, but for rounding."""
    at = bisect_left(ordered, wanted - ROUNDING_FEN)
    return at < len(ordered) and ordered[at] <= wanted + ROUNDING_FEN


def _so_far(groups: Iterable[str], amounts: Iterable[int]) -> Iterator[int]:
    """For each row, the sum up to it of the rows of its group."""
    sums: Counter[str] = Counter()
    for group, fen in zip(groups, amounts, strict=True):
        sums[group] += fen
        yield sums[group]
