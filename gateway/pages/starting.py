"""发起: starting a process by its start form."""

from typing import Annotated, Any

from fastapi import APIRouter, Body
from starlette.requests import Request
from starlette.responses import Response

from gateway.engine_errors import EngineRefusalError
from gateway.failures import NothingHereError
from gateway.people import Names, Person
from gateway.rendering import render
from gateway.requests import Running, SignedIn

router = APIRouter()
STARTABLE = {"parameter_review": "采购前或采购中，把拟公告的招标文件与审批后方案逐项比对，由市大数据局出具审查意见。"}
"""Processes that people start by a form, and what each is for."""


@router.get("/start")
def show_startable(request: Request, visit: SignedIn) -> Response:
    """List what the person may start."""
    _require_clerk(visit.person)
    definitions = [(visit.engine.latest_definition(name), purpose) for name, purpose in STARTABLE.items()]
    return render(request, "start_list.html", processes=[(row, purpose) for row, purpose in definitions if row])


@router.get("/start/{process_id}")
def show_start(request: Request, visit: SignedIn, process_id: str) -> Response:
    """Show the start form of a process."""
    definition = _definition(visit, process_id)
    return render(request, "start.html", definition=definition, purpose=STARTABLE[process_id])


@router.get("/api/start/{process_id}/form")
def show_start_form(running: Running, visit: SignedIn, process_id: str) -> dict[str, Any]:
    """Return the start form's schema, with the person's own unit filled in."""
    definition = _definition(visit, process_id)
    names = running.names.read(visit.engine, running.now())
    schema = visit.engine.start_form(definition["processDefinitionKey"])
    return {"schema": schema or {"type": "default", "components": []}, "data": _own_unit(visit.person, names)}


@router.post("/api/start/{process_id}")
def start_process(
    visit: SignedIn, process_id: str, variables: Annotated[dict[str, Any], Body(embed=True)]
) -> dict[str, str]:
    """Start the process for the person's own unit and say where to watch it.

    The applicant is added under `submitted_by`; a form cannot name another person.
    """
    definition = _definition(visit, process_id)
    unit = str(variables.get("unit_code", ""))
    if not visit.person.is_admin and unit not in visit.person.units:
        raise EngineRefusalError(403, "Forbidden", f"您不属于单位代码 {unit}，只能为本单位发起。")
    started = {**variables, "submitted_by": visit.person.username}
    key = visit.engine.create_instance(definition["processDefinitionKey"], started)
    return {"next": f"/instances/{key}"}


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
