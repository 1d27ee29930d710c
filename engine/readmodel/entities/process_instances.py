"""Process instances, and the sequence flows that they have taken."""

import json
from typing import Final

from engine.readmodel.entities.variables import VALUE_OF
from engine.readmodel.fields import Entity, Field, Kind, Match, Via
from engine.readmodel.projection import Projection, Record, Write, insert, key_or_none

TABLES: Final = """
CREATE TABLE process_instance (
    process_instance_key INTEGER PRIMARY KEY,
    process_definition_key INTEGER NOT NULL,
    process_definition_id TEXT NOT NULL,
    process_definition_name TEXT NOT NULL,
    process_definition_version INTEGER NOT NULL,
    process_definition_version_tag TEXT,
    parent_process_instance_key INTEGER,
    parent_element_instance_key INTEGER,
    root_process_instance_key INTEGER NOT NULL,
    start_date INTEGER NOT NULL,
    end_date INTEGER,
    state TEXT NOT NULL,
    tenant_id TEXT NOT NULL,
    tags TEXT NOT NULL
);
CREATE INDEX process_instance_by_definition ON process_instance (process_definition_key, state);
CREATE INDEX process_instance_by_start ON process_instance (start_date);
CREATE INDEX process_instance_by_parent ON process_instance (parent_process_instance_key);
CREATE TABLE sequence_flow (
    process_instance_key INTEGER NOT NULL,
    element_id TEXT NOT NULL,
    process_definition_key INTEGER NOT NULL,
    process_definition_id TEXT NOT NULL,
    tenant_id TEXT NOT NULL,
    PRIMARY KEY (process_instance_key, element_id)
) WITHOUT ROWID;
"""

STATES: Final = ("ACTIVE", "COMPLETED", "TERMINATED")

HAS_INCIDENT: Final = (
    "EXISTS (SELECT 1 FROM incident_path h WHERE h.instance_key = t.process_instance_key AND h.active)"
)
_ELEMENT: Final = Via(
    "SELECT 1 FROM element_instance e WHERE e.process_instance_key = t.process_instance_key", shared=True
)
_ELEMENT_INCIDENT: Final = (
    "EXISTS (SELECT 1 FROM incident_path h WHERE h.instance_key = e.element_instance_key AND h.active)"
)
_INCIDENT: Final = Via(
    "SELECT 1 FROM incident i WHERE i.process_instance_key = t.process_instance_key AND i.state = 'ACTIVE'", shared=True
)
_VARIABLE: Final = Via("SELECT 1 FROM variable v WHERE v.process_instance_key = t.process_instance_key", shared=False)
_RETRIES_LEFT: Final = (
    "EXISTS (SELECT 1 FROM job j WHERE j.process_instance_key = t.process_instance_key"
    " AND j.state = 'FAILED' AND j.retries > 0)"
)

PROCESS_INSTANCE: Final = Entity(
    "Process Instance",
    "process_instance",
    "process_instance_key",
    (
        Field("processDefinitionId", "t.process_definition_id", Kind.TEXT, Match.LIKE, sort=True),
        Field("processDefinitionName", "t.process_definition_name", Kind.TEXT, Match.LIKE, sort=True),
        Field("processDefinitionVersion", "t.process_definition_version", Kind.INTEGER, Match.ORDER, sort=True),
        Field("processDefinitionVersionTag", "t.process_definition_version_tag", Kind.TEXT, Match.LIKE, sort=True),
        Field("startDate", "t.start_date", Kind.MOMENT, Match.ORDER, sort=True),
        Field("endDate", "t.end_date", Kind.MOMENT, Match.ORDER, sort=True),
        Field("state", "t.state", Kind.TEXT, Match.CHOICE, sort=True, choices=STATES),
        Field("hasIncident", HAS_INCIDENT, Kind.FLAG, Match.EXACT, sort=True),
        Field("tenantId", "t.tenant_id", Kind.TEXT, Match.LIKE, sort=True),
        Field("processInstanceKey", "t.process_instance_key", Kind.KEY, Match.BASIC, sort=True),
        Field("processDefinitionKey", "t.process_definition_key", Kind.KEY, Match.BASIC, sort=True),
        Field("parentProcessInstanceKey", "t.parent_process_instance_key", Kind.KEY, Match.BASIC, sort=True),
        Field("parentElementInstanceKey", "t.parent_element_instance_key", Kind.KEY, Match.BASIC, sort=True),
        Field("tags", "t.tags", Kind.JSON, Match.ALL_OF),
        Field("variables", VALUE_OF, Kind.TEXT, Match.VARIABLES, shown=False, via=_VARIABLE),
        Field("batchOperationId", "NULL", Kind.TEXT, Match.LIKE, shown=False),
        Field("errorMessage", "i.error_message", Kind.TEXT, Match.LIKE, shown=False, via=_INCIDENT),
        Field("incidentErrorHashCode", "i.error_hash", Kind.INTEGER, Match.ORDER, shown=False, via=_INCIDENT),
        Field("hasRetriesLeft", _RETRIES_LEFT, Kind.FLAG, Match.EXACT, shown=False),
        Field("elementId", "e.element_id", Kind.TEXT, Match.LIKE, shown=False, via=_ELEMENT),
        Field("elementInstanceState", "e.state", Kind.TEXT, Match.CHOICE, choices=STATES, shown=False, via=_ELEMENT),
        Field("hasElementInstanceIncident", _ELEMENT_INCIDENT, Kind.FLAG, Match.EXACT, shown=False, via=_ELEMENT),
        Field("rootProcessInstanceKey", "t.root_process_instance_key", Kind.KEY, newer=True),
        Field("businessId", "NULL", Kind.TEXT, newer=True),
        Field("suspendedDate", "NULL", Kind.MOMENT, newer=True),
    ),
)

CALL_HIERARCHY: Final = """
WITH RECURSIVE ancestor (process_instance_key, parent, depth) AS (
    SELECT process_instance_key, parent_process_instance_key, 0 FROM process_instance WHERE process_instance_key = ?
    UNION ALL
    SELECT p.process_instance_key, p.parent_process_instance_key, depth + 1
    FROM process_instance p JOIN ancestor a ON p.process_instance_key = a.parent
)
SELECT p.process_instance_key, p.process_definition_key, p.process_definition_name
FROM ancestor JOIN process_instance p USING (process_instance_key) ORDER BY depth DESC
"""
"""The instance and those that called it, outermost first."""

_INSTANCE: Final = insert(
    "process_instance",
    "process_instance_key process_definition_key process_definition_id process_definition_name"
    " process_definition_version process_definition_version_tag parent_process_instance_key"
    " parent_element_instance_key root_process_instance_key start_date state tenant_id tags",
)
_FLOW: Final = insert(
    "sequence_flow", "process_instance_key element_id process_definition_key process_definition_id tenant_id"
)


def activating(write: Write, record: Record) -> None:
    """Write a new process instance."""
    value = record.value
    names = write.names.of(value["processDefinitionKey"], value["bpmnProcessId"])
    path = value["elementInstancePath"]
    write.execute(
        _INSTANCE,
        (
            record.key,
            value["processDefinitionKey"],
            value["bpmnProcessId"],
            names.process_name,
            value["version"],
            names.version_tag,
            key_or_none(value["parentProcessInstanceKey"]),
            key_or_none(value["parentElementInstanceKey"]),
            path[0][0] if path else record.key,
            record.timestamp,
            "ACTIVE",
            value["tenantId"],
            json.dumps(value["tags"], ensure_ascii=False),
        ),
    )


def ended(write: Write, record: Record, state: str) -> None:
    """Write that a process instance is over."""
    write.execute(
        "UPDATE process_instance SET state = ?, end_date = ? WHERE process_instance_key = ?",
        (state, record.timestamp, record.key),
    )


def migrated(write: Write, record: Record) -> None:
    """Write that a process instance now follows another definition."""
    value = record.value
    names = write.names.of(value["processDefinitionKey"], value["bpmnProcessId"])
    write.execute(
        "UPDATE process_instance SET process_definition_key = ?, process_definition_id = ?,"
        " process_definition_name = ?, process_definition_version = ?, process_definition_version_tag = ?"
        " WHERE process_instance_key = ?",
        (
            value["processDefinitionKey"],
            value["bpmnProcessId"],
            names.process_name,
            value["version"],
            names.version_tag,
            record.key,
        ),
    )


def _flow_taken(write: Write, record: Record) -> None:
    value = record.value
    write.execute(
        _FLOW,
        (
            value["processInstanceKey"],
            value["elementId"],
            value["processDefinitionKey"],
            value["bpmnProcessId"],
            value["tenantId"],
        ),
    )


def _flow_deleted(write: Write, record: Record) -> None:
    write.execute(
        "DELETE FROM sequence_flow WHERE process_instance_key = ? AND element_id = ?",
        (record.value["processInstanceKey"], record.value["elementId"]),
    )


PROJECTIONS: Final[Projection] = {
    ("PROCESS_INSTANCE", "SEQUENCE_FLOW_TAKEN"): _flow_taken,
    ("PROCESS_INSTANCE", "SEQUENCE_FLOW_DELETED"): _flow_deleted,
}
