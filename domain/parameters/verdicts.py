"""The nine verdicts of a consistency review and the findings that carry them (Article 18)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.identities import stable_ids

PROSE = "招标文件正文"
"""The item name of findings on sentences outside the tender's tables."""

PROJECT = "项目合计"
"""The item name of the finding on the whole project's money."""

UNIT_PRICE = "单价"
"""The parameter name of findings and hints on the price of one."""


class Verdict(StrEnum):
    """What a reviewer concludes about one row."""

    SAME = "一致"
    RAISED = "提高"
    LOWERED = "降低"
    MISSING = "缺失"
    ADDED = "新增"
    MANUAL = "不可比/需人工"
    BRAND = "指定品牌"
    QUANTITY = "数量变更"
    AMOUNT = "金额超出"


class FindingKind(StrEnum):
    """Which of the review's questions a finding answers."""

    CONSISTENCY = "一致性"
    COMPLIANCE = "合规性"
    EXCLUSIVITY = "排他性"
    REASONABLENESS = "合理性"


class Subject(StrEnum):
    """What a finding is about."""

    PARAMETER = "参数"
    ITEM = "整项"
    QUANTITY = "数量"
    AMOUNT = "金额"
    EXCLUSIVITY = "排他性"


@dataclass(frozen=True, slots=True)
class Side:
    """One document's words and their place."""

    text: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a finding shows: the parameter's short name, both sides, and how sure it is that they belong together."""

    parameter: str
    approved: Side = Side()
    tender: Side = Side()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the review: both texts as written, the verdict and the reason a reviewer could sign.

    `item` and `subsystem` are the approved side's words (the tender's for an addition). `confidence` (0 to 1) says how
    sure the alignment of the two sides is. `convention` names the reading that decided (bare value = lower bound, …),
    `basis` the legal basis where there is one. `finding_id` stays the same from round to round while what was written
    stays the same.
    """

    subject: Subject
    subsystem: str
    item: str
    tender_item: str
    parameter: str
    approved: str
    tender: str
    verdict: Verdict
    reason: str
    approved_ref: str
    tender_ref: str
    convention: str = ""
    basis: str = ""
    evidence: str = ""
    confidence: float = 1.0
    finding_id: str = ""
    kind: FindingKind = FindingKind.CONSISTENCY

    @property
    def is_deviation(self) -> bool:
        """Whether the row needs an explanation: everything but 一致, what needs a human look included."""
        return self.verdict is not Verdict.SAME


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of the detail rows in fen; `*_unknown` counts rows whose amount could not be read."""

    approved_fen: int
    tender_fen: int
    approved_unknown: int = 0
    tender_unknown: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of each verdict: the input of the decision table that proposes the conclusion."""

    same: int = 0
    raised: int = 0
    lowered: int = 0
    missing: int = 0
    added: int = 0
    manual: int = 0
    brand: int = 0
    quantity: int = 0
    amount_exceeded: int = 0

    @property
    def deviations(self) -> int:
        """Rows of any verdict but 一致."""
        return (
            self.raised + self.lowered + self.missing + self.added + self.manual
            + self.brand + self.quantity + self.amount_exceeded
        )  # fmt: skip


def count(findings: Iterable[Finding]) -> Counts:
    """Count the findings by verdict."""
    tally = Counter(finding.verdict for finding in findings)
    return Counts(
        same=tally[Verdict.SAME],
        raised=tally[Verdict.RAISED],
        lowered=tally[Verdict.LOWERED],
        missing=tally[Verdict.MISSING],
        added=tally[Verdict.ADDED],
        manual=tally[Verdict.MANUAL],
        brand=tally[Verdict.BRAND],
        quantity=tally[Verdict.QUANTITY],
        amount_exceeded=tally[Verdict.AMOUNT],
    )


def identify(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give every finding its stable id, unique within the review.

    The id is a hash of the approved place and of what both sides wrote. The tender's place is left out: one row
    inserted above would otherwise make every later row look changed.
    """
    every = tuple(findings)
    ids = stable_ids(
        (
            one.subject,
            one.subsystem,
            one.item,
            one.tender_item,
            one.parameter,
            one.approved_ref,
            one.approved,
            one.tender,
        )
        for one in every
    )
    return tuple(replace(finding, finding_id=name) for finding, name in zip(every, ids, strict=True))


def changed_since(previous: Iterable[Finding], current: Iterable[Finding]) -> tuple[Finding, ...]:
    """Pick what a re-check must look at: rows whose texts or verdicts are new, and the project's total."""
    known = {finding.finding_id: finding.verdict for finding in previous}
    return tuple(
        finding
        for finding in current
        if known.get(finding.finding_id) is not finding.verdict or finding.item == PROJECT
    )
