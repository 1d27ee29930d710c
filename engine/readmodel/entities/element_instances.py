"""Element instances: the steps that process instances take, and how many of each kind."""

from typing import Final

from engine.readmodel.entities import process_instances
from engine.readmodel.entities.process_instances import STATES
from engine.readmodel.fields import Entity, Field, Kind, Match
from engine.readmodel.projection import Projection, Record, Write, insert

TABLES: Final = """
CREATE TABLE element_instance (
    element_instance_key INTEGER PRIMARY KEY,
    process_instance_key INTEGER NOT NULL,
    process_definition_key INTEGER NOT NULL,
    process_definition_id TEXT NOT NULL,
    element_id TEXT NOT NULL,
    element_name TEXT NOT NULL,
    type TEXT NOT NULL,
    state TEXT NOT NULL,
    start_date INTEGER NOT NULL,
    end_date INTEGER,
    incident_key INTEGER,
    flow_scope_key INTEGER NOT NULL,
    tenant_id TEXT NOT NULL
);
CREATE INDEX element_instance_by_process_instance ON element_instance (process_instance_key);
CREATE INDEX element_instance_by_definition ON element_instance (process_definition_key, element_id, state);
"""

TYPES: Final = (
    "UNSPECIFIED", "PROCESS", "SUB_PROCESS", "EVENT_SUB_PROCESS", "AD_HOC_SUB_PROCESS",
    "AD_HOC_SUB_PROCESS_INNER_INSTANCE", "START_EVENT", "INTERMEDIATE_CATCH_EVENT", "INTERMEDIATE_THROW_EVENT",
    "BOUNDARY_EVENT", "END_EVENT", "SERVICE_TASK", "RECEIVE_TASK", "USER_TASK", "MANUAL_TASK", "TASK",
    "EXCLUSIVE_GATEWAY", "INCLUSIVE_GATEWAY", "PARALLEL_GATEWAY", "EVENT_BASED_GATEWAY", "SEQUENCE_FLOW",
    "MULTI_INSTANCE_BODY", "CALL_ACTIVITY", "BUSINESS_RULE_TASK", "SCRIPT_TASK", "SEND_TASK", "UNKNOWN",
)  # fmt: skip

ROOT: Final = (
    "(SELECT r.root_process_instance_key FROM process_instance r WHERE r.process_instance_key = t.process_instance_key)"
)
"""The outermost process instance of a row that knows its own."""

_HAS_INCIDENT: Final = (
    "EXISTS (SELECT 1 FROM incident_path h WHERE h.instance_key = t.element_instance_key AND h.active)"
)

ELEMENT_INSTANCE: Final = Entity(
    "Element Instance",
    "element_instance",
    "element_instance_key",
    (
        Field("processDefinitionId", "t.process_definition_id", Kind.TEXT, Match.EXACT, sort=True),
        Field("startDate", "t.start_date", Kind.MOMENT, Match.ORDER, sort=True),
        Field("endDate", "t.end_date", Kind.MOMENT, Match.ORDER, sort=True),
        Field("elementId", "t.element_id", Kind.TEXT, Match.EXACT, sort=True),
        Field("elementName", "t.element_name", Kind.TEXT, Match.EXACT, sort=True),
        Field("type", "t.type", Kind.TEXT, Match.EXACT, sort=True, choices=TYPES),
        Field("state", "t.state", Kind.TEXT, Match.CHOICE, sort=True, choices=STATES),
        Field("hasIncident", _HAS_INCIDENT, Kind.FLAG, Match.EXACT),
        Field("tenantId", "t.tenant_id", Kind.TEXT, Match.EXACT, sort=True),
        Field("elementInstanceKey", "t.element_instance_key", Kind.KEY, Match.EXACT, sort=True),
        Field("processInstanceKey", "t.process_instance_key", Kind.KEY, Match.EXACT, sort=True),
        Field("processDefinitionKey", "t.process_definition_key", Kind.KEY, Match.EXACT, sort=True),
        Field("incidentKey", "t.incident_key", Kind.KEY, Match.EXACT, sort=True),
        Field("elementInstanceScopeKey", "t.flow_scope_key", Kind.KEY, Match.EXACT, shown=False),
        Field("rootProcessInstanceKey", ROOT, Kind.KEY, newer=True),
    ),
)

STATISTICS: Final = """
SELECT t.element_id,
    sum(t.state = 'ACTIVE' AND NOT {has_incident}), sum(t.state = 'TERMINATED'),
    sum(t.state = 'ACTIVE' AND {has_incident}), sum(t.state = 'COMPLETED')
FROM element_instance t WHERE {condition} GROUP BY t.element_id ORDER BY t.element_id
"""


def statistics(condition: str) -> str:
    """Return the query of element id, active, canceled, incidents, completed for the elements of a condition on `t`."""
    return STATISTICS.format(has_incident=_HAS_INCIDENT, condition=condition)


_ELEMENT: Final = insert(
    "element_instance",
    "element_instance_key process_instance_key process_definition_key process_definition_id element_id element_name"
    " type state start_date flow_scope_key tenant_id",
)


def _activating(write: Write, record: Record) -> None:
    value = record.value
    if value["bpmnElementType"] == "PROCESS":
        process_instances.activating(write, record)
        return
    write.execute(
        _ELEMENT,
        (
            record.key,
            value["processInstanceKey"],
            value["processDefinitionKey"],
            value["bpmnProcessId"],
            value["elementId"],
            write.names.of(value["processDefinitionKey"], value["bpmnProcessId"]).name_of(value["elementId"]),
            value["bpmnElementType"],
            "ACTIVE",
            record.timestamp,
            value["flowScopeKey"],
            value["tenantId"],
        ),
    )


def _ended(write: Write, record: Record) -> None:
    state = "COMPLETED" if record.intent == "ELEMENT_COMPLETED" else "TERMINATED"
    if record.value["bpmnElementType"] == "PROCESS":
        process_instances.ended(write, record, state)
        return
    write.execute(
        "UPDATE element_instance SET state = ?, end_date = ? WHERE element_instance_key = ?",
        (state, record.timestamp, record.key),
    )


def _migrated(write: Write, record: Record) -> None:
    value = record.value
    if value["bpmnElementType"] == "PROCESS":
        process_instances.migrated(write, record)
        return
    names = write.names.of(value["processDefinitionKey"], value["bpmnProcessId"])
    write.execute(
        "UPDATE element_instance SET process_definition_key = ?, process_definition_id = ?, element_id = ?,"
        " element_name = ?, flow_scope_key = ? WHERE element_instance_key = ?",
        (
            value["processDefinitionKey"],
            value["bpmnProcessId"],
            value["elementId"],
            names.name_of(value["elementId"]),
            value["flowScopeKey"],
            record.key,
        ),
    )


PROJECTIONS: Final[Projection] = {
    ("PROCESS_INSTANCE", "ELEMENT_ACTIVATING"): _activating,
    ("PROCESS_INSTANCE", "ELEMENT_COMPLETED"): _ended,
    ("PROCESS_INSTANCE", "ELEMENT_TERMINATED"): _ended,
    ("PROCESS_INSTANCE", "ELEMENT_MIGRATED"): _migrated,
}
