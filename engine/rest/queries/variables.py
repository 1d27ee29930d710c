"""Searching and reading variables. A search cuts long values unless it is told not to; a read never does."""

from typing import Final

from engine.readmodel.entities.variables import LONGEST_SHOWN, VARIABLE
from engine.readmodel.fields import Entity
from engine.readmodel.translate import Sql
from engine.rest.checks import unparsable
from engine.rest.operation import Call, Operation
from engine.rest.queries.answers import Json, found, item, page_of, row_of
from engine.rest.queries.dialect import dialect_of
from engine.rest.queries.requests import search_body

_TRUE_FALSE: Final = {"true": True, "false": False}


def variables_page(call: Call, entity: Entity, within: Sql | None = None) -> Json:
    """Return a page of variables, long values cut to `LONGEST_SHOWN` characters unless `truncateValues=false`."""
    cut = _TRUE_FALSE.get(call.request.query_params.get("truncateValues", "true").lower())
    if cut is None:
        raise unparsable("truncateValues")
    page = page_of(call, entity, within)
    for row in page.rows:
        if cut:
            row["value"] = row["value"][:LONGEST_SHOWN]
        else:
            row["isTruncated"] = False
    return found(call, entity, page)


def _search(call: Call) -> Json:
    return variables_page(call, VARIABLE)


def _get(call: Call) -> Json:
    answer = item(VARIABLE, row_of(call, VARIABLE, "variableKey"), dialect_of(call.request))
    del answer["isTruncated"]
    return answer


VARIABLE_QUERIES: Final = (
    Operation("searchVariables", _search, search_body(VARIABLE)),
    Operation("getVariable", _get),
)
