"""Units of measure: what a unit's spelling means, given the parameter's class (bit or byte, 10³ or 2¹⁰)."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache

from domain.parameters.data import load
from domain.parameters.rules import Rules

_POWERS = {"KB": 1, "MB": 2, "GB": 3, "TB": 4, "PB": 5, "EB": 6}
_GIGA = 3


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


def measure_class(text: str) -> MeasureClass:
    """Tell the class from a parameter's words, the parameter's own words first, then the item's."""
    classes = load("directions")["classes"]
    for kind in (MeasureClass.MEMORY, MeasureClass.RATE, MeasureClass.CAPACITY):
        if any(word.casefold() in text.casefold() for word in classes[kind.value]):
            return kind
    return MeasureClass.OTHER


@lru_cache(maxsize=16384)
def unit_of(spelling: str, kind: MeasureClass, rules: Rules) -> Unit | None:
    """Look a spelling up; None when it is no known unit."""
    if not spelling:
        return PLAIN
    if per := _per_time(spelling):
        return per
    if found := _known().get(spelling):
        return _in_class(spelling, found, kind, rules)
    if spelling in load("units")["loose"]:
        return _loose(spelling, kind, rules)
    if counted := _counted(spelling):
        return counted
    fitting = _by_lower_case().get(spelling.casefold(), [])
    return _in_class(*fitting[0], kind, rules) if len({unit for _, unit in fitting}) == 1 else None


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
        return Unit("bit_rate", _known()[rate].factor, f"链路、吞吐类的{letter}按{rate}计")
    if kind in {MeasureClass.MEMORY, MeasureClass.CAPACITY}:
        unit = _in_class(size, _known()[size], kind, rules)
        return Unit(unit.dimension, unit.factor, f"内存、容量类的{letter}按{size}计")
    return Unit(f"loose:{letter.upper()}")


def _per_time(spelling: str) -> Unit | None:
    base, slash, time = spelling.partition("/")
    seconds = load("units")["per"].get(time)
    counted = _counted(base) if slash and seconds else None
    if counted is None:
        return None
    return Unit(f"{counted.dimension}/s", counted.factor / Decimal(seconds))


def _counted(spelling: str) -> Unit | None:
    count = load("units")["count"]
    noun = (
        spelling[1:] if len(spelling) > 1 and spelling[0] in "个路条" and spelling[1:] in count["nouns"] else spelling
    )
    noun = count["synonyms"].get(noun, noun)
    if noun == "对":
        return Unit("count:个", Decimal(2), "1对=2个")
    for group, name in (("pieces", "个"), ("machines", "台"), ("sets", "套"), ("containers", noun)):
        if noun in count[group]:
            return Unit(f"count:{name if group != 'sets' or noun in '套项' else noun}")
    return Unit(f"count:{noun}") if noun in count["nouns"] else None


@cache
def _known() -> dict[str, Unit]:
    return {
        spelling: Unit(dimension, Decimal(factor))
        for dimension, units in load("units")["dimensions"].items()
        for spelling, factor in units.items()
    }


@cache
def _by_lower_case() -> dict[str, list[tuple[str, Unit]]]:
    found: dict[str, list[tuple[str, Unit]]] = {}
    for spelling, unit in _known().items():
        found.setdefault(spelling.casefold(), []).append((spelling, unit))
    return found


@cache
def unit_pattern() -> str:
    """A pattern for every spelling, the longest first; a Latin unit must not run on into another Latin letter."""
    count = load("units")["count"]
    words = {*count["pieces"], *count["machines"], *count["sets"], *count["containers"], *count["nouns"]}
    words |= {f"{first}{noun}" for first in "个路条" for noun in count["nouns"] if len(noun) > 1 or noun in "核点口"}
    timed = {f"{word}/{time}" for word in words for time in load("units")["per"]}
    spellings = {*_known(), *load("units")["loose"], *words, *timed}
    spellings |= {word.lower() for word in _known() if word.isascii() and len(word) > 2}
    spellings |= {word.upper() for word in _known() if word.isascii() and len(word) > 2}
    ordered = sorted(spellings, key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word) + ("(?![A-Za-z0-9])" if word[-1].isascii() and word[-1].isalnum() else "") for word in ordered
    )
