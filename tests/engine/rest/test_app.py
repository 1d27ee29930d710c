"""The way every request takes, with a stand-in for the engine: sign-in, routes, permissions, checks, errors."""

import asyncio
import json
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher

from engine.core.errors import Overloaded, Rejected, Unanswered
from engine.core.host import Answer
from engine.documents import DocumentStore
from engine.identity.demo import DEMO_PASSWORD, demo_directory
from engine.identity.signin import SignIn
from engine.rest.app import LONGEST_JSON, create_app
from engine.rest.catalogue import CATALOGUE
from engine.rest.commands import COMMANDS
from engine.rest.services import Services

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
OPERATIONS = {operation.operation_id: operation for operation in COMMANDS}


class StandInEngine:
    """Answers every command with what the test prepared and remembers what it was given."""

    def __init__(self, answer: Any = None) -> None:
        self.answer = answer if answer is not None else Answer(7, "X", "DONE", {})
        self.commands: list[tuple[str, str, dict[str, Any], int]] = []

    def submit_later(
        self, value_type: str, intent: str, value: dict[str, Any], *, key: int = -1, **_patience: float
    ) -> Future[Answer]:
        self.commands.append((value_type, intent, value, key))
        future: Future[Answer] = Future()
        if isinstance(self.answer, Exception):
            future.set_exception(self.answer)
        else:
            future.set_result(self.answer)
        return future


def services(folder: Path, engine: StandInEngine) -> Services:
    sign_in = SignIn(demo_directory(QUICK.hash(DEMO_PASSWORD)), QUICK)
    settings = SimpleNamespace(grpc_host="127.0.0.1", grpc_port=26500)
    documents = DocumentStore(folder / "documents", 1000)
    return Services(engine, None, sign_in, documents, None, settings)  # type: ignore[arg-type]


def ask(
    folder: Path,
    method: str,
    path: str,
    *,
    engine: StandInEngine | None = None,
    person: str | None = "admin",
    **options: Any,
) -> httpx.Response:
    app = create_app(services(folder, engine or StandInEngine()), OPERATIONS)
    auth = (person, DEMO_PASSWORD) if person else None

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://engine") as client:
            return await client.request(method, path, auth=options.pop("auth", auth), **options)

    return asyncio.run(send())


def problem(answer: httpx.Response) -> tuple[int, str, str]:
    content = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert content["status"] == answer.status_code
    assert content["instance"] == answer.request.url.path
    return answer.status_code, content["title"], content["detail"]


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer abc", "Basic", "Basic !!!", "Basic YWRtaW4=", "Basic YWRtaW46d3Jvbmc=", "Basic /w=="],
)
def test_who_is_not_signed_in_is_told_so_and_nothing_else(tmp_path: Path, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}

    for path in ("/v2/topology", "/v2/users", "/v2/nonsense"):
        answer = ask(tmp_path, "GET", path, person=None, headers=headers)

        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Basic ")
        assert answer.json()["title"] == "UNAUTHORIZED"


def test_a_path_outside_the_api_is_not_found(tmp_path: Path) -> None:
    for path in ("/", "/v2", "/v1/topology", "/v2/nonsense", "/v2/topology/more"):
        assert problem(ask(tmp_path, "GET", path))[:2] == (404, "NOT_FOUND")


def test_a_wrong_method_is_told_which_methods_there_are(tmp_path: Path) -> None:
    answer = ask(tmp_path, "POST", "/v2/topology")

    assert problem(answer)[0] == 405
    assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize("operation_id", ["createTenant", "createDocumentLink", "searchBatchOperations"])
def test_an_operation_that_is_not_served_is_named(tmp_path: Path, operation_id: str) -> None:
    place = CATALOGUE[operation_id]

    status, title, detail = problem(ask(tmp_path, place.method, f"/v2{place.path}".replace("{", "").replace("}", "")))

    assert (status, title) == (501, "NOT_IMPLEMENTED")
    assert operation_id in detail


def test_somebody_without_the_right_is_refused_before_anything_reaches_the_engine(tmp_path: Path) -> None:
    engine = StandInEngine()

    answer = ask(tmp_path, "POST", "/v2/clock/reset", engine=engine, person="wang_fang")

    assert problem(answer)[:2] == (403, "FORBIDDEN")
    assert engine.commands == []


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("NOT_FOUND", 404),
        ("INVALID_ARGUMENT", 400),
        ("INVALID_STATE", 409),
        ("ALREADY_EXISTS", 409),
        ("FORBIDDEN", 403),
        ("UNAUTHORIZED", 401),
        ("PROCESSING_ERROR", 500),
        ("EXCEEDED_BATCH_RECORD_SIZE", 500),
    ],
)
def test_the_engines_refusal_keeps_its_words_and_gets_its_status(tmp_path: Path, kind: str, status: int) -> None:
    engine = StandInEngine(Rejected(kind, "the engine's own words"))

    answer = ask(tmp_path, "POST", "/v2/incidents/5/resolution", engine=engine)

    assert problem(answer) == (status, kind, f"Command 'RESOLVE' rejected with code '{kind}': the engine's own words")


def test_a_fault_inside_is_a_500_that_tells_nothing_of_the_inside(tmp_path: Path) -> None:
    engine = StandInEngine(RuntimeError("secret place"))

    answer = ask(tmp_path, "POST", "/v2/incidents/5/resolution", engine=engine)

    assert problem(answer)[:2] == (500, "INTERNAL_ERROR")
    assert "secret" not in answer.text


def test_an_unanswered_command_is_a_504(tmp_path: Path) -> None:
    answer = ask(tmp_path, "POST", "/v2/incidents/5/resolution", engine=StandInEngine(Unanswered()))

    assert problem(answer)[:2] == (504, "DEADLINE_EXCEEDED")


def test_a_command_that_the_engine_does_not_take_is_a_503_worth_another_try(tmp_path: Path) -> None:
    answer = ask(tmp_path, "POST", "/v2/incidents/5/resolution", engine=StandInEngine(Overloaded()))

    assert problem(answer)[:2] == (503, "RESOURCE_EXHAUSTED")


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"12", 400),
        (b'{"timestamp": NaN}', 400),
        (b'{"timestamp": 1', 400),
        (b"[" * 100_000, 400),
        (b"\xff\xfe", 400),
        (b"", 400),
        (b'{"timestamp": 1, "extra": 2}', 400),
        (b'{"timestamp": 1}' + b" " * LONGEST_JSON, 413),
    ],
)
def test_a_broken_body_is_refused(tmp_path: Path, content: bytes, status: int) -> None:
    engine = StandInEngine()

    answer = ask(
        tmp_path, "PUT", "/v2/clock", engine=engine, content=content, headers={"Content-Type": "application/json"}
    )

    assert problem(answer)[0] == status
    assert engine.commands == []


def test_another_content_type_is_refused(tmp_path: Path) -> None:
    headers = {"Content-Type": "text/plain"}

    assert ask(tmp_path, "PUT", "/v2/clock", content=b'{"timestamp": 1}', headers=headers).status_code == 415


@pytest.mark.parametrize("key", ["abc", "1.5", "99999999999999999999999999", "%2e%2e", "１２"])
def test_a_key_that_is_no_key_is_refused(tmp_path: Path, key: str) -> None:
    answer = ask(tmp_path, "POST", f"/v2/incidents/{key}/resolution")

    assert answer.status_code == 400
    assert "incidentKey" in answer.json()["detail"]


def test_the_right_request_reaches_the_engine(tmp_path: Path) -> None:
    engine = StandInEngine()

    answer = ask(tmp_path, "PUT", "/v2/clock", engine=engine, content=json.dumps({"timestamp": 5}).encode())

    assert answer.status_code == 204
    assert answer.content == b""
    assert engine.commands == [("CLOCK", "PIN", {"time": 5}, -1)]


def test_licence_and_status_need_no_sign_in(tmp_path: Path) -> None:
    assert ask(tmp_path, "GET", "/v2/license", person=None).json()["validLicense"] is False
