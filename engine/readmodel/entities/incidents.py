"""Incidents, and which instances each of them lies in."""

from itertools import chain
from typing import Final

from engine.readmodel.entities.element_instances import ROOT
from engine.readmodel.fields import Entity, Field, Kind, Match
from engine.readmodel.projection import Projection, Record, Write, insert, key_or_none

TABLES: Final = """
CREATE TABLE incident (
    incident_key INTEGER PRIMARY KEY,
    error_type TEXT NOT NULL,
    error_message TEXT NOT NULL,
    error_hash INTEGER NOT NULL,
    state TEXT NOT NULL,
    creation_time INTEGER NOT NULL,
    process_definition_id TEXT NOT NULL,
    process_definition_key INTEGER NOT NULL,
    process_instance_key INTEGER NOT NULL,
    element_id TEXT NOT NULL,
    element_instance_key INTEGER NOT NULL,
    job_key INTEGER,
    tenant_id TEXT NOT NULL
);
CREATE INDEX incident_by_process_instance ON incident (process_instance_key, state);
CREATE TABLE incident_path (
    instance_key INTEGER NOT NULL,
    active INTEGER NOT NULL,
    incident_key INTEGER NOT NULL,
    PRIMARY KEY (instance_key, incident_key)
) WITHOUT ROWID;
CREATE INDEX incident_path_by_incident ON incident_path (incident_key);
"""

STATES: Final = ("ACTIVE", "MIGRATED", "RESOLVED", "PENDING")
ERROR_TYPES: Final = (
    "UNSPECIFIED", "UNKNOWN", "IO_MAPPING_ERROR", "JOB_NO_RETRIES", "EXECUTION_LISTENER_NO_RETRIES",
    "TASK_LISTENER_NO_RETRIES", "AD_HOC_SUB_PROCESS_NO_RETRIES", "CONDITION_ERROR", "EXTRACT_VALUE_ERROR",
    "CALLED_ELEMENT_ERROR", "UNHANDLED_ERROR_EVENT", "MESSAGE_SIZE_EXCEEDED", "CALLED_DECISION_ERROR",
    "DECISION_EVALUATION_ERROR", "FORM_NOT_FOUND", "RESOURCE_NOT_FOUND",
)  # fmt: skip

INCIDENT: Final = Entity(
    "Incident",
    "incident",
    "incident_key",
    (
        Field("processDefinitionId", "t.process_definition_id", Kind.TEXT, Match.EXACT, sort=True),
        Field("errorType", "t.error_type", Kind.TEXT, Match.EXACT, sort=True, choices=ERROR_TYPES),
        Field("errorMessage", "t.error_message", Kind.TEXT, Match.EXACT, sort=True),
        Field("elementId", "t.element_id", Kind.TEXT, Match.EXACT, sort=True),
        Field("creationTime", "t.creation_time", Kind.MOMENT, Match.ORDER, sort=True),
        Field("state", "t.state", Kind.TEXT, Match.EXACT, sort=True, choices=STATES),
        Field("tenantId", "t.tenant_id", Kind.TEXT, Match.EXACT, sort=True),
        Field("incidentKey", "t.incident_key", Kind.KEY, Match.EXACT, sort=True),
        Field("processDefinitionKey", "t.process_definition_key", Kind.KEY, Match.EXACT, sort=True),
        Field("processInstanceKey", "t.process_instance_key", Kind.KEY, Match.EXACT, sort=True),
        Field("elementInstanceKey", "t.element_instance_key", Kind.KEY, Match.EXACT, sort=True),
        Field("jobKey", "t.job_key", Kind.KEY, Match.EXACT, sort=True),
        Field("rootProcessInstanceKey", ROOT, Kind.KEY, newer=True),
    ),
)

WITHIN: Final = "t.incident_key IN (SELECT p.incident_key FROM incident_path p WHERE p.instance_key = ?)"
"""Condition of the incidents of a process instance and of all that it called."""

_INCIDENT: Final = insert(
    "incident",
    "incident_key error_type error_message error_hash state creation_time process_definition_id process_definition_key"
    " process_instance_key element_id element_instance_key job_key tenant_id",
)
_PATH: Final = insert("incident_path", "instance_key active incident_key")


def java_hash(message: str) -> int:
    """Return the 32-bit hash by which the API groups equal messages: Java's, of the UTF-16 units."""
    units = message.encode("utf-16-be")
    result = 0
    for high, low in zip(units[::2], units[1::2], strict=True):
        result = (31 * result + (high << 8 | low)) & 0xFFFFFFFF
    return result - (1 << 32) if result >= 1 << 31 else result


def _created(write: Write, record: Record) -> None:
    value = record.value
    write.execute(
        _INCIDENT,
        (
            record.key,
            value["errorType"],
            value["errorMessage"],
            java_hash(value["errorMessage"]),
            "ACTIVE",
            record.timestamp,
            value["bpmnProcessId"],
            value["processDefinitionKey"],
            value["processInstanceKey"],
            value["elementId"],
            value["elementInstanceKey"],
            key_or_none(value["jobKey"]),
            value["tenantId"],
        ),
    )
    own = (value["processInstanceKey"], value["elementInstanceKey"])
    for instance in {*own, *chain.from_iterable(value["elementInstancePath"])}:
        write.execute(_PATH, (instance, 1, record.key))
    write.execute(
        "UPDATE element_instance SET incident_key = ? WHERE element_instance_key = ?",
        (record.key, value["elementInstanceKey"]),
    )


def _resolved(write: Write, record: Record) -> None:
    write.execute("UPDATE incident SET state = 'RESOLVED' WHERE incident_key = ?", (record.key,))
    write.execute("UPDATE incident_path SET active = 0 WHERE incident_key = ?", (record.key,))
    write.execute("UPDATE element_instance SET incident_key = NULL WHERE incident_key = ?", (record.key,))


def _migrated(write: Write, record: Record) -> None:
    value = record.value
    write.execute(
        "UPDATE incident SET process_definition_id = ?, process_definition_key = ?, element_id = ?"
        " WHERE incident_key = ?",
        (value["bpmnProcessId"], value["processDefinitionKey"], value["elementId"], record.key),
    )


PROJECTIONS: Final[Projection] = {
    ("INCIDENT", "CREATED"): _created,
    ("INCIDENT", "RESOLVED"): _resolved,
    ("INCIDENT", "MIGRATED"): _migrated,
}
"""A migrated incident stays ACTIVE: it still asks for somebody."""
