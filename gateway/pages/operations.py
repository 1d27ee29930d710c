"""运行: what an administrator looks after: steps that stopped, pushes that do not arrive, a damaged audit trail."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gateway import dossier
from gateway.refusals import NothingHereError
from gateway.rendering import render
from gateway.requests import Running, SignedIn, origin
from gateway.running import Gateway
from gateway.sign_in import Visit
from records import audit
from records.models import ParameterReview
from records.operations import Operations

router = APIRouter()
MOST_SHOWN = 50
TRIES = 3
REASONS = {
    "JOB_NO_RETRIES": "自动步骤多次没有做成",
    "TASK_LISTENER_NO_RETRIES": "提交后的检查没有做成",
    "IO_MAPPING_ERROR": "步骤之间传递的内容不对",
    "EXTRACT_VALUE_ERROR": "流程里的表达式算不出结果",
    "CONDITION_ERROR": "分支条件算不出结果",
    "CALLED_DECISION_ERROR": "决策表没有给出结果",
    "FORM_NOT_FOUND": "找不到表单",
}
NOTICES = {"retried": "已重新执行。几秒钟后刷新本页：不再列出即为已恢复；仍列出时请查看作业程序的日志。"}


@dataclass(frozen=True)
class Trouble:
    """A step that stopped: the engine's incident, the step's name, its review if the registry knows it."""

    key: str
    step: str
    instance_key: str
    kind: str
    message: str
    since: datetime
    review: ParameterReview | None


@router.get("/operations")
def show_operations(request: Request, running: Running, visit: SignedIn, said: str = "") -> Response:
    """Show everything that needs an administrator."""
    _require_admin(visit)
    incidents = visit.engine.open_incidents()
    with running.database.reading() as session:
        records = Operations(session)
        return render(
            request,
            "operations.html",
            troubles=[_trouble(running, visit, row) for row in incidents[:MOST_SHOWN]],
            more=max(0, len(incidents) - MOST_SHOWN),
            pushes=records.failing_pushes(),
            damage=records.audit_damage(),
            provisional=records.provisional_deadlines(),
            notice=NOTICES.get(said, ""),
        )


@router.post("/operations/incidents/{key:int}/retry")
def retry_incident(request: Request, key: int, running: Running, visit: SignedIn) -> Response:
    """Let a stopped step run again; who asked for it is in the audit trail."""
    _require_admin(visit)
    incident = visit.engine.retry(str(key), TRIES)
    told = {"element": incident["elementId"], "from": origin(request)}
    subject = f"{incident['processDefinitionId']}:{incident['processInstanceKey']}"
    with running.database.session() as session:
        audit.append(session, visit.person.username, "incident.retried", subject, told, running.now())
    return RedirectResponse("/operations?said=retried", HTTPStatus.SEE_OTHER)


def _require_admin(visit: Visit) -> None:
    if not visit.person.is_admin:
        raise NothingHereError


def _trouble(running: Gateway, visit: Visit, row: dict[str, Any]) -> Trouble:
    steps = visit.engine.element_instances(row["processInstanceKey"])
    with running.database.reading() as session:
        review = dossier.find_review(session, visit.person, int(row["processInstanceKey"]))
    return Trouble(
        key=row["incidentKey"],
        step=next((each["elementName"] for each in steps if each["elementId"] == row["elementId"]), row["elementId"]),
        instance_key=row["processInstanceKey"],
        kind=REASONS.get(row["errorType"], row["errorType"]),
        message=row.get("errorMessage") or "",
        since=datetime.fromisoformat(row["creationTime"]),
        review=review,
    )
