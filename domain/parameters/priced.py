"""An amount told by its factors, `36万元(3台×12万元)`, `20万元/年,服务期3年`: so many of a unit at so much each."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from domain.money import Amount, find_amounts, tax_wording
from domain.parameters.data import load
from domain.parameters.patterns import any_of
from domain.parameters.wording import in_digits
from domain.text import fold

_MONTHS = {"年": 12, "个月": 1, "月": 1, "季度": 3, "季": 3}
_EACH_BEFORE = r"(?:单价|每(?:{units})(?:单价|费用|价格?)?|单[台套个项块只条])(?:限价|控制价)?(?:为|约定)?[:]?$"
_SAME_UNIT = {"个月": "月", "季": "季度", "点位": "点", "部": "台"}


@dataclass(frozen=True, slots=True)
class Priced:
    """An amount in fen by its factors; `each` is the price of one `unit`, None where only the total is told.

    `is_sure` is False where one amount stands beside a count and nothing says whether it is of one or of all.
    """

    total: int
    count: Decimal
    unit: str
    each: int | None = None
    tax: str = ""
    is_sure: bool = True

    @property
    def counted(self) -> tuple[Decimal, str]:
        """The count in units that compare: terms in months."""
        months = _MONTHS.get(self.unit)
        return (self.count * months, "月") if months else (self.count, self.unit)

    def each_in(self, unit: str) -> int | None:
        """The price of one of a unit; None where it is not known in that unit."""
        return self.each if _SAME_UNIT.get(unit, unit) == self.unit else None


def read_priced(name: str, text: str) -> Priced | None:
    """Read an amount that tells its count; None when it tells none, or does not multiply to what it says."""
    folded = _without_tax(in_digits(fold(text)))
    amounts = [one for one in find_amounts(folded) if one.fen is not None and _has_unit(folded, one)]
    counts = {(Decimal(found["count"]), _unit(found["unit"])) for found in _count().finditer(_blanked(folded, amounts))}
    rated = [(one, per) for one in amounts if (per := _per(folded, one)) is not None]
    totals = {one.fen or 0 for one in amounts if all(one is not other for other, _ in rated)}
    each = {one.fen or 0 for one, _ in rated}
    if len(counts) != 1 or len(totals) > 1 or len(each) > 1 or not amounts or not _is_plain(folded, amounts):
        return None
    (count, unit), tax = counts.pop(), tax_wording(fold(text))
    if any(per not in {"", unit} for _, per in rated) or not count:
        return None
    if each:
        one = each.pop()
        product = int(one * count)
        return None if totals - {product} else Priced(product, count, unit, one, tax)
    told = _told_once(name, folded, totals.pop(), Priced(0, count, unit, tax=tax))
    shared = told.each is None and told.is_sure and told.total % count == 0
    return replace(told, each=int(told.total / count)) if shared else told


def _told_once(name: str, folded: str, fen: int, told: Priced) -> Priced:
    """One amount beside a count: of all where a word or brackets say so, of one where the name says 单价."""
    words = load("priced")
    if any(word in fold(name) for word in words["of_one"]):
        return Priced(int(fen * told.count), told.count, told.unit, fen, told.tax)
    noted = re.search(rf"元\s*(?:\((?:{any_of(words['fillers'])}|:)*\d+[^\d()]+\)|/\s*\d)", folded)
    led = re.search(rf"{any_of(words['of_all'])}(?:{any_of(words['fillers'])}|[:\s])*\d[\d.,]*\s*[亿万千百]?元", folded)
    is_sure = bool(noted or led) or any(word in fold(name) for word in words["of_all"] if word != "共")
    return Priced(fen, told.count, told.unit, None, told.tax, is_sure)


def _per(folded: str, amount: Amount) -> str | None:
    """The unit that an amount is the price of, "" where it is not named; None for an amount of the whole."""
    units = any_of(load("priced")["units"])
    after, before = folded[amount.end :], folded[: amount.start]
    if found := re.match(rf"\s*(?:/|每)\s*({units})", after):
        return _unit(found[1])
    if re.match(rf"\s*[×xX*]\s*\d+\s*{units}", after):
        return ""
    if re.search(rf"\d\s*{units}\s*[×xX*]\s*$", before):
        return ""
    return "" if re.search(_EACH_BEFORE.format(units=units), before) else None


def _unit(spelling: str) -> str:
    return _SAME_UNIT.get(spelling, spelling)


def _has_unit(folded: str, amount: Amount) -> bool:
    return "元" in folded[amount.start : amount.end] or "万" in folded[amount.start : amount.end]


def _without_tax(folded: str) -> str:
    return re.sub(r"\((?:不含税|含税|未税|税前|价税合计)\)|不含税|含税|未税|价税合计", "", folded)


def _blanked(folded: str, amounts: list[Amount]) -> str:
    for one in amounts:
        folded = f"{folded[: one.start]}{'#' * (one.end - one.start)}{folded[one.end :]}"
    return folded


def _is_plain(folded: str, amounts: list[Amount]) -> bool:
    """Whether nothing is said but amounts, counts and the words about them."""
    left = _count().sub("", _blanked(folded, amounts))
    units, fillers = any_of(load("priced")["units"]), any_of(load("priced")["fillers"])
    return re.sub(rf"(?:/|每){units}|{fillers}|[#\s()×xX*=:,;、/]", "", left) == ""


@cache
def _count() -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.#])(?P<count>\d+(?:\.\d+)?)\s*(?P<unit>{any_of(load('priced')['units'])})")
