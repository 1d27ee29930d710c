"""From a finding to the user task in which it is explained, judged or overruled."""

from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from gateway import dossier
from gateway.people import Person
from gateway.presentation import verdict_tone
from gateway.refusals import NothingHereError
from gateway.requests import Running, SignedIn
from records.findings import Findings
from records.models import ParameterReview, ReviewState

router = APIRouter()
BUREAUS = {ReviewState.REVIEWING: "处理", ReviewState.CONFIRMING: "复核"}
"""What reviewers do with a finding, by where its review stands."""
UNITS = {ReviewState.EXPLAINING: "说明"}
"""What the project unit does with it."""


def acting(person: Person, review: ParameterReview, number: int) -> str:
    """Return what a person does with the findings of a round in the task that is open now, "" when nothing."""
    if number != review.round:
        return ""
    works_there = person.is_admin or review.project.organisation.code in person.units
    of_unit = UNITS.get(review.state, "") if works_there else ""
    return of_unit or (BUREAUS.get(review.state, "") if person.reads_all_projects else "")


@router.get("/reviews/{review_id:int}/task")
def go_to_task(
    running: Running, visit: SignedIn, review_id: int, number: Annotated[int | None, Query(alias="no", ge=1)] = None
) -> Response:
    """Lead to the open task of a review, to the place of a finding in it; to the inbox when the person has none."""
    with running.database.reading() as session:
        review = dossier.read_review(session, visit.person, review_id)
        instance, code = str(review.process_instance_key), review.project.code
    rows = visit.engine.search_user_tasks({"processInstanceKey": instance, "state": "CREATED"})
    offered = sorted((row for row in rows if _may_take(row, visit.person)), key=lambda row: not row.get("assignee"))
    if not offered:
        return RedirectResponse(f"/tasks?q={quote(code)}", HTTPStatus.SEE_OTHER)
    place = f"#no{number}" if number else ""
    return RedirectResponse(f"/tasks/{offered[0]['userTaskKey']}{place}", HTTPStatus.SEE_OTHER)


@router.get("/api/reviews/{review_id:int}/findings/{number:int}")
def show_finding(running: Running, visit: SignedIn, review_id: int, number: int) -> dict[str, str]:
    """Return in words which finding of the current round a number stands for, so that no other one is overruled."""
    with running.database.reading() as session:
        review = dossier.read_review(session, visit.person, review_id)
        row = Findings(session, review_id, review.round).at(number - 1)
        if row is None:
            raise NothingHereError
    names = "·".join(filter(None, (row.subsystem, row.item or row.tender_item, row.parameter)))
    sides = {"approved": row.approved or "（无）", "tender": row.tender or "（无）"}
    verdict = row.effective_verdict
    return {"name": names, "verdict": verdict, "tone": verdict_tone(verdict), **sides}


def _may_take(row: dict[str, Any], person: Person) -> bool:
    """Whether the person holds a task or may take it; an engine may show people more tasks than theirs."""
    if row.get("assignee"):
        return bool(row["assignee"] == person.username)
    return person.is_admin or not set(person.groups).isdisjoint(row.get("candidateGroups") or ())
