"""An activated job as the API shows it, made from the engine's record.

Properties that only clients of later versions know are given their empty values, so that such a client can read the
answer; a client of 8.8 does not see them.
"""

import json
from typing import Any, Final

from engine.rest.operation import Call
from engine.rest.spelling import spelled

_NEWER: Final = ("physicalTenantId", "rootProcessInstanceKey", "businessId", "priority")
_RESERVED: Final = "io.camunda.zeebe:"
_LISTS: Final = ("candidateGroups", "candidateUsers", "changedAttributes")
_TEXTS: Final = ("action", "assignee", "dueDate", "followUpDate", "formKey", "userTaskKey")


def activated_job(call: Call, key: int, job: dict[str, Any]) -> dict[str, Any]:
    """Return the view of one job of a batch."""
    view: dict[str, Any] = {
        "jobKey": str(key),
        "type": job["type"],
        "worker": job["worker"],
        "retries": job["retries"],
        "deadline": job["deadline"],
        "variables": job["variables"],
        "customHeaders": job["customHeaders"],
        "elementId": job["elementId"],
        "elementInstanceKey": str(job["elementInstanceKey"]),
        "processInstanceKey": str(job["processInstanceKey"]),
        "processDefinitionId": job["bpmnProcessId"],
        "processDefinitionKey": str(job["processDefinitionKey"]),
        "processDefinitionVersion": job["processDefinitionVersion"],
        "tenantId": job["tenantId"],
        "kind": job["jobKind"],
        "listenerEventType": job["jobListenerEventType"],
        "tags": list(job.get("tags") or ()),
        "userTask": _user_task(call, job["customHeaders"]) if job["jobKind"] == "TASK_LISTENER" else None,
        "physicalTenantId": "default",
        "rootProcessInstanceKey": None,
        "businessId": None,
        "priority": 0,
    }
    return spelled(call, view, _NEWER)


def _user_task(call: Call, headers: dict[str, str]) -> dict[str, Any]:
    """Return the task a listener is about; the engine puts it into reserved headers, lists as JSON."""
    task: dict[str, Any] = {name: headers.get(_RESERVED + name) for name in _TEXTS}
    task |= {name: json.loads(headers.get(_RESERVED + name) or "[]") for name in _LISTS}
    priority = headers.get(f"{_RESERVED}priority")
    task |= {"action": task["action"] or "", "priority": int(priority) if priority else None}
    return spelled(call, task)
