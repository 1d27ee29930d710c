"""User tasks: assign, claim, unassign, complete, update, each within what the person may do with the task.

Everybody may work on a task that is theirs (`User.may_see_task`); a task that is not theirs does not exist for them.
Giving a task to somebody else, taking it from somebody else and changing its attributes are the administrator's.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from engine.rest.checks import flag, mapping, nullable, record, text
from engine.rest.commands.engine_command import command
from engine.rest.commands.task_attributes import TASK_ATTRIBUTES
from engine.rest.operation import Call, Operation
from engine.rest.problems import ProblemError, forbidden, invalid, rejected
from engine.rest.task_access import TaskAccess, task_access

_CHANGEABLE: Final = {
    "dueDate": "dueDate",
    "followUpDate": "followUpDate",
    "candidateUsers": "candidateUsersList",
    "candidateGroups": "candidateGroupsList",
    "priority": "priority",
}
_CLEARED: Final[dict[str, Any]] = {
    "dueDate": "",
    "followUpDate": "",
    "candidateUsers": [],
    "candidateGroups": [],
    "priority": 50,
}

_ACTION: Final = nullable(text())
_ASSIGNMENT: Final = record(
    {"assignee": text(least=1), "allowOverride": nullable(flag), "action": _ACTION}, required=("assignee",)
)
_COMPLETION: Final = record({"variables": nullable(mapping), "action": _ACTION})
_CHANGESET: Final = record(dict(TASK_ATTRIBUTES), closed=False)
_UPDATE: Final = record({"changeset": nullable(_CHANGESET), "action": _ACTION})


async def assign(call: Call) -> None:
    """Assign the task; with `allowOverride: false` claim it, which the engine refuses when somebody has it."""
    claiming = call.body.get("allowOverride") is False
    intent = "CLAIM" if claiming else "ASSIGN"
    task = await _own_task(call, intent)
    assignee = call.body["assignee"]
    if not call.person.is_admin:
        _only_for_oneself(call, task, assignee)
    value = {"assignee": assignee, "action": call.body.get("action") or ""}
    await _send(call, intent, value)


async def unassign(call: Call) -> None:
    """Take the task from its assignee: from oneself, or as administrator from anybody."""
    task = await _own_task(call, "ASSIGN")
    if not call.person.is_admin and task is not None and task.assignee not in (None, call.person.username):
        raise _belongs_to_another(call)
    await _send(call, "ASSIGN", {"assignee": "", "action": "unassign"})


async def complete(call: Call) -> None:
    """Complete the task with variables; refused while it is assigned to somebody else."""
    task = await _own_task(call, "COMPLETE")
    if not call.person.is_admin and task is not None and task.assignee not in (None, call.person.username):
        raise _belongs_to_another(call)
    value = {"variables": call.body.get("variables") or {}, "action": call.body.get("action") or ""}
    await _send(call, "COMPLETE", value)


async def update(call: Call) -> None:
    """Change dates, candidates and priority; null or an empty value resets an attribute."""
    changeset = call.body.get("changeset") or {}
    changes = {name: changeset[name] for name in _CHANGEABLE if name in changeset}
    if not changes and not call.body.get("action"):
        raise invalid(
            "No update data provided. Provide at least an 'action' or a non-null value "
            "for a supported attribute in the 'changeset'."
        )
    value: dict[str, Any] = {"action": call.body.get("action") or ""}
    value["changedAttributes"] = [_CHANGEABLE[name] for name in changes]
    for name, content in changes.items():
        value[_CHANGEABLE[name]] = _CLEARED[name] if content is None else content
    await _send(call, "UPDATE", value)


def _one_at_a_time(handler: Callable[[Call], Awaitable[None]]) -> Callable[[Call], Awaitable[None]]:
    """Let what is decided about a task hold until it is done."""

    async def in_turn(call: Call) -> None:
        async with call.services.task_locks.held(call.key("userTaskKey")):
            await handler(call)

    return in_turn


async def _send(call: Call, intent: str, value: Mapping[str, Any]) -> None:
    key = call.key("userTaskKey")
    await command(call, "USER_TASK", intent, {"userTaskKey": key, **value}, key=key)


async def _own_task(call: Call, intent: str) -> TaskAccess | None:
    """Return the task if it is this person's business; one that is not gets the engine's words for none at all.

    An administrator needs no look at the read model: the engine itself says whether the task exists.
    """
    if call.person.is_admin:
        return None
    key = call.key("userTaskKey")
    task = await task_access(call.services, key)
    if task is None or not call.person.may_see_task(task.assignee, task.candidate_users, task.candidate_groups):
        reason = f"Expected to {intent.lower()} user task with key '{key}', but no such user task was found"
        raise rejected(intent, "NOT_FOUND", reason)
    return task


def _only_for_oneself(call: Call, task: TaskAccess | None, assignee: str) -> None:
    if assignee != call.person.username:
        raise forbidden("Unauthorized to perform operation 'UPDATE' on resource 'USER_TASK': assign to somebody else")
    taken = task is not None and task.assignee not in (None, call.person.username)
    if taken and call.body.get("allowOverride") is not False:
        raise _belongs_to_another(call)


def _belongs_to_another(call: Call) -> ProblemError:
    return forbidden(
        f"Unauthorized to perform operation '{call.operation_id}' on resource 'USER_TASK': assigned to somebody else"
    )


OPERATIONS: Final = (
    Operation("assignUserTask", _one_at_a_time(assign), _ASSIGNMENT, body_required=True),
    Operation("unassignUserTask", _one_at_a_time(unassign)),
    Operation("completeUserTask", _one_at_a_time(complete), _COMPLETION),
    Operation("updateUserTask", _one_at_a_time(update), _UPDATE),
)
"""User task operations; `updateUserTask` is in nobody's table of permissions but the administrator's."""
