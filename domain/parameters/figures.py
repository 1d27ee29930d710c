"""The measures of two phrases that belong together, paired and compared, with the figures told in the reason."""

import re
from decimal import Context, Decimal

from domain.parameters.conversions import reconciled
from domain.parameters.directions import CONVENTIONS, Direction, compare_measures, settled
from domain.parameters.intervals import Measure
from domain.parameters.outcomes import Effect, Outcome
from domain.parameters.rules import Rules

_TOLD = {
    Effect.SAME: "相同",
    Effect.RAISED: "要求提高",
    Effect.LOWERED: "要求降低",
    Effect.UNCLEAR: "接受范围互不包含，不能直接比较",
}
_FOUR_DIGITS = Context(prec=4)
_LONG = re.compile(r"\d+\.\d{5,}")
_BASES = {Decimal("1.024"), Decimal("1.048576")}
_TRIED = 40_000
"""Pairs of figures that are tried in one clause: two hundred against two hundred."""

_LOADS = frozenset(f"count:{noun}" for noun in ("并发", "用户", "并发用户", "会话", "连接", "人"))
_THREAD, _CORE = "count:线程", "count:核"


def compare_figures(
    approved: tuple[Measure, ...], tender: tuple[Measure, ...], direction: Direction, rules: Rules
) -> list[Outcome]:
    """Pair the measures by dimension in the order in which they stand, and compare every pair.

    Hundreds of figures in one clause are left to a person rather than to minutes of work.
    """
    if len(approved) * len(tender) > _TRIED:
        told = f"批复 {len(approved)} 个、招标 {len(tender)} 个数值并列在一条内，不能逐一对应，需人工核对"
        return [Outcome(Effect.UNCLEAR, told)]
    outcomes: list[Outcome] = []
    free = list(tender)
    left_over = []
    for measure in approved:
        partner = next((one for one in free if _comparable(measure, one, rules)), None)
        if partner is None:
            left_over.append(measure)
            continue
        free.remove(partner)
        outcomes.append(_told(measure, partner, _direction(measure, direction, approved), rules))
    if left_over and free:
        return [*outcomes, *_unlike(left_over, free)]
    outcomes.extend(Outcome(Effect.LOST, f"缺少“{_shown(measure)}”") for measure in left_over)
    outcomes.extend(Outcome(Effect.EXTRA, f"增加批复没有的限定“{_shown(measure)}”") for measure in free)
    return outcomes


def _direction(measure: Measure, direction: Direction, beside: tuple[Measure, ...]) -> Direction:
    """Under a time limit, the users or requests it holds for are a load: more of them is more (1000并发下≤3秒)."""
    timed = any(one.dimension == "time" for one in beside)
    is_load = measure.dimension in _LOADS or (timed and measure.dimension == "count:个")
    return Direction.MIN if direction is Direction.MAX and is_load else direction


def _unlike(mine: list[Measure], theirs: list[Measure]) -> list[Outcome]:
    """Figures of unlike dimensions; some still tell which is the more."""
    if len(mine) == len(theirs) == 1 and (known := _known_order(mine[0], theirs[0])):
        return [known]
    texts = "、".join(m.text for m in mine), "、".join(m.text for m in theirs)
    return [Outcome(Effect.UNCLEAR, f"“{texts[0]}”与“{texts[1]}”量纲或口径不同，不能直接比较")]


def _known_order(one: Measure, other: Measure) -> Outcome | None:
    values = one.low if one.low is not None else one.high, other.low if other.low is not None else other.high
    if values[0] is None or values[1] is None:
        return None
    kinds = one.dimension, other.dimension
    if all(kind.startswith("grid:") for kind in kinds):
        return _grids(one, other)
    if kinds == (_CORE, _THREAD) and values[1] <= values[0]:
        return Outcome(Effect.LOWERED, f"“{one.text}”改为“{other.text}”：一核一般为两线程，要求降低", "1核=2线程")
    if kinds == (_THREAD, _CORE) and values[1] >= values[0]:
        return Outcome(Effect.RAISED, f"“{one.text}”改为“{other.text}”：一核一般为两线程，要求提高", "1核=2线程")
    return _working_days(one, other, values[0], values[1])


def _working_days(one: Measure, other: Measure, before: Decimal, after: Decimal) -> Outcome | None:
    """As many working days as calendar days are longer; calendar days beyond any holidays are longer than they."""
    if {one.dimension, other.dimension} != {"time", "working_days"}:
        return None
    working = one.dimension == "working_days"
    days, calendar = (before, after / 86400) if working else (after, before / 86400)
    working_longer = days >= calendar
    if not working_longer and days * Decimal("1.4") + 10 > calendar:
        return None
    is_longer = working_longer is not working
    bounded_above = one.low is None or other.low is None or one.kind == other.kind == "bare"
    effect = Effect.LOWERED if is_longer is bounded_above else Effect.RAISED
    told = "实际期限延长" if is_longer else "实际期限缩短"
    return Outcome(effect, f"“{one.text}”改为“{other.text}”，{told}，{_TOLD[effect]}", "工作日与日历日不同口径")


def _comparable(one: Measure, other: Measure, rules: Rules) -> bool:
    if one.dimension == other.dimension or "any" in {one.dimension, other.dimension}:
        return True
    if 0 in {one.low, other.low} and "number" in {one.dimension, other.dimension}:
        return True
    return reconciled(one, other, rules) is not None


def _told(one: Measure, other: Measure, direction: Direction, rules: Rules) -> Outcome:
    left, right = reconciled(one, other, rules) or (one, other)
    if rules.conventions.disk_base == 1000 and _differ_by_base(left, right):
        told = f"批复“{one.text}”，招标“{other.text}”，相差恰为 1024/1000，疑为进制口径不同，需人工确认"
        return Outcome(Effect.UNCLEAR, told, "；".join(sorted({left.convention, right.convention} - {""})))
    direction = settled(direction, left, right)
    effect, how = compare_measures(left, right, direction, rules)
    conventions = {measure.convention for measure in (left, right) if measure.convention and one.text != other.text}
    if "bare" in {one.kind, other.kind} or direction is not Direction.MIN:
        conventions.add(CONVENTIONS[direction])
    if how:
        conventions.add(how)
    return Outcome(
        effect, f"批复“{_shown(one)}”，招标“{_shown(other)}”，{_TOLD[effect]}", "；".join(sorted(conventions))
    )


def _shown(measure: Measure) -> str:
    """A figure as written; what was worked out (每3个月1次) is rounded."""
    return _LONG.sub(lambda match: _rounded(Decimal(match[0])), measure.text)


def _rounded(value: Decimal) -> str:
    """Four digits behind the point, or for what is smaller (误码率 0.000001) the four that count."""
    return f"{value:.4f}" if abs(value) >= 1 else format(_FOUR_DIGITS.plus(value).normalize(), "f")


def _differ_by_base(one: Measure, other: Measure) -> bool:
    """Whether two sizes of storage are the same figure once in thousands and once in 1024s."""
    ends = [measure.low if measure.low is not None else measure.high for measure in (one, other)]
    if one.dimension != "data" or not ends[0] or not ends[1] or "内存" in one.convention + other.convention:
        return False
    return ends[0] / ends[1] in _BASES or ends[1] / ends[0] in _BASES


def _grids(one: Measure, other: Measure) -> Outcome | None:
    """Two grids side by side (600×600, 300×300): finer both ways is more, in one way alone for a person."""
    before, after = ([Decimal(side) for side in grid.dimension[5:].split("×")] for grid in (one, other))
    finer = [new > old for old, new in zip(before, after, strict=True)]
    if any(new == old for old, new in zip(before, after, strict=True)) or len(set(finer)) > 1:
        return None
    effect = Effect.RAISED if finer[0] else Effect.LOWERED
    return Outcome(effect, f"批复“{one.text}”，招标“{other.text}”，{_TOLD[effect]}")
