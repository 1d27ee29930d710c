"""Sentences beside the list that take back what it asks for: other values, fewer devices, deviations, other terms.

A tender whose table repeats the approved values may still say in a note that 256GB will do. Such a sentence is never
judged by machine; it is put before a person beside the approved wording (Article 18, 一致性).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.documents.table import Clause, ParameterTable
from domain.parameters.listed import Listed, said
from domain.parameters.phrases import phrase
from domain.parameters.restating import Restated, Spoken, restated
from domain.parameters.rules import Rules
from domain.parameters.terms import EVERYWHERE, Term, approved_terms, differing, fixed
from domain.parameters.verdicts import PROSE, UNIT_PRICE, Finding, Side, Subject, Verdict
from domain.provisions import REVIEW
from domain.text import fold, key

_SENTENCE = re.compile(r"(?<=[。；;\n])")
_LONGEST, _SHOWN_WHOLE, _CITED, _NEAR = 300, 160, 3, 6
_CLAUSE = "正文条款"
_DOUBT = "以哪一处为准须人工确认"
_EASED = "正文放宽或更改了表中的要求，表内各行的结论可能因此不成立，需人工确认"
_CONVENTION = "正文与表格不一致时不由系统取舍"


def check_prose(approved: ParameterTable, tender: ParameterTable, listed: Listed, rules: Rules) -> Iterator[Finding]:
    """Give a finding for each sentence of the tender's prose that may weaken or change what its tables say."""
    known = {key(part) for clause in approved.clauses for part in (clause.text, *_sentences(clause.text))}
    reader = _Reader(listed, rules, approved)
    for clause in tender.clauses:
        for sentence in _sentences(clause.text):
            if key(sentence) not in known and key(clause.text) not in known:
                whole = clause.text if len(clause.text) <= _SHOWN_WHOLE else sentence.strip()
                found = reader.read(sentence, clause)
                if found is not None:
                    yield found.finding(reader.listed, Side(whole, clause.place))


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph; a question and its answer are one."""
    if len(text) <= _LONGEST and phrase("question").search(fold(text)):
        yield text
        return
    yield from (part for part in _SENTENCE.split(text) if part.strip() and len(part) <= _LONGEST)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a sentence does to the list: the entries it is about, what was approved, why it is shown."""

    entries: frozenset[int]
    approved: Side
    reason: str
    exceeds: bool = False

    def finding(self, listed: Listed, tender: Side) -> Finding:
        one = listed.entries[next(iter(self.entries))].approved[0] if len(self.entries) == 1 else None
        item, subsystem = (one.name, one.subsystem) if one is not None else (PROSE, "")
        subject = Subject.AMOUNT if self.exceeds else Subject.PARAMETER
        return Finding(
            subject, subsystem, item, PROSE, UNIT_PRICE if self.exceeds else _CLAUSE, self.approved.text, tender.text,
            Verdict.AMOUNT if self.exceeds else Verdict.MANUAL, self.reason, self.approved.place, tender.place,
            _CONVENTION, REVIEW if self.exceeds else "",
        )  # fmt: skip


class _Reader:
    def __init__(self, listed: Listed, rules: Rules, approved: ParameterTable) -> None:
        self.listed, self.rules = listed, rules
        self.terms = tuple(approved_terms(((one.item, one.approved) for one in listed.asked), approved.clauses, rules))

    def read(self, sentence: str, clause: Clause) -> _Found | None:
        """What a sentence takes back; None where it takes nothing back."""
        folded = fold(sentence)
        named = frozenset[int]()
        spoken = None
        if phrase("may_change").search(folded) or any(char.isdigit() for char in said(sentence)):
            spoken = self._spoken(sentence, clause)
            named = frozenset(at for one in spoken.mentions for at in one.which) or self.listed.at(
                clause.about or clause.place
            )
        found = None
        if spoken is not None and not phrase("scoring").search(folded):
            told = (
                None if _tells_what_there_is(spoken) else self._other_term(sentence, named) or self._other_value(spoken)
            )
            found = told or self._left_out(spoken, named)
        if found is None and phrase("easing").search(folded):
            found = _Found(named if len(named) == 1 else frozenset(), Side(), _EASED)
        return found

    def _spoken(self, sentence: str, clause: Clause) -> Spoken:
        text = said(sentence)
        everywhere = self.listed.at(clause.about or clause.place)
        if not everywhere and phrase("everything").search(text):
            everywhere = frozenset(range(len(self.listed.entries)))
        return Spoken(text, tuple(self.listed.items_in(text)), everywhere)

    def _other_term(self, sentence: str, named: frozenset[int]) -> _Found | None:
        other = differing(self.terms, tuple(fixed(sentence, self.rules)), named, self.rules)
        if not other:
            return None
        whose = "、".join(f"“{self._name(at)}”" for at in sorted(named)[:_CITED]) or "全部内容"
        sides = tuple(dict.fromkeys((term.text, term.place) for term in _each_once(other)))
        own = frozenset(term.entry for term in other if term.entry != EVERYWHERE)
        reason = f"正文对{whose}另作规定，与批复{_cited([text for text, _ in sides])}不同，{_DOUBT}"
        return _Found(own if named else frozenset(), _side(sides), reason)

    def _other_value(self, spoken: Spoken) -> _Found | None:
        found = list(restated(spoken, self.listed, self.rules))
        if not found:
            return None
        exceeding = [one for one in found if one.exceeds]
        sides = tuple(dict.fromkeys((one.approved.text, one.approved.place) for one in exceeding or found))
        entries = frozenset(at for one in exceeding or found for at in one.entries)
        if exceeding:
            return _Found(entries, _side(sides), f"正文另列{exceeding[0].told}", exceeds=True)
        reason = f"正文对{self._whose(found)}另作规定，与批复{_cited([text for text, _ in sides])}不同，{_DOUBT}"
        return _Found(entries, _side(sides), reason)

    def _left_out(self, spoken: Spoken, named: frozenset[int]) -> _Found | None:
        """A named item or a parameter of it that is not asked for after all: 利旧, 另行采购, 无需."""
        for told in phrase("left_out").finditer(spoken.text):
            near = _named_near(spoken, told)
            which = near or named
            if near is None or not (which or self._spares_a_parameter(spoken, told)):
                continue
            whose = "、".join(f"“{self._name(at)}”" for at in sorted(which)[:_CITED]) or "表内要求"
            reason = f"正文对{whose}写有“{told[0]}”，批复内容是否落空或放宽须人工确认"
            return _Found(which, Side(), reason)
        return None

    def _spares_a_parameter(self, spoken: Spoken, told: re.Match[str]) -> bool:
        """Whether a listed parameter is spared: in a sentence about everything, or right behind 无需."""
        parameters = self.listed.parameters_in(spoken.text)
        behind = told.start() <= 1 and any(
            one.start - told.end() <= _NEAR for one in parameters if one.start >= told.end()
        )
        return behind or bool(spoken.everywhere and parameters)

    def _whose(self, found: Sequence[Restated]) -> str:
        entries = sorted({at for one in found for at in one.entries})
        more = f"等 {len(entries)} 项" if len(entries) > _CITED else ""
        names = "、".join(f"“{self._name(at)}”" for at in entries[:_CITED])
        return f"{names}{more}的{'、'.join(dict.fromkeys(one.told for one in found))}"

    def _name(self, at: int) -> str:
        return self.listed.entries[at].approved[0].name


def _tells_what_there_is(spoken: Spoken) -> bool:
    """Whether a sentence describes devices that are there already (现有服务器内存仅256GB), not those to be bought."""
    return any(phrase("present_state").search(spoken.text[: one.start]) for one in spoken.mentions)


def _named_near(spoken: Spoken, told: re.Match[str]) -> frozenset[int] | None:
    """The items named in the clause that spares something; none where a clause goes on without a subject.

    None where the clause has another subject (机柜由采购人提供).
    """
    start = max(spoken.text.rfind(mark, 0, told.start()) for mark in ",;") + 1
    near = frozenset(at for one in spoken.mentions if start <= one.start < told.start() for at in one.which)
    return near if near or not spoken.mentions or told.start() - start <= 1 else None


def _each_once(terms: Sequence[Term]) -> Iterator[Term]:
    """The first term of each length: ten devices with the same warranty are cited once."""
    seen = set()
    for term in terms:
        same = term.which, term.measure.low, term.measure.high, term.measure.dimension
        if same not in seen:
            seen.add(same)
            yield term


def _cited(texts: Sequence[str]) -> str:
    more = f"等 {len(texts)} 处" if len(texts) > _CITED else ""
    return "、".join(f"“{text}”" for text in dict.fromkeys(texts[:_CITED])) + more


def _side(sides: Sequence[tuple[str, str]]) -> Side:
    return Side(
        "；".join(dict.fromkeys(text for text, _ in sides)), "、".join(dict.fromkeys(place for _, place in sides))
    )
