"""What leaves the review for people's desks: the list of findings as a workbook."""

from domain.reports.finding_list import FileSeen, FindingList, HintLine, Line, as_workbook, meaning_of

__all__ = ["FileSeen", "FindingList", "HintLine", "Line", "as_workbook", "meaning_of"]
