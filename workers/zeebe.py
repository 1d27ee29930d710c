"""Jobs over gRPC: the only module beside `main` that knows pyzeebe, and the place where its traps are closed.

- A job is polled for, not streamed: a stream takes more jobs than there are hands for them.
- pyzeebe gives up after a number of lost connections counted over its whole life: that number is set to never.
- An unexpected status (a wrong password) ends its worker: `supervision.keep_running` starts it again.
- Its own failure handler does not wait between tries and logs variables: `_answer_failure` replaces it.
- This module must not postpone its annotations: pyzeebe recognises the job by `Job` itself, not by its name.
"""

import base64
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import grpc
from pyzeebe import Job, JobController, ZeebeWorker
from pyzeebe.errors import JobAlreadyDeactivatedError, JobNotFoundError

from workers.failures import Outcome, describe, is_transient, log_bug, pause
from workers.settings import Settings
from workers.step import Occasion, Step, job_type, wanted_variables
from workers.supervision import Pulse

logger = logging.getLogger(__name__)
# A full worker is at work, not in trouble; pyzeebe would warn of it twenty times a second.
logging.getLogger("pyzeebe.worker.job_poller").addFilter(lambda record: "Maximum number of jobs" not in record.msg)

MAX_RUNNING = 32
"""Jobs of one type that one process holds: fewer starve its threads between two polls, more would only time out."""

POLL_PAUSE = 0.01
"""Seconds until a full worker looks again; pyzeebe thinks in whole seconds, which would cap its throughput."""

CHANNEL_OPTIONS = [
    ("grpc.keepalive_time_ms", 45_000),
    ("grpc.max_receive_message_length", 8 * 1024 * 1024),
    # gRPC's own patience grows to two minutes; an engine that is back should not have to wait for its workers.
    ("grpc.initial_reconnect_backoff_ms", 500),
    ("grpc.min_reconnect_backoff_ms", 500),
    ("grpc.max_reconnect_backoff_ms", 5_000),
]


class _Signature:
    """BASIC credentials as call metadata."""

    def __init__(self, user: str, password: str) -> None:
        token = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
        self._header = ("authorization", f"Basic {token}")

    def added_to(self, details: Any) -> Any:
        metadata = (*(details.metadata or ()), self._header)
        return details._replace(metadata=grpc.aio.Metadata(*metadata))


class _SignedCalls(grpc.aio.UnaryUnaryClientInterceptor):
    """Signs the answers to jobs."""

    def __init__(self, signature: _Signature) -> None:
        self._signature = signature

    async def intercept_unary_unary(self, continuation: Any, details: Any, request: Any) -> Any:
        return await continuation(self._signature.added_to(details), request)


class _SignedPolls(grpc.aio.UnaryStreamClientInterceptor):
    """Signs the polls for jobs, and notes which job types the engine has answered.

    A class of its own: a channel asks each interceptor for one kind of call only.
    """

    def __init__(self, signature: _Signature, pulse: Pulse) -> None:
        self._signature = signature
        self._pulse = pulse

    async def intercept_unary_stream(self, continuation: Any, details: Any, request: Any) -> Any:
        call = await continuation(self._signature.added_to(details), request)
        return self._heard(call, request.type)

    async def _heard(self, call: Any, jobs: str) -> AsyncIterator[Any]:
        async for answer in call:
            yield answer
        self._pulse.beat(jobs)


def open_channel(settings: Settings, pulse: Pulse) -> grpc.aio.Channel:
    """Open a channel to the engine that signs every call."""
    signature = _Signature(settings.user, settings.password)
    interceptors = [_SignedCalls(signature), _SignedPolls(signature, pulse)]
    if settings.tls:
        return grpc.aio.secure_channel(
            settings.grpc_address, grpc.ssl_channel_credentials(), options=CHANNEL_OPTIONS, interceptors=interceptors
        )
    return grpc.aio.insecure_channel(settings.grpc_address, options=CHANNEL_OPTIONS, interceptors=interceptors)


async def work(settings: Settings, steps: Sequence[Step], pulse: Pulse) -> None:
    """Take jobs for all steps until something ends it; jobs under way at a cancellation are finished elsewhere."""
    async with open_channel(settings, pulse) as channel:
        worker = ZeebeWorker(
            channel,
            name="zhengjian",
            request_timeout=int(settings.poll_timeout.total_seconds() * 1000),
            max_connection_retries=-1,
            poll_retry_delay=POLL_PAUSE,  # type: ignore[arg-type]  # it is only slept for
        )
        for step in steps:
            register(worker, step, settings)
            pulse.expect(job_type(step))
        await worker.work()


def register(worker: ZeebeWorker, step: Step, settings: Settings) -> None:
    """Let `worker` take the jobs of `step`."""
    worker.task(
        task_type=job_type(step),
        exception_handler=_answer_failure(worker),
        variables_to_fetch=wanted_variables(step),
        timeout_ms=int(settings.job_timeout.total_seconds() * 1000),
        max_jobs_to_activate=MAX_RUNNING,
        max_running_jobs=MAX_RUNNING,
    )(_job_function(step))


def _job_function(step: Step) -> Callable[..., dict[str, Any]]:
    def run(job: Job, **variables: Any) -> dict[str, Any]:
        occasion = Occasion(job.element_instance_key, job.process_instance_key, datetime.now(UTC))
        result: dict[str, Any] = step.handle(occasion, **variables)
        return result

    return run


def _answer_failure(worker: ZeebeWorker) -> Callable[[Exception, Job, JobController], Any]:
    async def answer(error: Exception, job: Job, controller: JobController) -> None:
        # A job that timed out meanwhile belongs to another worker: nothing is left to answer.
        with contextlib.suppress(JobAlreadyDeactivatedError, JobNotFoundError):
            if isinstance(error, Outcome):
                await controller.set_error_status(str(error), error_code=error.code, variables=error.variables)
            elif is_transient(error):
                wait = pause(job.retries)
                seconds = wait.total_seconds()
                logger.warning("%s failed for now: %s; again in %.1f s", job.type, describe(error), seconds)
                await controller.set_failure_status(describe(error), retry_back_off_ms=int(seconds * 1000))
            else:
                log_bug(logger, job.type, error)
                # pyzeebe's controller can only take one retry away; a bug is not cured by trying again.
                await worker.zeebe_adapter.fail_job(
                    job_key=job.key, retries=0, message=describe(error), retry_back_off_ms=0, variables={}
                )

    return answer
