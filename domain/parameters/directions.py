"""Which way is stricter for a class of parameters, and how two accepted intervals compare under it."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache

from domain.parameters.data import load
from domain.parameters.intervals import Measure
from domain.parameters.outcomes import Effect
from domain.parameters.rules import Rules
from domain.text import fold


class Direction(StrEnum):
    """How a parameter class reads bare values and ranges."""

    MIN = "min"
    MAX = "max"
    ENVIRONMENT = "environment"
    ERROR = "error"
    REACH = "reach"
    COVER = "cover"


CONVENTIONS = {
    Direction.MIN: "裸值按下限理解",
    Direction.MAX: "上限型指标，数值越小越严",
    Direction.ENVIRONMENT: "工作环境范围，越宽要求越高",
    Direction.ERROR: "误差类指标，越小越严",
    Direction.REACH: "适应能力类指标，数值越大要求越高",
    Direction.COVER: "能力范围（量程、调节、频段等），越宽要求越高",
}


_WIDER_IS_STRICTER = {Direction.ENVIRONMENT, Direction.COVER}
_SIGNED = re.compile("[≥>]|[大多]于|不小于|不少于|至少|最少|以上")


@dataclass(frozen=True, slots=True)
class Interval:
    """What a requirement accepts; None stands for no bound on that side."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False


@lru_cache(maxsize=16384)
def direction_of(text: str, item: str = "") -> Direction:
    """Give the direction of a parameter by its words; bare values are lower bounds by default.

    `item` is the device, whose words may except a class (the height of a cabinet is a lower bound).
    """
    folded = fold(text)
    for name, words, excepted, always in _classes():
        if always.search(folded) or (words.search(folded) and not excepted.search(f"{folded} {item}")):
            return name
    return Direction.MIN


_Class = tuple[Direction, re.Pattern[str], re.Pattern[str], re.Pattern[str]]


@cache
def _classes() -> tuple[_Class, ...]:
    """Every class with its words, the words that except a parameter from it, and those that no device excepts."""
    return tuple(
        (Direction(entry["name"]), _any(entry["words"]), _any(entry.get("except", [])), _any(entry.get("always", [])))
        for entry in load("directions")["class"]
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or "(?!)", re.IGNORECASE)


def settled(direction: Direction, approved: Measure, tender: Measure) -> Direction:
    """What a class comes to for two figures: an ability that both give as a range must be covered, else reached."""
    if direction is not Direction.COVER:
        return direction
    return direction if approved.kind == tender.kind == "range" else Direction.MIN


def compare_measures(approved: Measure, tender: Measure, direction: Direction, rules: Rules) -> tuple[Effect, str]:
    """Compare what two requirements of one dimension accept; give the effect and the convention on parts, if any.

    Accepting less is stricter (提高), accepting more is looser (降低); an environment the device must stand, a range of
    its ability it must cover, so there it is the other way round. Where neither interval holds the other, nothing can
    be said.
    """
    direction = settled(direction, approved, tender)
    if approved.parts is None and tender.parts is None:
        return _compare_whole(approved, tender, direction, rules), ""
    if approved.parts is not None and tender.parts is not None:
        return _compare_parts(approved, tender, direction, rules), ""
    effect = _compare_whole(_total(approved), _total(tender), direction, rules)
    return effect, "分件规格按件数×单件折算总量后比较"


def _compare_parts(approved: Measure, tender: Measure, direction: Direction, rules: Rules) -> Effect:
    """So many pieces of such a size: more pieces and larger pieces are stricter, one against the other is unclear."""
    size = _compare_whole(approved, tender, direction, rules)
    mine, theirs = approved.parts or 0, tender.parts or 0
    number = Effect.SAME if mine == theirs else Effect.RAISED if theirs > mine else Effect.LOWERED
    effects = {size, number} - {Effect.SAME}
    return effects.pop() if len(effects) == 1 else Effect.UNCLEAR if effects else Effect.SAME


def _total(measure: Measure) -> Measure:
    parts = measure.parts
    if parts is None:
        return measure
    low = None if measure.low is None else measure.low * parts
    high = None if measure.high is None else measure.high * parts
    return replace(measure, low=low, high=high, parts=None)


def _compare_whole(approved: Measure, tender: Measure, direction: Direction, rules: Rules) -> Effect:
    reading = rules.conventions.bare_value
    if reading == "ask" and approved.kind != tender.kind and "bare" in {approved.kind, tender.kind}:
        return Effect.UNCLEAR
    left, right = (_accepted(one, direction, exact=reading == "exact") for one in (approved, tender))
    if left == right:
        return Effect.SAME
    if direction is not Direction.MAX and (changed := _limited(approved, tender)):
        return changed
    if _holds(left, right):
        return Effect.LOWERED if direction in _WIDER_IS_STRICTER else Effect.RAISED
    if _holds(right, left):
        return Effect.RAISED if direction in _WIDER_IS_STRICTER else Effect.LOWERED
    return Effect.UNCLEAR


def _limited(approved: Measure, tender: Measure) -> Effect | None:
    """What becomes of an allowance without limit (不限用户) that is given one (限50个), or the other way round."""
    limits = [one.high is not None and one.low is None for one in (approved, tender)]
    if approved.kind == "unlimited" and limits[1]:
        return Effect.LOWERED
    return Effect.RAISED if tender.kind == "unlimited" and limits[0] else None


def _accepted(measure: Measure, direction: Direction, *, exact: bool) -> Interval:
    """The interval a requirement accepts: what its comparator leaves open, the direction decides."""
    low, high = measure.low, measure.high
    if direction is Direction.REACH:
        return Interval(high if low is None else low, None)
    literal = measure.kind == "bound" and high is None and _SIGNED.search(measure.text) is not None
    if direction is Direction.ERROR and measure.kind in {"bound", "better", "bare"} and not literal:
        # 精度不低于±0.5% is said of the precision: the error is no larger.
        width = high if low is None else low
        return (
            Interval(-abs(width), abs(width), high_open=measure.high_open)
            if width is not None
            else Interval(None, None)
        )
    if measure.kind == "better" or (measure.kind == "bare" and not exact):
        if direction is Direction.MAX:
            return Interval(None, high)
        return Interval(low, high) if direction is Direction.ENVIRONMENT else Interval(low, None)
    return Interval(low, high, measure.low_open and low is not None, measure.high_open and high is not None)


def _holds(outer: Interval, inner: Interval) -> bool:
    """Whether everything `inner` accepts is accepted by `outer`."""
    if outer.low is not None and (
        inner.low is None or inner.low < outer.low or (inner.low == outer.low and outer.low_open and not inner.low_open)
    ):
        return False
    return not (
        outer.high is not None
        and (
            inner.high is None
            or inner.high > outer.high
            or (inner.high == outer.high and outer.high_open and not inner.high_open)
        )
    )
