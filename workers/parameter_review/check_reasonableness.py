"""审查合理性."""

from domain.parameters import Alignment
from domain.reasonableness import Criteria, check_documents, identify
from workers.parameter_review._hints import Hints, hint_lines, hints_note
from workers.parameter_review._round import tables_of
from workers.registry import Registry, Variables
from workers.step import Occasion, job_type


class CheckReasonableness:
    """Look for what is unreasonable though it may be consistent: hints for the reviewers, no verdicts (Article 18).

    The hints are kept under the element instance key, so a second run adds none.
    """

    def __init__(self, registry: Registry, criteria: Criteria) -> None:
        self._registry = registry
        self._criteria = criteria

    def handle(self, at: Occasion, review_round: int, alignment_sha256: str) -> Variables:
        """Return the hints for the reviewer's form and how many there are."""
        with self._registry.reading(at, job_type(self)) as books:
            approved, tender = tables_of(books, at, review_round)
        alignment = self._registry.paper(Alignment, alignment_sha256)
        hints = identify(check_documents(approved, tender, alignment, self._criteria))
        lines = hint_lines(hints)
        returned = {"hints": lines, "hint_count": len(hints), "hints_note": hints_note(len(hints))}
        return self._registry.once(
            at, job_type(self), lambda books: {**returned, "hints_sha256": books.keep_paper("hints", Hints(hints))}
        )
