"""One figure as written to the interval of values it accepts: bound, range, tolerance, product of parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Context, Decimal

from domain.numerals import SCALE, decimal
from domain.parameters.rules import Rules
from domain.parameters.units import PLAIN, MeasureClass, Unit, unit_of

_EXACT = Context(prec=20)
_ENDS_LATIN = re.compile(r"[A-Za-z]\s?$")


@dataclass(frozen=True, slots=True)
class Measure:
    """The values a requirement accepts, in the base unit of `dimension`; None stands for no bound on that side.

    `kind` is "bound" (a comparator), "bare", "better" (优于: which way is the direction's), "range", "tolerance" (±) or
    "unlimited". A bare value still has both bounds equal; the direction decides later which of them counts. `parts` is
    the number of pieces that each have this size (`8×32GB`), None when the figure stands for the whole.
    """

    low: Decimal | None
    high: Decimal | None
    dimension: str
    kind: str
    text: str
    low_open: bool = False
    high_open: bool = False
    convention: str = ""
    parts: Decimal | None = None


def _times(number: Decimal, unit: Unit) -> Decimal:
    """A number in base units; a factor like 1/60 is cut, so the product is rounded to what it stands for."""
    return _EXACT.multiply(number, unit.factor)


def read_product(match: re.Match[str], kind: MeasureClass, rules: Rules) -> Measure | None:
    """Read parts times size, or the two sides of a grid (`2560×1440`); None when it is neither."""
    first, second = decimal(match["a"]), decimal(match["b"])
    unit = unit_of(match["u"] or "", kind, rules)
    if unit is None:
        return None
    if match["u"] is None:
        written = re.search(r"[×xX*]", match[0])
        return (
            Measure(first * second, first * second, f"grid:{match['a']}×{match['b']}", "bare", match[0])
            if written
            else None
        )
    return replace(_bounded(match, _times(second, unit), unit, rules), parts=first)


def read_size(match: re.Match[str]) -> Measure:
    """Read width × depth × height as one thing that is either the same or not; another order is not the same."""
    scale = {"cm": 10, "厘米": 10, "m": 1000, "米": 1000}.get(match["u"] or "", 1)
    sides = "×".join(format((decimal(match[side]) * scale).normalize(), "f") for side in "abc")
    return Measure(Decimal(1), Decimal(1), f"size:{sides}mm", "bare", match[0])


def read_figure(match: re.Match[str], text: str, kind: MeasureClass, rules: Rules) -> Iterator[Measure]:
    """Read one match of the pattern: a figure, a range or a tolerance; nothing when it is a number in a name."""
    unit = unit_of(match["u1"] or "", kind, rules)
    if unit is None or _is_identifier(match, text):
        return
    first = _number(match["n1"], match["s1"])
    if match["n2"]:
        yield from _range(match, first, unit, (kind, rules))
    elif match["n3"] or match["na"]:
        yield from _tolerance(match, first, unit, (kind, rules))
    elif match["pm"] and not match["least"] and not match["above"]:
        width = _times(first, unit)
        yield Measure(-width, width, unit.dimension, "tolerance", match[0], convention=unit.convention)
    else:
        yield _bounded(match, _times(first, unit), unit, rules)


def _is_identifier(match: re.Match[str], text: str) -> bool:
    """A number without unit belongs to a name (`RAID 5`, `Chrome 80`) unless compared, or alone."""
    if match["u1"] or match["u2"] or match["u3"] or match["ua"]:
        return False
    if match["before"] or match["pm"]:
        return False
    alone = text.strip() == match[0].strip()
    counts = match["s1"] or match["after"]
    return not alone and not (counts and not _ENDS_LATIN.search(text, max(0, match.start() - 3), match.start()))


def _number(digits: str, scale: str | None) -> Decimal:
    sign = -1 if digits.startswith("-") else 1
    return decimal(digits.lstrip("+-")) * SCALE[scale or ""] * sign


def _range(match: re.Match[str], first: Decimal, unit: Unit, reading: tuple[MeasureClass, Rules]) -> Iterator[Measure]:
    second, upper = _number(match["n2"], match["s2"]), unit_of(match["u2"] or "", *reading)
    if upper is None:
        return
    lower = upper if unit is PLAIN else unit
    upper = lower if upper is PLAIN else upper
    says_range = lower is not PLAIN or match["before"] or match["s2"] or match.string.strip() == match[0].strip()
    if lower.dimension != upper.dimension or not says_range:
        return
    # 5~10万个: the scale of the end counts for the beginning too, where the beginning has none.
    start = (
        first * SCALE[match["s2"]] if match["s2"] and not match["s1"] and first < _number(match["n2"], None) else first
    )
    low, high = _times(start, lower), _times(second, upper)
    if low <= high:
        yield Measure(low, high, lower.dimension, "range", match[0], convention=lower.convention)


def _tolerance(
    match: re.Match[str], centre: Decimal, unit: Unit, reading: tuple[MeasureClass, Rules]
) -> Iterator[Measure]:
    middle = _times(centre, unit)
    parts = [("+", match["n3"], match["u3"]), ("-", match["n3"], match["u3"])]
    if match["na"]:
        unit_of_both = match["ua"] or match["ub"]
        parts = [
            (match["sa"], match["na"], match["ua"] or unit_of_both),
            (match["sb"], match["nb"], match["ub"] or unit_of_both),
        ]
    ends = []
    for sign, width, spelling in parts:
        other = unit_of(spelling or "", *reading)
        if other is None:
            return
        share = other.dimension == "ratio" and unit.dimension != "ratio"
        spread = (
            abs(middle) * decimal(width) * other.factor / 100
            if share
            else _times(decimal(width), unit if other is PLAIN else other)
        )
        ends.append(middle + spread if sign == "+" else middle - spread)
    yield Measure(min(ends), max(ends), unit.dimension, "tolerance", match[0], convention=unit.convention)


def _bounded(match: re.Match[str], value: Decimal, unit: Unit, rules: Rules) -> Measure:
    measure = Measure(value, value, unit.dimension, "bare", match[0], convention=unit.convention)
    side, strict = _side(match, inclusive=rules.conventions.inclusive)
    if side == "least":
        return in_whole_steps(replace(measure, high=None, kind="bound", low_open=strict))
    if side == "most":
        return in_whole_steps(replace(measure, low=None, kind="bound", high_open=strict))
    return replace(measure, kind=side)


def _side(match: re.Match[str], *, inclusive: bool) -> tuple[str, bool]:
    """Which side a comparator bounds ("least", "most", or the measure's kind), and whether the figure itself is out."""
    if match["before"] and not match["strict"]:
        named = next(name for name in ("least", "most", "better", "above", "below", "equal") if match[name])
        return {"above": ("least", True), "below": ("most", True), "equal": ("bound", False)}.get(named, (named, False))
    if match["strict"]:
        return ("least" if "上" in match["strict"] else "most"), True
    named = next((name for name in ("more", "less", "over", "under") if match[name]), "")
    after = {"more": ("least", False), "less": ("most", False)}
    loose = {"over": ("least", not inclusive), "under": ("most", not inclusive)}
    return (after | loose).get(named, ("bare", False))


def in_whole_steps(measure: Measure) -> Measure:
    """Counted things come in whole steps: more than 16 cores is at least 17."""
    if not measure.dimension.startswith("count:") or "/" in measure.dimension:
        return measure
    if measure.low_open and measure.low is not None and measure.low == measure.low.to_integral_value():
        return replace(measure, low=measure.low + 1, low_open=False)
    if measure.high_open and measure.high is not None and measure.high == measure.high.to_integral_value():
        return replace(measure, high=measure.high - 1, high_open=False)
    return measure
