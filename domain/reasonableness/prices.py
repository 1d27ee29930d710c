"""Tendered unit prices against the approved ones: what is suspiciously low (Article 18, 计划金额的合理性).

More than approved is a deviation of the consistency review (金额超出) and is not repeated here.
"""

from collections.abc import Iterator

from domain.documents.table import Item, ParameterTable
from domain.formats import amount
from domain.parameters.align import Alignment
from domain.reasonableness.criteria import Criteria
from domain.reasonableness.hints import ARTICLE, Hint, Topic

UNIT_PRICE = "单价"
WHOLE = 100


def check_unit_prices(
    approved: ParameterTable, tender: ParameterTable, alignment: Alignment, criteria: Criteria
) -> Iterator[Hint]:
    """Yield a hint for each tendered unit price far below the approved one of its item."""
    for match in alignment.matches:
        if len(match.approved) != 1:
            continue
        item = approved.items[match.approved[0]]
        for index in match.tender:
            yield from _low(item, tender.items[index], criteria)


def _low(item: Item, offered: Item, criteria: Criteria) -> Iterator[Hint]:
    limit = criteria.low_price_percent
    mine, theirs = item.unit_price, offered.unit_price
    if mine is None or theirs is None or not mine.fen or theirs.fen is None:
        return
    if mine.tax != theirs.tax and "不含税" in {mine.tax, theirs.tax}:
        return
    if theirs.fen * WHOLE >= mine.fen * limit.value:
        return
    percent = theirs.fen * WHOLE // mine.fen
    yield Hint(
        "low_unit_price", Topic.PRICE, item.subsystem, item.name, UNIT_PRICE,
        f"招标单价{amount(theirs.fen)}约为批复单价{amount(mine.fen)}的{percent}%，请核实规格型号是否降低、价格是否异常",
        amount(mine.fen), amount(theirs.fen), mine.place, theirs.place, f"{limit.value}%（{limit.basis}）", ARTICLE,
    )  # fmt: skip
