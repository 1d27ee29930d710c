"""Measured requirements in a text: comparator, number, unit, range and tolerance as an interval of what is accepted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache

from domain.numerals import DIGIT_NUMBER, SCALE, chinese_integer, decimal
from domain.parameters.units import PLAIN, MeasureClass, Unit, unit_of, unit_pattern

INFINITY = Decimal("Infinity")

_AT_LEAST = (
    "不低于|不少于|不小于|不得低于|不得少于|不得小于|不能低于|不能少于|不应低于|不应少于|大于等于|大于或等于|高于或等于"
    "|多于或等于|至少|最少|最低|不短于|不弱于|不差于|≥|达到"
)
_AT_MOST = (
    "不高于|不大于|不超过|不多于|不得超过|不得高于|不得大于|不得多于|不能超过|不应超过|不应大于|小于等于|小于或等于"
    "|低于或等于|少于或等于|至多|最多|不长于|不晚于|≤|控制在"
)
_ABOVE = "大于|超过|高于|多于|长于|>"
_BELOW = "小于|低于|少于|短于|不足|不到|不满|<"
_EQUAL = "等于|="
_OR_MORE = r"\(含\)以上|以上\(含\)|及以上|或以上|以上|或更高|及更高"
_OR_LESS = r"\(含\)以下|以下\(含\)|及以下|或以下|以下|以内|之内|内(?![存部外容置网核])"
_BEFORE = (
    rf"(?P<before>(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})|(?P<above>{_ABOVE})|(?P<below>{_BELOW})"
    rf"|(?P<equal>{_EQUAL}))?\s*"
)
_AFTER = rf"(?P<after>(?P<more>{_OR_MORE})|(?P<less>{_OR_LESS}))?"
_SCALES = "百万|千万|十万|百|千|万|亿"
_CHINESE_DIGITS = "零〇一二两三四五六七八九十百千万亿"
_CHINESE_UNITS = (
    "台|套|项|个|只|件|块|颗|枚|支|把|条|根|张|路|核|年"
    "|月|天|小时|分钟|秒|周|对|名|人|份|次|箱|部|组|处|端口|节点|用户|工作日|[A-Za-z%]"
)


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


@cache
def _pattern() -> re.Pattern[str]:
    unit = unit_pattern()
    sign = r"(?:(?<![\w)°%~-])[-+])?"
    return re.compile(
        rf"{_BEFORE}"
        rf"(?P<pm>±)?(?:(?<![A-Za-z0-9._\-/])|(?<=[≥≤><=±~+])|(?<=x))"
        rf"(?:(?P<n1>{sign}{DIGIT_NUMBER})\s*(?P<s1>{_SCALES})?|(?P<c1>(?<![第数几多{_CHINESE_DIGITS}])[一二两三四五六七八九十][{_CHINESE_DIGITS}]{{0,11}})(?=个?(?:{_CHINESE_UNITS})|(?(before)\s*$|(?!))))"
        rf"\s*(?P<u1>{unit})?"
        rf"(?:\s*(?:~|-|至|到)\s*(?P<n2>[-+]?{DIGIT_NUMBER})\s*(?P<s2>{_SCALES})?\s*(?P<u2>{unit})?)?"
        rf"(?:\s*\(?±\s*(?P<n3>{DIGIT_NUMBER})\s*(?P<u3>{unit})?\)?)?"
        rf"{_AFTER}"
    )


@cache
def _product() -> re.Pattern[str]:
    unit = unit_pattern()
    number = rf"(?<![A-Za-z0-9.])(?P<a>\d+)\s*[×xX*]\s*(?P<b>{DIGIT_NUMBER})\s*(?P<u>{unit})?(?![×xX*\d])"
    return re.compile(f"{_BEFORE}{number}{_AFTER}")


_UNLIMITED = re.compile(
    r"(?:不限制?|无限制?|不受限制?)(?:(?:容量|数量|用户数?|授权数?|节点数?|点数|连接数?|并发数?|客户端数?|次数?)|(?=\s*$))"
)


@lru_cache(maxsize=32768)
def find_measures(text: str, kind: MeasureClass) -> tuple[tuple[Measure, ...], str]:
    """Find the measures of a folded text; give them and the text that is left when they are taken out."""
    measures: list[Measure] = []
    taken: list[tuple[int, int]] = []
    for match in _UNLIMITED.finditer(text):
        measures.append(Measure(INFINITY, None, "any", "unlimited", match[0]))
        taken.append(match.span())
    for match in _product().finditer(text):
        if measure := _read_product(match, kind):
            measures.append(measure)
            taken.append(match.span())
    for match in _pattern().finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        if found := list(_read(match, text, kind)):
            measures.extend(found)
            taken.append(match.span())
    rest = list(text)
    for start, end in taken:
        rest[start:end] = " " * (end - start)
    return tuple(measures), "".join(rest)


def _read_product(match: re.Match[str], kind: MeasureClass) -> Measure | None:
    first, second = decimal(match["a"]), decimal(match["b"])
    unit = unit_of(match["u"] or "", kind)
    if unit is None:
        return None
    if match["u"] is None:
        return Measure(first * second, first * second, f"grid:{match['a']}×{match['b']}", "bare", match[0])
    # 4×500W is not 2×1000W: the number of parts stays in the dimension, so that only like divisions compare.
    part = replace(unit, dimension=f"{match['a']}×{unit.dimension}")
    return _bounded(match, second * unit.factor, part)


def _read(match: re.Match[str], text: str, kind: MeasureClass) -> Iterator[Measure]:
    first = _number(match["n1"], match["s1"], match["c1"])
    unit = unit_of(match["u1"] or "", kind)
    if first is None or unit is None or _is_identifier(match, text):
        return
    if match["n2"]:
        yield from _range(match, first, unit, kind)
    elif match["n3"]:
        yield from _tolerance(match, first, unit, kind)
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


def _range(match: re.Match[str], first: Decimal, unit: Unit, kind: MeasureClass) -> Iterator[Measure]:
    second = _number(match["n2"], match["s2"], None)
    upper = unit_of(match["u2"] or "", kind)
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


def _tolerance(match: re.Match[str], centre: Decimal, unit: Unit, kind: MeasureClass) -> Iterator[Measure]:
    width = decimal(match["n3"])
    other = unit_of(match["u3"] or "", kind)
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
