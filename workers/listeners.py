"""Task listeners: polls their jobs over REST and answers whether an assignment or completion may happen."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from workers.failures import describe, is_transient, log_bug, pause
from workers.rest import ListenerJob, ListenerJobs
from workers.settings import Settings
from workers.step import Listener, Occasion, TaskEvent, job_type
from workers.supervision import Pulse

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 8
SHORTEST_POLL = 0.2
"""An engine that answers an idle poll at once is asked five times a second, not as fast as it can."""


async def listen(settings: Settings, listeners: Sequence[Listener], pulse: Pulse) -> None:
    """Take the jobs of all listeners until something ends it."""
    jobs = ListenerJobs(settings)
    try:
        async with asyncio.TaskGroup() as group:
            for listener in listeners:
                pulse.expect(job_type(listener))
                group.create_task(_serve(jobs, listener, pulse))
    finally:
        await jobs.close()


async def _serve(jobs: ListenerJobs, listener: Listener, pulse: Pulse) -> None:
    room = job_type(listener)
    while True:
        earliest = asyncio.get_running_loop().time() + SHORTEST_POLL
        taken = await jobs.activate(room, MOST_AT_ONCE)
        pulse.beat(room)
        for job in taken:
            await _answer(jobs, listener, job)
        if not taken:
            await asyncio.sleep(earliest - asyncio.get_running_loop().time())


async def _answer(jobs: ListenerJobs, listener: Listener, job: ListenerJob) -> None:
    occasion = Occasion(job.element_instance_key, job.process_instance_key, datetime.now(UTC))
    event = TaskEvent(job.event, job.assignee, occasion, job.variables)
    try:
        reason = await asyncio.to_thread(listener.judge, event)
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
