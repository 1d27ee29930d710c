"""Two phrases that belong together, compared piece by piece: measures, levels, enumerations, words."""

from collections import Counter

from domain.parameters.directions import CONVENTIONS, Direction, compare_measures
from domain.parameters.levels import Level, ladders
from domain.parameters.names import contrasts, is_within, without
from domain.parameters.options import Options, compare_options
from domain.parameters.outcomes import Effect, Outcome
from domain.parameters.reading import Phrase
from domain.parameters.rules import Rules
from domain.parameters.values import Measure

_NEGATIONS = "不无未非免禁"
_REVERSING = "于到从向由至比"
_WORDS = {
    Effect.SAME: "相同",
    Effect.RAISED: "要求提高",
    Effect.LOWERED: "要求降低",
    Effect.UNCLEAR: "接受范围互不包含，不能直接比较",
}


def compare_phrases(one: Phrase, other: Phrase, direction: Direction, rules: Rules) -> list[Outcome]:
    """Give the outcome of every piece that either phrase holds."""
    outcomes = [*_compare_measures(one, other, direction, rules), *_compare_levels(one, other, rules)]
    if one.options and other.options:
        outcomes.append(compare_options(one.options, other.options))
    elif one.options or other.options:
        outcomes.append(_compare_list_with_words(one, other))
        return outcomes
    outcomes.append(_compare_words(one, other))
    return outcomes


def _compare_measures(one: Phrase, other: Phrase, direction: Direction, rules: Rules) -> list[Outcome]:
    outcomes = []
    free = list(other.measures)
    left_over = []
    for measure in one.measures:
        partner = next((candidate for candidate in free if _comparable(measure, candidate)), None)
        if partner is None:
            left_over.append(measure)
            continue
        free.remove(partner)
        outcomes.append(_told(measure, partner, direction, rules))
    if left_over and free:
        texts = "、".join(m.text for m in left_over), "、".join(m.text for m in free)
        return [*outcomes, Outcome(Effect.UNCLEAR, f"“{texts[0]}”与“{texts[1]}”量纲或口径不同，不能直接比较")]
    outcomes.extend(Outcome(Effect.LOST, f"缺少“{measure.text}”") for measure in left_over)
    outcomes.extend(Outcome(Effect.EXTRA, f"增加批复没有的限定“{measure.text}”") for measure in free)
    return outcomes


def _comparable(one: Measure, other: Measure) -> bool:
    if one.dimension == other.dimension or "any" in {one.dimension, other.dimension}:
        return True
    if 0 in {one.low, other.low} and "number" in {one.dimension, other.dimension}:
        return True
    dimensions = {one.dimension, other.dimension}
    return "number" in dimensions and any(dimension.startswith("count:") for dimension in dimensions)


def _told(one: Measure, other: Measure, direction: Direction, rules: Rules) -> Outcome:
    effect = compare_measures(one, other, direction, rules)
    conventions = {measure.convention for measure in (one, other) if measure.convention and one.text != other.text}
    if "bare" in {one.kind, other.kind} or direction is not Direction.MIN:
        conventions.add(CONVENTIONS[direction])
    return Outcome(effect, f"批复“{one.text}”，招标“{other.text}”，{_WORDS[effect]}", "；".join(sorted(conventions)))


def _compare_levels(one: Phrase, other: Phrase, rules: Rules) -> list[Outcome]:
    outcomes = []
    names = dict.fromkeys(level.ladder for level in (*one.levels, *other.levels))
    for name in names:
        mine = [level for level in one.levels if level.ladder == name]
        theirs = [level for level in other.levels if level.ladder == name]
        outcomes.append(_compare_ladder(name, mine, theirs, rules))
    return outcomes


def _compare_ladder(name: str, mine: list[Level], theirs: list[Level], rules: Rules) -> Outcome:
    ladder = ladders()[name]
    if ladder.default is not None:
        left = min((level.rank for level in mine), default=ladder.default)
        right = min((level.rank for level in theirs), default=ladder.default)
        return _ranked(name, [left], [right], mine, theirs)
    if not theirs:
        if ladder.silent and rules.conventions.unstated_generation == "hint":
            return Outcome(
                Effect.SAME, f"招标未写明{name}", f"{name}缺省不改变指标下限，建议在招标文件中补写“{mine[0].wording}”"
            )
        return Outcome(Effect.LOST, f"缺少{name}要求“{mine[0].wording}”")
    if not mine:
        return Outcome(Effect.EXTRA, f"增加{name}要求“{theirs[0].wording}”")
    return _ranked(name, [level.rank for level in mine], [level.rank for level in theirs], mine, theirs)


def _ranked(name: str, left: list[int], right: list[int], mine: list[Level], theirs: list[Level]) -> Outcome:
    said = [f"“{levels[0].wording}”" if levels else "（未写，按通常理解）" for levels in (mine, theirs)]
    if len(left) != len(right):
        return Outcome(Effect.UNCLEAR, f"{name}表述不同：批复{said[0]}，招标{said[1]}")
    raised = any(after > before for before, after in zip(left, right, strict=True))
    lowered = any(after < before for before, after in zip(left, right, strict=True))
    if raised and lowered:
        return Outcome(Effect.UNCLEAR, f"{name}有升有降：批复{said[0]}，招标{said[1]}")
    if not raised and not lowered:
        return Outcome(Effect.SAME, f"{name}相同")
    effect = Effect.RAISED if raised else Effect.LOWERED
    return Outcome(effect, f"{name}由{said[0]}变为{said[1]}，要求{'提高' if raised else '降低'}")


def _compare_list_with_words(one: Phrase, other: Phrase) -> Outcome:
    if one.options:
        return _with_single(one.options, other.words, missing_side="tender")
    return (
        _with_single(other.options, one.words, missing_side="approved") if other.options else Outcome(Effect.SAME, "")
    )


def _with_single(options: Options, words: str, *, missing_side: str) -> Outcome:
    if not words:
        effect = Effect.LOST if missing_side == "tender" else Effect.EXTRA
        return Outcome(effect, f"{'缺少' if effect is Effect.LOST else '增加'}列举“{options.text}”")
    single = Options(frozenset({words}), options.any_of, is_open=False, text=words)
    if words not in options.members:
        return Outcome(Effect.UNCLEAR, f"“{options.text}”与“{words}”不能直接比较")
    return compare_options(options, single) if missing_side == "tender" else compare_options(single, options)


def _compare_words(left: Phrase, right: Phrase) -> Outcome:
    one, other = left.words, right.words
    if one == other:
        return Outcome(Effect.SAME, "")
    if len(one) > 3 and Counter(one) == Counter(other) and not any(char in one for char in _REVERSING):
        return Outcome(Effect.SAME, "", "语序不同，用词相同")
    if not one or (is_within(one, other) and not contrasts(one, other)):
        added = without(other, one)
        effect = Effect.UNCLEAR if any(char in added for char in _NEGATIONS) else Effect.EXTRA
        return Outcome(effect, f"增加批复没有的限定“{added}”")
    if not other or (is_within(other, one) and not contrasts(one, other)):
        dropped = without(one, other)
        effect = Effect.UNCLEAR if any(char in dropped for char in _NEGATIONS) else Effect.LOST
        return Outcome(effect, f"缺少“{dropped}”")
    return Outcome(Effect.UNCLEAR, f"“{left.text}”与“{right.text}”表述不同，不能自动判定是否等效")
