"""What an opinion 技术参数一致性审查意见 says, in words, for the Word template that people edit.

The same words whether a review was carried through the office or two files were compared on the command line; what
nobody knows there yet is marked 【待填】.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from domain.parameters.verdicts import Subject, Verdict
from domain.reports.finding_list import FileSeen
from domain.reports.opinion_lines import (
    OpinionLine,
    amount_words,
    amounts_note,
    is_exclusive,
    is_one_sided,
    line_words,
    total_words,
)

TITLE = "技术参数一致性审查意见"
QUESTIONS: Mapping[str, str] = {
    "supply": "至少三家供应商能够满足",
    "specification": "指标与需求相称，没有过度配置",
    "price": "单价与市场行情相符",
    "reuse": "没有与已建系统重复，已考虑利旧和上云",
}
"""What a reviewer answers on reasonableness (Article 18), by the variables of the review's form."""

MOST_ROWS = 600
"""Rows of a table of the document, some sixty pages; Word and its readers are done with more. The workbook has all."""
ELSEWHERE = "本表列出前 {shown} 项，另有 {more} 项见随附的比对结果工作簿（.xlsx）。"


@dataclass(frozen=True, slots=True)
class OpinionHint:
    """A hint on reasonableness that the opinion takes up."""

    topic: str
    item: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, and on which day."""

    name: str
    day: str


@dataclass(frozen=True, slots=True)
class OpinionContent:
    """Everything an opinion says. Totals are in fen; `questions` are the reasonableness questions with their answers.

    `carried` counts the deviations whose handling was taken over from the round before; `requirements_note` is said
    where nothing is required beyond the lines' own handling. `change` says what is changed during procurement, "" in
    an opinion before it.
    """

    number: str
    project: str
    project_code: str
    unit: str
    approval: str
    package: str
    round: int
    files: Sequence[FileSeen]
    rules: str
    conclusion: str
    consequence: str
    lines: Sequence[OpinionLine]
    approved_fen: int
    tender_fen: int
    questions: Sequence[tuple[str, str]]
    reasonableness: str
    hints: Sequence[OpinionHint]
    requirements: str
    deadline: str
    carried: int
    reviewer: Signature
    confirmer: Signature
    day: str
    title: str = TITLE
    change: str = ""


def opinion_words(content: OpinionContent) -> dict[str, Any]:
    """Return what the template may ask for, as text, lists of such words, and `round` and `carried` as numbers."""
    deviations = [line for line in content.lines if line.verdict is not Verdict.SAME]
    amounts = [line for line in deviations if line.finding.subject is Subject.AMOUNT]
    one_sided = [line for line in deviations if is_one_sided(line)]
    compared = sum(line.finding.subject is Subject.AMOUNT for line in content.lines)
    return {
        **{
            name: getattr(content, name)
            for name in (
                "number", "project", "project_code", "unit", "approval", "package", "round", "rules", "conclusion",
                "consequence", "requirements", "deadline", "carried", "day", "title", "change",
            )
        },
        "files": [asdict(file) for file in content.files],
        "counted": _counted(content.lines),
        "deviations": [line_words(line) for line in deviations[:MOST_ROWS]],
        "deviations_note": _elsewhere(len(deviations)),
        "exclusive": [line_words(line) for line in deviations if is_exclusive(line)],
        "overruled": [line_words(line) for line in content.lines if line.is_overruled],
        "totals": total_words(content.approved_fen, content.tender_fen, deviations),
        "amounts": [amount_words(line) for line in (*amounts, *one_sided)[:MOST_ROWS]],
        "amounts_note": amounts_note(compared, len(amounts), len(one_sided)),
        "reasonableness": [{"question": question, "answer": answer} for question, answer in content.questions],
        "reasonableness_opinion": content.reasonableness,
        "hints": [asdict(hint) for hint in content.hints],
        "required": [line_words(line) for line in deviations if line.note][:MOST_ROWS],
        "reviewer": asdict(content.reviewer),
        "confirmer": asdict(content.confirmer),
        "details": [line_words(line) for line in content.lines[:MOST_ROWS]],
        "details_note": _elsewhere(len(content.lines)),
    }  # fmt: skip


def _counted(lines: Sequence[OpinionLine]) -> str:
    verdicts = [line.verdict for line in lines]
    told = [f"{verdict} {verdicts.count(verdict)} 项" for verdict in Verdict if verdict in verdicts]
    return f"共核对 {len(lines)} 项：" + "、".join(told) + "。" if lines else "没有可核对的条目。"


def _elsewhere(count: int) -> str:
    return ELSEWHERE.format(shown=MOST_ROWS, more=count - MOST_ROWS) if count > MOST_ROWS else ""
