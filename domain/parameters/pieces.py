"""Two phrases that belong together, compared piece by piece: figures, levels, enumerations, words."""

import re
from dataclasses import dataclass, replace
from functools import cache

from domain.parameters.data import load
from domain.parameters.directions import Direction
from domain.parameters.enumerations import compare_lists, compare_with_single
from domain.parameters.figures import compare_figures
from domain.parameters.levels import find_levels, ladders
from domain.parameters.name_subjects import is_within, without
from domain.parameters.names import contrasts, is_label, labels
from domain.parameters.options import find_options
from domain.parameters.outcomes import Effect, Outcome
from domain.parameters.reading import Phrase
from domain.parameters.restated import asks_nothing
from domain.parameters.rules import Rules
from domain.parameters.steps import compare_steps
from domain.parameters.word_order import is_turned

_NEGATIONS = "不无未非免禁"
_NAMED = 2
_REFERRING = re.compile(r"^按照?(?P<to>.+?)(?:执行)?$")
_OF_ERRORS = re.compile(r"绝对|最大允许|允许|误差|精度|偏差|范围|控制")


@dataclass(frozen=True, slots=True)
class Sight:
    """What two phrases are compared by: the direction, the rules, and the words that names and the item say anyway."""

    direction: Direction
    rules: Rules
    approved_names: str = ""
    tender_names: str = ""
    item: str = ""

    def restates(self, words: str) -> bool:
        """Whether words ask for nothing beside a figure or a step: names and item say them anyway."""
        return asks_nothing(words, f"{self.approved_names} {self.tender_names} {self.item}")


def compare_phrases(one: Phrase, other: Phrase, sight: Sight) -> list[Outcome]:
    """Give the outcome of every piece that either phrase holds."""
    if bool(one.options) != bool(other.options):
        one, other = _modal(_listed(one)), _modal(_listed(other))
    outcomes = compare_figures(one.measures, other.measures, sight.direction, sight.rules)
    outcomes.extend(compare_steps(one, other, sight.direction, sight.rules))
    if (one.options or other.options) and _refuses(one) + _refuses(other) and one.text != other.text:
        return [*outcomes, Outcome(Effect.UNCLEAR, f"“{one.text}”与“{other.text}”列举中有否定项，需人工确认")]
    names = f"{sight.approved_names} {sight.tender_names} {sight.item}"
    if one.options and other.options:
        outcomes.append(compare_lists(one.options, other.options, names))
    elif one.options or other.options:
        outcomes.append(_compare_list_with_words(one, other, names))
        return outcomes
    outcomes.append(_compare_words(one, other, sight))
    return outcomes


def _refuses(phrase: Phrase) -> int:
    return sum(ladders()[level.ladder].negative for level in phrase.levels)


def _listed(phrase: Phrase) -> Phrase:
    """Beside an enumeration, `双开门和单开门` is one too, though no verb of offering says so."""
    if phrase.options or len(phrase.measures) > 1:
        return phrase
    if phrase.measures:
        return phrase if phrase.words else replace(phrase, measures=())
    options = find_options(find_levels(phrase.text, modal_only=True)[1], "支持")
    return replace(phrase, options=options) if options else phrase


def _modal(phrase: Phrase) -> Phrase:
    """A phrase set against an enumeration keeps its levels as words; only what qualifies the whole stays a level."""
    kept = tuple(level for level in phrase.levels if ladders()[level.ladder].modal)
    return phrase if phrase.options else replace(phrase, levels=kept, named=())


def _compare_list_with_words(one: Phrase, other: Phrase, names: str) -> Outcome:
    if one.options:
        return compare_with_single(one.options, other, names, missing_side="tender")
    if other.options:
        return compare_with_single(other.options, one, names, missing_side="approved")
    return Outcome(Effect.SAME, "")


def _compare_words(left: Phrase, right: Phrase, sight: Sight) -> Outcome:
    one, other = _bare(left.words), _bare(right.words)
    if sight.direction is Direction.ERROR:
        one, other = _OF_ERRORS.sub("", one), _OF_ERRORS.sub("", other)
    measured = bool(left.measures and right.measures)
    if one == other or (_labelled(one, other) and (measured or (left.levels and right.levels))):
        return Outcome(Effect.SAME, "")
    if is_turned(one, other) and is_turned(left.whole, right.whole):
        return Outcome(Effect.SAME, "", "语序不同，用词相同")
    # Only before a figure may the item's own name be restated; elsewhere it could be the requirement itself.
    mine, theirs = (f"{said} {sight.item}" if measured else said for said in (sight.approved_names, sight.tender_names))
    alike = not one or not other or not contrasts(one, other)
    weighed = measured or (_is_graded(left) and _is_graded(right))
    for less, more, known, effect in ((one, other, mine, Effect.EXTRA), (other, one, theirs, Effect.LOST)):
        if alike and is_within(less, more):
            words = without(more, less)
            restated = weighed and sight.restates(words)
            return Outcome(Effect.SAME, "") if restated else _one_more(words, known, effect, measured=measured)
    said = all(_said(*words, measured=measured) for words in ((one, theirs), (other, mine)))
    if alike and (said or (measured and _telling(one, theirs) == _telling(other, mine))):
        return Outcome(Effect.SAME, "")
    return Outcome(Effect.UNCLEAR, f"“{left.text}”与“{right.text}”表述不同，不能自动判定是否等效")


def _is_graded(phrase: Phrase) -> bool:
    """Whether a phrase names a step of what is asked for, not only how strongly it asks."""
    return any(not ladders()[level.ladder].modal for level in phrase.levels)


def _one_more(words: str, names: str, effect: Effect, *, measured: bool) -> Outcome:
    """One side says some words more: nothing where the other side's names say them, for a person where they negate."""
    if _said(words, names, measured=measured) or (measured and _idle().fullmatch(words)):
        return Outcome(Effect.SAME, "")
    told = f"增加批复没有的限定“{words}”" if effect is Effect.EXTRA else f"缺少“{words}”"
    return Outcome(Effect.UNCLEAR if any(char in words for char in _NEGATIONS) else effect, told)


def _said(words: str, names: str, *, measured: bool) -> bool:
    """Whether the other side's names say these words anyway (`IPS吞吐量：≥5Gbps` against `吞吐量：IPS吞吐量≥5Gbps`).

    Before a figure, words that only restate the name do too (录像保存不少于30天 of a recorder's 存储时间).
    """
    if len(words) < _NAMED or any(word in words for word in load("synonyms")["noise"]["binding"]):
        return False
    if measured and any(is_within(words, name) for name in names.split()):
        return True
    return words in names or (measured and _left(words, names) in load("synonyms")["noise"]["restating"])


def _left(words: str, names: str) -> str:
    """What the names do not say, piece by piece, the longest first."""
    left, position = "", 0
    while position < len(words):
        longest = min(len(words), position + len(names))
        ends = (end for end in range(longest, position + 1, -1) if words[position:end] in names)
        end = next(ends, 0)
        left, position = (left, end) if end else (left + words[position], position + 1)
    return left


def _bare(words: str) -> str:
    """Words without the frame of referring to something else (按合同约定执行)."""
    return _REFERRING.sub(r"\g<to>", words)


def _labelled(one: str, other: str) -> bool:
    """Whether only one side puts a label before its figure or step, and says nothing else."""
    return not (one and other) and is_label(one or other)


def _telling(words: str, names: str) -> str:
    """What a side says beyond the other side's names and beyond labels; binding and refusing words always tell."""
    if any(word in words for word in load("synonyms")["noise"]["binding"]) or any(char in words for char in _NEGATIONS):
        return words
    return labels().sub("", _left(words, names))


@cache
def _idle() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(load('synonyms')['noise']['idle'])})+")
