"""Unit prices against what earlier contracts in the registry paid for the same thing (Article 18, 价格合理性)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.documents.table import Item, Money, ParameterTable
from domain.formats import amount, day
from domain.parameters.verdicts import UNIT_PRICE
from domain.provisions import REVIEW
from domain.reasonableness.criteria import WHOLE, Criteria
from domain.reasonableness.hints import Hint, Topic
from domain.text import key

LUMP_SUMS = frozenset({"项", "批", "宗", "式", "次", "全套", "整体"})
"""Units whose price says how much there is to do, not what one of it costs."""

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class EarlierPrice:
    """What an earlier contract paid for one item. `quantity` is None when the contract states none."""

    project_name: str
    contract_number: str
    item: str
    specification: str
    unit: str
    unit_price_fen: int
    quantity: Decimal | None
    tax: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class _Survey:
    """An item, its unit price, and the comparable prices of earlier contracts."""

    item: Item
    money: Money
    prices: Sequence[EarlierPrice]

    @property
    def fen(self) -> int:
        return self.money.fen or 0

    @property
    def contracts(self) -> int:
        return len({price.contract_number for price in self.prices})


def check_contract_prices(
    tender: ParameterTable, earlier: Mapping[int, Sequence[EarlierPrice]], today: date, criteria: Criteria
) -> Iterator[Hint]:
    """Yield a hint for each price far from earlier contracts' median, then one line on how many could be compared.

    Args:
        tender: whose unit prices are looked at.
        earlier: for positions of its items, the prices known under the same name.
        today: from which the contracts' age counts.
        criteria: the figures.
    """
    surveys = []
    for at, (item, money) in priced_items(tender).items():
        prices = [price for price in earlier.get(at, ()) if _is_comparable(item, money, price, today, criteria)]
        surveys.append(_Survey(item, money, prices))
    enough = [survey for survey in surveys if survey.contracts >= criteria.contract_samples.value]
    for survey in enough:
        yield from _judge(survey, criteria)
    if surveys:
        yield _summary(surveys, enough, criteria)


def priced_items(tender: ParameterTable) -> dict[int, tuple[Item, Money]]:
    """Return the items whose unit price can be compared, with it, by their position; lump sums cannot."""
    return {
        at: (item, item.unit_price)
        for at, item in enumerate(tender.items)
        if item.unit_price is not None and item.unit_price.fen and not _is_lump_sum(item)
    }


def median(prices: Iterable[int]) -> int:
    """Return the middle of some amounts in fen; of an even number the mean of both middle ones, rounded down."""
    ordered = sorted(prices)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) // 2


def _is_lump_sum(item: Item) -> bool:
    return item.quantity is not None and key(item.quantity.unit) in LUMP_SUMS


def _is_comparable(item: Item, money: Money, price: EarlierPrice, today: date, criteria: Criteria) -> bool:
    """Whether a price is recent, of the same tax, unit and like quantity; what is not stated is no obstacle."""
    oldest = (today.year - criteria.contract_years.value, today.month, today.day)
    signed = price.signed_on
    if not oldest <= (signed.year, signed.month, signed.day) <= (today.year, today.month, today.day):
        return False
    if (price.tax == "不含税") != (money.tax == "不含税"):
        return False
    if item.quantity is None:
        return True
    if not _units(item.quantity.unit) & _units(price.unit) and item.quantity.unit and price.unit:
        return False
    return _is_like(item.quantity.number, price.quantity, criteria.contract_quantity_factor.value)


def _units(text: str) -> set[str]:
    """Return the units a cell names: `台/套` is either."""
    return {key(part) for part in re.split("[/、或]", text)}


def _is_like(one: Decimal | None, other: Decimal | None, factor: int) -> bool:
    if not one or not other:
        return True
    return max(one, other) <= factor * min(one, other)


def _judge(survey: _Survey, criteria: Criteria) -> Iterator[Hint]:
    middle = median(price.unit_price_fen for price in survey.prices)
    high, low = criteria.high_contract_percent, criteria.low_contract_percent
    if survey.fen * WHOLE > middle * high.value:
        yield _hint("above_contracts", survey, middle, high.told(f"{high.value}%"), "请说明价格依据")
    elif survey.fen * WHOLE < middle * low.value:
        yield _hint("below_contracts", survey, middle, low.told(f"{low.value}%"), "请核实规格是否降低、价格是否异常低")


def _hint(rule: str, survey: _Survey, middle: int, figure: str, asked: str) -> Hint:
    item, fen = survey.item, [price.unit_price_fen for price in survey.prices]
    dates = [price.signed_on for price in survey.prices]
    reason = (
        f"招标单价{amount(survey.fen)}为{survey.contracts}份历史合同中位价{amount(middle)}的"
        f"{survey.fen * WHOLE // middle}%（合同价{amount(min(fen))}至{amount(max(fen))}，"
        f"签订于{day(min(dates))}至{day(max(dates))}），{asked}"
    )
    return Hint(
        rule, Topic.PRICE, item.subsystem, item.name, UNIT_PRICE, reason, tender=amount(survey.fen),
        tender_ref=survey.money.place, figure=figure, basis=REVIEW, evidence=_named(survey.prices),
    )  # fmt: skip


def _named(prices: Sequence[EarlierPrice]) -> str:
    newest = sorted(prices, key=lambda price: (price.signed_on, price.contract_number), reverse=True)
    told = [
        f"{price.contract_number}（{price.project_name}）{price.item}{_specified(price)}{amount(price.unit_price_fen)}，"
        f"{day(price.signed_on)}"
        for price in newest[:MOST_NAMED]
    ]
    more = len(prices) - MOST_NAMED
    return "；".join(told) + (f"；另有{more}条" if more > 0 else "")


def _specified(price: EarlierPrice) -> str:
    return f"（{price.specification}）" if price.specification else " "


def _summary(surveys: Sequence[_Survey], enough: Sequence[_Survey], criteria: Criteria) -> Hint:
    samples = criteria.contract_samples
    short = [survey for survey in surveys if survey.contracts < samples.value]
    names = "、".join(dict.fromkeys(survey.item.name for survey in short[:MOST_NAMED]))
    few = f"；{len(short)}项样本不足，未作判断（{names}{'等' if len(short) > MOST_NAMED else ''}）" if short else ""
    known = "；".join(f"{survey.item.name}：{_named(survey.prices)}" for survey in short[:MOST_NAMED] if survey.prices)
    reason = f"{len(surveys)}项单价与登记的历史合同比对：{len(enough)}项有可比样本{few}"
    return Hint(
        "contract_samples", Topic.PRICE, "", "历史合同价格", UNIT_PRICE, reason, basis=REVIEW,
        figure=samples.told(f"{samples.value}份"), evidence=known, informs=True,
    )  # fmt: skip
