"""检查品牌指向."""

from domain.parameters import Alignment, scan_brands
from domain.parameters.offers import without_models
from workers.parameter_review._findings import Findings
from workers.parameter_review._round import replaced_tender, review_of, rules_of, tables_of
from workers.registry import Registry, Variables
from workers.step import Occasion, job_type


class ScanBrands:
    """Look for wording that points to one brand or supplier: a suspicion with its evidence (Article 18, 合理性).

    The findings are kept under the element instance key; the rules give the same ones for the same tender.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def handle(self, at: Occasion, review_round: int, alignment_sha256: str) -> Variables:
        """Return the hash of the findings."""
        with self._registry.reading(at, job_type(self)) as books:
            approved, tender = tables_of(books, at, review_round)
            rules = rules_of(books, review_of(books, at), review_round)
            replaced = replaced_tender(books, at)
        scanned = scan_brands(approved, tender, self._registry.paper(Alignment, alignment_sha256), rules)
        findings = Findings(scanned if replaced is None else without_models(scanned, tender))
        return self._registry.once(
            at, job_type(self), lambda books: {"brands_sha256": books.keep_paper("brands", findings)}
        )
