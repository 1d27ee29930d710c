"""Measured requirements in a text: comparator, number, unit, range and tolerance as an interval of what is accepted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from domain.numerals import SCALE, chinese_integer, decimal
from domain.parameters.grammar import UNLIMITED, measure_pattern, product_pattern
from domain.parameters.rules import Rules
from domain.parameters.units import PLAIN, MeasureClass, Unit, unit_of

INFINITY = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Measure:
    """The values a requirement accepts, in the base unit of `dimension`; None stands for no bound on that side.

    `kind` is "bound" (a comparator), "bare", "range", "tolerance" (±) or "unlimited". A bare value still has both
    bounds equal; the direction decides later which of them counts.
    """

    low: Decimal | None
    high: Decimal | None
    dimension: str
    kind: str
    text: str
    low_open: bool = False
    high_open: bool = False
    convention: str = ""


@lru_cache(maxsize=32768)
def find_measures(text: str, kind: MeasureClass, rules: Rules) -> tuple[tuple[Measure, ...], str]:
    """Find the measures of a folded text; give them and the text that is left when they are taken out."""
    measures: list[Measure] = []
    taken: list[tuple[int, int]] = []
    for match in UNLIMITED.finditer(text):
        measures.append(Measure(INFINITY, None, "any", "unlimited", match[0]))
        taken.append(match.span())
    for match in product_pattern().finditer(text):
        if measure := _read_product(match, kind, rules):
            measures.append(measure)
            taken.append(match.span())
    for match in measure_pattern().finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        if found := list(_read(match, text, kind, rules)):
            measures.extend(found)
            taken.append(match.span())
    rest = list(text)
    for start, end in taken:
        rest[start:end] = " " * (end - start)
    return tuple(measures), "".join(rest)


def _read_product(match: re.Match[str], kind: MeasureClass, rules: Rules) -> Measure | None:
    first, second = decimal(match["a"]), decimal(match["b"])
    unit = unit_of(match["u"] or "", kind, rules)
    if unit is None:
        return None
    if match["u"] is None:
        return Measure(first * second, first * second, f"grid:{match['a']}×{match['b']}", "bare", match[0])
    # 4×500W is not 2×1000W: the number of parts stays in the dimension, so that only like divisions compare.
    part = replace(unit, dimension=f"{match['a']}×{unit.dimension}")
    return _bounded(match, second * unit.factor, part)


def _read(match: re.Match[str], text: str, kind: MeasureClass, rules: Rules) -> Iterator[Measure]:
    first = _number(match["n1"], match["s1"], match["c1"])
    unit = unit_of(match["u1"] or "", kind, rules)
    if first is None or unit is None or _is_identifier(match, text):
        return
    if match["n2"]:
        yield from _range(match, first, unit, kind, rules)
    elif match["n3"]:
        yield from _tolerance(match, first, unit, kind, rules)
    elif match["pm"]:
        yield Measure(
            -first * unit.factor, first * unit.factor, unit.dimension, "tolerance", match[0], convention=unit.convention
        )
    else:
        yield _bounded(match, first * unit.factor, unit)


def _is_identifier(match: re.Match[str], text: str) -> bool:
    """A number without unit belongs to a name (`RAID 5`, `Chrome 80`) unless compared, or alone."""
    if match["u1"] or match["u2"] or match["u3"]:
        return False
    if match["before"] or match["pm"]:
        return False
    alone = text.strip() == match[0].strip()
    return not alone and not (match["s1"] and not re.search(r"[A-Za-z]\s?$", text[: match.start()]))


def _number(digits: str | None, scale: str | None, words: str | None) -> Decimal | None:
    if words:
        integer = chinese_integer(words)
        return None if integer is None else Decimal(integer)
    if digits is None:
        return None
    sign = -1 if digits.startswith("-") else 1
    return decimal(digits.lstrip("+-")) * SCALE[scale or ""] * sign


def _range(match: re.Match[str], first: Decimal, unit: Unit, kind: MeasureClass, rules: Rules) -> Iterator[Measure]:
    second = _number(match["n2"], match["s2"], None)
    upper = unit_of(match["u2"] or "", kind, rules)
    if second is None or upper is None:
        return
    lower = upper if unit is PLAIN else unit
    upper = lower if upper is PLAIN else upper
    if lower.dimension != upper.dimension:
        return
    if lower is PLAIN and not match["before"] and not match["s2"]:
        return
    low, high = first * lower.factor, second * upper.factor
    if low <= high:
        yield Measure(low, high, lower.dimension, "range", match[0], convention=lower.convention)


def _tolerance(
    match: re.Match[str], centre: Decimal, unit: Unit, kind: MeasureClass, rules: Rules
) -> Iterator[Measure]:
    width = decimal(match["n3"])
    other = unit_of(match["u3"] or "", kind, rules)
    if other is None:
        return
    spread = (
        abs(centre) * unit.factor * width / 100
        if other.dimension == "ratio" and unit.dimension != "ratio"
        else width * (unit.factor if other is PLAIN else other.factor)
    )
    middle = centre * unit.factor
    yield Measure(middle - spread, middle + spread, unit.dimension, "tolerance", match[0], convention=unit.convention)


def _bounded(match: re.Match[str], value: Decimal, unit: Unit) -> Measure:
    measure = Measure(value, value, unit.dimension, "bare", match[0], convention=unit.convention)
    if match["least"] or (match["more"] and not match["before"]):
        return replace(measure, high=None, kind="bound")
    if match["most"] or (match["less"] and not match["before"]):
        return replace(measure, low=None, kind="bound")
    if match["above"]:
        return _whole_steps(replace(measure, high=None, low_open=True, kind="bound"), unit)
    if match["below"]:
        return _whole_steps(replace(measure, low=None, high_open=True, kind="bound"), unit)
    return replace(measure, kind="bound") if match["equal"] else measure


def _whole_steps(measure: Measure, unit: Unit) -> Measure:
    """Counted things come in whole steps: more than 16 cores is at least 17."""
    if not unit.dimension.startswith("count:") or "/s" in unit.dimension:
        return measure
    if measure.low is not None and measure.low == measure.low.to_integral_value():
        return replace(measure, low=measure.low + 1, low_open=False)
    if measure.high is not None and measure.high == measure.high.to_integral_value():
        return replace(measure, high=measure.high - 1, high_open=False)
    return measure
