"""From rows to answers, and what every query does first: wait until the read model knows what the caller knows."""

from typing import Any, Final

from engine.readmodel import Page, Query, ReadModelStoppedError, Viewer, find, search
from engine.readmodel.fields import Entity, Kind
from engine.readmodel.paging import UnknownCursorError
from engine.readmodel.translate import Sql
from engine.readmodel.values import evaluation_digits, from_sql, sql_key
from engine.rest.operation import Call, Operation
from engine.rest.problems import ProblemError, invalid, not_found
from engine.rest.queries.dialect import Dialect, dialect_of
from engine.rest.queries.requests import search_body

Json = dict[str, Any]

XML: Final = {"content-type": "text/xml"}
"""Header of a deployed file; the file itself says in which encoding it is written."""

WAIT_SECONDS: Final = 1.0
"""How long a query waits for the read model; then it answers from what is there, as Camunda always does."""


def await_own_writes(call: Call) -> None:
    """Wait until what the engine has done before this request can be read."""
    services = call.services
    try:
        caught_up = services.read_model.catch_up(services.engine.committed_position(), WAIT_SECONDS)
    except ReadModelStoppedError as error:
        raise ProblemError(
            503,
            "UNAVAILABLE",
            f"The search has stopped following the engine: {error}. Commands still work.",
        ) from error
    if not caught_up and not services.read_model.is_whole:
        raise ProblemError(503, "UNAVAILABLE", "The search is being built from the engine's log. Try again shortly.")


def viewer(call: Call) -> Viewer:
    """Return who asks, as the read model knows people."""
    return Viewer(call.person.username, call.person.groups, call.person.is_admin)


def item(entity: Entity, row: Json, dialect: Dialect) -> Json:
    """Return a row as the dialect writes it."""
    newer = dialect is Dialect.NEWER
    answer: Json = {}
    for each in entity.shown:
        if each.newer and not newer:
            continue
        value = from_sql(each, row[each.name])
        if value is None and not newer:
            continue
        if each.kind is Kind.EVALUATION and not newer:
            value = evaluation_digits(value)
        answer[each.name] = value
    return answer


def found(call: Call, entity: Entity, page: Page) -> Json:
    """Return a page as the dialect writes it."""
    dialect = dialect_of(call.request)
    about: Json = {"totalItems": page.total, "hasMoreTotalItems": False}
    for name, cursor in (("startCursor", page.start_cursor), ("endCursor", page.end_cursor)):
        if cursor is not None or dialect is Dialect.NEWER:
            about[name] = cursor
    return {"items": [item(entity, row, dialect) for row in page.rows], "page": about}


def page_of(call: Call, entity: Entity, within: Sql | None = None) -> Page:
    """Return the page that the request asks for; a cursor that is none of ours is the caller's mistake."""
    await_own_writes(call)
    try:
        return search(call.services.read_model, entity, Query.of(call.body), within)
    except UnknownCursorError as error:
        raise invalid(f"The cursor '{error}' does not name a result.") from error


def row_of(call: Call, entity: Entity, parameter: str, within: Sql | None = None) -> Json:
    """Return the row whose key the path carries; raise 404 when there is none."""
    await_own_writes(call)
    text = call.parameters[parameter]
    row = find(call.services.read_model, entity, sql_key(text), within)
    if row is None:
        raise not_found(f"{entity.label} with key '{text}' not found")
    return row


def searching(operation_id: str, entity: Entity) -> Operation:
    """Return the operation that searches an entity which everybody who is signed in may see."""

    def handle(call: Call) -> Json:
        return found(call, entity, page_of(call, entity))

    return Operation(operation_id, handle, search_body(entity))


def getting(operation_id: str, entity: Entity, parameter: str) -> Operation:
    """Return the operation that reads one such entity by its key."""

    def handle(call: Call) -> Json:
        return item(entity, row_of(call, entity, parameter), dialect_of(call.request))

    return Operation(operation_id, handle)
