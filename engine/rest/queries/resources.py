"""Reading deployed resources that are neither process, decision nor form."""

import json
from typing import Final

from starlette.responses import Response

from engine.readmodel import ask
from engine.readmodel.entities.resources import RESOURCE
from engine.rest.operation import Call, Operation
from engine.rest.queries.answers import getting, row_of

_KEY: Final = "resourceKey"


def _content(call: Call) -> Response:
    key = row_of(call, RESOURCE, _KEY)[_KEY]
    sql = "SELECT content FROM resource WHERE resource_key = ?"
    content = ask(call.services.read_model, sql, key)[0][0]
    return Response(json.dumps(content, ensure_ascii=False), media_type="application/json")


RESOURCE_QUERIES: Final = (getting("getResource", RESOURCE, _KEY), Operation("getResourceContent", _content))
