"""记录偏差说明."""

from typing import Any

from records.models import ReviewState
from workers.parameter_review._lines import explanations_by_id, open_findings
from workers.parameter_review._overrides import reviewers_lines
from workers.parameter_review._periods import Periods
from workers.parameter_review._round import review_of
from workers.registry import Books, Registry, Variables
from workers.step import Occasion, job_type
from workers.words import writable


class RecordExplanations:
    """Keep what the unit says to each deviation, for the reviewers and the opinion (Article 18).

    Each explanation replaces itself when written twice, under the element instance key.
    """

    def __init__(self, registry: Registry, periods: Periods) -> None:
        self._registry = registry
        self._periods = periods

    def handle(
        self,
        at: Occasion,
        review_round: int,
        explanations: Any = None,
        rest_explanation: Any = None,
    ) -> Variables:
        """Return the deviations with their explanations, and the due dates of both reviewers."""

        def work(books: Books) -> Variables:
            review = review_of(books, at)
            rows = open_findings(books.reviews.findings(review.id, review_round))
            said = explanations_by_id(rows, explanations, writable(rest_explanation))
            books.reviews.explain(review, said)
            books.reviews.move(review, ReviewState.REVIEWING, at.now)
            books.close_period(self._periods.explanation)
            silent = sum(not text for text in said.values())
            books.note("deviations.explained", {"round": review_round, "explained": len(said), "silent": silent})
            return {
                "deviations": reviewers_lines(books, review, rows),
                "review_due": books.open_period(self._periods.review),
                "confirm_due": books.open_period(self._periods.confirmation),
            }

        return self._registry.once(at, job_type(self), work)
