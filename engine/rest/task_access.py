"""Who a user task belongs to, for deciding on a command about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync

if TYPE_CHECKING:
    from engine.rest.services import Services


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
    raise NotImplementedError
