"""Prose that takes back what the tables ask for: one term for all devices, deviations allowed, values corrected.

A tender whose table repeats the approved warranty may still say in a note that all devices carry one year of it. Such a
sentence is never judged by machine; it is put before a person beside the approved wording (Article 18, 一致性).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.documents.table import Clause, ParameterTable
from domain.parameters.conversions import reconciled
from domain.parameters.directions import compare_measures, direction_of
from domain.parameters.intervals import Measure
from domain.parameters.outcomes import Effect
from domain.parameters.phrases import phrase, phrases
from domain.parameters.rules import Rules
from domain.parameters.units import MeasureClass
from domain.parameters.values import find_measures
from domain.parameters.verdicts import PROSE, Finding, Subject, Verdict
from domain.parameters.wording import in_digits
from domain.text import fold, key

_DIMENSIONS = frozenset({"months", "time", "working_days"})
"""Lengths of time as the registry of units calls them."""

_SENTENCE = re.compile("[。;\n]")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class _Term:
    """One approved parameter that fixes such a term."""

    which: int
    measure: Measure
    text: str
    place: str


def check_prose(approved: ParameterTable, tender: ParameterTable, rules: Rules) -> Iterator[Finding]:
    """Give a finding for each sentence of the tender's prose that may weaken or change what its tables say."""
    known = {key(clause.text) for clause in approved.clauses}
    terms = list(_approved_terms(approved, rules))
    for clause in tender.clauses:
        if len(clause.text) > _LONGEST or key(clause.text) in known:
            continue
        if phrase("easing").search(fold(clause.text)):
            reason = "正文放宽或更改了表中的要求，表内各行的结论可能因此不成立，需人工确认"
            yield _finding(clause, None, reason)
        elif differing := _differing(clause.text, terms, rules):
            reason = f"正文对全部内容另作规定，与批复“{differing.text}”不同，以哪一处为准须人工确认"
            yield _finding(clause, differing, reason)


def _approved_terms(approved: ParameterTable, rules: Rules) -> Iterator[_Term]:
    seen = set()
    for item in approved.items:
        for parameter in item.parameters:
            for which, measure in _fixed(parameter.text, rules):
                if (which, measure.low, measure.high, measure.dimension) not in seen:
                    seen.add((which, measure.low, measure.high, measure.dimension))
                    yield _Term(which, measure, parameter.text, parameter.place)


def _fixed(text: str, rules: Rules) -> Iterator[tuple[int, Measure]]:
    """The terms that a text fixes, each by the one length of time in its sentence."""
    for sentence in map(in_digits, _SENTENCE.split(fold(text))):
        if not phrase("project_terms").search(sentence):
            continue
        found, _ = find_measures(sentence, MeasureClass.OTHER, rules)
        spans = [measure for measure in found if measure.dimension in _DIMENSIONS]
        if len(spans) == 1:
            yield _told_of(sentence, spans[0]), spans[0]


def _told_of(sentence: str, measure: Measure) -> int:
    """Which term a length of time is said of: the last before it (质保期内响应时间2小时), else the first after it."""
    at = sentence.find(measure.text)
    places = [
        (match.start(), which)
        for which, term in enumerate(phrases("project_terms"))
        for match in re.finditer(term, sentence)
    ]
    before = [place for place in places if place[0] < at]
    return (max(before) if before else min(places))[1]


def _differing(text: str, terms: list[_Term], rules: Rules) -> _Term | None:
    """The first approved term that a sentence does not repeat; None where every one is met as approved."""
    for which, measure in _fixed(text, rules):
        for term in terms:
            if term.which == which and not _is_repeated(term, measure, rules):
                return term
    return None


def _is_repeated(term: _Term, measure: Measure, rules: Rules) -> bool:
    """Whether a length of time says what the approved one says; working days and calendar days never do."""
    sides = reconciled(term.measure, measure, rules)
    return sides is not None and compare_measures(*sides, direction_of(term.text), rules)[0] is Effect.SAME


def _finding(clause: Clause, term: _Term | None, reason: str) -> Finding:
    return Finding(
        Subject.PARAMETER, "", PROSE, PROSE, "正文条款", term.text if term else "", clause.text, Verdict.MANUAL, reason,
        term.place if term else "", clause.place, "正文与表格不一致时不由系统取舍",
    )  # fmt: skip
