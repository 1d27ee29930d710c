"""A running process: what it is doing right now, as a page to watch and as data for the live diagram."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from gateway import dossier, progress, worklist
from gateway.refusals import NothingHereError
from gateway.rendering import render
from gateway.requests import Running, SignedIn
from gateway.running import Gateway
from gateway.sign_in import Visit

router = APIRouter()
BPMN_CACHE = {"Cache-Control": "private, max-age=86400, immutable"}


@router.get("/instances/{key:int}")
def show_instance(request: Request, running: Running, visit: SignedIn, key: int) -> Response:
    """Show a process that was just started until it waits for somebody."""
    instance = _readable(running, visit, key)
    return render(request, "instance.html", instance=instance, about=worklist.read_about(visit, str(key)))


@router.get("/api/instances/{key:int}/progress")
def show_progress(running: Running, visit: SignedIn, key: int) -> dict[str, Any]:
    """Return where the instance stands: see `gateway.progress.read`."""
    instance = _readable(running, visit, key)
    return progress.read(visit, instance, running.names.read(visit.engine, running.now()))


@router.get("/api/definitions/{key:int}/bpmn")
def show_bpmn(visit: SignedIn, key: int) -> Response:
    """Return the diagram of a process definition, which never changes under its key."""
    return Response(visit.engine.definition_xml(str(key)), media_type="text/xml; charset=utf-8", headers=BPMN_CACHE)


def _readable(running: Gateway, visit: Visit, key: int) -> dict[str, Any]:
    """Return the instance, if its project is one the person reads or the person's unit has just started it.

    Raises:
        NothingHereError: it is not for this person.
    """
    instance = visit.engine.instance(str(key))
    with running.database.reading() as session:
        unit = dossier.unit_of_instance(session, key)
    if unit is None:
        unit = str(visit.engine.variables_of([str(key)], ["unit_code"])[str(key)].get("unit_code", ""))
    if not visit.person.may_read_projects_of(unit):
        raise NothingHereError
    return instance
