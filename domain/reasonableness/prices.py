"""Tendered unit prices against the approved ones (Article 18, 计划金额的合理性).

More than approved is a deviation of the consistency review (金额超出) and is not repeated here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.documents.table import Item, Money, ParameterTable
from domain.formats import amount
from domain.parameters.verdicts import UNIT_PRICE, Finding, Subject, Verdict
from domain.provisions import REVIEW
from domain.reasonableness.criteria import WHOLE, Criteria
from domain.reasonableness.hints import Hint, Topic

NET = "不含税"
_LESS = frozenset({Verdict.LOWERED, Verdict.MISSING})
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class _Priced:
    """An approved item with both its prices in fen, and the verdicts on its parameters."""

    item: Item
    mine: Money
    theirs: Money
    fen: tuple[int, int]
    verdicts: Counter[Verdict]

    @property
    def lowered(self) -> int:
        return sum(self.verdicts[each] for each in _LESS)


def check_unit_prices(
    approved: ParameterTable, tender: ParameterTable, findings: Iterable[Finding], criteria: Criteria
) -> Iterator[Hint]:
    """Yield a hint for each price far below the approved one, and two on parameters that changed without the price.

    Args:
        approved: the approved table.
        tender: the tender.
        findings: of the consistency review on both; they say which prices and parameters answer each other.
        criteria: the figures.
    """
    priced = list(_priced(approved, tender, list(findings)))
    for one in priced:
        yield from _low(one, criteria)
    less = [one for one in priced if one.fen[1] >= one.fen[0] and one.lowered]
    if less:
        told = [f"{one.item.name}（{amount(one.fen[1])}，降低或减少{one.lowered}项）" for one in less]
        asked = "参数降低或减少而单价没有降低（降配不降价），请说明价格依据"
        yield _together("lowered_at_same_price", less, told, asked)
    more = [one for one in priced if one.fen[0] == one.fen[1] and one.verdicts[Verdict.RAISED] and not one.lowered]
    if more:
        told = [f"{one.item.name}（{amount(one.fen[1])}，提高{one.verdicts[Verdict.RAISED]}项）" for one in more]
        asked = "参数提高而单价不变，请核实批复单价是否偏高、提高的指标能否达到"
        yield _together("raised_at_same_price", more, told, asked)


def _priced(approved: ParameterTable, tender: ParameterTable, findings: list[Finding]) -> Iterator[_Priced]:
    """The items whose two unit prices answer each other and can be compared."""
    verdicts = _verdicts(approved, findings)
    mine, theirs = _by_price(approved), _by_price(tender)
    for finding in findings:
        if finding.subject != Subject.AMOUNT or finding.parameter != UNIT_PRICE:
            continue
        at, offered = mine.get(finding.approved_ref), theirs.get(finding.tender_ref)
        if at is None or offered is None:
            continue
        left, right = approved.items[at].unit_price, tender.items[offered].unit_price
        if left and right and left.fen and right.fen is not None and (left.tax == NET) == (right.tax == NET):
            yield _Priced(approved.items[at], left, right, (left.fen, right.fen), verdicts[at])


def _by_price(table: ParameterTable) -> dict[str, int]:
    return {item.unit_price.place: at for at, item in enumerate(table.items) if item.unit_price is not None}


def _verdicts(approved: ParameterTable, findings: list[Finding]) -> dict[int, Counter[Verdict]]:
    """Count the verdicts on each approved item's parameters."""
    owner = {parameter.place: at for at, item in enumerate(approved.items) for parameter in item.parameters}
    counted: dict[int, Counter[Verdict]] = defaultdict(Counter)
    for finding in findings:
        if finding.subject == Subject.PARAMETER and finding.approved_ref in owner:
            counted[owner[finding.approved_ref]][finding.verdict] += 1
    return counted


def _low(one: _Priced, criteria: Criteria) -> Iterator[Hint]:
    limit, (mine, theirs) = criteria.low_price_percent, one.fen
    if theirs * WHOLE < mine * limit.value:
        reason = (
            f"招标单价{amount(theirs)}约为批复单价{amount(mine)}的{theirs * WHOLE // mine}%，"
            "请核实规格型号是否降低、价格是否异常低"
        )
        yield Hint(
            "low_unit_price", Topic.PRICE, one.item.subsystem, one.item.name, UNIT_PRICE, reason, amount(mine),
            amount(theirs), one.mine.place, one.theirs.place, limit.told(f"{limit.value}%"), REVIEW,
        )  # fmt: skip


def _together(rule: str, items: list[_Priced], told: list[str], asked: str) -> Hint:
    """One hint for all items of a rule: they are answered alike."""
    more = "等" if len(items) > MOST_NAMED else ""
    listed = items[:MOST_NAMED]
    return Hint(
        rule, Topic.PRICE, "", f"{items[0].item.name}等{len(items)}项" if len(items) > 1 else items[0].item.name,
        UNIT_PRICE, f"{len(items)}项设备{asked}", tender="；".join(told[:MOST_NAMED]) + more,
        approved_ref="、".join(one.mine.place for one in listed),
        tender_ref="、".join(one.theirs.place for one in listed), basis=REVIEW,
    )  # fmt: skip
