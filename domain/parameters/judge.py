"""One approved parameter against one tender parameter: phrases paired, pieces compared, one verdict (Article 18)."""

from dataclasses import replace
from functools import lru_cache

from domain.documents.clauses import mark_of
from domain.numerals import has_endless_number
from domain.parameters.availability import compare_availability
from domain.parameters.compliance import added
from domain.parameters.data import load
from domain.parameters.directions import direction_of
from domain.parameters.factors import as_products
from domain.parameters.glossary import in_one_wording
from domain.parameters.headed import compare_headed
from domain.parameters.levels import rewrite
from domain.parameters.licence_counts import COUNTED_ALIKE, counted_alike
from domain.parameters.licence_terms import compare_terms
from domain.parameters.names import canonical_words, name_key
from domain.parameters.naming import names_agree, names_contrast, told_names
from domain.parameters.outcomes import Effect, Judgement, Outcome, conclude
from domain.parameters.pairing import pair
from domain.parameters.pieces import Sight, compare_phrases
from domain.parameters.reading import Phrase, joinable, joined, read
from domain.parameters.restated import to_the_point
from domain.parameters.rules import Rules
from domain.parameters.schedules import compare_schedules
from domain.parameters.units import MeasureClass, measure_class
from domain.parameters.unwritten import compare_unwritten
from domain.parameters.verdicts import Verdict
from domain.text import fold, key, plain

_MARKS = {"": 0, "▲": 1, "★": 2}
_MARK_NAMES = {"": "一般条款", "▲": "▲重要条款", "★": "★实质性条款"}


def judge(  # noqa: PLR0913  (two parameters, what is known of them, and how they came together)
    item: str,
    approved: tuple[str, str],
    tender: tuple[str, str],
    rules: Rules,
    marks: tuple[str, str] | None = None,
    *,
    paired: bool = False,
) -> Judgement:
    """Judge a pair of parameters given as (name, value); `marks` are the rows' ★/▲ when known from elsewhere.

    `paired` says that a person put the two side by side: then only contrasting names keep equal values apart.
    """
    if not key(approved[1]):
        return added(f"{tender[0]} {tender[1]}")
    if not key(tender[1]):
        return Judgement(Verdict.MISSING, "批复参数在招标文件中无对应条目")
    if plain(approved[1]) != plain(tender[1]) and any(has_endless_number(value) for _, value in (approved, tender)):
        return Judgement(Verdict.MANUAL, "含有上百位的数字，不能作为数值判读，需人工核对")
    marked = _compare_marks(marks or (mark_of(approved[1]), mark_of(tender[1])))
    if converted := compare_availability(approved, tender, rules):
        return conclude([converted, marked])
    judgement = conclude([*_compare(item, approved, tender, rules), marked])
    return _as_names_allow(judgement, told_names(approved, tender), rules, paired=paired)


def _as_names_allow(judgement: Judgement, names: tuple[str, str], rules: Rules, *, paired: bool) -> Judgement:
    """What the values say, left to a person where the names may not be those of one parameter."""
    if judgement.verdict is Verdict.SAME and not names_agree(*names, rules, paired=paired):
        reason = f"取值相同，但参数名称“{names[0]}”与“{names[1]}”不能确认为同一指标，需人工确认"
        return Judgement(Verdict.MANUAL, reason, judgement.convention)
    if judgement.verdict in {Verdict.RAISED, Verdict.LOWERED} and names_contrast(*names, rules):
        reason = f"参数名称“{names[0]}”与“{names[1]}”口径不同，数值不能直接比较，需人工确认：{judgement.reason}"
        return Judgement(Verdict.MANUAL, reason, judgement.convention)
    return judgement


def _compare(item: str, approved: tuple[str, str], tender: tuple[str, str], rules: Rules) -> list[Outcome]:
    if plain(approved[1]) == plain(tender[1]) and plain(approved[0]) == plain(tender[0]):
        return [Outcome(Effect.SAME, "批复与招标表述相同")]
    if told := compare_schedules(approved[1], tender[1]) or compare_unwritten(approved[1], tender[1]):
        return [told]
    terms = compare_terms(approved, tender)
    counted = counted_alike(item, (approved[0], terms.approved), (tender[0], terms.tender))
    outcomes = _compare_rest(item, (approved[0], counted[0]), (tender[0], counted[1]), rules)
    if counted != (terms.approved, terms.tender):
        outcomes.append(Outcome(Effect.SAME, "", COUNTED_ALIKE))
    return [terms.outcome, *outcomes] if terms.outcome else outcomes


def _compare_rest(item: str, approved: tuple[str, str], tender: tuple[str, str], rules: Rules) -> list[Outcome]:
    names = f"{_told(approved[0], rules)} {_told(tender[0], rules)} {canonical_words(item)}"
    approved, tender = ((name, to_the_point(value, names)) for name, value in (approved, tender))
    if headed := compare_headed(approved[1], tender[1]):
        return [headed]
    kind = measure_class(f"{approved[0]} {tender[0]}")
    if kind is MeasureClass.OTHER:
        kind = measure_class(f"{approved[1]} {tender[1]} {item}")
    direction = direction_of(f"{approved[0]} {approved[1]}", item)
    sight = Sight(direction, rules, _told(approved[0], rules), _told(tender[0], rules), canonical_words(item))
    outcomes = _compare_read(approved, tender, kind, sight)
    if _is_doubtful(outcomes) and (products := as_products(approved[1], tender[1], rules)):
        multiplied = _compare_read((approved[0], products[0]), (tender[0], products[1]), kind, sight)
        return outcomes if conclude(multiplied).verdict is Verdict.MANUAL else multiplied
    return outcomes


def _is_doubtful(outcomes: list[Outcome]) -> bool:
    """Whether something was left without an answer, which another reading may find."""
    return any(outcome.effect in {Effect.UNCLEAR, Effect.LOST, Effect.EXTRA} for outcome in outcomes)


def _compare_read(
    approved: tuple[str, str], tender: tuple[str, str], kind: MeasureClass, sight: Sight
) -> list[Outcome]:
    rules = sight.rules
    # A side without a name of its own may still say the other's name inside its text (3年质保 for 质保：3年).
    left = read(approved[0] or tender[0], approved[1], kind, rules)
    right = read(tender[0] or approved[0], tender[1], kind, rules)
    outcomes: list[Outcome] = []
    pairs, lost, extra = pair(left, right, f"{sight.approved_names} {sight.tender_names}")
    for one, other in pairs:
        outcomes.extend(compare_phrases(one, other, _towards(sight, approved[0], one, left)))
    if _crosswise(left, right):
        return [Outcome(Effect.SAME, "括号内外互为说明，内容相同")]
    outcomes.extend(_unpaired(lost, extra))
    if len(left) != len(right) and (listed := _relisted(approved, tender, kind, sight)):
        return listed
    if min(len(left), len(right)) == 1 < max(len(left), len(right)) and not _all_same(outcomes):
        # One sentence against the same in several clauses (4颗CPU永久授权, 4颗CPU授权,永久使用).
        together = compare_phrases(joined(left), joined(right), sight) if joinable(left, right) else outcomes
        return together if _all_same(together) else outcomes
    return outcomes


def _towards(sight: Sight, name: str, clause: Phrase, clauses: tuple[Phrase, ...]) -> Sight:
    """Of several clauses each has its own direction: 质保5年，2小时到场 asks for more years and for fewer hours."""
    if sum(not phrase.aside for phrase in clauses) == 1:
        return sight
    return replace(sight, direction=direction_of(f"{name} {clause.text}", sight.item))


def _relisted(
    approved: tuple[str, str], tender: tuple[str, str], kind: MeasureClass, sight: Sight
) -> list[Outcome] | None:
    """Both sides read with commas between the members of one list (SSH，Telnet); None unless that explains them."""
    sides = [
        read(name, fold(value).replace(",", "、"), kind, sight.rules)
        for name, value in ((approved[0] or tender[0], approved[1]), (tender[0] or approved[0], tender[1]))
    ]
    if not all(len(side) == 1 and side[0].options for side in sides):
        return None
    outcomes = compare_phrases(sides[0][0], sides[1][0], sight)
    return None if any(outcome.effect is Effect.UNCLEAR for outcome in outcomes) else outcomes


def _crosswise(left: tuple[Phrase, ...], right: tuple[Phrase, ...]) -> bool:
    """Whether one side's brackets say the other's words and the other way round: 横向虚拟化(堆叠), 堆叠(横向虚拟化)."""
    if len(left) != 2 or len(right) != 2 or any(phrase.measures or phrase.options for phrase in (*left, *right)):
        return False
    outer, inner = ({side[at].words for side in (left, right)} for at in (0, 1))
    levels = [sorted((lv.ladder, lv.rank) for phrase in side for lv in phrase.levels) for side in (left, right)]
    asides = left[1].aside and right[1].aside
    return asides and outer == inner and "" not in outer and levels[0] == levels[1]


def _all_same(outcomes: list[Outcome]) -> bool:
    return all(outcome.effect is Effect.SAME for outcome in outcomes)


@lru_cache(maxsize=16384)
def _told(name: str, rules: Rules) -> str:
    """Every word that a parameter's name says."""
    written = canonical_words(rewrite(in_one_wording(fold(name))))
    return f"{canonical_words(name)} {name_key(name, rules)} {written} {key(name)}"


def _compare_marks(marks: tuple[str, str]) -> Outcome:
    before, after = marks
    if _MARKS[before] == _MARKS[after]:
        return Outcome(Effect.SAME, "")
    effect = Effect.RAISED if _MARKS[after] > _MARKS[before] else Effect.LOWERED
    return Outcome(effect, f"条款强度由{_MARK_NAMES[before]}改为{_MARK_NAMES[after]}")


def _unpaired(lost: list[Phrase], extra: list[Phrase]) -> list[Outcome]:
    if lost and extra:
        texts = "；".join(phrase.text for phrase in lost), "；".join(phrase.text for phrase in extra)
        return [Outcome(Effect.UNCLEAR, f"批复“{texts[0]}”与招标“{texts[1]}”内容不同，不能互相替代")]
    outcomes = []
    for phrase in lost:
        # What stands in brackets may be priced on its own (含模块) or merely explain: only a person can tell.
        priced = any(word in phrase.text for word in load("synonyms")["priced_apart"]["words"])
        effect = Effect.UNCLEAR if phrase.aside or priced else Effect.LOST
        unsaid = effect is Effect.UNCLEAR
        told = f"招标未写明“{phrase.text}”，须确认是否包含" if unsaid else f"缺少“{phrase.text}”"
        outcomes.append(Outcome(effect, told))
    for phrase in extra:
        # Brackets may hold the condition under which the figure counts (4K随机读), or merely explain it.
        effect = Effect.UNCLEAR if phrase.aside else Effect.EXTRA
        told = f"招标另注“{phrase.text}”，批复未写明" if phrase.aside else f"增加批复没有的限定“{phrase.text}”"
        outcomes.append(Outcome(effect, told))
    return outcomes
