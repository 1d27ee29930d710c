"""The 备注 column: what a remark asks for, allows or takes back is held against the other side's (Article 18, 一致性).

A remark that gives a listed parameter another figure, makes a device optional or marks it counts like the row's own
parameter. What one side alone remarks is put before a person, equal remarks of many rows as one finding.
"""

import re
from collections.abc import Iterable, Iterator

from domain.documents.clauses import mark_of
from domain.documents.table import Item
from domain.parameters.judge import judge
from domain.parameters.listed import Entry, Listed, said
from domain.parameters.names import split_name
from domain.parameters.open_remarks import Open, remark_finding, together
from domain.parameters.outcomes import Judgement
from domain.parameters.phrases import phrase
from domain.parameters.restating import Spoken, restated
from domain.parameters.rules import Rules
from domain.parameters.signals import find_signals
from domain.parameters.terms import Term, approved_terms, differing, fixed
from domain.parameters.verdicts import Finding, Side, Verdict
from domain.text import fold, key

_PIECES = re.compile(r"[\n;；。]")


def check_remarks(listed: Listed, rules: Rules) -> Iterator[Finding]:
    """Give a finding for each remark that changes a row, and one for equal remarks that only one side has."""
    left: list[Open] = []
    for at, entry in enumerate(listed.entries):
        if entry.tender and any(item.remark.strip() for item in (*entry.approved, *entry.tender)):
            yield from _Row(at, entry, listed, rules).findings(left)
    yield from together(left)


class _Row:
    """The remarks of one approved item and of what answers it."""

    def __init__(self, at: int, entry: Entry, listed: Listed, rules: Rules) -> None:
        self.at, self.entry, self.listed, self.rules = at, entry, listed, rules
        mine, theirs = _pieces(entry.approved), _pieces(entry.tender)
        # What a remark repeats of its own row's parameters is told where those are compared.
        both = (*entry.approved, *entry.tender)
        self.mine = [one for one in mine if not _is_said(one, theirs, both)]
        self.theirs = [one for one in theirs if not _is_said(one, mine, both)]

    def findings(self, left: list[Open]) -> Iterator[Finding]:
        """What the remarks change; what is for a person is added to `left`."""
        for opposed in (self._strength(), self._mark(), self._origin()):
            if opposed is not None:
                yield self._finding(opposed, Side("；".join(self.theirs)))
        mine, theirs = (
            [one for one in side if not _is_told(one) and not self._repeats(one)] for side in (self.mine, self.theirs)
        )
        if self._origin() is not None:
            mine = [one for one in mine if not phrase("domestic").search(fold(one))]
        unread = []
        for piece in theirs:
            if (found := self._value(piece)) is not None:
                yield self._finding(found[1], Side(piece), found[0])
            elif not find_signals(piece):
                unread.append(piece)
        wanted, given = "；".join(mine), "；".join(unread)
        judged = judge("", ("", wanted), ("", given), self.rules, paired=True) if wanted and given else None
        if judged is not None and judged.verdict in {Verdict.LOWERED, Verdict.RAISED}:
            yield self._finding(judged, Side(given), Side(wanted))
        elif (wanted or given) and (judged is None or judged.verdict is not Verdict.SAME):
            left.append(Open(self.entry, wanted, given))

    def _finding(self, judgement: Judgement, tender: Side, approved: Side | None = None) -> Finding:
        return remark_finding(self.entry, judgement, tender, approved or Side("；".join(_pieces(self.entry.approved))))

    def _strength(self) -> Judgement | None:
        ranks = [_rank(side) for side in (self.mine, self.theirs)]
        if ranks[0] == ranks[1] or 0 not in ranks:
            return None
        verdict = Verdict.LOWERED if ranks[1] < ranks[0] else Verdict.RAISED
        told = "由必须满足放宽" if verdict is Verdict.LOWERED else "由可选改为必须"
        return Judgement(verdict, f"批复备注{_quoted(self.mine)}，招标备注{_quoted(self.theirs)}，整项{told}")

    def _mark(self) -> Judgement | None:
        marks = [_mark_in(side) or _common_mark(items) for side, items in self._sides()]
        if marks[0] == marks[1] or not any(_mark_in(side) for side in (self.mine, self.theirs)):
            return None
        ranks = [["", "▲", "★"].index(mark) for mark in marks]
        verdict = Verdict.RAISED if ranks[1] > ranks[0] else Verdict.LOWERED
        told = "、".join(mark or "无标记" for mark in marks).replace("、", "改为", 1)
        return Judgement(verdict, f"备注标明整项条款强度由{told}")

    def _origin(self) -> Judgement | None:
        wants = any(phrase("domestic").search(fold(one)) for one in _pieces(self.entry.approved))
        brings = [one for one in self.theirs if phrase("imported").search(fold(one))]
        if not brings:
            return None
        reason = f"招标备注{_quoted(brings)}，批复备注{_quoted(_pieces(self.entry.approved))}"
        if wants:
            return Judgement(Verdict.LOWERED, f"{reason}，国产要求被取消")
        return Judgement(Verdict.MANUAL, f"{reason}，采购进口产品须经核准，需人工确认")

    def _sides(self) -> tuple[tuple[list[str], tuple[Item, ...]], tuple[list[str], tuple[Item, ...]]]:
        return (self.mine, self.entry.approved), (self.theirs, self.entry.tender)

    def _value(self, piece: str) -> tuple[Side, Judgement] | None:
        """What a remark gives otherwise than the row's parameters; the remark is taken at its word."""
        for term in differing(self._terms(), tuple(fixed(piece, self.rules)), frozenset({self.at}), self.rules):
            return Side(term.text, term.place), self._judged(term.text, piece)
        text = said(piece)
        spoken = Spoken(text, (), frozenset({self.at}))
        for one in restated(spoken, self.listed, self.rules):
            if one.said:
                return one.approved, self._judged(one.approved.text, one.said)
            reason = f"招标备注“{piece}”与批复“{one.approved.text}”不同，以哪一处为准须人工确认"
            return one.approved, Judgement(Verdict.MANUAL, reason)
        return None

    def _repeats(self, piece: str) -> bool:
        """Whether a remark only says a figure of the row's own parameters again."""
        text = said(piece)
        own = any(self.listed.asked[at].item == self.at for one in self.listed.parameters_in(text) for at in one.which)
        agreed = {term.which for term in self._terms()}
        own = own or any(which in agreed for which, _ in fixed(piece, self.rules))
        return own and any(char.isdigit() for char in text) and self._value(piece) is None

    def _terms(self) -> tuple[Term, ...]:
        return tuple(approved_terms(((one.item, one.approved) for one in self.entry.asked), (), self.rules))

    def _judged(self, approved: str, remark: str) -> Judgement:
        name, value = split_name(approved)
        judged = judge(self.entry.approved[0].name, (name, value), (name, remark), self.rules)
        reason = f"招标备注另列“{remark}”，批复“{approved}”，与招标参数列不一致"
        if judged.verdict in {Verdict.LOWERED, Verdict.RAISED}:
            return Judgement(judged.verdict, f"{reason}，按备注要求{judged.verdict}", judged.convention)
        return Judgement(Verdict.MANUAL, f"{reason}，以哪一处为准须人工确认")


def _pieces(items: Iterable[Item]) -> list[str]:
    """What remarks say, piece by piece, without what says nothing about the row (详见附件, 核心产品)."""
    pieces = (piece.strip() for item in items for piece in _PIECES.split(item.remark))
    return [one for one in dict.fromkeys(pieces) if key(one) and not phrase("plain_remark").fullmatch(fold(one))] or [
        one.remark.strip() for one in items if mark_of(one.remark)
    ]


def _is_said(piece: str, others: Iterable[str], items: Iterable[Item]) -> bool:
    """Whether the other side says the same, as a remark or among the row's parameters."""
    wanted = key(piece)
    texts = (*others, *(one.text for item in items for one in item.parameters))
    if phrase("domestic").search(fold(piece)):
        return any(_is_domestic(text, piece) for text in texts)
    return bool(wanted) and any(wanted in key(text) for text in texts)


def _is_domestic(text: str, wanted: str) -> bool:
    """Whether a text asks for the product of this country that a remark wants.

    One that works with such (支持国产操作系统) is what 国产化 may mean of software, but never 国产.
    """
    folded = fold(text)
    adapted = phrase("worked_with").search(folded) and not phrase("adapted").search(fold(wanted))
    return bool(phrase("domestic").search(folded)) and not adapted


def _is_told(piece: str) -> bool:
    """Whether another finding says what a remark does: its strength, its mark, its origin, or that it is put off."""
    lists = ("optional_remark", "binding_remark", "imported", "put_off")
    return bool(mark_of(piece)) or any(phrase(name).search(fold(piece)) for name in lists)


def _rank(pieces: Iterable[str]) -> int:
    """0 where a remark makes the row optional, 1 otherwise."""
    return 0 if any(phrase("optional_remark").search(fold(one)) for one in pieces) else 1


def _mark_in(pieces: Iterable[str]) -> str:
    return next((mark for one in pieces if (mark := mark_of(one))), "")


def _common_mark(items: Iterable[Item]) -> str:
    """The mark that every parameter of a side has."""
    marks = {parameter.mark for item in items for parameter in item.parameters}
    return marks.pop() if len(marks) == 1 else ""


def _quoted(pieces: Iterable[str]) -> str:
    text = "；".join(pieces)
    return f"“{text}”" if text else "未写"
