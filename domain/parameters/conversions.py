"""Figures of unlike units brought to one dimension where a convention says how: months and days, inches, cores, U."""

from dataclasses import replace
from decimal import Decimal

from domain.parameters.intervals import Measure, in_whole_steps
from domain.parameters.rules import Rules

_DAY = Decimal(86400)
_FACTORS = {
    ("rack", "length"): (Decimal("0.04445"), "1U=44.45mm"),
    ("inches", "length"): (Decimal("0.0254"), "1英寸=2.54cm"),
    ("TPS", "count:次/time"): (Decimal(1), "1TPS=1次/秒"),
    ("count:vCPU", "count:核"): (Decimal(1), "云资源语境 1vCPU 按 1核 计"),
}
_EFFORT_DAYS = Decimal("21.75")


def reconciled(one: Measure, other: Measure, rules: Rules) -> tuple[Measure, Measure] | None:
    """Bring two measures to one dimension; None when no convention converts between theirs."""
    if one.dimension == other.dimension:
        return one, other
    for first, second, turned in ((one, other, False), (other, one, True)):
        if converted := _converted(first, second, rules):
            return (second, converted) if turned else (converted, second)
    return None


def _converted(measure: Measure, target: Measure, rules: Rules) -> Measure | None:
    """Turn a measure into its target's dimension."""
    kinds = measure.dimension, target.dimension
    if found := _FACTORS.get(kinds):
        return _scaled(measure, target.dimension, *found)
    if kinds == ("months", "time"):
        return _in_days(measure, target, rules)
    if kinds == ("number", "ratio") and (measure.low or measure.high or 2) <= 1:
        return _scaled(measure, "ratio", Decimal(100), "0.95 即 95%")
    if kinds[0].endswith("/months") and kinds[1] == kinds[0].replace("/months", "/time"):
        return _scaled(measure, target.dimension, 1 / (_DAY * 365 / 12), "按 1年=365天 折算频次")
    return _counted(measure, target)


def _counted(measure: Measure, target: Measure) -> Measure | None:
    """A bare number, or so many 个, as the count of whatever the other side counts."""
    if not target.dimension.startswith("count:"):
        return None
    if measure.dimension == "number":
        return in_whole_steps(replace(measure, dimension=target.dimension))
    if measure.dimension == "count:个" and is_counted_singly(target.dimension):
        return replace(measure, dimension=target.dimension)
    return None


def is_counted_singly(dimension: str) -> bool:
    """Whether 个 may stand for a count's own noun (个 of 点, 用户, 口); machines, sets and containers are no 个."""
    return dimension.startswith("count:") and "/" not in dimension and dimension not in _APART


_APART = frozenset(f"count:{noun}" for noun in "台套项箱盘卷包盒袋捆组批")


def _scaled(measure: Measure, dimension: str, factor: Decimal, told: str) -> Measure:
    low = None if measure.low is None else measure.low * factor
    high = None if measure.high is None else measure.high * factor
    return replace(measure, low=low, high=high, dimension=dimension, convention=told)


def _in_days(measure: Measure, target: Measure, rules: Rules) -> Measure | None:
    """Months as seconds: a figure of days that lies between 30 and 31 days a month means the same length.

    Whole years are 365 or 366 days. With the convention "ask" only years convert.
    """
    if rules.conventions.month_days == "ask" and any(
        months is not None and months % 12 for months in (measure.low, measure.high)
    ):
        return None
    told = "1年按365天、1个月按30天（日历月30～31天）折算"
    bounds = {target.low, target.high}
    return replace(
        measure, low=_days(measure.low, bounds), high=_days(measure.high, bounds), dimension="time", convention=told
    )


def _days(months: Decimal | None, meant: set[Decimal | None]) -> Decimal | None:
    if months is None or not months.is_finite():
        return months
    years, rest = divmod(months, 12)
    shortest, longest = (365 * years + 30 * rest) * _DAY, (366 * years + 31 * rest) * _DAY
    return next((one for one in meant if one is not None and shortest <= one <= longest), shortest)
