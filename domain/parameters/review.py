"""The whole consistency review of Article 18, as four steps that stand alone and one that joins them.

    align → compare, scan_brands, check_amounts → join

Each step takes and gives frozen dataclasses that `domain.plain` turns into JSON and back, because each is a service
task of its own in the process `parameter_review`.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from domain.documents.table import ParameterTable
from domain.parameters.align import align
from domain.parameters.amounts import AmountCheck, check_amounts
from domain.parameters.brands import scan_brands
from domain.parameters.compare import compare
from domain.parameters.rules import Rules, shipped
from domain.parameters.verdicts import PROJECT, Counts, Finding, Totals, Verdict, count, identify

__all__ = ["Overall", "Review", "align", "check_amounts", "compare", "join", "review", "scan_brands"]


class Overall(StrEnum):
    """What the review says at a glance."""

    SAME = "一致"
    DEVIATES = "存在偏差"
    MANUAL = "需人工复核"


@dataclass(frozen=True, slots=True)
class Review:
    """All findings in the approved table's order, their counts, the totals in fen and the readers' warnings."""

    overall: Overall
    findings: tuple[Finding, ...]
    counts: Counts
    totals: Totals
    warnings: tuple[str, ...] = ()


def review(approved: ParameterTable, tender: ParameterTable, rules: Rules | None = None) -> Review:
    """Compare a tender with the approved table."""
    chosen = rules or shipped()
    alignment = align(approved, tender, chosen)
    compared = compare(approved, tender, alignment, chosen)
    brands = scan_brands(approved, tender, alignment, chosen)
    amounts = check_amounts(approved, tender, alignment, chosen)
    return join(compared, brands, amounts, warnings_of(approved, tender))


def join(
    compared: tuple[Finding, ...], brands: tuple[Finding, ...], amounts: AmountCheck, warnings: tuple[str, ...] = ()
) -> Review:
    """Join the steps' findings: a brand suspicion takes the place of the comparison's verdict on the same texts."""
    suspected = {(brand.approved_ref, brand.tender_ref): brand for brand in brands}
    joined = []
    for finding in compared:
        # A finding on a split item names several places of the tender; a suspicion always names one.
        places = [(finding.approved_ref, place) for place in finding.tender_ref.split("、")]
        hits = [suspected.pop(place) for place in places if place in suspected]
        joined.append(_suspected(finding, hits[0]) if hits else finding)
    findings = identify(_by_item((*joined, *suspected.values(), *amounts.findings)))
    counts = count(findings)
    return Review(overall_of(counts), findings, counts, amounts.totals, warnings)


def warnings_of(approved: ParameterTable, tender: ParameterTable) -> tuple[str, ...]:
    """Word the readers' notices for the report, each with its document and place."""
    return tuple(
        f"{side}：{notice.message}" + (f"（{notice.place}）" if notice.place else "")
        for side, table in (("批复文件", approved), ("招标文件", tender))
        for notice in table.notices
    )


def _by_item(findings: tuple[Finding, ...]) -> list[Finding]:
    """Bring everything about one item together, in the order in which the items first appear; the total stays last."""
    order: dict[tuple[str, str], int] = {}
    for finding in findings:
        order.setdefault((finding.subsystem, finding.item), len(order))
    return sorted(findings, key=lambda one: (one.item == PROJECT, order[one.subsystem, one.item]))


def _suspected(finding: Finding, brand: Finding) -> Finding:
    if finding.verdict in {Verdict.SAME, Verdict.BRAND}:
        return brand
    return replace(brand, reason=f"{brand.reason}；另有：{finding.verdict}，{finding.reason}")


def overall_of(counts: Counts) -> Overall:
    """Say at a glance what rows of these verdicts come to."""
    if counts.deviations == 0:
        return Overall.SAME
    return Overall.MANUAL if counts.deviations == counts.manual else Overall.DEVIATES
