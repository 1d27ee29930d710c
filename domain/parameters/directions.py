"""Which way is stricter for a class of parameters, and how two accepted intervals compare under it."""

from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from domain.parameters.data import load
from domain.parameters.outcomes import Effect
from domain.parameters.rules import Rules
from domain.parameters.values import Measure
from domain.text import fold


class Direction(StrEnum):
    """How a parameter class reads bare values and ranges."""

    MIN = "min"
    MAX = "max"
    ENVIRONMENT = "environment"
    ERROR = "error"


CONVENTIONS = {
    Direction.MIN: "裸值按下限理解",
    Direction.MAX: "上限型指标，数值越小越严",
    Direction.ENVIRONMENT: "工作环境范围，越宽要求越高",
    Direction.ERROR: "误差类指标，越小越严",
}


@lru_cache(maxsize=8192)
def direction_of(name: str) -> Direction:
    """Give the direction of a parameter by the words of its name; bare values are lower bounds by default."""
    text = fold(name).casefold()
    for entry in load("directions")["class"]:
        if any(word.casefold() in text for word in entry.get("except", ())):
            continue
        if any(word.casefold() in text for word in entry["words"]):
            return Direction(entry["name"])
    return Direction.MIN


def compare_measures(approved: Measure, tender: Measure, direction: Direction, rules: Rules) -> Effect:
    """Compare what two requirements of one dimension accept.

    Accepting less is stricter (提高), accepting more is looser (降低); for an environment the device must stand more,
    so it is the other way round. Intervals of which neither holds the other cannot be compared.
    """
    reading = rules.conventions.bare_value
    if reading == "ask" and approved.kind != tender.kind and "bare" in {approved.kind, tender.kind}:
        return Effect.UNCLEAR
    left, right = (_accepted(one, direction, exact=reading == "exact") for one in (approved, tender))
    if left == right:
        return Effect.SAME
    if _holds(left, right):
        return Effect.LOWERED if direction is Direction.ENVIRONMENT else Effect.RAISED
    if _holds(right, left):
        return Effect.RAISED if direction is Direction.ENVIRONMENT else Effect.LOWERED
    return Effect.UNCLEAR


def _accepted(measure: Measure, direction: Direction, *, exact: bool) -> Measure:
    if measure.kind != "bare" or exact:
        if (
            direction is Direction.ERROR
            and measure.kind == "bound"
            and measure.low is None
            and measure.high is not None
        ):
            return _bare(measure, low=-measure.high, high=measure.high)
        return _bare(measure, low=measure.low, high=measure.high)
    value = measure.low
    if direction is Direction.MAX:
        return _bare(measure, low=None, high=value)
    if direction is Direction.ERROR and value is not None:
        return _bare(measure, low=-value, high=value)
    if direction is Direction.ENVIRONMENT:
        return _bare(measure, low=value, high=value)
    return _bare(measure, low=value, high=None)


def _bare(measure: Measure, *, low: Decimal | None, high: Decimal | None) -> Measure:
    """Keep the bounds alone, so that two readings are equal when they accept the same."""
    opened = measure.low_open and low is not None, measure.high_open and high is not None
    return Measure(low, high, "", "", "", *opened)


def _holds(outer: Measure, inner: Measure) -> bool:
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
