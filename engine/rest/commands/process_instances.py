"""Process instances: create (and wait for the result), cancel, migrate, modify; variables of an element instance.

`operationReference` is accepted and not recorded: nothing here reads it back.
"""

from typing import Any, Final

from engine.rest.checks import (
    KEY,
    REFERENCE,
    TAGS,
    TENANT,
    TEXTS,
    all_of,
    exactly_one,
    flag,
    mapping,
    one_of,
    record,
    several,
    text,
    whole,
)
from engine.rest.commands.engine_command import PATIENCE, command
from engine.rest.operation import Call, Operation, default_tenant
from engine.rest.spelling import spelled

_PROCESS_ID: Final = text(least=1, pattern=r"[a-zA-Z_][a-zA-Z0-9_\-\.]*")
_RUNTIME: Final = record(
    {"type": one_of("TERMINATE_PROCESS_INSTANCE"), "afterElementId": text(least=1)},
    required=("type", "afterElementId"),
    closed=False,
)
_CREATION: Final = all_of(
    record(
        {
            "processDefinitionId": _PROCESS_ID,
            "processDefinitionKey": KEY,
            "processDefinitionVersion": whole(bits=32),
            "variables": mapping,
            "tenantId": TENANT,
            "operationReference": REFERENCE,
            "startInstructions": several(record({"elementId": text(least=1)}, required=("elementId",), closed=False)),
            "runtimeInstructions": several(_RUNTIME),
            "awaitCompletion": flag,
            "fetchVariables": TEXTS,
            "requestTimeout": whole(least=0),
            "tags": TAGS,
        }
    ),
    exactly_one("processDefinitionId", "processDefinitionKey"),
)
_REFERENCE_ONLY: Final = record({"operationReference": REFERENCE})
_MAPPING: Final = record(
    {"sourceElementId": text(least=1), "targetElementId": text(least=1)},
    required=("sourceElementId", "targetElementId"),
    closed=False,
)
_MIGRATION: Final = record(
    {"targetProcessDefinitionKey": KEY, "mappingInstructions": several(_MAPPING), "operationReference": REFERENCE},
    required=("targetProcessDefinitionKey", "mappingInstructions"),
)
_VARIABLES: Final = record({"variables": mapping, "scopeId": text()}, required=("variables",), closed=False)
_ACTIVATE: Final = record(
    {"elementId": text(least=1), "variableInstructions": several(_VARIABLES), "ancestorElementInstanceKey": KEY},
    required=("elementId",),
    closed=False,
)
_TERMINATE: Final = record({"elementInstanceKey": KEY}, required=("elementInstanceKey",), closed=False)
_MODIFICATION: Final = record(
    {
        "operationReference": REFERENCE,
        "activateInstructions": several(_ACTIVATE),
        "terminateInstructions": several(_TERMINATE),
    }
)
_SET_VARIABLES: Final = record(
    {"variables": mapping, "local": flag, "operationReference": REFERENCE}, required=("variables",)
)


async def create(call: Call) -> dict[str, Any]:
    """Create an instance; with `awaitCompletion` answer when it has ended, with the variables asked for."""
    body = call.body
    value: dict[str, Any] = {
        "bpmnProcessId": body.get("processDefinitionId") or "",
        "processDefinitionKey": int(body.get("processDefinitionKey") or -1),
        "version": body.get("processDefinitionVersion", -1),
        "tenantId": default_tenant(call, "Create Process Instance"),
        "variables": body.get("variables") or {},
        "startInstructions": [{"elementId": step["elementId"]} for step in body.get("startInstructions") or ()],
        "runtimeInstructions": [
            {"type": step["type"], "afterElementId": step["afterElementId"]}
            for step in body.get("runtimeInstructions") or ()
        ],
        "tags": body.get("tags") or [],
    }
    waits = body.get("awaitCompletion", False)
    if waits:
        value["fetchVariables"] = body.get("fetchVariables") or []
    patience = (body.get("requestTimeout") or 0) / 1000 or PATIENCE
    intent = "CREATE_WITH_AWAITING_RESULT" if waits else "CREATE"
    created = (await command(call, "PROCESS_INSTANCE_CREATION", intent, value, patience=patience)).value
    view = {
        "processInstanceKey": str(created["processInstanceKey"]),
        "processDefinitionId": created["bpmnProcessId"],
        "processDefinitionKey": str(created["processDefinitionKey"]),
        "processDefinitionVersion": created["version"],
        "tenantId": created["tenantId"],
        "variables": created["variables"] if waits else {},
        "tags": list(created.get("tags") or ()),
        "businessId": None,
    }
    return spelled(call, view)


async def cancel(call: Call) -> None:
    """Cancel a running instance."""
    key = call.key("processInstanceKey")
    await command(call, "PROCESS_INSTANCE", "CANCEL", {"processInstanceKey": key}, key=key)


async def migrate(call: Call) -> None:
    """Move a running instance to another process definition by a mapping of its active elements."""
    key = call.key("processInstanceKey")
    value = {
        "processInstanceKey": key,
        "targetProcessDefinitionKey": int(call.body["targetProcessDefinitionKey"]),
        "mappingInstructions": [
            {"sourceElementId": step["sourceElementId"], "targetElementId": step["targetElementId"]}
            for step in call.body["mappingInstructions"]
        ],
    }
    await command(call, "PROCESS_INSTANCE_MIGRATION", "MIGRATE", value, key=key)


async def modify(call: Call) -> None:
    """Activate and terminate elements of a running instance."""
    key = call.key("processInstanceKey")
    value = {
        "processInstanceKey": key,
        "activateInstructions": [_activation(step) for step in call.body.get("activateInstructions") or ()],
        "terminateInstructions": [
            {"elementInstanceKey": int(step["elementInstanceKey"])}
            for step in call.body.get("terminateInstructions") or ()
        ],
    }
    await command(call, "PROCESS_INSTANCE_MODIFICATION", "MODIFY", value, key=key)


async def set_variables(call: Call) -> None:
    """Set variables seen from an element instance: in its own scope when `local`, else where they are defined."""
    value = {
        "scopeKey": call.key("elementInstanceKey"),
        "updateSemantics": "LOCAL" if call.body.get("local") else "PROPAGATE",
        "variables": call.body["variables"],
    }
    await command(call, "VARIABLE_DOCUMENT", "UPDATE", value)


def _activation(step: dict[str, Any]) -> dict[str, Any]:
    return {
        "elementId": step["elementId"],
        "ancestorScopeKey": int(step.get("ancestorElementInstanceKey", -1)),
        "variableInstructions": [
            {"elementId": each.get("scopeId") or "", "variables": each["variables"]}
            for each in step.get("variableInstructions") or ()
        ],
    }


OPERATIONS: Final = (
    Operation("createProcessInstance", create, _CREATION, body_required=True),
    Operation("cancelProcessInstance", cancel, _REFERENCE_ONLY),
    Operation("migrateProcessInstance", migrate, _MIGRATION, body_required=True),
    Operation("modifyProcessInstance", modify, _MODIFICATION, body_required=True),
    Operation("createElementInstanceVariables", set_variables, _SET_VARIABLES, body_required=True),
)
"""Process instance operations."""
