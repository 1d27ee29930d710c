"""The comparison of a tender with the approved parameter table: values, alignment, verdicts (Article 18)."""

from domain.parameters.align import Alignment, ItemMatch
from domain.parameters.amounts import AmountCheck
from domain.parameters.match_parameters import ParameterMatch
from domain.parameters.review import Overall, Review, align, check_amounts, compare, join, review, scan_brands
from domain.parameters.verdicts import Counts, Finding, Subject, Totals, Verdict, changed_since, count

__all__ = [
    "Alignment",
    "AmountCheck",
    "Counts",
    "Finding",
    "ItemMatch",
    "Overall",
    "ParameterMatch",
    "Review",
    "Subject",
    "Totals",
    "Verdict",
    "align",
    "changed_since",
    "check_amounts",
    "compare",
    "count",
    "join",
    "review",
    "scan_brands",
]
