"""比对技术参数."""

from domain.parameters import Alignment, compare
from domain.parameters.offers import judge_offers
from workers.parameter_review._findings import Findings
from workers.parameter_review._round import replaced_tender, review_of, rules_of, tables_of
from workers.registry import Registry, Variables
from workers.step import Occasion, job_type


class CompareParameters:
    """Compare every parameter, whole item and quantity that the alignment put side by side (Article 18, 一致性).

    The findings are kept under the element instance key; the rules give the same ones for the same tables.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def handle(self, at: Occasion, review_round: int, alignment_sha256: str) -> Variables:
        """Return the hash of the findings."""
        with self._registry.reading(at, job_type(self)) as books:
            approved, tender = tables_of(books, at, review_round)
            rules = rules_of(books, review_of(books, at), review_round)
            replaced = replaced_tender(books, at)
        compared = compare(approved, tender, self._registry.paper(Alignment, alignment_sha256), rules)
        findings = Findings(compared if replaced is None else judge_offers(compared, replaced, tender, rules))
        return self._registry.once(
            at, job_type(self), lambda books: {"compared_sha256": books.keep_paper("compared", findings)}
        )
