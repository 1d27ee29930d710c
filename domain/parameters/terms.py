"""Lengths of time that hold for a whole device or for all of them: 质保, 响应, 到场, 交付, 试运行."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.documents.table import Clause, Parameter
from domain.parameters.conversions import reconciled
from domain.parameters.directions import compare_measures, direction_of
from domain.parameters.intervals import Measure
from domain.parameters.outcomes import Effect
from domain.parameters.phrases import phrase, phrases
from domain.parameters.rules import Rules
from domain.parameters.units import MeasureClass
from domain.parameters.values import find_measures
from domain.parameters.wording import in_digits
from domain.text import fold

_DIMENSIONS = frozenset({"months", "time", "working_days"})
"""Lengths of time as the registry of units calls them."""

_SHORTEST = 60
"""Seconds; what is shorter is measured of a system (响应时间≤2秒), not agreed for a service."""

_SENTENCE = re.compile("[。;\n]")
_CLAUSE = re.compile("[,，]")
EVERYWHERE = -1
"""The entry of what approved prose fixes for everything."""


@dataclass(frozen=True, slots=True)
class Term:
    """One approved requirement that fixes such a term, and the entry of the list it belongs to."""

    entry: int
    which: int
    measure: Measure
    text: str
    place: str


def approved_terms(asked: Iterable[tuple[int, Parameter]], prose: Iterable[Clause], rules: Rules) -> Iterator[Term]:
    """Every term that the approved list, given as entries and their parameters, or its prose fixes."""
    for entry, parameter in asked:
        for which, measure in fixed(parameter.text, rules):
            yield Term(entry, which, measure, parameter.text, parameter.place)
    for clause in prose:
        for which, measure in fixed(clause.text, rules):
            yield Term(EVERYWHERE, which, measure, clause.text, clause.place)


def fixed(text: str, rules: Rules) -> Iterator[tuple[int, Measure]]:
    """The terms that a text fixes, each by the first length of time that is said of it."""
    folded = fold(text)
    if not phrase("project_terms").search(folded):
        return
    for sentence in map(in_digits, _SENTENCE.split(folded)):
        if not phrase("project_terms").search(sentence) or phrase("not_a_term").search(sentence):
            continue
        told: dict[int, Measure] = {}
        last = None
        for clause in _CLAUSE.split(sentence):
            places = _places(clause)
            for measure in find_measures(clause, MeasureClass.OTHER, rules)[0]:
                which = _told_of(clause.find(measure.text), places, last)
                if which is not None and _is_agreed(measure):
                    told.setdefault(which, measure)
            last = max(places)[1] if places else last
        yield from told.items()


def differing(
    terms: Sequence[Term], said: Sequence[tuple[int, Measure]], scope: frozenset[int], rules: Rules
) -> list[Term]:
    """The approved terms that a sentence about some entries does not repeat.

    A term that the approved prose fixes for everything is repeated by a sentence about everything, whatever single
    devices ask for beyond it.
    """
    found: list[Term] = []
    for which, measure in said:
        every = [term for term in terms if term.which == which]
        own = [term for term in every if term.entry in scope] or every
        if any(term.entry == EVERYWHERE and is_repeated(term, measure, rules) for term in every):
            continue
        found.extend(term for term in own if not is_repeated(term, measure, rules))
    return found


def is_repeated(term: Term, measure: Measure, rules: Rules) -> bool:
    """Whether a length of time says what the approved one says; working days and calendar days never do."""
    sides = reconciled(term.measure, measure, rules)
    return sides is not None and compare_measures(*sides, direction_of(term.text), rules)[0] is Effect.SAME


def _is_agreed(measure: Measure) -> bool:
    """Whether a length of time may be one of a service: no 7×24小时, and no seconds."""
    length = measure.low if measure.low is not None else measure.high
    instant = measure.dimension == "time" and length is not None and 0 < length < _SHORTEST
    return measure.dimension in _DIMENSIONS and measure.parts is None and not instant


def _places(clause: str) -> list[tuple[int, int]]:
    return sorted(
        (match.start(), which)
        for which, term in enumerate(phrases("project_terms"))
        for match in re.finditer(term, clause)
        if not phrase("within_a_term").match(clause, match.end())
    )


def _told_of(at: int, places: list[tuple[int, int]], last: int | None) -> int | None:
    """Which term a length of time is said of.

    The last before it in its clause (质保期内响应时间2小时), else the first after it (4小时到场), else the term of the
    clause before.
    """
    before = [place for place in places if place[0] < at]
    if before:
        return max(before)[1]
    return min(places)[1] if places else last
