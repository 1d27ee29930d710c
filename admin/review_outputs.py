"""What a review without the engine leaves as files for people: the list of findings, a draft of the opinion.

The draft has the template and the words of the opinions that the office issues; what only the office knows (numbers,
handling, conclusion, signatures) is marked 【待填】.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.documents import ParameterTable
from domain.parameters import Finding, Review
from domain.parameters.rules import Rules
from domain.reasonableness import Hint
from domain.reports import (
    QUESTIONS,
    FileSeen,
    FindingList,
    HintLine,
    Line,
    OpinionContent,
    OpinionHint,
    OpinionLine,
    Signature,
    as_workbook,
    opinion_words,
    usual_handling,
)
from workers.documents import render

TEMPLATE = Path(__file__).resolve().parents[1] / "bpmn" / "parameter_review" / "render_opinion.docx"
UNDATED = date(1980, 1, 1)
"""What the draft's properties say about its making: nothing, so that the same files give the same bytes."""


def unknown(what: str = "") -> str:
    """Mark what the office has to fill in."""
    return f"【待填：{what}】" if what else "【待填】"


@dataclass(frozen=True)
class Reviewed:
    """Two documents, what their review found, and the rules it went by."""

    approved: ParameterTable
    tender: ParameterTable
    result: Review
    rules: Rules

    @property
    def files(self) -> list[FileSeen]:
        """Return both files as they were seen."""
        sides = (("批复文件", self.approved), ("招标文件", self.tender))
        return [FileSeen(side, table.file_name, table.sha256) for side, table in sides]


def as_xlsx(reviewed: Reviewed, hints: Sequence[Hint]) -> bytes:
    """Give the findings as a workbook, hints on reasonableness on a sheet of their own."""
    result = reviewed.result
    return as_workbook(
        FindingList(
            facts=[("总体", result.overall.value)],
            lines=[Line(number, finding, finding.verdict) for number, finding in enumerate(result.findings, 1)],
            approved_fen=result.totals.approved_fen,
            tender_fen=result.totals.tender_fen,
            files=reviewed.files,
            rules_version=reviewed.rules.version,
            hints=[_hint(hint) for hint in hints],
            warnings=result.warnings,
        )
    )


def as_docx(reviewed: Reviewed, hints: Sequence[Hint]) -> bytes:
    """Give a draft of the opinion.

    Raises:
        OSError: the template is not there.
        jinja2.TemplateError: somebody has edited it and it can no longer be filled in.
    """
    return render(TEMPLATE, opinion_words(_opinion(reviewed, hints)), UNDATED)


def _opinion(reviewed: Reviewed, hints: Sequence[Hint]) -> OpinionContent:
    result = reviewed.result
    unsigned = Signature(unknown("姓名"), unknown("日期"))
    return OpinionContent(
        number=unknown("文号"),
        project=unknown("项目名称"),
        project_code=unknown("项目代码"),
        unit=unknown("项目单位"),
        approval=unknown("批复文号与日期"),
        package=unknown("采购包"),
        round=1,
        files=reviewed.files,
        rules=f"规则版本 {reviewed.rules.version}。",
        conclusion=f"{unknown('同意／修改后同意／不同意／转概算调整')}（系统比对：{result.overall}）",
        consequence=unknown("结论的后续要求"),
        lines=[
            OpinionLine(number, finding, finding.verdict, finding.reason, unknown(), _proposed(finding))
            for number, finding in enumerate(result.findings, 1)
        ],
        approved_fen=result.totals.approved_fen,
        tender_fen=result.totals.tender_fen,
        questions=[(question, unknown("合理／不合理／不涉及")) for question in QUESTIONS.values()],
        reasonableness=unknown(),
        hints=[
            OpinionHint(hint.topic.value, hint.item, hint.reason, unknown("采纳与否"))
            for hint in hints
            if not hint.informs
        ],
        requirements=unknown("处理要求"),
        deadline=unknown("期限"),
        carried=0,
        reviewer=unsigned,
        confirmer=unsigned,
        day=unknown("日期"),
    )


def _proposed(finding: Finding) -> str:
    """What is usually asked for, as a proposal: the handling itself is the reviewers'."""
    usual = usual_handling(finding, finding.verdict)
    return f"{unknown()}建议：{usual}" if usual else "不涉及"


def _hint(hint: Hint) -> HintLine:
    return HintLine(
        topic=hint.topic.value,
        subsystem=hint.subsystem,
        item=hint.item,
        parameter=hint.parameter,
        reason=hint.reason,
        approved=hint.approved,
        approved_ref=hint.approved_ref,
        tender=hint.tender,
        tender_ref=hint.tender_ref,
        figure=hint.figure,
        basis=hint.basis,
        evidence=hint.evidence,
    )
