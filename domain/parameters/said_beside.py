"""What rows say beside their parameters: in brackets behind the name (监控摄像机(400万)), in columns nobody knows.

Names are matched without their brackets, and unknown columns are no parameters, so a deviation there would pass unseen.
"""

import re
from collections.abc import Iterator, Sequence

from domain.documents.table import Item, Parameter
from domain.documents.titles import telling_asides
from domain.parameters.judge import judge
from domain.parameters.levels import find_levels
from domain.parameters.names import canonical_words, item_key, name_key, split_name
from domain.parameters.outcomes import Judgement
from domain.parameters.phrases import phrase
from domain.parameters.rules import Rules
from domain.parameters.verdicts import Evidence, Side, Verdict
from domain.text import fold, key

_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]{1,60})[)\]】]")
_NAME = "名称"
_DECIDED = frozenset({Verdict.RAISED, Verdict.LOWERED})
_ANSWERED = frozenset({Verdict.SAME, Verdict.RAISED})
Told = tuple[Item, Evidence, Judgement]


def beside_parameters(approved: Sequence[Item], tender: Sequence[Item], rules: Rules) -> Iterator[Told]:
    """Give what differs, with the tender row that says it; a row in several parts is held against the nearest."""
    for other in tender:
        found = [_brackets(item, other, rules) for item in approved]
        if all(one is not None for one in found) and found[0] is not None:
            yield other, *found[0]
    if len(approved) == len(tender) == 1:
        for told in _asides(approved[0], tender[0], rules):
            yield tender[0], *told


def bracketed(name: str) -> tuple[str, ...]:
    """What a name says in brackets about the item itself, without counts, 核心产品 and running letters."""
    held = (match[1].strip() for match in _BRACKETS.finditer(fold(name)))
    return tuple(text for text in held if not phrase("name_notes").fullmatch(text))


def _brackets(item: Item, other: Item, rules: Rules) -> tuple[Evidence, Judgement] | None:
    """Compare the brackets of two names; None where they agree or nothing follows from them."""
    mine, theirs = bracketed(item.name), bracketed(other.name)
    known = {canonical_words(text) for text in mine} & {canonical_words(text) for text in theirs}
    mine = tuple(text for text in mine if canonical_words(text) not in known)
    theirs = tuple(text for text in theirs if canonical_words(text) not in known)
    if not mine and not theirs:
        return None
    evidence = Evidence(_NAME, Side(item.name, item.place), Side(other.name, other.place))
    if mine and theirs:
        judgement = _judge_both(item, "，".join(mine), "，".join(theirs), rules)
        return (evidence, judgement) if judgement else None
    lacking = other if mine else item
    said = [text for text in mine or theirs if _is_telling(text) and not _says(lacking, text, rules)]
    if not said:
        return None
    one, two = ("批复", "招标") if mine else ("招标", "批复")
    reason = f"{one}名称注明“{'，'.join(said)}”，{two}的名称和参数中均未见相同要求，需人工确认"
    return evidence, Judgement(Verdict.MANUAL, reason)


def _judge_both(item: Item, mine: str, theirs: str, rules: Rules) -> Judgement | None:
    if item_key(mine, rules) == item_key(theirs, rules):
        return None
    judgement = judge(item.name, ("", mine), ("", theirs), rules)
    if judgement.verdict is Verdict.SAME:
        return None
    if judgement.verdict in _DECIDED:
        return judgement
    reason = f"名称括注不同：批复“{mine}”，招标“{theirs}”，需人工确认是否同一条目、要求是否改变"
    return Judgement(Verdict.MANUAL, reason, judgement.convention)


def _is_telling(text: str) -> bool:
    """Whether a bracket holds a value or a level, and does not merely explain the name."""
    return any(char.isdigit() for char in text) or bool(find_levels(text)[0]) or bool(phrase("name_kinds").search(text))


def _says(item: Item, text: str, rules: Rules) -> bool:
    """Whether an item says the same or more in its name or in one of its parameters."""
    wanted = canonical_words(text)
    if wanted and wanted in canonical_words(item.name):
        return True
    for parameter in item.parameters:
        name, value = split_name(parameter.text)
        if (
            wanted in canonical_words(parameter.text)
            or judge(item.name, ("", text), (name, value), rules).verdict in _ANSWERED
        ):
            return True
    return False


def _asides(item: Item, other: Item, rules: Rules) -> Iterator[tuple[Evidence, Judgement]]:
    """Compare the cells of unknown columns that both tables have under one title."""
    theirs = {name_key(split_name(aside.text)[0], rules): aside for aside in other.asides}
    for mine in item.asides:
        title, value = split_name(mine.text)
        answer = theirs.get(name_key(title, rules))
        if answer is None or not telling_asides(title):
            continue
        if key(value) == key(split_name(answer.text)[1]) or _is_same(item, mine, answer, rules):
            continue
        reason = f"两侧“{title}”列内容不同，该列不是技术参数，需人工确认要求是否改变"
        evidence = Evidence(title, Side(mine.text, mine.place), Side(answer.text, answer.place))
        yield evidence, Judgement(Verdict.MANUAL, reason)


def _is_same(item: Item, mine: Parameter, answer: Parameter, rules: Rules) -> bool:
    return judge(item.name, split_name(mine.text), split_name(answer.text), rules).verdict is Verdict.SAME
