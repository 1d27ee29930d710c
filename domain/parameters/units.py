"""Units of measure: what a unit's spelling means, given the parameter's class (bit or byte, 10³ or 2¹⁰)."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache

from domain.parameters.data import load
from domain.parameters.patterns import any_of
from domain.parameters.registry import composed, known
from domain.parameters.rules import Rules

_POWERS = {"KB": 1, "MB": 2, "GB": 3, "TB": 4, "PB": 5, "EB": 6}
_GIGA = 3
_TIMES = ("s", "S", "秒", "min", "分钟", "h", "小时", "天", "日", "月", "年")


class MeasureClass(StrEnum):
    """How loose letters and data sizes are read: `100M` of a link is Mbps, `256G` of memory is 256 × 2³⁰ bytes."""

    RATE = "rate"
    MEMORY = "memory"
    CAPACITY = "capacity"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's dimension and its factor to that dimension's base; counted things are dimensions `count:<noun>`."""

    dimension: str
    factor: Decimal = Decimal(1)
    convention: str = ""


PLAIN = Unit("number")
"""A number that stands without a unit."""


@lru_cache(maxsize=16384)
def measure_class(text: str) -> MeasureClass:
    """Tell the class from a parameter's words, the parameter's own words first, then the item's."""
    found = _class_words().search(text)
    if found is None:
        return MeasureClass.OTHER
    held = {one.lastgroup for one in _class_words().finditer(text)}
    return next(kind for kind in (MeasureClass.MEMORY, MeasureClass.RATE, MeasureClass.CAPACITY) if kind.value in held)


@cache
def _class_words() -> re.Pattern[str]:
    classes = load("directions")["classes"]
    return re.compile("|".join(f"(?P<{kind}>{any_of(words)})" for kind, words in classes.items()), re.IGNORECASE)


@lru_cache(maxsize=16384)
def unit_of(spelling: str, kind: MeasureClass, rules: Rules) -> Unit | None:
    """Look a spelling up; None when it is no known unit."""
    if not spelling:
        return PLAIN
    if spelling in load("units")["loose"]:
        return _loose(spelling, kind, rules)
    if found := _registered(spelling):
        return _in_class(spelling, found, kind, rules)
    if counted := _counted(spelling):
        return Unit(*counted)
    if spelling.endswith("/S"):
        return unit_of(f"{spelling[:-1]}s", kind, rules)
    return (_quotient(spelling) if "/" in spelling else None) or _in_other_case(spelling, kind, rules)


def _in_other_case(spelling: str, kind: MeasureClass, rules: Rules) -> Unit | None:
    fitting = _by_lower_case().get(spelling.casefold(), ())
    units = {_registered(one) for one in fitting}
    return _in_class(fitting[0], units.pop() or PLAIN, kind, rules) if len(units) == 1 else None


def _registered(spelling: str) -> Unit | None:
    found = known(spelling)
    return None if found is None else Unit(*found)


def _in_class(spelling: str, unit: Unit, kind: MeasureClass, rules: Rules) -> Unit:
    power = _POWERS.get(spelling.upper())
    if unit.dimension != "data" or power is None:
        return unit
    memory = kind is MeasureClass.MEMORY
    base = rules.conventions.memory_base if memory else rules.conventions.disk_base
    told = f"{'内存' if memory else '存储'}容量按 1TB={base}GB 计" if memory or power > _GIGA else ""
    return Unit("data", Decimal(base) ** power, told)


def _loose(letter: str, kind: MeasureClass, rules: Rules) -> Unit:
    rate, size = load("units")["loose"][letter]
    if kind is MeasureClass.RATE:
        return Unit("bit_rate", known(rate)[1], f"链路、吞吐类的{letter}按{rate}计")  # type: ignore[index]
    if kind in {MeasureClass.MEMORY, MeasureClass.CAPACITY}:
        unit = unit_of(size, kind, rules) or PLAIN
        return Unit(unit.dimension, unit.factor, f"内存、容量类的{letter}按{size}计")
    return Unit(f"loose:{letter.upper()}")


def _quotient(spelling: str) -> Unit | None:
    """A unit per another one (次/秒, Mbps/路, 元/人月), composed by the registry."""
    over, _, under = spelling.rpartition("/")
    parts = [_part(part) for part in (over or "个", under)]
    if parts[0] is None or parts[1] is None:
        return None
    found = composed(parts[0][0], parts[1][0])
    return found and Unit(found[0], found[1] * parts[0][1] / parts[1][1])


def _part(spelling: str) -> tuple[tuple[str, str], Decimal] | None:
    if known(spelling) is not None:
        return ("unit", spelling), Decimal(1)
    counted = _counted(spelling)
    return counted and (("count", counted[0].removeprefix("count:")), counted[1])


@lru_cache(maxsize=4096)
def _counted(spelling: str) -> tuple[str, Decimal, str] | None:
    """A counted noun's dimension, number of pieces and convention."""
    count = load("units")["count"]
    leads = len(spelling) > 1 and spelling[0] in "个路条" and spelling[1:] in count["nouns"]
    noun = count["synonyms"].get(spelling[1:], spelling[1:]) if leads else count["synonyms"].get(spelling, spelling)
    if noun == "对":
        return "count:个", Decimal(2), "1对=2个"
    for group, name in (("pieces", "个"), ("machines", "台"), ("sets", "套"), ("containers", noun)):
        if noun in count[group]:
            return f"count:{name if group != 'sets' or noun in '套项' else noun}", Decimal(1), ""
    return (f"count:{noun}", Decimal(1), "") if noun in count["nouns"] else None


@cache
def _by_lower_case() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for section in load("units")["dimensions"].values():
        for spelling in section:
            found[spelling.casefold()] = (*found.get(spelling.casefold(), ()), spelling)
    return found


@cache
def unit_pattern() -> str:
    """A pattern for every unit, one per another and 每秒-like ones included."""
    atom = single_unit_pattern()
    return f"{atom}(?:/{atom})?|/(?:{any_of(_TIMES, latin_end='(?![A-Za-z0-9])')})"


@cache
def single_unit_pattern() -> str:
    """A pattern for every spelling, the longest first; a Latin unit must not run on into another Latin letter."""
    count = load("units")["count"]
    written = {spelling for section in load("units")["dimensions"].values() for spelling in section}
    words = {*count["pieces"], *count["machines"], *count["sets"], *count["containers"], *count["nouns"]}
    words |= {f"{first}{noun}" for first in "个路条" for noun in count["nouns"] if len(noun) > 1 or noun in "核点口"}
    cased = {spelling for spelling in written if spelling.isascii() and len(spelling) > 1}
    spellings = written | words | set(load("units")["loose"])
    spellings |= {
        form for word in cased for form in (word.lower(), word.upper()) if len(word) > 2 or form not in "MSms"
    }
    return f"(?:{any_of(spellings, latin_end='(?![A-Za-z0-9])')})"
