"""One approved parameter against one tender parameter: phrases paired, pieces compared, one verdict (Article 18)."""

from collections import Counter

from domain.documents.clauses import mark_of
from domain.parameters.compliance import added_reason
from domain.parameters.directions import CONVENTIONS, Direction, compare_measures, direction_of
from domain.parameters.levels import Level, ladders
from domain.parameters.names import contrasts, is_within, same_name, similarity, without
from domain.parameters.options import Options, compare_options
from domain.parameters.outcomes import Effect, Judgement, Outcome, conclude
from domain.parameters.reading import Phrase, read
from domain.parameters.units import measure_class
from domain.parameters.values import Measure
from domain.parameters.verdicts import Verdict
from domain.text import key, plain

_MARKS = {"": 0, "▲": 1, "★": 2}
_MARK_NAMES = {"": "一般条款", "▲": "▲重要条款", "★": "★实质性条款"}
_NEGATIONS = "不无未非免禁"
_REVERSING = "于到从向由至比"
_SAME_WORDS = 0.5


def judge(
    item: str, approved: tuple[str, str], tender: tuple[str, str], marks: tuple[str, str] | None = None
) -> Judgement:
    """Judge a pair of parameters given as (name, value); `marks` are the rows' ★/▲ when known from elsewhere."""
    if not key(approved[1]):
        reason, basis = added_reason(tender[1])
        return Judgement(Verdict.ADDED, reason, basis=basis)
    if not key(tender[1]):
        return Judgement(Verdict.MISSING, "批复参数在招标文件中无对应条目")
    outcomes = _compare(item, approved, tender)
    outcomes.append(_compare_marks(marks or (mark_of(approved[1]), mark_of(tender[1]))))
    judgement = conclude([outcome for outcome in outcomes if outcome is not None])
    if judgement.verdict is Verdict.SAME and not same_name(approved[0], tender[0]):
        reason = f"取值相同，但参数名称“{approved[0]}”与“{tender[0]}”不能确认为同一指标，需人工确认"
        return Judgement(Verdict.MANUAL, reason, judgement.convention)
    return judgement


def _compare(item: str, approved: tuple[str, str], tender: tuple[str, str]) -> list[Outcome]:
    if plain(approved[1]) == plain(tender[1]) and plain(approved[0]) == plain(tender[0]):
        return [Outcome(Effect.SAME, "批复与招标表述相同")]
    kind = measure_class(f"{approved[0]} {tender[0]}")
    if kind.value == "other":
        kind = measure_class(f"{approved[1]} {tender[1]} {item}")
    direction = direction_of(f"{approved[0]} {approved[1]}")
    left, right = read(*approved, kind), read(*tender, kind)
    outcomes: list[Outcome] = []
    pairs, lost, extra = _pair(left, right)
    for one, other in pairs:
        outcomes.extend(_compare_phrases(one, other, direction))
    outcomes.extend(_unpaired(lost, extra))
    return outcomes


def _compare_marks(marks: tuple[str, str]) -> Outcome:
    before, after = marks
    if _MARKS[before] == _MARKS[after]:
        return Outcome(Effect.SAME, "")
    effect = Effect.RAISED if _MARKS[after] > _MARKS[before] else Effect.LOWERED
    return Outcome(effect, f"条款强度由{_MARK_NAMES[before]}改为{_MARK_NAMES[after]}")


def _pair(
    left: tuple[Phrase, ...], right: tuple[Phrase, ...]
) -> tuple[list[tuple[Phrase, Phrase]], list[Phrase], list[Phrase]]:
    """Pair phrases best first; a lone phrase on both sides belongs together whatever it says."""
    main = [[phrase for phrase in side if not phrase.aside] for side in (left, right)]
    pairs: list[tuple[Phrase, Phrase]] = []
    if len(main[0]) == len(main[1]) == 1:
        pairs.append((main[0][0], main[1][0]))
        main = [[], []]
    asides = [[phrase for phrase in side if phrase.aside] for side in (left, right)]
    rest = [main[0] + asides[0], main[1] + asides[1]]
    scored = sorted(
        ((-_likeness(one, other), i, j) for i, one in enumerate(rest[0]) for j, other in enumerate(rest[1])),
    )
    used: tuple[set[int], set[int]] = (set(), set())
    for score, i, j in scored:
        if -score >= _SAME_WORDS and i not in used[0] and j not in used[1]:
            pairs.append((rest[0][i], rest[1][j]))
            used[0].add(i)
            used[1].add(j)
    lost = [phrase for i, phrase in enumerate(rest[0]) if i not in used[0]]
    return pairs, lost, [phrase for j, phrase in enumerate(rest[1]) if j not in used[1]]


def _likeness(one: Phrase, other: Phrase) -> float:
    if contrasts(one.words, other.words):
        return 0.0
    words = similarity(one.words, other.words) if one.words or other.words else 1.0
    mine, theirs = Counter(m.dimension for m in one.measures), Counter(m.dimension for m in other.measures)
    either = mine | theirs
    measured = (mine & theirs).total() / either.total() if either else 1.0
    listed = 1.0 if (one.options is None) == (other.options is None) else 0.0
    return 0.55 * words + 0.35 * measured + 0.1 * listed


def _compare_phrases(one: Phrase, other: Phrase, direction: Direction) -> list[Outcome]:
    outcomes = [*_compare_measures(one, other, direction), *_compare_levels(one, other)]
    if one.options and other.options:
        outcomes.append(compare_options(one.options, other.options))
    elif one.options or other.options:
        outcomes.append(_compare_list_with_words(one, other))
        return outcomes
    outcomes.append(_compare_words(one, other))
    return outcomes


def _compare_measures(one: Phrase, other: Phrase, direction: Direction) -> list[Outcome]:
    outcomes = []
    free = list(other.measures)
    left_over = []
    for measure in one.measures:
        partner = next((candidate for candidate in free if _comparable(measure, candidate)), None)
        if partner is None:
            left_over.append(measure)
            continue
        free.remove(partner)
        outcomes.append(_told(measure, partner, direction))
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


def _told(one: Measure, other: Measure, direction: Direction) -> Outcome:
    effect = compare_measures(one, other, direction)
    words = {
        Effect.SAME: "相同",
        Effect.RAISED: "要求提高",
        Effect.LOWERED: "要求降低",
        Effect.UNCLEAR: "接受范围互不包含，不能直接比较",
    }
    conventions = {measure.convention for measure in (one, other) if measure.convention and one.text != other.text}
    if "bare" in {one.kind, other.kind} or direction is not Direction.MIN:
        conventions.add(CONVENTIONS[direction])
    return Outcome(effect, f"批复“{one.text}”，招标“{other.text}”，{words[effect]}", "；".join(sorted(conventions)))


def _compare_levels(one: Phrase, other: Phrase) -> list[Outcome]:
    outcomes = []
    names = dict.fromkeys(level.ladder for level in (*one.levels, *other.levels))
    for name in names:
        mine = [level for level in one.levels if level.ladder == name]
        theirs = [level for level in other.levels if level.ladder == name]
        outcomes.append(_compare_ladder(name, mine, theirs))
    return outcomes


def _compare_ladder(name: str, mine: list[Level], theirs: list[Level]) -> Outcome:
    ladder = ladders()[name]
    if ladder.default is not None:
        left = min((level.rank for level in mine), default=ladder.default)
        right = min((level.rank for level in theirs), default=ladder.default)
        return _ranked(name, [left], [right], mine, theirs)
    if not theirs:
        if ladder.silent:
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


def _unpaired(lost: list[Phrase], extra: list[Phrase]) -> list[Outcome]:
    if lost and extra:
        texts = "；".join(phrase.text for phrase in lost), "；".join(phrase.text for phrase in extra)
        return [Outcome(Effect.UNCLEAR, f"批复“{texts[0]}”与招标“{texts[1]}”内容不同，不能互相替代")]
    outcomes = []
    for phrase in lost:
        # What stands in brackets may be priced on its own (含模块) or merely explain: only a person can tell.
        effect = Effect.UNCLEAR if phrase.aside else Effect.LOST
        outcomes.append(Outcome(effect, f"招标未写明“{phrase.text}”" if phrase.aside else f"缺少“{phrase.text}”"))
    outcomes.extend(Outcome(Effect.EXTRA, f"增加批复没有的限定“{phrase.text}”") for phrase in extra)
    return outcomes
