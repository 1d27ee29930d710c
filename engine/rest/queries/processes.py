"""Searching and reading process definitions: their XML, start forms and element statistics."""

from typing import Final

from starlette.responses import Response

from engine.readmodel import ask, find
from engine.readmodel.entities.element_instances import statistics
from engine.readmodel.entities.forms import FORM, START_FORM
from engine.readmodel.entities.process_definitions import PROCESS_DEFINITION
from engine.readmodel.entities.process_instances import PROCESS_INSTANCE
from engine.readmodel.translate import Sql, condition
from engine.readmodel.values import sql_key
from engine.rest.checks import nullable, record
from engine.rest.operation import Call, Operation
from engine.rest.queries.answers import XML, Json, await_own_writes, getting, row_of, searching
from engine.rest.queries.dialect import dialect_of
from engine.rest.queries.requests import filter_of
from engine.rest.queries.user_tasks import form_answer

_KEY: Final = "processDefinitionKey"
_OF_THE_DEFINITION: Final = frozenset(
    {
        "processDefinitionId",
        "processDefinitionName",
        "processDefinitionVersion",
        "processDefinitionVersionTag",
        "processDefinitionKey",
    }
)


def statistics_answer(call: Call, where: Sql) -> Json:
    """Return how many instances of each element are active, canceled, in an incident, completed."""
    await_own_writes(call)
    names = ("elementId", "active", "canceled", "incidents", "completed")
    rows = ask(call.services.read_model, statistics(where.text), *where.parameters)
    return {"items": [dict(zip(names, row, strict=True)) for row in rows]}


def _xml(call: Call) -> Response:
    key = row_of(call, PROCESS_DEFINITION, _KEY)[_KEY]
    sql = "SELECT xml FROM process_definition WHERE process_definition_key = ?"
    return Response(ask(call.services.read_model, sql, key)[0][0], headers=XML)


def _start_form(call: Call) -> Json | None:
    definition = row_of(call, PROCESS_DEFINITION, _KEY)
    model = call.services.read_model
    forms = ask(model, START_FORM, definition[_KEY])
    form = find(model, FORM, forms[0][0]) if forms else None
    return None if form is None else form_answer(form, dialect_of(call.request))


def _statistics(call: Call) -> Json:
    instances = condition(PROCESS_INSTANCE, call.body.get("filter") or {})
    where = Sql(
        "t.process_definition_key = ? AND t.process_instance_key IN"  # noqa: S608 - text of our own, values bound
        f" (SELECT t.process_instance_key FROM process_instance t WHERE {instances.text})",
        [sql_key(call.parameters[_KEY]), *instances.parameters],
    )
    return statistics_answer(call, where)


_STATISTICS_FIELDS: Final = tuple(each for each in PROCESS_INSTANCE.filters if each.name not in _OF_THE_DEFINITION)

PROCESS_QUERIES: Final = (
    searching("searchProcessDefinitions", PROCESS_DEFINITION),
    getting("getProcessDefinition", PROCESS_DEFINITION, _KEY),
    Operation("getProcessDefinitionXML", _xml),
    Operation("getStartProcessForm", _start_form),
    Operation(
        "getProcessDefinitionStatistics",
        _statistics,
        record({"filter": nullable(filter_of(_STATISTICS_FIELDS, alternatives=True))}),
    ),
)
