"""What a review without the engine leaves as files for people: the list of findings as a workbook."""

from dataclasses import dataclass

from domain.documents import ParameterTable
from domain.parameters import Review
from domain.parameters.rules import Rules
from domain.reports import FileSeen, FindingList, Line, as_workbook


@dataclass(frozen=True)
class Reviewed:
    """Two documents, what their review found, and the rules it went by."""

    approved: ParameterTable
    tender: ParameterTable
    result: Review
    rules: Rules


def as_xlsx(reviewed: Reviewed) -> bytes:
    """Give the findings as a workbook."""
    result = reviewed.result
    return as_workbook(
        FindingList(
            facts=[("总体", result.overall.value)],
            lines=[Line(number, finding, finding.verdict) for number, finding in enumerate(result.findings, 1)],
            approved_fen=result.totals.approved_fen,
            tender_fen=result.totals.tender_fen,
            files=[
                FileSeen(side, table.file_name, table.sha256)
                for side, table in (("批复文件", reviewed.approved), ("招标文件", reviewed.tender))
            ],
            rules_version=reviewed.rules.version,
            warnings=result.warnings,
        )
    )
