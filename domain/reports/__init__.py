"""What leaves the review for people's desks: the list of findings as a workbook, the opinion in words."""

from domain.reports.finding_list import FileSeen, FindingList, HintLine, Line, meaning_of
from domain.reports.finding_sheets import as_workbook
from domain.reports.handling import usual_handling
from domain.reports.opinion import QUESTIONS, OpinionContent, OpinionHint, Signature, opinion_words
from domain.reports.opinion_lines import OpinionLine

__all__ = [
    "QUESTIONS",
    "FileSeen",
    "FindingList",
    "HintLine",
    "Line",
    "OpinionContent",
    "OpinionHint",
    "OpinionLine",
    "Signature",
    "as_workbook",
    "meaning_of",
    "opinion_words",
    "usual_handling",
]
