"""Task listeners: polls their jobs over REST and answers whether an assignment or completion may happen."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from workers.failures import describe, is_transient, log_bug, pause
from workers.rest import client_options, require_success
from workers.settings import Settings
from workers.step import Listener, Occasion, TaskEvent, job_type
from workers.supervision import Pulse

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 8
SHORTEST_POLL = 0.2
"""An engine that answers an idle poll at once is asked five times a second, not as fast as it can."""


@dataclass(frozen=True)
class ListenerJob:
    """A task listener's job; the fields are those of the API's `ActivatedJobResult`."""

    key: str
    event: str
    assignee: str
    retries: int
    element_instance_key: int
    process_instance_key: int
    variables: Mapping[str, Any] = field(repr=False)


class ListenerJobs:
    """Jobs of task listeners, whose answer (denied, and why) only REST can carry."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client = httpx.AsyncClient(**client_options(settings, settings.poll_timeout.total_seconds() + 20))

    async def activate(self, job_type: str, most: int) -> list[ListenerJob]:
        """Take up to `most` jobs, waiting for the first one as long as the settings say."""
        answer = await self._client.post(
            "/jobs/activation",
            json={
                "type": job_type,
                "worker": "zhengjian",
                "timeout": int(self._settings.job_timeout.total_seconds() * 1000),
                "maxJobsToActivate": most,
                "requestTimeout": int(self._settings.poll_timeout.total_seconds() * 1000),
            },
        )
        require_success(answer)
        return [_listener_job(job) for job in answer.json()["jobs"]]

    async def allow(self, job: ListenerJob) -> None:
        """Let the user task's change happen."""
        await self._answer(job, "completion", {"result": {"type": "userTask", "denied": False}})

    async def deny(self, job: ListenerJob, reason: str) -> None:
        """Refuse the user task's change; the user is shown `reason`."""
        result = {"type": "userTask", "denied": True, "deniedReason": reason}
        await self._answer(job, "completion", {"result": result})

    async def fail(self, job: ListenerJob, retries: int, message: str, wait: timedelta) -> None:
        """Give the job back, to be taken again after `wait`, or as an incident when `retries` is 0."""
        pause = int(wait.total_seconds() * 1000)
        await self._answer(job, "failure", {"retries": retries, "errorMessage": message, "retryBackOff": pause})

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _answer(self, job: ListenerJob, how: str, body: Mapping[str, Any]) -> None:
        answer = await self._client.post(f"/jobs/{job.key}/{how}", json=body)
        # A job that timed out, or whose task is gone, belongs to nobody: nothing is left to answer.
        if answer.status_code not in {httpx.codes.NOT_FOUND, httpx.codes.CONFLICT}:
            require_success(answer)


async def listen(settings: Settings, listeners: Sequence[Listener], pulse: Pulse) -> None:
    """Take the jobs of all listeners until something ends it.

    They have threads of their own: a person waits for each answer, and long steps must not stand in the way.
    """
    jobs = ListenerJobs(settings)
    try:
        with ThreadPoolExecutor(MOST_AT_ONCE, "listener") as threads:
            async with asyncio.TaskGroup() as group:
                for listener in listeners:
                    pulse.expect(job_type(listener))
                    group.create_task(_serve(jobs, listener, pulse, threads))
    finally:
        await jobs.close()


async def _serve(jobs: ListenerJobs, listener: Listener, pulse: Pulse, threads: Executor) -> None:
    room = job_type(listener)
    while True:
        earliest = asyncio.get_running_loop().time() + SHORTEST_POLL
        taken = await jobs.activate(room, MOST_AT_ONCE)
        pulse.beat(room)
        await asyncio.gather(*(_answer(jobs, listener, job, threads) for job in taken))
        if not taken:
            await asyncio.sleep(earliest - asyncio.get_running_loop().time())


async def _answer(jobs: ListenerJobs, listener: Listener, job: ListenerJob, threads: Executor) -> None:
    occasion = Occasion(job.element_instance_key, job.process_instance_key, datetime.now(UTC))
    event = TaskEvent(job.event, job.assignee, occasion, job.variables)
    try:
        reason = await asyncio.get_running_loop().run_in_executor(threads, listener.judge, event)
    except Exception as error:  # noqa: BLE001 - each ending is mapped as `workers.failures` draws it
        transient = is_transient(error)
        if not transient:
            log_bug(logger, job_type(listener), error)
        wait = pause(job.retries) if transient else timedelta()
        await jobs.fail(job, job.retries - 1 if transient else 0, describe(error), wait)
        return
    if reason is None:
        await jobs.allow(job)
    else:
        await jobs.deny(job, reason)


def _listener_job(job: Mapping[str, Any]) -> ListenerJob:
    task = job.get("userTask") or {}
    return ListenerJob(
        key=str(job["jobKey"]),
        event=str(job["listenerEventType"]).lower(),
        assignee=task.get("assignee") or "",
        retries=job["retries"],
        element_instance_key=int(job["elementInstanceKey"]),
        process_instance_key=int(job["processInstanceKey"]),
        variables=job["variables"],
    )
