"""Several people at the same moment, through real connections: one task, one password, one limit."""

import io
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.engine


@pytest.fixture
def people(engine_server: Any) -> Iterator[ThreadPoolExecutor]:
    for person in ("li_qiang", "zhao_min"):
        engine_server.rest(person).get("authentication/me")
    with ThreadPoolExecutor(8) as pool:
        yield pool


def together(pool: ThreadPoolExecutor, *requests: Callable[[], httpx.Response]) -> list[int]:
    return [future.result().status_code for future in [pool.submit(request) for request in requests]]


def test_of_two_who_claim_at_once_one_gets_the_task(engine_server: Any, stage: Any, people: ThreadPoolExecutor) -> None:
    def claim(person: str, key: str) -> Callable[[], httpx.Response]:
        body = {"assignee": person, "allowOverride": False}
        return lambda: engine_server.rest(person).post(f"user-tasks/{key}/assignment", json=body)

    for _ in range(10):
        key = stage.user_task()
        assert sorted(together(people, claim("li_qiang", key), claim("zhao_min", key))) == [204, 409]


def test_who_completes_while_another_claims_either_was_first_or_is_refused(
    engine_server: Any, stage: Any, people: ThreadPoolExecutor
) -> None:
    for _ in range(10):
        key = stage.user_task()
        claim = {"assignee": "li_qiang", "allowOverride": False}
        claimed, completed = together(
            people,
            lambda key=key, claim=claim: engine_server.rest("li_qiang").post(
                f"user-tasks/{key}/assignment", json=claim
            ),
            lambda key=key: engine_server.rest("zhao_min").post(f"user-tasks/{key}/completion", json={}),
        )
        task = engine_server.rest().get(f"user-tasks/{key}").json()

        if claimed == 204:
            assert (completed, task["state"], task["assignee"]) == (403, "CREATED", "li_qiang")
        else:
            assert (claimed, completed, task["state"]) == (404, 204, "COMPLETED")


def test_guessing_a_password_in_parallel_is_slowed_down_and_its_owner_is_not(
    engine_server: Any, people: ThreadPoolExecutor
) -> None:
    def guess(number: int) -> httpx.Response:
        return httpx.get(
            f"{engine_server.rest_address}/v2/topology",
            auth=("zhao_min", f"guess {number}"),
            timeout=60,
            trust_env=False,
        )

    start = time.monotonic()
    guesses = [people.submit(guess, number) for number in range(7)]
    owner = time.monotonic()
    assert engine_server.rest("zhao_min").get("authentication/me").status_code == 200
    assert time.monotonic() - owner < 2

    assert {each.result().status_code for each in guesses} == {401}
    assert time.monotonic() - start > 3


def test_a_document_beyond_the_limit_is_refused_while_it_arrives(engine_program: Any, tmp_path: Any) -> None:
    engine = engine_program(tmp_path, environment={"ZHENGJIAN_DOCUMENT_MEGABYTES": "1"})
    server = engine.start()
    try:
        for size, status in ((1 << 20, 201), ((1 << 20) + 1, 413), (8 << 20, 413)):
            answer = server.rest("wang_fang").post("documents", files={"file": ("表", io.BytesIO(b"x" * size))})
            assert answer.status_code == status, (size, answer.text)

        streamed = server.rest("wang_fang").post(
            "documents",
            content=(b"x" * 65536 for _ in range(200)),
            headers={"Content-Type": "multipart/form-data; boundary=b"},
        )
        assert streamed.status_code in {400, 413}
        assert len(list((server.data / "engine" / "documents").rglob("content"))) == 1
        assert engine.stop() == 0
    finally:
        if engine.process.poll() is None:
            engine.kill()
