"""登记审查结论."""

from records.changes import plain_change
from records.models import Conclusion, ReviewKind, ReviewState
from workers.parameter_review._periods import Periods
from workers.parameter_review._round import review_of
from workers.registry import Books, Registry, Variables
from workers.step import Occasion, job_type

PLATFORM = "platform"
"""The public resource trading platform 市公共资源交易平台, which is pushed each conclusion."""

ENGINE = "engine"
"""The process engine: a message that starts the stage after this one."""

STATES = {
    Conclusion.AGREE: ReviewState.AWAITING_PUBLICATION,
    Conclusion.AGREE_AFTER_CHANGES: ReviewState.REVISING,
    Conclusion.REFUSE: ReviewState.REFUSED,
    Conclusion.TRANSFER: ReviewState.TRANSFERRED,
}


class RecordOutcome:
    """Enter the conclusion in the registry and put it up for delivery to the trading platform (Articles 18, 19).

    Conclusion, push and audit event are one transaction under the element instance key; the push carries that key as
    its id, so its receiver sees one event too.
    """

    def __init__(self, registry: Registry, periods: Periods) -> None:
        self._registry = registry
        self._periods = periods

    def handle(  # noqa: PLR0913, PLR0917 - what was concluded, each by its name
        self,
        at: Occasion,
        review_round: int,
        conclusion: str,
        opinion_number: str,
        opinion_sha256: str,
        approved_total_fen: int | None = None,
        tender_total_fen: int | None = None,
        excess_fen: int | None = None,
    ) -> Variables:
        """Return the due date of the unit's next task, if there is one."""
        concluded = Conclusion(conclusion)

        def work(books: Books) -> Variables:
            review = review_of(books, at)
            books.reviews.conclude(review, concluded, at.now)
            # A model replaced in the performance of a contract is not announced: the conclusion ends the review.
            is_final = concluded is Conclusion.AGREE and review.kind is ReviewKind.REPLACEMENT
            books.reviews.move(review, ReviewState.AGREED if is_final else STATES[concluded], at.now)
            told = {
                "project_code": review.project.code,
                "package": review.package,
                "round": review_round,
                "conclusion": concluded.value,
                "opinion_number": opinion_number,
                "opinion_sha256": opinion_sha256,
                "verdicts": books.reviews.verdict_counts(review.id, review_round),
            }
            if (change := books.changes.of_review(review.id)) is not None:
                told["change"] = plain_change(change)
            books.push(PLATFORM, "parameter_review.concluded", told)
            if concluded is Conclusion.TRANSFER:
                figures = {
                    "approved_total_fen": approved_total_fen,
                    "tender_total_fen": tender_total_fen,
                    "excess_fen": excess_fen,
                }
                books.push(ENGINE, "parameter_review.transferred", told | figures)
            books.note("outcome.recorded", {"round": review_round, "conclusion": concluded.value})
            return {} if is_final else self._due_date(books, concluded)

        return self._registry.once(at, job_type(self), work)

    def _due_date(self, books: Books, conclusion: Conclusion) -> Variables:
        if conclusion is Conclusion.AGREE_AFTER_CHANGES:
            return {"revision_due": books.open_period(self._periods.revision)}
        if conclusion is Conclusion.AGREE:
            return {"publication_due": books.open_period(self._periods.publication)}
        return {}
