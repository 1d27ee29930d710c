"""Jobs: activate with long polling, complete (also listeners' results), fail, throw an error, update."""

import time
from typing import Any, Final

from engine.rest.checks import TENANT, TEXTS, flag, mapping, nullable, one_of, record, several, text, whole
from engine.rest.commands.engine_command import command
from engine.rest.commands.job_views import activated_job
from engine.rest.commands.task_attributes import TASK_ATTRIBUTES
from engine.rest.job_bell import Ring
from engine.rest.operation import Call, Operation
from engine.rest.problems import invalid

LONG_POLL: Final = 10.0
"""Seconds that an activation waits for jobs when the request names no time, as in Camunda's gateway."""

_ACTIVATION: Final = record(
    {
        "type": text(least=1),
        "worker": text(),
        "timeout": whole(least=1),
        "maxJobsToActivate": whole(bits=32, least=1),
        "fetchVariable": TEXTS,
        "requestTimeout": whole(),
        "tenantIds": several(TENANT),
    },
    required=("type", "timeout", "maxJobsToActivate"),
)
_CORRECTIONS: Final = record({"assignee": nullable(text()), **TASK_ATTRIBUTES}, closed=False)
_RESULT: Final = record(
    {
        "type": one_of("userTask", "adHocSubProcess"),
        "denied": nullable(flag),
        "deniedReason": nullable(text()),
        "corrections": nullable(_CORRECTIONS),
        "activateElements": several(record({"elementId": text(), "variables": nullable(mapping)}, closed=False)),
        "isCompletionConditionFulfilled": flag,
        "isCancelRemainingInstances": flag,
    },
    required=("type",),
    closed=False,
)
_COMPLETION: Final = record({"variables": nullable(mapping), "result": nullable(_RESULT)})
_FAILURE: Final = record(
    {"retries": whole(bits=32), "errorMessage": text(), "retryBackOff": whole(), "variables": mapping}
)
_ERROR: Final = record(
    {"errorCode": text(least=1), "errorMessage": nullable(text()), "variables": nullable(mapping)},
    required=("errorCode",),
)
_CHANGESET: Final = record({"retries": nullable(whole(bits=32)), "timeout": nullable(whole())}, closed=False)
_UPDATE: Final = record({"changeset": _CHANGESET, "operationReference": whole(least=1)}, required=("changeset",))

_CORRECTED: Final = {
    "assignee": "assignee",
    "dueDate": "dueDate",
    "followUpDate": "followUpDate",
    "candidateUsers": "candidateUsersList",
    "candidateGroups": "candidateGroupsList",
    "priority": "priority",
}


async def activate(call: Call) -> dict[str, Any]:
    """Return up to `maxJobsToActivate` jobs; while there are none, wait until one may be there or the time is over.

    A negative `requestTimeout` does not wait at all; 0 or none waits `LONG_POLL`. A caller that hung up gets no jobs,
    so that none is locked for nobody.
    """
    if any(tenant != "<default>" for tenant in call.body.get("tenantIds") or ()):
        raise invalid("Expected to handle request Activate Jobs with tenant identifiers, but multi-tenancy is disabled")
    milliseconds = call.body.get("requestTimeout") or 0
    until = time.monotonic() + (milliseconds / 1000 if milliseconds else LONG_POLL)
    while True:
        ring = call.services.job_bell.next_ring(call.body["type"])
        jobs = await _activate_now(call)
        if jobs or not await _wait_for_more(call, ring, until):
            return {"jobs": jobs}


async def _wait_for_more(call: Call, ring: Ring, until: float) -> bool:
    """Return True when another look is worth it, False when time is over, the caller gone or the program ending."""
    while not call.services.job_bell.closed and (left := until - time.monotonic()) > 0:
        if await ring.wait(min(left, 1.0)):
            return not (call.services.job_bell.closed or await call.request.is_disconnected())
        if await call.request.is_disconnected():
            return False
        call.services.job_bell.next_ring(call.body["type"])
    return False


async def _activate_now(call: Call) -> list[dict[str, Any]]:
    body = call.body
    value = {
        "type": body["type"],
        "worker": body.get("worker") or "",
        "timeout": body["timeout"],
        "maxJobsToActivate": body["maxJobsToActivate"],
        "variables": body.get("fetchVariable") or [],
        "tenantIds": ["<default>"],
    }
    batch = (await command(call, "JOB_BATCH", "ACTIVATE", value)).value
    return [activated_job(call, key, job) for key, job in zip(batch["jobKeys"], batch["jobs"], strict=True)]


async def complete(call: Call) -> None:
    """Complete a job; a listener's job may deny the transition or correct the user task."""
    value: dict[str, Any] = {"variables": call.body.get("variables") or {}}
    if result := call.body.get("result"):
        value["result"] = _job_result(result)
    await command(call, "JOB", "COMPLETE", value, key=call.key("jobKey"))


async def fail(call: Call) -> None:
    """Fail a job; with retries left it comes back after `retryBackOff` milliseconds, with none it is an incident."""
    value = {
        "retries": call.body.get("retries", 0),
        "errorMessage": call.body.get("errorMessage") or "",
        "retryBackoff": call.body.get("retryBackOff") or 0,
        "variables": call.body.get("variables") or {},
    }
    await command(call, "JOB", "FAIL", value, key=call.key("jobKey"))


async def throw_error(call: Call) -> None:
    """Throw a BPMN error from a job."""
    value = {
        "errorCode": call.body["errorCode"],
        "errorMessage": call.body.get("errorMessage") or "",
        "variables": call.body.get("variables") or {},
    }
    await command(call, "JOB", "THROW_ERROR", value, key=call.key("jobKey"))


async def update(call: Call) -> None:
    """Change a job's retries or its deadline (milliseconds from now)."""
    changes = {name: value for name, value in call.body["changeset"].items() if value is not None}
    changes = {name: changes[name] for name in ("retries", "timeout") if name in changes}
    if not changes:
        raise invalid("At least one of [retries, timeout] is required.")
    await command(call, "JOB", "UPDATE", {**changes, "changedAttributes": list(changes)}, key=call.key("jobKey"))


def _job_result(result: dict[str, Any]) -> dict[str, Any]:
    if result["type"] == "adHocSubProcess":
        return {
            "type": "AD_HOC_SUB_PROCESS",
            "activateElements": [
                {"elementId": element.get("elementId", ""), "variables": element.get("variables") or {}}
                for element in result.get("activateElements") or ()
            ],
            "isCompletionConditionFulfilled": result.get("isCompletionConditionFulfilled", False),
            "isCancelRemainingInstances": result.get("isCancelRemainingInstances", False),
        }
    given = result.get("corrections") or {}
    corrections = {_CORRECTED[name]: given[name] for name in _CORRECTED if given.get(name) is not None}
    return {
        "type": "USER_TASK",
        "denied": bool(result.get("denied")),
        "deniedReason": result.get("deniedReason") or "",
        "corrections": corrections,
        "correctedAttributes": list(corrections),
    }


OPERATIONS: Final = (
    Operation("activateJobs", activate, _ACTIVATION, body_required=True),
    Operation("completeJob", complete, _COMPLETION),
    Operation("failJob", fail, _FAILURE),
    Operation("throwJobError", throw_error, _ERROR, body_required=True),
    Operation("updateJob", update, _UPDATE, body_required=True),
)
"""Job operations."""
