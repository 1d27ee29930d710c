"""Deciding on a command about a user task: whose it is, and that it stays so until the command is done."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

from anyio.to_thread import run_sync

from engine.readmodel import ReadModelStoppedError, find
from engine.readmodel.entities.user_tasks import USER_TASK
from engine.rest.problems import ProblemError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from engine.rest.services import Services

CATCH_UP: Final = 5.0
"""Seconds that the read model is given to reach what the engine has written; nothing is decided on older knowledge."""


@dataclass(frozen=True, slots=True)
class TaskAccess:
    """Assignee and candidates of a user task."""

    assignee: str | None
    candidate_users: list[str]
    candidate_groups: list[str]


class TaskLocks:
    """Lets commands about one user task follow each other.

    The engine does not know who asks. Whether a person may complete a task is decided here, and between decision and
    completion nobody else may claim it. User tasks are commanded over this REST API only, so locks of this process do.
    """

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def held(self, key: int) -> AsyncIterator[None]:
        """Hold the task with this key; whoever else wants it waits."""
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        async with lock:
            yield


async def task_access(services: Services, key: int) -> TaskAccess | None:
    """Return whose the task is, as of now; None when there is no such task.

    Raises:
        ProblemError: 503, the read model does not follow the engine closely enough to tell.
    """
    return await run_sync(_read, services, key)


def _read(services: Services, key: int) -> TaskAccess | None:
    try:
        current = services.read_model.catch_up(services.engine.committed_position(), CATCH_UP)
    except ReadModelStoppedError as error:
        detail = "Who may work on the task cannot be told: the search has stopped following the engine; restart it"
        raise ProblemError(503, "UNAVAILABLE", detail) from error
    if not current:
        detail = "Who may work on the task cannot be told at the moment; nothing was done"
        raise ProblemError(503, "RESOURCE_EXHAUSTED", detail)
    task = find(services.read_model, USER_TASK, key)
    if task is None:
        return None
    return TaskAccess(
        assignee=task["assignee"],
        candidate_users=json.loads(task["candidateUsers"]),
        candidate_groups=json.loads(task["candidateGroups"]),
    )
