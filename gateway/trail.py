"""The audit trail told in sentences."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from gateway.people import SYSTEM, Names
from gateway.presentation import local_day
from records.models import AuditEvent, ParameterReview

SENTENCES = {
    "documents.parsed": "第{round}轮：读取批复方案{approved_rows}项、招标文件{tender_rows}项",
    "change.registered": "登记采购中变更：{kind}（{reason}），{notice_number}",
    "documents.refused": "送审材料不合格，请更正",
    "task.completed": "办结“{task}”",
    "findings.recorded": "第{round}轮：比对完成，待审偏差{open}项",
    "reasonableness.checked": "第{round}轮：合理性审查完成，文件自身的提示{told}条",
    "deviations.explained": "第{round}轮：登记偏差说明{explained}项",
    "review.signed": "第{round}轮：提出初审意见",
    "review.confirmed": "第{round}轮：复核同意初审意见",
    "review.returned": "第{round}轮：复核退回初审",
    "finding.overruled": "第{round}轮：第{no}项由“{before}”改判为“{after}”：{reason}",
    "synonym.suggested": "第{round}轮：建议入词典：“{alias}”即“{canonical}”",
    "findings.settled": "第{round}轮：汇总处理意见",
    "findings.exported": "第{round}轮：导出比对结果（.xlsx）",
    "opinion.rendered": "出具审查意见书 {number}",
    "outcome.recorded": "第{round}轮：审查结论为“{conclusion}”",
    "review.cancelled": "流程已由管理员终止，审查取消",
    "deadline.recounted": "节假日安排公布后重新计算期限：{name}{due}",
    "incident.retried": "管理员重新执行停下的步骤",
    "published.compared": "第{round}轮：公告文件与审定文件{matches}",
}
"""What each action of the trail means, filled from its payload."""


@dataclass(frozen=True)
class Happening:
    """One event of a project's history: when, who, what."""

    at: datetime
    actor: str
    text: str

    @property
    def is_automatic(self) -> bool:
        """Whether a step of the system did it."""
        return self.actor == SYSTEM


def tell(event: AuditEvent, names: Names) -> Happening:
    """Return an event in words. An action without a sentence is shown by its name, so nothing is left out."""
    payload: dict[str, Any] = json.loads(event.payload)
    sentence = SENTENCES.get(event.action, event.action).format_map(_Known(payload))
    return Happening(event.at, names.signer(event.actor), sentence)


def submission(review: ParameterReview, names: Names) -> Happening:
    """Return who handed in a review, which its own row tells."""
    return Happening(review.created_at, names.person(review.submitted_by), f"送审：{review.package}")


def days(told: Sequence[Happening], submitted: Sequence[Happening]) -> list[tuple[date, list[Happening]]]:
    """Return what happened by days in China, the newest first; a submission comes before what was done with it."""
    newest_first = sorted([*submitted, *told], key=lambda happening: happening.at)[::-1]
    return [(day, list(group)) for day, group in groupby(newest_first, lambda happening: local_day(happening.at))]


class _Known(dict[str, Any]):
    """A payload as a sentence's filling: yes and no are about sameness; what is missing is shown to be."""

    def __getitem__(self, key: str) -> Any:
        value = super().__getitem__(key)
        return ("一致" if value else "不一致") if isinstance(value, bool) else value

    def __missing__(self, key: str) -> str:
        return "？"
