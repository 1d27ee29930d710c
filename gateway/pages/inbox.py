"""待办: the tasks a person holds, may take, and that colleagues hold."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gateway import worklist
from gateway.people import Person
from gateway.rendering import render
from gateway.requests import Running, SignedIn

router = APIRouter()
SCOPES = {"mine": "我的", "free": "待领取", "others": "他人办理"}
NOTICES = {
    "done": "已办结，流程已转到下一步。",
    "claimed": "已领取，请办理。",
    "returned": "已退回，同组人员可以领取。",
}


class Wanted(BaseModel):
    """What the inbox is asked for.

    Attributes:
        scope: a key of `SCOPES`, or empty for the first that has something in it.
        q: words that the task or its project must contain.
        due: a kind of due date, as `worklist.Task.matches` knows them.
        said: a key of `NOTICES`, what was just done.
    """

    scope: str = ""
    q: str = Field("", max_length=200)
    due: str = ""
    said: str = ""

    def address(self, scope: str) -> str:
        """Return the address of the same search in another scope."""
        return f"/tasks?{urlencode({'scope': scope, 'q': self.q, 'due': self.due})}"


@router.get("/tasks")
def show_inbox(request: Request, running: Running, visit: SignedIn, wanted: Annotated[Wanted, Query()]) -> Response:
    """Show the inbox."""
    today = running.now()
    names = running.names.read(visit.engine, today)
    with running.database.reading() as session:
        tasks = worklist.read(visit, session, names, today)
    found = [task for task in tasks if task.matches(wanted.q, wanted.due)]
    by_scope = {name: [task for task in found if task.scope == name] for name in SCOPES}
    scope = wanted.scope if wanted.scope in SCOPES else next((name for name in SCOPES if by_scope[name]), "mine")
    return render(
        request,
        "inbox.html",
        tasks=by_scope[scope],
        tabs=[(name, label, len(by_scope[name]), wanted.address(name)) for name, label in SCOPES.items()],
        scope=scope,
        wanted=wanted,
        today=today,
        greeting=_greeting(tasks),
        notice=NOTICES.get(wanted.said, ""),
        empty=_empty(visit.person, scope, filtered=bool(wanted.q or wanted.due)),
    )


@router.post("/tasks/{key:int}/claim")
def claim_task(key: int, visit: SignedIn) -> Response:
    """Take a task and go to it."""
    visit.engine.claim(str(key), visit.person.username)
    return RedirectResponse(f"/tasks/{key}?said=claimed", HTTPStatus.SEE_OTHER)


@router.post("/tasks/{key:int}/unclaim")
def unclaim_task(key: int, visit: SignedIn) -> Response:
    """Give a task back to its group."""
    visit.engine.unclaim(str(key))
    return RedirectResponse("/tasks?said=returned", HTTPStatus.SEE_OTHER)


def _greeting(tasks: list[worklist.Task]) -> str:
    mine = [task for task in tasks if task.is_mine]
    late = sum(task.urgency.level == "overdue" for task in mine)
    free = sum(task.is_free for task in tasks)
    parts = [f"手上 {len(mine)} 件" if mine else "手上没有待办", f"待领取 {free} 件" if free else ""]
    return "，".join(part for part in [*parts, f"逾期 {late} 件" if late else ""] if part)


def _empty(person: Person, scope: str, *, filtered: bool) -> dict[str, object]:
    """Return what an empty list says: why it is empty and what to do next."""
    ways = [("/projects", "查看项目")]
    if filtered:
        return {"title": "没有符合条件的任务", "advice": "请放宽查找条件。", "ways": [("/tasks", "清除条件")]}
    if scope == "others":
        advice = "同组人员领取任务后会列在这里，方便了解进展。"
        return {"title": "同组没有他人在办的任务", "advice": advice, "ways": ways}
    if person.is_clerk:
        advice = "招标文件需要送审时，请发起技术参数审查；轮到本单位办理的事项会自动出现在这里。"
        return {"title": "目前没有待办", "advice": advice, "ways": [("/start", "发起技术参数审查"), *ways]}
    advice = "轮到您或您所在处室办理的事项会出现在这里。"
    return {"title": "目前没有待办", "advice": advice, "ways": ways}
