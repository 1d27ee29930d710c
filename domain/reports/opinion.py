"""What an opinion 技术参数一致性审查意见 says, in words, for the Word template that people edit.

The same words whether a review was carried through the office or two files were compared on the command line; what
nobody knows there yet is marked 【待填】.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from domain.formats import amount
from domain.parameters.verdicts import Finding, FindingKind, Subject, Verdict
from domain.reports.finding_list import FileSeen

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
class OpinionLine:
    """A finding as the opinion shows it: its number, the verdict that counts and why, what both sides said to it.

    `agreed` is what the tender agreed last said, None in an opinion that is not on a change.
    """

    number: int
    finding: Finding
    verdict: Verdict
    reason: str
    explanation: str = ""
    handling: str = ""
    note: str = ""
    is_overruled: bool = False
    agreed: str | None = None


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
        "deviations": [_words(line) for line in deviations[:MOST_ROWS]],
        "deviations_note": _elsewhere(len(deviations)),
        "exclusive": [_words(line) for line in deviations if _is_exclusive(line)],
        "overruled": [_words(line) for line in content.lines if line.is_overruled],
        "totals": _totals(content.approved_fen, content.tender_fen),
        "amounts": [_words(line) for line in amounts[:MOST_ROWS]],
        "amounts_note": _amounts_note(compared, len(amounts)),
        "reasonableness": [{"question": question, "answer": answer} for question, answer in content.questions],
        "reasonableness_opinion": content.reasonableness,
        "hints": [asdict(hint) for hint in content.hints],
        "required": [_words(line) for line in deviations if line.note][:MOST_ROWS],
        "reviewer": asdict(content.reviewer),
        "confirmer": asdict(content.confirmer),
        "details": [_words(line) for line in content.lines[:MOST_ROWS]],
        "details_note": _elsewhere(len(content.lines)),
    }  # fmt: skip


def _words(line: OpinionLine) -> dict[str, Any]:
    finding = line.finding
    places = (("批复", finding.approved_ref), ("招标", finding.tender_ref))
    return {
        "no": line.number,
        "item": "·".join(filter(None, (finding.subsystem, finding.item or finding.tender_item))),
        "parameter": finding.parameter,
        "approved": finding.approved or "（无）",
        "tender": _tender(line),
        "refs": "\n".join(f"{side} {place}" for side, place in places if place),
        "verdict": line.verdict.value,
        "kind": finding.kind.value,
        "reason": line.reason,
        "basis": finding.basis,
        "convention": finding.convention,
        "evidence": finding.evidence,
        "explanation": line.explanation or "（未作说明）",
        "disposition": line.handling,
        "note": line.note,
    }


def _tender(line: OpinionLine) -> str:
    text = line.finding.tender or "（无）"
    is_changed = line.agreed is not None and line.agreed != line.finding.tender
    return f"{text}\n原审定：{line.agreed or '（无）'}" if is_changed else text


def _is_exclusive(line: OpinionLine) -> bool:
    finding = line.finding
    return (
        line.verdict is Verdict.BRAND
        or finding.subject is Subject.EXCLUSIVITY
        or finding.kind is FindingKind.EXCLUSIVITY
    )


def _counted(lines: Sequence[OpinionLine]) -> str:
    verdicts = [line.verdict for line in lines]
    told = [f"{verdict} {verdicts.count(verdict)} 项" for verdict in Verdict if verdict in verdicts]
    return f"共核对 {len(lines)} 项：" + "、".join(told) + "。" if lines else "没有可核对的条目。"


def _totals(approved_fen: int, tender_fen: int) -> dict[str, str]:
    difference = tender_fen - approved_fen
    word = "相等" if not difference else f"{'超出' if difference > 0 else '节约'} {amount(abs(difference))}"
    return {"approved": amount(approved_fen), "tender": amount(tender_fen), "difference": word}


def _amounts_note(compared: int, deviating: int) -> str:
    if not compared:
        return "两侧没有可逐项核对的分项金额。"
    if not deviating:
        return f"概算分项与采购预算逐项核对 {compared} 处，全部一致。"
    return f"概算分项与采购预算逐项核对 {compared} 处，一致 {compared - deviating} 处，下列 {deviating} 处不一致："


def _elsewhere(count: int) -> str:
    return ELSEWHERE.format(shown=MOST_ROWS, more=count - MOST_ROWS) if count > MOST_ROWS else ""
