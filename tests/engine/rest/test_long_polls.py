"""Waiting for jobs: woken at once, by as many as wait, and never on behalf of somebody who has hung up."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.engine
TYPE = "rest_spec.confirm"


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as threads:
        yield threads


def poll(server: Any, *, patience: float, timeout: float = 30, most: int = 1) -> list[dict[str, Any]]:
    body = {"type": TYPE, "timeout": 60_000, "maxJobsToActivate": most, "requestTimeout": int(patience * 1000)}
    answer = httpx.post(
        f"{server.rest_address}/v2/jobs/activation",
        json=body,
        auth=server.credentials("worker"),
        timeout=timeout,
        trust_env=False,
    )
    assert answer.status_code == 200, answer.text
    return list(answer.json()["jobs"])


def offer(server: Any, stage: Any) -> str:
    """Have a user task's completion wait for its listener's job; return the task's key."""
    key = stage.listened_task()
    with pytest.raises(httpx.ReadTimeout):
        server.rest().post(f"user-tasks/{key}/completion", json={}, timeout=0.5)
    return str(key)


@pytest.fixture(autouse=True)
def nothing_left_over(engine_server: Any) -> None:
    while poll(engine_server, patience=-1, most=1000):
        pass


def test_a_poll_that_waits_is_answered_when_the_job_comes(
    engine_server: Any, stage: Any, pool: ThreadPoolExecutor
) -> None:
    waiting = pool.submit(poll, engine_server, patience=20)
    time.sleep(0.5)
    assert not waiting.done()

    key = offer(engine_server, stage)
    start = time.monotonic()
    (job,) = waiting.result()

    assert time.monotonic() - start < 5
    assert job["userTask"]["userTaskKey"] == key
    assert (job["kind"], job["listenerEventType"]) == ("TASK_LISTENER", "COMPLETING")


def test_each_of_several_jobs_goes_to_one_of_several_that_wait(
    engine_server: Any, stage: Any, pool: ThreadPoolExecutor
) -> None:
    waiting = [pool.submit(poll, engine_server, patience=20) for _ in range(3)]
    time.sleep(0.3)

    keys = {offer(engine_server, stage) for _ in range(3)}

    assert {job["userTask"]["userTaskKey"] for each in waiting for job in each.result()} == keys


def test_whoever_has_hung_up_gets_no_job(engine_server: Any, stage: Any) -> None:
    with pytest.raises(httpx.ReadTimeout):
        poll(engine_server, patience=20, timeout=0.5)
    time.sleep(1.5)

    key = offer(engine_server, stage)

    assert [job["userTask"]["userTaskKey"] for job in poll(engine_server, patience=5)] == [key]


def test_a_poll_without_patience_is_answered_at_once(engine_server: Any) -> None:
    start = time.monotonic()

    assert poll(engine_server, patience=-1) == []
    assert time.monotonic() - start < 2


def test_a_denied_completion_tells_the_listeners_reason(
    engine_server: Any, stage: Any, pool: ThreadPoolExecutor
) -> None:
    key = stage.listened_task()
    completing = pool.submit(engine_server.rest("li_qiang").post, f"user-tasks/{key}/completion", json={})
    (job,) = poll(engine_server, patience=20)

    denial = {"result": {"type": "userTask", "denied": True, "deniedReason": "复核人不得与初审人为同一人"}}
    assert engine_server.rest("worker").post(f"jobs/{job['jobKey']}/completion", json=denial).status_code == 204

    answer = completing.result()
    assert answer.status_code == 409
    assert "复核人不得与初审人为同一人" in answer.json()["detail"]
    assert engine_server.rest().get(f"user-tasks/{key}").json()["state"] == "CREATED"
