"""Where a process instance stands, for people and for the diagram."""

from typing import Any

from gateway.people import Names
from gateway.sign_in import Visit

STEP_TYPES = frozenset({"SERVICE_TASK", "USER_TASK", "BUSINESS_RULE_TASK", "SEND_TASK", "RECEIVE_TASK", "END_EVENT"})
"""What counts as a step to people; gateways and flows do not."""

CORRECTION, REFUSAL = "correct_documents", "refusal_message"
"""The step at which refused files wait to be corrected, and the variable that says why."""


def read(visit: Visit, instance: dict[str, Any], names: Names) -> dict[str, Any]:
    """Return the state of an instance as JSON.

    Keys: `state` (ACTIVE, COMPLETED, TERMINATED), `definition` (key), `elements` (counts by id), `flows` (ids taken),
    `steps` (in order: `name`, `element`, `at`, `state` of done, live, bad, stopped), `waiting` (the open user tasks the
    person sees: `task`, `name`, `holder`, `groups`, `mine`, `free`), `incidents` (`element`, `message`), `refusal` (why
    the files were refused while they wait to be corrected, otherwise empty).
    """
    key = instance["processInstanceKey"]
    incidents = visit.engine.open_incidents(processInstanceKey=key) if instance.get("hasIncident") else []
    tasks = visit.engine.search_user_tasks({"processInstanceKey": key, "state": "CREATED"})
    waits_for_files = any(row["elementId"] == CORRECTION for row in tasks)
    said = visit.engine.variables_of([key], [REFUSAL])[key] if waits_for_files else {}
    return {
        "state": instance["state"],
        "definition": instance["processDefinitionKey"],
        "elements": {row["elementId"]: _counts(row) for row in visit.engine.element_statistics(key)},
        "flows": visit.engine.sequence_flows(key),
        "steps": [_step(row) for row in visit.engine.element_instances(key) if row["type"] in STEP_TYPES],
        "waiting": [_waiting(row, visit, names) for row in tasks],
        "incidents": [{"element": row["elementId"], "message": row.get("errorMessage", "")} for row in incidents],
        "refusal": str(said.get(REFUSAL) or ""),
    }


def _counts(row: dict[str, Any]) -> dict[str, int]:
    return {name: int(row.get(name) or 0) for name in ("active", "completed", "canceled", "incidents")}


def _step(row: dict[str, Any]) -> dict[str, str]:
    state = {"ACTIVE": "live", "COMPLETED": "done"}.get(row["state"], "stopped")
    return {
        "name": row.get("elementName") or row["elementId"],
        "element": row["elementId"],
        "state": "bad" if row.get("hasIncident") else state,
        "at": row.get("endDate") or row.get("startDate") or "",
    }


def _waiting(row: dict[str, Any], visit: Visit, names: Names) -> dict[str, Any]:
    return {
        "task": row["userTaskKey"],
        "name": row.get("name") or row["elementId"],
        "holder": names.person(row.get("assignee")),
        "groups": [names.group(group) for group in row.get("candidateGroups") or ()],
        "mine": row.get("assignee") == visit.person.username,
        "free": not row.get("assignee"),
    }
