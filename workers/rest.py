"""The engine's REST API, as far as the workers need it: documents, and jobs of task listeners."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx

from workers.failures import Unavailable
from workers.settings import Settings


class DocumentGone(Exception):  # noqa: N818 - the outcome of asking, which the step turns into its own
    """The engine no longer has a document."""


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


def _client_options(settings: Settings, timeout: float) -> dict[str, Any]:
    # The engine is near; a proxy set for the office's way into the internet must not catch these calls.
    return {
        "base_url": f"{settings.rest_address}/v2",
        "auth": (settings.user, settings.password),
        "timeout": timeout,
        "trust_env": False,
    }


class EngineDocuments:
    """Files that users uploaded: the engine keeps them, variables carry references to them."""

    def __init__(self, settings: Settings) -> None:
        self._client = httpx.Client(**_client_options(settings, 60))

    def fetch(self, reference: Mapping[str, Any], limit: int) -> bytes:
        """Return a file's content, at most `limit` + 1 bytes of it, so that the reader can refuse what is larger.

        Raises:
            DocumentGone: the engine does not have it.
            Unavailable: the engine cannot give it now.
        """
        query = {name: reference[name] for name in ("storeId", "contentHash") if reference.get(name)}
        with self._client.stream("GET", f"/documents/{reference['documentId']}", params=query) as answer:
            if answer.status_code == httpx.codes.NOT_FOUND:
                raise DocumentGone
            _require_success(answer)
            content = bytearray()
            for part in answer.iter_bytes():
                content += part
                if len(content) > limit:
                    break
            return bytes(content[: limit + 1])

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


class ListenerJobs:
    """Jobs of task listeners, whose answer (denied, and why) only REST can carry."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client = httpx.AsyncClient(**_client_options(settings, settings.poll_timeout.total_seconds() + 20))

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
        _require_success(answer)
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
            _require_success(answer)


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


def _require_success(answer: httpx.Response) -> None:
    if not answer.is_success:
        raise Unavailable(f"引擎没有完成请求（{answer.request.url.path}，状态 {answer.status_code}）")
