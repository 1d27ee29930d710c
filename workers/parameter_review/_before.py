"""What stood before a round: the round before it, or for a change during procurement the review agreed last."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.documents import ParameterTable
from domain.formats import amount
from domain.parameters import AmountCheck, Finding
from domain.parameters.investment import Investment, prove_investment
from records.models import ParameterChange, ParameterFinding, ParameterReview
from workers.parameter_review._agreed import others_fen
from workers.registry import Books

Row = tuple[str, ...]


@dataclass(frozen=True)
class Before:
    """What the findings of a round are compared with.

    Attributes:
        review_id: of the review in which `round` was the round before; a change's first round goes on from another.
        round: that round; 0 when there is none.
        findings: of that round.
        change: what the review's change is, None for a review before procurement.
        agreed: the tender that was agreed last, of a change.
        agreed_findings: what was found on it.
        others_fen: what the agreed tenders of the project's other packages come to.
    """

    review_id: int
    round: int
    findings: Sequence[ParameterFinding]
    change: ParameterChange | None = None
    agreed: ParameterTable | None = None
    agreed_findings: Sequence[ParameterFinding] = ()
    others_fen: int = 0

    def prove(self, tender: ParameterTable, amounts: AmountCheck) -> Investment:
        """Prove that a change stays inside the approved investment; before procurement there is nothing to prove."""
        if self.agreed is None:
            return Investment(0)
        return prove_investment(self.agreed, tender, amounts, self.others_fen)


def round_before(books: Books, review: ParameterReview, review_round: int) -> tuple[int, int]:
    """Return review and round that a round goes on from: a change's first round from the one that was agreed last."""
    change = books.changes.of_review(review.id)
    if change is not None and review_round == 1:
        return change.agreed_review_id, change.agreed_round
    return review.id, review_round - 1


def before_of(books: Books, review: ParameterReview, review_round: int) -> Before:
    """Return what stood before a round of a review."""
    change = books.changes.of_review(review.id)
    last = round_before(books, review, review_round)
    previous = books.reviews.findings(*last)
    if change is None:
        return Before(*last, previous)
    return Before(
        *last,
        previous,
        change=change,
        agreed=books.tables.tender_content(change.agreed_review_id, change.agreed_round),
        agreed_findings=books.reviews.findings(change.agreed_review_id, change.agreed_round),
        others_fen=others_fen(books, review),
    )


def agreed_texts(before: Before, current: Sequence[Finding]) -> dict[str, str]:
    """Return what the tender that was agreed last said in each row, by `finding_id`; "" where it said nothing."""
    if before.agreed is None:
        return {}
    same = {row.finding_id: row.tender for row in before.agreed_findings}
    alike = {_row(row): row.tender for row in reversed(before.agreed_findings)}
    return {one.finding_id: same.get(one.finding_id, alike.get(_row(one), "")) for one in current}


def investment_note(investment: Investment) -> str:
    """Return the sentence that tells the reviewers what an excess leads to, "" when there is none."""
    if not investment.excess_fen:
        return ""
    return f"变更后的合计超出批复投资 {amount(investment.excess_fen)}，不在项目审批的投资额度内，审查结论为转概算调整"


def _row(row: ParameterFinding | Finding) -> Row:
    return (row.subject, row.subsystem, row.item, row.parameter, row.approved_ref)
