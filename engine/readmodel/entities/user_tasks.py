"""User tasks and their candidates."""

import json
import logging
from typing import Final

from engine.readmodel.entities.variables import VALUE_OF
from engine.readmodel.fields import Entity, Field, Kind, Match, Via
from engine.readmodel.projection import Projection, Record, Write, insert, key_or_none, text
from engine.readmodel.values import milliseconds

TABLES: Final = """
CREATE TABLE user_task (
    user_task_key INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    assignee TEXT,
    element_id TEXT NOT NULL,
    candidate_groups TEXT NOT NULL,
    candidate_users TEXT NOT NULL,
    process_definition_id TEXT NOT NULL,
    creation_date INTEGER NOT NULL,
    completion_date INTEGER,
    follow_up_date INTEGER,
    due_date INTEGER,
    tenant_id TEXT NOT NULL,
    external_form_reference TEXT,
    process_definition_version INTEGER NOT NULL,
    custom_headers TEXT NOT NULL,
    priority INTEGER NOT NULL,
    element_instance_key INTEGER NOT NULL,
    process_name TEXT NOT NULL,
    process_definition_key INTEGER NOT NULL,
    process_instance_key INTEGER NOT NULL,
    form_key INTEGER
);
CREATE INDEX user_task_by_state ON user_task (state);
CREATE INDEX user_task_by_assignee ON user_task (assignee, state);
CREATE INDEX user_task_by_process_instance ON user_task (process_instance_key);
CREATE INDEX user_task_by_element_instance ON user_task (element_instance_key);
CREATE TABLE user_task_candidate (
    user_task_key INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (user_task_key, kind, name)
) WITHOUT ROWID;
CREATE INDEX user_task_candidate_by_name ON user_task_candidate (kind, name);
"""

logger = logging.getLogger(__name__)

STATES: Final = (
    "CREATING", "CREATED", "ASSIGNING", "UPDATING", "COMPLETING", "COMPLETED", "CANCELING", "CANCELED", "FAILED"
)  # fmt: skip

_CANDIDATE: Final = "SELECT 1 FROM user_task_candidate c WHERE c.user_task_key = t.user_task_key AND c.kind = "
_GROUPS: Final = Via(f"{_CANDIDATE}'group'", shared=False)
_USERS: Final = Via(f"{_CANDIDATE}'user'", shared=False)
_PROCESS_VARIABLE: Final = Via("SELECT 1 FROM variable v WHERE v.scope_key = t.process_instance_key", shared=False)
_LOCAL_VARIABLE: Final = Via("SELECT 1 FROM variable v WHERE v.scope_key = t.element_instance_key", shared=False)
_OF_INSTANCE: Final = "FROM process_instance r WHERE r.process_instance_key = t.process_instance_key"

USER_TASK: Final = Entity(
    "User Task",
    "user_task",
    "user_task_key",
    (
        Field("name", "t.name", Kind.TEXT, Match.EXACT, sort=True),
        Field("state", "t.state", Kind.TEXT, Match.CHOICE, choices=STATES),
        Field("assignee", "t.assignee", Kind.TEXT, Match.LIKE),
        Field("elementId", "t.element_id", Kind.TEXT, Match.EXACT),
        Field("candidateGroups", "t.candidate_groups", Kind.JSON),
        Field("candidateUsers", "t.candidate_users", Kind.JSON),
        Field("candidateGroup", "c.name", Kind.TEXT, Match.LIKE, shown=False, via=_GROUPS),
        Field("candidateUser", "c.name", Kind.TEXT, Match.LIKE, shown=False, via=_USERS),
        Field("processDefinitionId", "t.process_definition_id", Kind.TEXT, Match.EXACT),
        Field("creationDate", "t.creation_date", Kind.MOMENT, Match.ORDER, sort=True),
        Field("completionDate", "t.completion_date", Kind.MOMENT, Match.ORDER, sort=True),
        Field("followUpDate", "t.follow_up_date", Kind.MOMENT, Match.ORDER, sort=True),
        Field("dueDate", "t.due_date", Kind.MOMENT, Match.ORDER, sort=True),
        Field("tenantId", "t.tenant_id", Kind.TEXT, Match.LIKE),
        Field("externalFormReference", "t.external_form_reference", Kind.TEXT),
        Field("processDefinitionVersion", "t.process_definition_version", Kind.INTEGER),
        Field("customHeaders", "t.custom_headers", Kind.JSON),
        Field("priority", "t.priority", Kind.INTEGER, Match.ORDER, sort=True),
        Field("userTaskKey", "t.user_task_key", Kind.KEY, Match.EXACT),
        Field("elementInstanceKey", "t.element_instance_key", Kind.KEY, Match.EXACT),
        Field("processName", "t.process_name", Kind.TEXT),
        Field("processDefinitionKey", "t.process_definition_key", Kind.KEY, Match.EXACT),
        Field("processInstanceKey", "t.process_instance_key", Kind.KEY, Match.EXACT),
        Field("formKey", "t.form_key", Kind.KEY),
        Field("processInstanceVariables", VALUE_OF, Kind.TEXT, Match.VARIABLES, shown=False, via=_PROCESS_VARIABLE),
        Field("localVariables", VALUE_OF, Kind.TEXT, Match.VARIABLES, shown=False, via=_LOCAL_VARIABLE),
        Field("rootProcessInstanceKey", f"(SELECT r.root_process_instance_key {_OF_INSTANCE})", Kind.KEY, newer=True),
        Field("businessId", "NULL", Kind.TEXT, newer=True),
        Field("tags", f"coalesce((SELECT r.tags {_OF_INSTANCE}), '[]')", Kind.JSON, newer=True),
    ),
)

_TASK: Final = insert(
    "user_task",
    "user_task_key name state assignee element_id candidate_groups candidate_users process_definition_id creation_date"
    " completion_date follow_up_date due_date tenant_id external_form_reference process_definition_version"
    " custom_headers priority element_instance_key process_name process_definition_key process_instance_key form_key",
)
_CANDIDATE_ROW: Final = insert("user_task_candidate", "user_task_key kind name")

_ENDED: Final = frozenset({"COMPLETED", "CANCELED"})
_SETTLED: Final = {
    "CREATING": "CREATING",
    "CREATED": "CREATED",
    "ASSIGNED": "CREATED",
    "UPDATED": "CREATED",
    "ASSIGNMENT_DENIED": "CREATED",
    "UPDATE_DENIED": "CREATED",
    "COMPLETION_DENIED": "CREATED",
    "COMPLETED": "COMPLETED",
    "CANCELED": "CANCELED",
}
"""Events whose record holds the task as it is from now on, and the state it is in."""
_UNDER_WAY: Final = {
    "ASSIGNING": "ASSIGNING",
    "CLAIMING": "ASSIGNING",
    "UPDATING": "UPDATING",
    "COMPLETING": "COMPLETING",
    "CANCELING": "CANCELING",
}
"""Events whose record holds what is only intended, until the listeners agree."""


def _settled(write: Write, record: Record) -> None:
    _put(write, record, _SETTLED[record.intent], record.timestamp if record.intent in _ENDED else None)


def _under_way(write: Write, record: Record) -> None:
    write.execute("UPDATE user_task SET state = ? WHERE user_task_key = ?", (_UNDER_WAY[record.intent], record.key))


def _migrated(write: Write, record: Record) -> None:
    state = write.execute("SELECT state FROM user_task WHERE user_task_key = ?", (record.key,)).fetchone()
    _put(write, record, state[0] if state else "CREATED", None)


def _put(write: Write, record: Record, state: str, completed: int | None) -> None:
    value = record.value
    names = write.names.of(value["processDefinitionKey"], value["bpmnProcessId"])
    write.execute(
        _TASK,
        (
            record.key,
            names.name_of(value["elementId"]),
            state,
            text(value["assignee"]),
            value["elementId"],
            json.dumps(value["candidateGroupsList"], ensure_ascii=False),
            json.dumps(value["candidateUsersList"], ensure_ascii=False),
            value["bpmnProcessId"],
            value["creationTimestamp"] if value["creationTimestamp"] != -1 else record.timestamp,
            completed,
            _moment(value["followUpDate"], record.key),
            _moment(value["dueDate"], record.key),
            value["tenantId"],
            text(value["externalFormReference"]),
            value["processDefinitionVersion"],
            json.dumps(value["customHeaders"], ensure_ascii=False),
            value["priority"],
            value["elementInstanceKey"],
            names.process_name,
            value["processDefinitionKey"],
            value["processInstanceKey"],
            key_or_none(value["formKey"]),
        ),
    )
    write.execute("DELETE FROM user_task_candidate WHERE user_task_key = ?", (record.key,))
    for kind, candidates in (("group", value["candidateGroupsList"]), ("user", value["candidateUsersList"])):
        for name in candidates:
            write.execute(_CANDIDATE_ROW, (record.key, kind, name))


def _moment(date: str, task: int) -> int | None:
    """Return the moment; a date that only Java understands (beyond the year 9999) is reported and left out."""
    try:
        return milliseconds(date) if date else None
    except (ValueError, OverflowError):
        logger.warning("User task %d has the date %r, which cannot be searched; it is shown without.", task, date)
        return None


PROJECTIONS: Final[Projection] = {
    **{("USER_TASK", intent): _settled for intent in _SETTLED},
    **{("USER_TASK", intent): _under_way for intent in _UNDER_WAY},
    ("USER_TASK", "MIGRATED"): _migrated,
}
