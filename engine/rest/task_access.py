"""Who a user task belongs to, for deciding on a command about it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from anyio.to_thread import run_sync

from engine.readmodel import find
from engine.readmodel.entities.user_tasks import USER_TASK

if TYPE_CHECKING:
    from engine.rest.services import Services

CATCH_UP: Final = 1.0
"""Seconds that the read model is given to reach what the engine has written before it is asked."""


@dataclass(frozen=True, slots=True)
class TaskAccess:
    """Assignee and candidates of a user task."""

    assignee: str | None
    candidate_users: list[str]
    candidate_groups: list[str]


async def task_access(services: Services, key: int) -> TaskAccess | None:
    """Return whose the task is, as of now; None when there is no such task."""
    return await run_sync(_read, services, key)


def _read(services: Services, key: int) -> TaskAccess | None:
    services.read_model.catch_up(services.engine.committed_position(), CATCH_UP)
    task = find(services.read_model, USER_TASK, key)
    if task is None:
        return None
    return TaskAccess(
        assignee=task["assignee"],
        candidate_users=json.loads(task["candidateUsers"]),
        candidate_groups=json.loads(task["candidateGroups"]),
    )
