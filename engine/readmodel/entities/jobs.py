"""Jobs: of service tasks, execution listeners and task listeners."""

import json
from typing import Final

from engine.readmodel.entities.element_instances import ROOT
from engine.readmodel.fields import Entity, Field, Kind, Match
from engine.readmodel.projection import Projection, Record, Write, insert, text

TABLES: Final = """
CREATE TABLE job (
    job_key INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    worker TEXT NOT NULL,
    state TEXT NOT NULL,
    kind TEXT NOT NULL,
    listener_event_type TEXT NOT NULL,
    retries INTEGER NOT NULL,
    is_denied INTEGER,
    denied_reason TEXT,
    error_code TEXT,
    error_message TEXT,
    custom_headers TEXT NOT NULL,
    deadline INTEGER,
    creation_time INTEGER NOT NULL,
    last_update_time INTEGER NOT NULL,
    end_time INTEGER,
    process_definition_id TEXT NOT NULL,
    process_definition_key INTEGER NOT NULL,
    process_instance_key INTEGER NOT NULL,
    element_id TEXT NOT NULL,
    element_instance_key INTEGER NOT NULL,
    tenant_id TEXT NOT NULL
);
CREATE INDEX job_by_process_instance ON job (process_instance_key, state);
CREATE INDEX job_by_type ON job (type, state);
"""

STATES: Final = (
    "CANCELED", "COMPLETED", "CREATED", "ERROR_THROWN", "FAILED", "MIGRATED", "RETRIES_UPDATED", "TIMED_OUT"
)  # fmt: skip
KINDS: Final = ("BPMN_ELEMENT", "EXECUTION_LISTENER", "TASK_LISTENER", "AD_HOC_SUB_PROCESS")
LISTENER_EVENTS: Final = (
    "ASSIGNING", "CANCELING", "COMPLETING", "CREATING", "END", "START", "UNSPECIFIED", "UPDATING"
)  # fmt: skip

_RETRIES_LEFT: Final = "(t.state = 'FAILED' AND t.retries > 0)"

JOB: Final = Entity(
    "Job",
    "job",
    "job_key",
    (
        Field("customHeaders", "t.custom_headers", Kind.JSON),
        Field("deadline", "t.deadline", Kind.MOMENT, Match.ORDER, sort=True),
        Field("deniedReason", "t.denied_reason", Kind.TEXT, Match.LIKE, sort=True),
        Field("elementId", "t.element_id", Kind.TEXT, Match.LIKE, sort=True),
        Field("elementInstanceKey", "t.element_instance_key", Kind.KEY, Match.BASIC, sort=True),
        Field("endTime", "t.end_time", Kind.MOMENT, Match.ORDER, sort=True),
        Field("errorCode", "t.error_code", Kind.TEXT, Match.LIKE, sort=True),
        Field("errorMessage", "t.error_message", Kind.TEXT, Match.LIKE, sort=True),
        Field("hasFailedWithRetriesLeft", _RETRIES_LEFT, Kind.FLAG, Match.EXACT),
        Field("isDenied", "t.is_denied", Kind.FLAG, Match.EXACT, sort=True),
        Field("jobKey", "t.job_key", Kind.KEY, Match.BASIC, sort=True),
        Field("kind", "t.kind", Kind.TEXT, Match.CHOICE, sort=True, choices=KINDS),
        Field(
            "listenerEventType", "t.listener_event_type", Kind.TEXT, Match.CHOICE, sort=True, choices=LISTENER_EVENTS
        ),
        Field("processDefinitionId", "t.process_definition_id", Kind.TEXT, Match.LIKE, sort=True),
        Field("processDefinitionKey", "t.process_definition_key", Kind.KEY, Match.BASIC, sort=True),
        Field("processInstanceKey", "t.process_instance_key", Kind.KEY, Match.BASIC, sort=True),
        Field("retries", "t.retries", Kind.INTEGER, Match.ORDER, sort=True),
        Field("state", "t.state", Kind.TEXT, Match.CHOICE, sort=True, choices=STATES),
        Field("tenantId", "t.tenant_id", Kind.TEXT, Match.LIKE, sort=True),
        Field("type", "t.type", Kind.TEXT, Match.LIKE, sort=True),
        Field("worker", "t.worker", Kind.TEXT, Match.LIKE, sort=True),
        Field("rootProcessInstanceKey", ROOT, Kind.KEY, newer=True),
        Field("businessId", "NULL", Kind.TEXT, newer=True),
        Field("creationTime", "t.creation_time", Kind.MOMENT, newer=True),
        Field("lastUpdateTime", "t.last_update_time", Kind.MOMENT, newer=True),
        Field("priority", "0", Kind.INTEGER, newer=True),
    ),
)

_JOB: Final = insert(
    "job",
    "job_key type worker state kind listener_event_type retries is_denied denied_reason error_code error_message"
    " custom_headers deadline creation_time last_update_time end_time process_definition_id process_definition_key"
    " process_instance_key element_id element_instance_key tenant_id",
)

_ENDED: Final = frozenset({"COMPLETED", "CANCELED", "ERROR_THROWN"})


def _put(write: Write, record: Record) -> None:
    value = record.value
    known = write.execute("SELECT creation_time FROM job WHERE job_key = ?", (record.key,)).fetchone()
    answered = record.intent == "COMPLETED" and value["jobKind"] == "TASK_LISTENER"
    write.execute(
        _JOB,
        (
            record.key,
            value["type"],
            value["worker"],
            record.intent,
            value["jobKind"],
            value["jobListenerEventType"],
            value["retries"],
            int(value["result"]["denied"]) if answered else None,
            text(value["result"]["deniedReason"]) if answered else None,
            text(value["errorCode"]),
            text(value["errorMessage"]),
            json.dumps(value["customHeaders"], ensure_ascii=False),
            value["deadline"] if value["deadline"] != -1 else None,
            known[0] if known else record.timestamp,
            record.timestamp,
            record.timestamp if record.intent in _ENDED else None,
            value["bpmnProcessId"],
            value["processDefinitionKey"],
            value["processInstanceKey"],
            value["elementId"],
            value["elementInstanceKey"],
            value["tenantId"],
        ),
    )


def _activated(write: Write, record: Record) -> None:
    for key, job in zip(record.value["jobKeys"], record.value["jobs"], strict=True):
        write.execute(
            "UPDATE job SET worker = ?, deadline = ?, last_update_time = ? WHERE job_key = ?",
            (job["worker"], job["deadline"], record.timestamp, key),
        )


def _deadline_moved(write: Write, record: Record) -> None:
    write.execute(
        "UPDATE job SET deadline = ?, last_update_time = ? WHERE job_key = ?",
        (record.value["deadline"], record.timestamp, record.key),
    )


PROJECTIONS: Final[Projection] = {
    **{("JOB", intent): _put for intent in STATES},
    ("JOB", "TIMEOUT_UPDATED"): _deadline_moved,
    ("JOB_BATCH", "ACTIVATED"): _activated,
}
"""An activation leaves the state as it is, as Camunda's search does; worker and deadline show it."""
