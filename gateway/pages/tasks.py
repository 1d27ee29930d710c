"""One task: its form beside what it is about, and completing it."""

import json
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Body
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from gateway import differences, dossier, worklist
from gateway.pages.inbox import NOTICES
from gateway.presentation import moment
from gateway.refusals import NotHeldError
from gateway.rendering import render
from gateway.requests import Running, SignedIn
from records.drafts import TaskDrafts
from records.findings import PAGE

router = APIRouter()
NOTHING = "（无）"
OPEN_STATES = ("CREATED", "ASSIGNING", "UPDATING", "COMPLETING")


@router.get("/tasks/{key:int}")
def show_task(request: Request, running: Running, visit: SignedIn, key: int, said: str = "") -> Response:
    """Show a task. The form is drawn by form-js from `/api/tasks/{key}/form`."""
    row, now = visit.engine.user_task(str(key)), running.now()
    about = visit.engine.variables_of([row["processInstanceKey"]], worklist.ABOUT)[row["processInstanceKey"]]
    names = running.names.read(visit.engine, now)
    with running.database.reading() as session:
        task = worklist.from_row(row, about, visit.person, names, now, worklist.clock(session, [row]))
        review = dossier.find_review(session, visit.person, int(task.instance_key))
        summary = dossier.summarise(session, review, review.round) if review else None
    is_open = row["state"] in OPEN_STATES
    return render(
        request,
        "task.html",
        task=task,
        is_open=is_open,
        review=review,
        summary=summary,
        page_size=PAGE,
        can_claim=is_open and task.is_free,
        can_work=is_open and task.is_mine,
        notice=NOTICES.get(said, ""),
    )


@router.get("/api/tasks/{key:int}/form")
def show_task_form(running: Running, visit: SignedIn, key: int) -> dict[str, Any]:
    """Return the form's schema and the variables to fill it with; a task without a form has an empty one.

    `marks` has, for each list whose rows have two sides, each row's sides in parts and which of them differ. `draft` is
    what the person filled in before, with the moment in words, or null.
    """
    schema, data = visit.engine.user_task_form(str(key)), visit.engine.user_task_variables(str(key))
    with running.database.reading() as session:
        kept = TaskDrafts(session).of(key, visit.person.username)
    return {
        "draft": {"data": json.loads(kept.content), "saved": moment(kept.saved_at)} if kept else None,
        "schema": schema or {"type": "default", "components": []},
        "data": data,
        "marks": {name: _marks(rows) for name, rows in data.items() if isinstance(rows, list)},
    }


def _marks(rows: list[Any]) -> list[Any]:
    """Return both sides of each row in parts; a side that is not there is written out, and stays without marks."""
    sides = [(row.get("approved"), row.get("tender")) if isinstance(row, dict) else (None, None) for row in rows]
    return [
        differences.split(one, two)
        if isinstance(one, str) and isinstance(two, str) and NOTHING not in {one, two}
        else None
        for one, two in sides
    ]


@router.put("/api/tasks/{key:int}/draft")
def keep_draft(
    running: Running, visit: SignedIn, key: int, variables: Annotated[dict[str, Any], Body(embed=True)]
) -> dict[str, str]:
    """Keep what the person who holds a task has filled in so far, for any desk they go on at."""
    row = visit.engine.user_task(str(key))
    if row.get("assignee") != visit.person.username or row["state"] not in OPEN_STATES:
        raise NotHeldError
    now = running.now()
    with running.database.session() as session:
        TaskDrafts(session).keep(key, visit.person.username, json.dumps(variables, ensure_ascii=False), now)
    return {"saved": moment(now)}


@router.post("/api/tasks/{key:int}/completion")
def complete_task(
    running: Running, visit: SignedIn, key: int, variables: Annotated[dict[str, Any], Body(embed=True)]
) -> Response:
    """Complete a task the person holds; said twice, the second is a 404 or 409 of the engine.

    The engine would let an administrator complete what another holds, and that other's name would stand under it.
    """
    if visit.person.is_admin and visit.engine.user_task(str(key)).get("assignee") != visit.person.username:
        raise NotHeldError
    visit.engine.complete(str(key), variables)
    with running.database.session() as session:
        TaskDrafts(session).discard(key)
    return JSONResponse({"next": "/tasks?said=done"}, HTTPStatus.OK)
