"""Searching and reading process instances and what lies in them: elements, flows, incidents, calls."""

from typing import Any, Final

from engine.readmodel import ask
from engine.readmodel.entities.element_instances import ELEMENT_INSTANCE
from engine.readmodel.entities.incidents import INCIDENT, WITHIN
from engine.readmodel.entities.process_instances import CALL_HIERARCHY, PROCESS_INSTANCE
from engine.readmodel.translate import Sql
from engine.readmodel.values import sql_key
from engine.rest.operation import Call, Operation
from engine.rest.queries.answers import Json, await_own_writes, found, getting, page_of, row_of, searching
from engine.rest.queries.dialect import Dialect, dialect_of
from engine.rest.queries.processes import statistics_answer
from engine.rest.queries.requests import search_body

_KEY: Final = "processInstanceKey"

_FLOWS: Final = """
SELECT f.process_instance_key, f.process_definition_key, f.process_definition_id, f.element_id, f.tenant_id,
    p.root_process_instance_key
FROM sequence_flow f JOIN process_instance p USING (process_instance_key)
WHERE f.process_instance_key = ? ORDER BY f.element_id
"""


def _sequence_flows(call: Call) -> Json:
    await_own_writes(call)
    rows = ask(call.services.read_model, _FLOWS, sql_key(call.parameters[_KEY]))
    return {"items": [_flow(row, dialect_of(call.request)) for row in rows]}


def _flow(row: tuple[Any, ...], dialect: Dialect) -> Json:
    instance, definition, process_id, element_id, tenant, root = row
    flow = {
        "sequenceFlowId": f"{instance}_{element_id}",
        "processInstanceKey": str(instance),
        "processDefinitionKey": str(definition),
        "processDefinitionId": process_id,
        "elementId": element_id,
        "tenantId": tenant,
    }
    return flow if dialect is Dialect.OF_8_8 else {**flow, "rootProcessInstanceKey": str(root)}


def _statistics(call: Call) -> Json:
    return statistics_answer(call, Sql("t.process_instance_key = ?", [sql_key(call.parameters[_KEY])]))


def _call_hierarchy(call: Call) -> list[Json]:
    key = row_of(call, PROCESS_INSTANCE, _KEY)[_KEY]
    return [
        {"processInstanceKey": str(instance), "processDefinitionKey": str(definition), "processDefinitionName": name}
        for instance, definition, name in ask(call.services.read_model, CALL_HIERARCHY, key)
    ]


def _incidents(call: Call) -> Json:
    key = row_of(call, PROCESS_INSTANCE, _KEY)[_KEY]
    return found(call, INCIDENT, page_of(call, INCIDENT, Sql(WITHIN, [key])))


INSTANCE_QUERIES: Final = (
    searching("searchProcessInstances", PROCESS_INSTANCE),
    getting("getProcessInstance", PROCESS_INSTANCE, _KEY),
    Operation("getProcessInstanceSequenceFlows", _sequence_flows),
    Operation("getProcessInstanceStatistics", _statistics),
    Operation("getProcessInstanceCallHierarchy", _call_hierarchy),
    Operation("searchProcessInstanceIncidents", _incidents, search_body(INCIDENT, filtered=False)),
    searching("searchElementInstances", ELEMENT_INSTANCE),
    getting("getElementInstance", ELEMENT_INSTANCE, "elementInstanceKey"),
    searching("searchIncidents", INCIDENT),
    getting("getIncident", INCIDENT, "incidentKey"),
)
