"""What the approved prose asks for (等保、密评、培训、试运行、工期) and the tender no longer says, or says otherwise.

A list is compared row by row; what an approval demands in a sentence has no row. Topic by topic, the tender is searched
for it everywhere. One finding a topic: a reviewer is told what to look for, not each sentence of a long approval.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from domain.documents.table import ParameterTable
from domain.parameters.data import load
from domain.parameters.judge import judge
from domain.parameters.levels import find_levels
from domain.parameters.listed import said
from domain.parameters.outcomes import Judgement
from domain.parameters.rules import Rules
from domain.parameters.terms import fixed
from domain.parameters.units import MeasureClass
from domain.parameters.values import find_measures
from domain.parameters.verdicts import PROSE, Finding, Side, Subject, Verdict
from domain.text import fold, key

APPROVED_PROSE = "批复文件正文"
"""The item name of findings on what only the approved prose asks for."""

_SENTENCE = re.compile(r"(?<=[。；;\n])")
_LONGEST, _CITED = 300, 3
_LENGTHS = {"months": "time"}
"""Lengths of time are compared with each other; what they come to is told by the comparison itself."""


@dataclass(frozen=True, slots=True)
class _Topic:
    name: str
    words: re.Pattern[str]


def check_obligations(approved: ParameterTable, tender: ParameterTable, rules: Rules) -> Iterator[Finding]:
    """Give one finding for each topic of the approved prose that the tender drops or fixes otherwise."""
    demands = list(_demands(approved, rules))
    if not demands:
        return
    texts = list(_texts(tender))
    known = {key(text) for text, _ in texts}
    prose = frozenset(text for text, _ in _prose(tender))
    for topic in _topics():
        asked = [(text, place) for text, place in demands if topic.words.search(fold(text)) and key(text) not in known]
        if asked:
            answers = [one for one in texts if topic.words.search(fold(one[0]))]
            yield from _compared(topic, asked, answers, prose, rules)


def _compared(
    topic: _Topic,
    asked: Sequence[tuple[str, str]],
    answers: Sequence[tuple[str, str]],
    prose: frozenset[str],
    rules: Rules,
) -> Iterator[Finding]:
    if not answers:
        cited = asked[:_CITED]
        mine = Side("；".join(text for text, _ in cited), "、".join(dict.fromkeys(place for _, place in cited)))
        reason = f"批复正文对“{topic.name}”有要求，招标文件通篇没有提到，须补写或说明"
        yield _finding(topic, mine, Side(), Judgement(Verdict.MISSING, reason))
        return
    for text, place in asked:
        told = _against(text, answers, prose, rules)
        if told is not None:
            yield _finding(topic, Side(text, place), *told)
            return


def _against(
    text: str, answers: Sequence[tuple[str, str]], prose: frozenset[str], rules: Rules
) -> tuple[Side, Judgement] | None:
    """An approved sentence against all that the tender says of its topic; None where some of it keeps what it fixes."""
    wanted = _fixed(text, rules)
    if not wanted:
        return None
    kinds = {kind for kind, _ in wanted}
    alike = [one for one in answers if {kind for kind, _ in _fixed(one[0], rules)} & kinds]
    # What holds for everything is said in prose; a single device's parameter answers only where no prose does.
    alike = [one for one in alike if one[0] in prose] or alike
    if not alike:
        reason = "招标文件提到了这项内容，但没有写明批复要求的数值或等级，需人工确认"
        return Side(*answers[0]), Judgement(Verdict.MANUAL, reason)
    if any(fixed(text, rules)) or _is_kept(text, alike, rules):
        # Another length of a term is told beside the term itself.
        return None
    judged = judge("", ("", text), ("", alike[0][0]), rules)
    if len(alike) == 1 and judged.verdict in {Verdict.LOWERED, Verdict.RAISED}:
        return Side(*alike[0]), judged
    shown = Side("；".join(one for one, _ in alike[:_CITED]), "、".join(place for _, place in alike[:_CITED]))
    return shown, Judgement(Verdict.MANUAL, f"批复正文与招标文件的要求不同，需人工确认：{judged.reason}")


def _is_kept(text: str, alike: Sequence[tuple[str, str]], rules: Rules) -> bool:
    wanted = _fixed(text, rules)
    given = set().union(*(_fixed(one, rules) for one, _ in alike))
    judged = (judge("", ("", text), ("", one), rules).verdict for one, _ in alike)
    return wanted <= given or any(verdict in {Verdict.SAME, Verdict.ADDED} for verdict in judged)


def _fixed(text: str, rules: Rules) -> set[tuple[str, str]]:
    """Figures and levels of a sentence, each as its kind and what it comes to."""
    spoken = said(text)
    figures = find_measures(spoken, MeasureClass.OTHER, rules)[0]
    measured = {
        (_LENGTHS.get(one.dimension, one.dimension), f"{one.low}-{one.high}")
        for one in figures
        if one.kind != "unlimited"
    }
    levels = {(one.ladder, str(one.rank)) for one in find_levels(fold(text), modal_only=False)[0]}
    return measured | {one for one in levels if one[0] in _graded()}


def _demands(approved: ParameterTable, rules: Rules) -> Iterator[tuple[str, str]]:
    """The sentences of the approved prose that oblige somebody, with their places."""
    for clause in approved.clauses:
        for sentence in _SENTENCE.split(clause.text):
            folded = fold(sentence)
            if not 4 <= len(folded) <= _LONGEST or _pattern("background").search(folded):
                continue
            if _pattern("demands").search(folded) or find_measures(said(sentence), MeasureClass.OTHER, rules)[0]:
                yield sentence.strip(), clause.place


def _texts(tender: ParameterTable) -> Iterator[tuple[str, str]]:
    """Everything the tender says, with its place."""
    for item in tender.items:
        yield item.name, item.place
        yield from ((parameter.text, parameter.place) for parameter in item.parameters)
        if item.remark:
            yield item.remark, item.place
    yield from _prose(tender)


def _prose(tender: ParameterTable) -> Iterator[tuple[str, str]]:
    for clause in tender.clauses:
        yield from ((part.strip(), clause.place) for part in _SENTENCE.split(clause.text) if part.strip())


def _finding(topic: _Topic, mine: Side, theirs: Side, judgement: Judgement) -> Finding:
    return Finding(
        Subject.PARAMETER, "", APPROVED_PROSE, PROSE, topic.name, mine.text, theirs.text, judgement.verdict,
        judgement.reason, mine.place, theirs.place, judgement.convention, judgement.basis,
    )  # fmt: skip


@cache
def _topics() -> tuple[_Topic, ...]:
    return tuple(_Topic(entry["name"], re.compile(entry["words"])) for entry in load("obligations")["topic"])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(load("obligations")[name]))


@cache
def _graded() -> frozenset[str]:
    return frozenset(load("obligations")["graded"])
