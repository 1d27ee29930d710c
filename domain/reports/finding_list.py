"""What a list of findings says: its lines and hints, the files and totals it is about, and what each verdict means."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.parameters.verdicts import Finding, Verdict

_MEANINGS = {
    Verdict.SAME: "要求相同，或只有写法、单位、次序不同",
    Verdict.RAISED: "招标要求高于批复",
    Verdict.LOWERED: "招标要求低于批复",
    Verdict.MISSING: "批复有，招标没有对应内容",
    Verdict.ADDED: "招标有，批复没有对应内容",
    Verdict.MANUAL: "两边不能自动比较，由审查人员判断",
    Verdict.BRAND: "写明或指向特定品牌、型号、专有技术或供应商",
    Verdict.QUANTITY: "数量与批复不同",
    Verdict.AMOUNT: "单价、合价或合计超出批复",
}


def meaning_of(verdict: str) -> str:
    """Return what a verdict means, in one line for the reader of a report."""
    return _MEANINGS[Verdict(verdict)]


@dataclass(frozen=True, slots=True)
class Line:
    """A finding with its number in the round, the verdict that counts, and what people said to it.

    `override` tells who put which verdict in the machine's place and why, "" when nobody did. `agreed` is what the
    tender agreed last said, None in a review that is not of a change.
    """

    number: int
    finding: Finding
    verdict: Verdict
    explanation: str = ""
    handling: str = ""
    override: str = ""
    agreed: str | None = None


@dataclass(frozen=True, slots=True)
class HintLine:
    """A hint on reasonableness, as text for its columns; `answer` is the reviewer's."""

    topic: str
    subsystem: str
    item: str
    parameter: str
    reason: str
    approved: str
    approved_ref: str
    tender: str
    tender_ref: str
    figure: str
    basis: str
    evidence: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A reviewed file: whose it is, its name and the SHA-256 of its bytes."""

    side: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FindingList:
    """Everything the workbook says. `facts` are label and text; totals are in fen, None where they are not known.

    `rules_version` names the conventions and dictionary the review was judged by. `is_change` says that the review is
    of a change during procurement, whose lines have what was agreed.
    """

    facts: Sequence[tuple[str, str]]
    lines: Sequence[Line]
    approved_fen: int | None
    tender_fen: int | None
    files: Sequence[FileSeen]
    rules_version: str
    hints: Sequence[HintLine] = ()
    warnings: Sequence[str] = ()
    is_change: bool = False
