"""Signs that fewer than three suppliers can meet a tender: figures taken from one product's data sheet.

Basis: 政府采购法实施条例第二十条第（三）项. Always a suspicion with its evidence. Named brands are findings of the
consistency review already.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from domain.documents.table import Item, Parameter, ParameterTable
from domain.numerals import decimal
from domain.parameters.signals import find_signals
from domain.provisions import NAMED_BRAND
from domain.reasonableness.criteria import Criteria
from domain.reasonableness.hints import Hint, Topic
from domain.text import fold

FINGERPRINT = "数值指纹"
_BOUND = re.compile(
    r"(?:≥|>|不低于|不少于|不小于|至少|大于|=)\s*(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)\s*(?P<unit>[A-Za-z]{1,6}(?:/[A-Za-z]+)?|万|个)?"
)
_USUAL = frozenset({"125", "128", "192", "256", "384", "512", "625", "768"})
"""Leading digits of steps that the products of many makers share."""

_POWERS = frozenset(2**power for power in range(4, 24))
_PICTURE = frozenset({720, 1080, 1440, 1920, 2160, 2560, 3840, 4096, 7680, 4320, 1024, 1280})
_NATURAL = ("%", "英寸", "寸", "℃", "°", "年", "版", "米", "平方", "元", "人")
"""What follows figures that are seldom round: shares, sizes, temperatures, years."""

LEAST_DIGITS = 3


def check_supply(tender: ParameterTable, criteria: Criteria) -> Iterator[Hint]:
    """Yield a hint for each item whose figures look copied from one product."""
    for item in tender.items:
        known = set()
        for parameter in item.parameters:
            for signal in find_signals(parameter.text):
                if signal.kind == FINGERPRINT:
                    known.add(parameter.place)
                    yield _hint("data_sheet_figure", item, parameter, f"“{signal.words}”：{signal.advice}", "")
        yield from _odd(item, known, criteria)


def _odd(item: Item, known: set[str], criteria: Criteria) -> Iterator[Hint]:
    """The rows of an item whose bounds are no usual step, when there are enough of them to be no accident."""
    rows = [
        (parameter, odd[0])
        for parameter in item.parameters
        if parameter.place not in known and (odd := _odd_figures(parameter.text))
    ]
    limit = criteria.odd_figures
    if len(rows) < limit.value:
        return
    words = "、".join(figure for _, figure in rows)
    reason = f"{len(rows)}项指标（{words}）精确到非常用档位，疑似取自某一产品的参数表，请论证依据或改为通用档位"
    together = Parameter(
        "；".join(parameter.text for parameter, _ in rows), "、".join(parameter.place for parameter, _ in rows)
    )
    yield _hint("odd_figures", item, together, reason, limit.told(f"{limit.value}项"))


def _odd_figures(text: str) -> list[str]:
    folded = fold(text)
    return [
        match[0]
        for match in _BOUND.finditer(folded)
        if _is_odd(decimal(match["number"])) and not folded[match.end() :].lstrip().startswith(_NATURAL)
    ]


def _is_odd(number: Decimal) -> bool:
    """Whether a number is no usual step: three digits or more that count, and no power of two or picture size."""
    digits = "".join(map(str, number.normalize().as_tuple().digits))
    if len(digits) < LEAST_DIGITS or digits in _USUAL or _is_year(digits):
        return False
    whole = int(number) if number == number.to_integral_value() else 0
    return not (whole in _POWERS or whole in _PICTURE or (whole and whole % 1024 == 0))


def _is_year(digits: str) -> bool:
    return len(digits) == len("2026") and digits.startswith("20")


def _hint(rule: str, item: Item, words: Parameter, reason: str, figure: str) -> Hint:
    asked = f"{reason}；请确认至少三家供应商的产品能够满足"
    return Hint(
        rule, Topic.SUPPLY, item.subsystem, item.name, "供应商数量", asked, tender=words.text, tender_ref=words.place,
        figure=figure, basis=NAMED_BRAND,
    )  # fmt: skip
