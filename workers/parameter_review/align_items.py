"""对齐设备清单."""

from domain.parameters import align
from workers.parameter_review._round import review_of, rules_of, tables_of
from workers.registry import Books, Registry, Variables
from workers.step import Occasion, job_type


class AlignItems:
    """Find which rows of the tender answer which rows of the approved table (Article 18).

    The alignment is kept under the element instance key; the rules give the same one for the same tables.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def handle(self, at: Occasion, review_round: int) -> Variables:
        """Return the hash of the alignment."""
        with self._registry.reading(at, job_type(self)) as books:
            approved, tender = tables_of(books, at, review_round)
            rules = rules_of(books, review_of(books, at), review_round)
        alignment = align(approved, tender, rules)

        def work(books: Books) -> Variables:
            review = review_of(books, at)
            entries = [
                {
                    "approved": list(match.approved),
                    "tendered": list(match.tender),
                    "confidence": match.confidence,
                    "note": match.how,
                }
                for match in alignment.matches
            ]
            books.tables.store_alignment(review.id, review_round, entries)
            return {"alignment_sha256": books.keep_paper("alignment", alignment)}

        return self._registry.once(at, job_type(self), work)
