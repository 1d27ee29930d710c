"""What the opinion on a round says, in words, for its template `render_opinion.docx`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.formats import day, official_brackets
from domain.parameters import Verdict
from domain.reports import QUESTIONS, FileSeen, OpinionContent, OpinionHint, OpinionLine, Signature, opinion_words
from records.hints import UPHELD
from records.models import (
    ParameterFinding,
    ParameterReview,
    ReasonablenessHint,
    ReviewerOpinion,
    ReviewStage,
    RoundRules,
)
from records.reviews import as_finding
from workers.parameter_review._change_words import TITLE, change_words
from workers.parameter_review._hints import ASKED
from workers.parameter_review._lines import number
from workers.parameter_review._periods import Periods
from workers.parameter_review._round import documents_of
from workers.periods import Period
from workers.registry import Books

DISPOSITIONS = {"accepted": "认可", "revise": "须修改", "refused": "不予认可", "adjust": "转概算调整"}
ANSWERS = {"reasonable": "合理", "unreasonable": "不合理", "not_applicable": "不涉及"}
CONSEQUENCES = {
    "同意": "请按本次审查的招标文件公告，公告后上传公告文件原件核对；与本次审查文件不一致的，须重新审查。",
    "修改后同意": "请按处理要求修改招标文件后提交复审，复审只审改动的内容和合计金额；复审同意前不得公告。",
    "不同意": "请按批复方案重新编制招标文件后另行申请审查；本次送审的招标文件不得公告。",
    "转概算调整": "请依据第十九条报市发展改革委进行概算调整，批准后以调整后的方案重新申请审查；调整批准前不得公告。",
}


@dataclass(frozen=True)
class Opinion:
    """The facts of an opinion that are not in the records yet. `totals` are approved and tender, in fen."""

    number: str
    conclusion: str
    totals: tuple[int, int]
    reasonableness: Mapping[str, str]
    requirements: str
    day: date
    periods: Periods


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
    signed = [row for row in books.reviews.opinions(review.id) if row.round == review_round]
    change = change_words(books, review)
    content = OpinionContent(
        number=opinion.number,
        project=review.project.name,
        project_code=review.project.code,
        unit=review.submitted_by,
        approval=f"{official_brackets(review.approval_number)}（{_day(review.approval_date)}）",
        package=review.package,
        round=review_round,
        files=_files(books, review, review_round, "变更文件" if change else "招标文件"),
        rules=_rules(books.dictionary.pinned(review.id, review_round)),
        conclusion=opinion.conclusion,
        consequence=change.consequence(opinion.conclusion) if change else CONSEQUENCES[opinion.conclusion],
        lines=[_line(row, told) for row in findings],
        approved_fen=opinion.totals[0],
        tender_fen=opinion.totals[1],
        questions=_answered(opinion.reasonableness),
        reasonableness=opinion.reasonableness.get("opinion") or "无。",
        hints=[_hint(hint) for hint in books.hints.of_round(review.id, review_round) if hint.answer == UPHELD],
        requirements=opinion.requirements or "无。",
        deadline=_deadline(opinion, is_announced=change is None or not change.is_replacement),
        carried=sum(row.carried_over for row in findings if row.is_deviation),
        reviewer=_signature(signed, ReviewStage.FIRST, name),
        confirmer=_signature(signed, ReviewStage.SECOND, name),
        day=day(opinion.day),
    )
    if change is not None:
        content = replace(content, title=TITLE, change=change.told)
    return opinion_words(content)


def _files(books: Books, review: ParameterReview, review_round: int, name: str) -> list[FileSeen]:
    approved, tender = documents_of(books, review, review_round)
    return [
        FileSeen(side, document.file_name, document.sha256)
        for side, document in (("审批后方案参数价格表", approved), (name, tender))
    ]


def _rules(pinned: RoundRules | None) -> str:
    """Return by which rules the round was judged, as it can be laid open again."""
    if pinned is None:
        return "本轮比对时尚未登记规则和词典版本。"
    words = f"规则版本 {pinned.rules_version}，词典版本 {pinned.dictionary_version}（按 {day(pinned.day)} 生效的词条）"
    return f"{words}，词典校验值 {pinned.dictionary_digest[:16]}。"


def _line(row: ParameterFinding, told: Mapping[str, str]) -> OpinionLine:
    return OpinionLine(
        number=number(row),
        finding=as_finding(row),
        verdict=Verdict(row.effective_verdict),
        reason=_reason(row, told),
        explanation=row.explanation or "",
        handling=_disposition(row),
        note=row.note or "",
        is_overruled=bool(row.overruled),
        agreed=row.agreed,
    )


def _reason(row: ParameterFinding, told: Mapping[str, str]) -> str:
    """Return why the verdict is what it is: the machine's reason, or the reviewers' beside it."""
    if not row.overruled:
        return row.reason
    return f"审查人员改判：{told.get(row.finding_id, '')}（系统判定：{row.verdict}，{row.reason}）"


def _disposition(row: ParameterFinding) -> str:
    if not row.is_deviation:
        return "不涉及"
    return DISPOSITIONS[row.disposition or ""] + ("（沿用上轮意见）" if row.carried_over else "")


def _answered(answers: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(question, ANSWERS.get(answers.get(key, ""), "未填写")) for key, question in QUESTIONS.items()]


def _hint(hint: ReasonablenessHint) -> OpinionHint:
    """Return a hint that the reviewers upheld; the others stay on the review's page, an opinion is the bureau's own."""
    item = "·".join(filter(None, (hint.subsystem, hint.item)))
    return OpinionHint(hint.topic, item, hint.reason, hint.note or ASKED)


def _deadline(opinion: Opinion, *, is_announced: bool) -> str:
    """Return by when what is required must be done, with what the period rests on."""
    if opinion.conclusion == "同意" and is_announced:
        return _within(opinion.periods.publication, "提交公告文件")
    if opinion.conclusion == "修改后同意":
        return _within(opinion.periods.revision, "提交修改后的招标文件")
    return "本结论不设整改期限。"


def _within(period: Period, what: str) -> str:
    return f"请在收到本意见之日起 {period.working_days} 个工作日内{what}（{period.basis}）。"


def _signature(signed: Sequence[ReviewerOpinion], stage: ReviewStage, name: Callable[[str], str]) -> Signature:
    last = [row for row in signed if row.stage is stage][-1]
    return Signature(name(last.person), day(last.at))


def _day(value: date | None) -> str:
    return day(value) if value else "日期未填写"
