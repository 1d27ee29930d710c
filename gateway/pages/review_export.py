"""比对结果 as a workbook, for whoever may read the review."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from domain.formats import day, official_brackets
from domain.parameters import Verdict
from domain.parameters.review import warnings_of
from domain.reports import FileSeen, FindingList, HintLine, Line, as_workbook
from gateway import dossier
from gateway.presentation import DISPOSITIONS, HINT_ANSWERS, override
from gateway.requests import Running, SignedIn, origin
from records import audit
from records.dictionary import Dictionary
from records.hints import Hints
from records.models import FindingOverride, ParameterFinding, ParameterReview, ReasonablenessHint
from records.overrides import Overrides
from records.reviews import Reviews, as_finding
from records.tables import Tables

router = APIRouter()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNPINNED = "比对时尚未登记规则版本"


@router.get("/reviews/{review_id:int}/findings.xlsx")
def export_findings(
    request: Request,
    running: Running,
    visit: SignedIn,
    review_id: int,
    number: Annotated[int | None, Query(alias="round")] = None,
) -> Response:
    """Send a round's findings as a workbook; who took it is in the audit trail before the first byte leaves."""
    with running.database.reading() as session:
        found = dossier.read_round(session, visit.person, review_id, number)
        content = as_workbook(_content(session, found, running.names.read(visit.engine, running.now()).person))
    told = {"round": found.number, "sha256": hashlib.sha256(content).hexdigest(), "from": origin(request)}
    with running.database.session() as session:
        audit.append(session, visit.person.username, "findings.exported", found.review.subject, told, running.now())
    name = f"比对结果 {found.review.project.name} {found.review.package} 第{found.number}轮.xlsx"
    plain = f"findings-{review_id}-{found.number}.xlsx"
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=XLSX, headers=headers)


def _content(session: Session, found: dossier.Round, name: Callable[[str], str]) -> FindingList:
    review = found.review
    standing = Overrides(session).standing(review.id, found.number)
    pinned = Dictionary(session).pinned(review.id, found.number)
    rows = Reviews(session).findings(review.id, found.number)
    return FindingList(
        facts=_facts(found),
        lines=[_line(row, standing.get(row.finding_id), name) for row in rows],
        approved_fen=found.summary.amounts.approved,
        tender_fen=found.summary.amounts.tender,
        files=[FileSeen(side, document.file_name, document.sha256) for side, document in found.files],
        rules_version=f"{pinned.rules_version}（词典版本 {pinned.dictionary_version}）" if pinned else UNPINNED,
        hints=[_hint(hint) for hint in Hints(session).of_round(review.id, found.number)],
        warnings=_warnings(session, review, found.number),
        is_change=review.change is not None,
    )


def _facts(found: dossier.Round) -> Sequence[tuple[str, str]]:
    review = found.review
    approved_on = f"（{day(review.approval_date)}）" if review.approval_date else ""
    return [
        ("项目", review.project.name),
        ("项目代码", review.project.code),
        ("项目单位", review.project.organisation.name),
        ("批复文号", official_brackets(review.approval_number) + approved_on),
        ("采购包", review.package),
        ("轮次", f"第 {found.number} 轮"),
        ("状态", review.state.value),
        ("审查结论", review.conclusion.value if review.conclusion and found.number == review.round else "—"),
    ]


def _warnings(session: Session, review: ParameterReview, number: int) -> tuple[str, ...]:
    """Word what the readers of both files noticed; nothing before the files were read."""
    tables = Tables(session)
    tender = tables.tender(review.id, number)
    if review.baseline_table_id is None or tender is None:
        return ()
    return warnings_of(tables.surroundings(tables.baseline(review.baseline_table_id)), tables.surroundings(tender))


def _line(row: ParameterFinding, stated: FindingOverride | None, name: Callable[[str], str]) -> Line:
    handling = DISPOSITIONS.get(row.disposition or "", "") + (f"：{row.note}" if row.note else "")
    return Line(
        number=row.position + 1,
        finding=as_finding(row),
        verdict=Verdict(row.effective_verdict),
        explanation=row.explanation or "",
        handling=handling,
        override=override(stated, row, name) if stated else "",
        agreed=row.agreed,
    )


def _hint(row: ReasonablenessHint) -> HintLine:
    answer = HINT_ANSWERS.get(row.answer or "", "") + (f"：{row.note}" if row.note else "")
    names = (
        "topic", "subsystem", "item", "parameter", "reason", "approved", "approved_ref", "tender", "tender_ref",
        "figure", "basis", "evidence",
    )  # fmt: skip
    return HintLine(**{name: getattr(row, name) for name in names}, answer=answer)
