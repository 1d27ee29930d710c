"""Availability and yearly downtime say one thing: 99.9 % of a year is a standstill of at most 8.76 hours."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from domain.parameters.intervals import Measure
from domain.parameters.outcomes import Effect, Outcome
from domain.parameters.reading import Phrase, read
from domain.parameters.rules import Rules
from domain.parameters.units import MeasureClass
from domain.text import fold

_UP = re.compile(r"可用(?:性|率|度)|正常运行(?:时间)?(?:率|比例|占比)|在线率|无故障运行率")
_DOWN = re.compile(r"停机|中断|宕机|不可用|故障(?=时[间长])")
_OTHERWISE = re.compile(r"计划|维护|检修|升级|[单每]次|[月季周天日]")
_EVERY_YEAR = re.compile(r"[全每]?年")
_SAID = re.compile(
    r"(?:系统|平台|服务|业务|应用|整体|总体|[全每]?年|累计|总|时[间长]|可用[性率度]|无故障运行率|停机|不可用|中断|宕机)*"
)
_YEAR = Decimal(365 * 86400)
_FIGURE = re.compile(r"\d[\d.]*")
_SIGNIFICANT = 2
"""Digits from which on a written figure counts as a rounded one (8.8 hours, 53 minutes)."""

CONVENTION = "可用性按 1年=365天（8760小时）与年停机时间折算，未写明计划停机是否计入的按全部停机计"


@dataclass(frozen=True, slots=True)
class _Standstill:
    """Seconds of a year that may be lost; `step` is the last written digit's, where the figure may be a rounded one."""

    seconds: Decimal
    step: Decimal | None = None


def compare_availability(approved: tuple[str, str], tender: tuple[str, str], rules: Rules) -> Outcome | None:
    """Compare a share of availability with a downtime in a year, either way round; None where it is not that.

    Months, whose length varies, and planned downtime that is told apart are left to the general comparison.
    """
    sides = [" ".join(side) for side in (approved, tender)]
    if bool(_DOWN.search(sides[0])) == bool(_DOWN.search(sides[1])) or not any(map(_UP.search, sides)):
        return None
    left, right = _standstill(approved, rules), _standstill(tender, rules)
    if left is None or right is None:
        return None
    effect, told = Effect.SAME, "要求相同"
    if not _equal(left, right):
        raised = right.seconds < left.seconds
        effect, told = (Effect.RAISED, "要求提高") if raised else (Effect.LOWERED, "要求降低")
    hours = [_told(side.seconds) for side in (left, right)]
    text = f"批复“{approved[1]}”，招标“{tender[1]}”，折合全年停机分别不超过{hours[0]}、{hours[1]}，{told}"
    return Outcome(effect, text, CONVENTION)


def _standstill(side: tuple[str, str], rules: Rules) -> _Standstill | None:
    """Read a side that says availability, yearly downtime or both alike, and nothing else."""
    if _OTHERWISE.search(fold(" ".join(side))):
        return None
    found = [_stated(side[0], phrase) for phrase in read(*side, MeasureClass.OTHER, rules)]
    known = [one for one in found if one is not None]
    if not known or len(known) != len(found) or any(not _equal(known[0], one) for one in known):
        return None
    return known[0]


def _stated(name: str, phrase: Phrase) -> _Standstill | None:
    if len(phrase.measures) != 1 or phrase.options or not _SAID.fullmatch(phrase.words):
        return None
    measure = phrase.measures[0]
    text = f"{name} {phrase.text}"
    if measure.dimension == "time" and measure.high is not None and not measure.high_open:
        is_limit = not measure.low or measure.kind == "bare"
        is_yearly = _DOWN.search(text) and _EVERY_YEAR.search(text)
        return _Standstill(measure.high, _step(measure)) if is_limit and is_yearly else None
    if measure.low is None or measure.low_open or not _UP.search(text):
        return None
    share = {"ratio": measure.low / 100, "number": measure.low}.get(measure.dimension)
    return None if share is None or not 0 < share < 1 else _Standstill(_YEAR * (1 - share))


def _step(measure: Measure) -> Decimal | None:
    """Seconds of the last written digit; None where too few digits are written to be a rounded figure."""
    figure = _FIGURE.search(measure.text)
    if figure is None or measure.high is None or len(figure[0].replace(".", "").lstrip("0")) < _SIGNIFICANT:
        return None
    written = Decimal(figure[0])
    return measure.high / written * Decimal(1).scaleb(int(written.as_tuple().exponent))


def _equal(one: _Standstill, other: _Standstill) -> bool:
    """Whether two are the same figure, the one perhaps rounded to the digits in which the other is written."""
    if one.seconds == other.seconds:
        return True
    steps = [step for step in (one.step, other.step) if step]
    return len(steps) == 1 and _in_steps(one, steps[0]) == _in_steps(other, steps[0])


def _in_steps(standstill: _Standstill, step: Decimal) -> Decimal:
    return (standstill.seconds / step).to_integral_value(ROUND_HALF_UP)


def _told(seconds: Decimal) -> str:
    if seconds >= 3600:
        return f"{seconds / 3600:.2f}小时"
    return f"{seconds / 60:.2f}分钟"
