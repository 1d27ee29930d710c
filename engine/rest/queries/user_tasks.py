"""Searching and reading user tasks. A task that is not the caller's business does not exist for them (404)."""

import json
from dataclasses import replace
from typing import Final

from engine.readmodel import find
from engine.readmodel.entities.forms import FORM
from engine.readmodel.entities.user_tasks import USER_TASK
from engine.readmodel.entities.variables import VARIABLE, VISIBLE_FROM
from engine.readmodel.fields import Entity, Match
from engine.readmodel.translate import Sql
from engine.rest.operation import Call, Operation
from engine.rest.queries.answers import Json, found, item, page_of, row_of, viewer
from engine.rest.queries.dialect import Dialect, dialect_of
from engine.rest.queries.requests import search_body
from engine.rest.queries.variables import variables_page

TASK_VARIABLE: Final = Entity(
    VARIABLE.label,
    VARIABLE.table,
    VARIABLE.key,
    tuple(each if each.name == "name" else replace(each, match=Match.NONE) for each in VARIABLE.fields),
)
"""A variable as the search from a task sees it: filtered by name only."""


def form_answer(row: Json, dialect: Dialect) -> Json:
    """Return a form; its schema is an object in the 8.8 description and JSON text in the later ones."""
    answer = item(FORM, row, dialect)
    if dialect is Dialect.OF_8_8:
        answer["schema"] = json.loads(answer["schema"])
    return answer


def _search(call: Call) -> Json:
    return found(call, USER_TASK, page_of(call, USER_TASK, viewer(call).sees()))


def _task(call: Call) -> Json:
    return row_of(call, USER_TASK, "userTaskKey", viewer(call).sees())


def _get(call: Call) -> Json:
    return item(USER_TASK, _task(call), dialect_of(call.request))


def _form(call: Call) -> Json | None:
    form_key = _task(call)["formKey"]
    form = find(call.services.read_model, FORM, form_key) if form_key is not None else None
    return None if form is None else form_answer(form, dialect_of(call.request))


def _variables(call: Call) -> Json:
    visible = Sql(VISIBLE_FROM, [_task(call)["elementInstanceKey"]])
    return variables_page(call, TASK_VARIABLE, visible)


USER_TASK_QUERIES: Final = (
    Operation("searchUserTasks", _search, search_body(USER_TASK)),
    Operation("getUserTask", _get),
    Operation("getUserTaskForm", _form),
    Operation("searchUserTaskVariables", _variables, search_body(TASK_VARIABLE)),
)
