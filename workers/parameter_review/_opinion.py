"""What the opinion on a round says, in words, for its template `render_opinion.docx`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.formats import amount, day, official_brackets
from domain.parameters import Verdict
from records.hints import UPHELD
from records.models import (
    ParameterFinding,
    ParameterReview,
    ReasonablenessHint,
    ReviewerOpinion,
    ReviewStage,
    RoundRules,
)
from workers.parameter_review._hints import ASKED
from workers.parameter_review._lines import number
from workers.parameter_review._round import documents_of
from workers.registry import Books

DISPOSITIONS = {"accepted": "认可", "revise": "须修改", "refused": "不予认可", "adjust": "转概算调整"}
QUESTIONS = {
    "supply": "至少三家供应商能够满足",
    "specification": "指标与需求相称，没有过度配置",
    "price": "单价与市场行情相符",
    "reuse": "没有与已建系统重复，已考虑利旧和上云",
}
ANSWERS = {"reasonable": "合理", "unreasonable": "不合理", "not_applicable": "不涉及"}
CONSEQUENCES = {
    "同意": "请按本次审查的招标文件公告，公告后上传公告文件原件核对；与本次审查文件不一致的，须重新审查。",
    "修改后同意": "请按处理要求修改招标文件后提交复审，复审只审改动的内容和合计金额；复审同意前不得公告。",
    "不同意": "请按批复方案重新编制招标文件后另行申请审查；本次送审的招标文件不得公告。",
    "转概算调整": "请依据第十九条报市发展改革委进行概算调整，批准后以调整后的方案重新申请审查；调整批准前不得公告。",
}
EXCLUSIVE = "排他性"


@dataclass(frozen=True)
class Opinion:
    """The facts of an opinion that are not in the records yet. `totals` are approved and tender, in fen."""

    number: str
    conclusion: str
    totals: tuple[int, int]
    reasonableness: Mapping[str, str]
    requirements: str
    day: date


def collect(
    books: Books, review: ParameterReview, review_round: int, opinion: Opinion, name: Callable[[str], str]
) -> dict[str, Any]:
    """Return everything the template asks for, as text.

    Args:
        books: the records.
        review: with its project.
        review_round: the round the opinion is about.
        opinion: its facts.
        name: turns a user name into a person's name.
    """
    findings = books.reviews.findings(review.id, review_round)
    standing = books.overrides.standing(review.id, review_round)
    told = {finding: stated.reason for finding, stated in standing.items()}
    deviations = [row for row in findings if row.is_deviation]
    overruled = [row for row in findings if row.overruled]
    exclusive = [row for row in deviations if row.effective_verdict == Verdict.BRAND or row.subject == EXCLUSIVE]
    signed = [row for row in books.reviews.opinions(review.id) if row.round == review_round]
    return {
        "number": opinion.number,
        "project": review.project.name,
        "project_code": review.project.code,
        "unit": review.submitted_by,
        "approval": f"{official_brackets(review.approval_number)}（{_day(review.approval_date)}）",
        "package": review.package,
        "round": review_round,
        "files": _files(books, review, review_round),
        "conclusion": opinion.conclusion,
        "consequence": CONSEQUENCES[opinion.conclusion],
        "counted": _counted(findings),
        "deviations": [_line(row, told) for row in deviations],
        "exclusive": [_line(row, told) for row in exclusive],
        "overruled": [_line(row, told) for row in overruled],
        "rules": _rules(books.dictionary.pinned(review.id, review_round)),
        "totals": _totals(*opinion.totals),
        "reasonableness": _reasonableness(opinion.reasonableness),
        "reasonableness_opinion": opinion.reasonableness.get("opinion") or "无。",
        "hints": [_hint(hint) for hint in books.hints.of_round(review.id, review_round) if hint.answer == UPHELD],
        "requirements": opinion.requirements or "无。",
        "carried": sum(row.carried_over for row in deviations),
        "reviewer": _signature(signed, ReviewStage.FIRST, name),
        "confirmer": _signature(signed, ReviewStage.SECOND, name),
        "day": day(opinion.day),
    }


def _files(books: Books, review: ParameterReview, review_round: int) -> list[dict[str, str]]:
    approved, tender = documents_of(books, review, review_round)
    return [
        {"side": side, "name": document.file_name, "sha256": document.sha256}
        for side, document in (("审批后方案参数价格表", approved), ("招标文件", tender))
    ]


def _rules(pinned: RoundRules | None) -> str:
    """Return by which rules the round was judged, as it can be laid open again."""
    if pinned is None:
        return "本轮比对时尚未登记规则和词典版本。"
    words = f"规则版本 {pinned.rules_version}，词典版本 {pinned.dictionary_version}（按 {day(pinned.day)} 生效的词条）"
    return f"{words}，词典校验值 {pinned.dictionary_digest[:16]}。"


def _reason(row: ParameterFinding, told: Mapping[str, str]) -> str:
    """Return why the verdict is what it is: the machine's reason, or the reviewers' beside it."""
    if not row.overruled:
        return row.reason
    return f"审查人员改判：{told.get(row.finding_id, '')}（系统判定：{row.verdict}，{row.reason}）"


def _line(row: ParameterFinding, told: Mapping[str, str]) -> dict[str, Any]:
    return {
        "no": number(row),
        "item": "·".join(filter(None, (row.subsystem, row.item or row.tender_item))),
        "parameter": row.parameter,
        "approved": row.approved or "（无）",
        "tender": row.tender or "（无）",
        "refs": "\n".join(
            f"{side} {place}" for side, place in (("批复", row.approved_ref), ("招标", row.tender_ref)) if place
        ),
        "verdict": row.effective_verdict,
        "reason": _reason(row, told),
        "explanation": row.explanation or "（未作说明）",
        "disposition": _disposition(row),
        "note": row.note or "",
        "evidence": row.evidence,
    }


def _disposition(row: ParameterFinding) -> str:
    if not row.is_deviation:
        return "不涉及"
    return DISPOSITIONS[row.disposition or ""] + ("（沿用上轮意见）" if row.carried_over else "")


def _counted(findings: Sequence[ParameterFinding]) -> str:
    verdicts = [row.effective_verdict for row in findings]
    told = [f"{verdict} {verdicts.count(verdict)} 项" for verdict in Verdict if verdict in verdicts]
    return f"共核对 {len(findings)} 项：" + "、".join(told) + "。" if findings else "没有可核对的条目。"


def _totals(approved_fen: int, tender_fen: int) -> dict[str, str]:
    difference = tender_fen - approved_fen
    word = "相等" if not difference else f"{'超出' if difference > 0 else '节约'} {amount(abs(difference))}"
    return {"approved": amount(approved_fen), "tender": amount(tender_fen), "difference": word}


def _reasonableness(answers: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"question": question, "answer": ANSWERS.get(answers.get(key, ""), "未填写")}
        for key, question in QUESTIONS.items()
    ]


def _hint(hint: ReasonablenessHint) -> dict[str, str]:
    """Return a hint that the reviewers upheld; the others stay on the review's page, an opinion is the bureau's own."""
    return {
        "topic": hint.topic,
        "item": "·".join(filter(None, (hint.subsystem, hint.item))),
        "reason": hint.reason,
        "note": hint.note or ASKED,
    }


def _signature(signed: Sequence[ReviewerOpinion], stage: ReviewStage, name: Callable[[str], str]) -> dict[str, str]:
    last = [row for row in signed if row.stage is stage][-1]
    return {"name": name(last.person), "day": day(last.at), "decision": last.decision, "note": last.note}


def _day(value: date | None) -> str:
    return day(value) if value else "日期未填写"
