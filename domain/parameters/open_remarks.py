"""Remarks that only a person can judge: what one side alone remarks, or both otherwise, equal ones as one finding."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from domain.parameters.listed import Entry
from domain.parameters.outcomes import Judgement
from domain.parameters.phrases import phrase
from domain.parameters.verdicts import Finding, Side, Subject, Verdict
from domain.text import fold

REMARKS = "备注栏"
"""The item name of a finding on the remarks of several rows."""

_REMARK = "备注"
_MOST, _NAMED = 3, 8


@dataclass(frozen=True, slots=True)
class Open:
    """What only one side remarks of a row, or both otherwise: for a person."""

    entry: Entry
    approved: str
    tender: str

    @property
    def binds(self) -> bool:
        """Whether a remark asks for something, rather than telling where a price comes from."""
        folded = fold(f"{self.approved} {self.tender}")
        return bool(phrase("demanding_remark").search(folded)) or bool(self.tender)


def together(left: list[Open]) -> Iterator[Finding]:
    """One finding for all rows with the same remarks, and one for all that bind nobody."""
    alike: dict[tuple[str, str], list[Open]] = defaultdict(list)
    for one in left:
        alike[(one.approved, one.tender)].append(one)
    groups = list(alike.values())
    loose = [group for group in groups if not group[0].binds]
    for group in groups:
        if group[0].binds or len(loose) <= _MOST:
            yield _asked(group, group[0].approved, group[0].tender)
    if len(loose) > _MOST:
        rows = [one for group in loose for one in group]
        told = "；".join(f"{one.entry.approved[0].name}：{one.approved}" for one in rows[:_NAMED])
        yield _asked(rows, told, "")


def _asked(rows: list[Open], mine: str, theirs: str) -> Finding:
    names = "、".join(f"“{one.entry.approved[0].name}”" for one in rows[:_NAMED])
    more = f"等 {len(rows)} 项" if len(rows) > _NAMED else ""
    said_by = [text for text, held in (("批复备注有，招标未写", mine), ("招标备注有，批复未写", theirs)) if held]
    told = "两侧备注不同" if len(said_by) == 2 else said_by[0]
    judgement = Judgement(Verdict.MANUAL, f"{names}{more}：{told}，是否改变要求需人工确认")
    return remark_finding(rows[0].entry, judgement, Side(theirs), Side(mine), item=REMARKS if len(rows) > 1 else "")


def remark_finding(entry: Entry, judgement: Judgement, tender: Side, approved: Side, item: str = "") -> Finding:
    """The finding on a row's remark, or with `item` on those of several rows; places default to the rows' own."""
    left, right = entry.approved[0], entry.tender[0]
    return Finding(
        Subject.PARAMETER, "" if item else left.subsystem, item or left.name, item or right.name, _REMARK,
        approved.text, tender.text, judgement.verdict, judgement.reason, approved.place or left.place,
        tender.place or right.place, judgement.convention, judgement.basis,
    )  # fmt: skip
