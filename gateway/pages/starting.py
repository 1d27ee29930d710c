"""发起: starting a process by its start form."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Body
from starlette.requests import Request
from starlette.responses import Response

from gateway import dossier
from gateway.people import Names, Person
from gateway.refusals import NothingHereError, NotOwnError
from gateway.rendering import render
from gateway.requests import Running, SignedIn
from gateway.running import Gateway
from records.projects import Projects

router = APIRouter()


@dataclass(frozen=True)
class Matter:
    """What people are told before they start a process.

    Attributes:
        purpose: what it is for.
        way: what will happen, step by step.
        at_once: what happens as soon as the form is sent.
    """

    purpose: str
    way: tuple[str, ...]
    at_once: str


STARTABLE = {
    "parameter_review": Matter(
        purpose="采购前，把拟公告的招标文件与审批后方案逐项比对；采购中变更技术参数（更正公告、替代型号），"
        "把变更后的内容与同一审批后方案比对。由市大数据局出具审查意见。",
        way=(
            "上传文件，系统逐项比对；变更审查只上传变更文件",
            "有偏差的，由本单位逐项说明",
            "市大数据局初审、复核（两名人员）",
            "出具审查意见书",
            "提交公告文件，核对与送审稿一致",
        ),
        at_once="提交后系统立即解析、比对。",
    ),
}
"""Processes that people start by a form."""


@router.get("/start")
def show_startable(request: Request, visit: SignedIn) -> Response:
    """List what the person may start."""
    _require_clerk(visit.person)
    definitions = [(visit.engine.latest_definition(name), matter.purpose) for name, matter in STARTABLE.items()]
    return render(request, "start_list.html", processes=[(row, purpose) for row, purpose in definitions if row])


@router.get("/start/{process_id}")
def show_start(request: Request, visit: SignedIn, process_id: str, change_of: int | None = None) -> Response:
    """Show the start form of a process; `change_of` is the agreed review that is to be changed."""
    definition = _definition(visit, process_id)
    return render(request, "start.html", definition=definition, matter=STARTABLE[process_id], change_of=change_of)


@router.get("/api/start/{process_id}/form")
def show_start_form(running: Running, visit: SignedIn, process_id: str, change_of: int | None = None) -> dict[str, Any]:
    """Return the start form's schema, with the person's own unit or what is to be changed filled in."""
    definition = _definition(visit, process_id)
    names = running.names.read(visit.engine, running.now())
    schema = visit.engine.start_form(definition["processDefinitionKey"])
    data = _own_unit(visit.person, names)
    if change_of is not None:
        with running.database.reading() as session:
            data = dossier.change_of(session, visit.person, change_of)
    return {"schema": schema or {"type": "default", "components": []}, "data": data}


@router.post("/api/start/{process_id}")
def start_process(
    running: Running, visit: SignedIn, process_id: str, variables: Annotated[dict[str, Any], Body(embed=True)]
) -> dict[str, str]:
    """Start the process for the person's own unit and say where to watch it.

    The applicant is added under `submitted_by`; a form cannot name another person.
    """
    definition = _definition(visit, process_id)
    _require_own(running, visit.person, str(variables.get("unit_code", "")), str(variables.get("project_code", "")))
    started = {**variables, "submitted_by": visit.person.username}
    key = visit.engine.create_instance(definition["processDefinitionKey"], started)
    return {"next": f"/instances/{key}"}


def _require_own(running: Gateway, person: Person, unit: str, project_code: str) -> None:
    """Refuse to start for a unit that is not the person's, or for a project that another unit has registered.

    Raises:
        NotOwnError: it is another's.
    """
    if not person.is_admin and unit not in person.units:
        raise NotOwnError(f"您不属于单位代码为“{unit}”的单位，只能为本单位发起。")
    with running.database.reading() as session:
        project = Projects(session).with_code(project_code)
    if project is not None and project.organisation.code != unit:
        raise NotOwnError(f"项目代码 {project_code} 已由其他单位登记，请核对审批文件上的项目代码。")


def _definition(visit: SignedIn, process_id: str) -> dict[str, Any]:
    _require_clerk(visit.person)
    definition = visit.engine.latest_definition(process_id) if process_id in STARTABLE else None
    if definition is None:
        raise NothingHereError
    return definition


def _require_clerk(person: Person) -> None:
    if not person.is_clerk:
        raise NothingHereError


def _own_unit(person: Person, names: Names) -> dict[str, str]:
    """Return unit code and name of a person who works for exactly one unit; a group is named 单位 + space + duty."""
    if len(person.units) != 1:
        return {}
    (unit,) = person.units
    group = next((name for key, name in names.groups.items() if key.startswith(f"pu_{unit}_")), "")
    return {"unit_code": unit, "unit_name": group.rsplit(" ", 1)[0]}
