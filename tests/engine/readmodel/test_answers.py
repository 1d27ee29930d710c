"""How answers are written, and what is answered when the read model cannot follow."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request

from engine.identity.directory import User
from engine.readmodel import ReadModel
from engine.readmodel.values import evaluation_digits, evaluation_key, iso, milliseconds
from engine.rest.operation import Call
from engine.rest.problems import ProblemError
from engine.rest.queries import QUERIES
from engine.rest.queries.dialect import Dialect, dialect_of

SDK = {"user-agent": "python-httpx/0.28.1", "accept": "*/*"}
BROWSER = {"user-agent": "Mozilla/5.0", "accept": "application/json"}


def request(headers: dict[str, str], query: str = "") -> Request:
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": pairs, "query_string": query.encode(), "method": "POST", "path": "/"})


@pytest.mark.parametrize(
    ("headers", "dialect"),
    [
        ({}, Dialect.OF_8_8),
        (BROWSER, Dialect.OF_8_8),
        (SDK, Dialect.NEWER),
        ({**SDK, "accept": "application/json; version=8.8"}, Dialect.OF_8_8),
        ({**BROWSER, "accept": "text/html, application/json;version=8.10"}, Dialect.NEWER),
    ],
)
def test_the_dialect_is_the_one_asked_for_or_the_one_the_client_can_read(
    headers: dict[str, str], dialect: Dialect
) -> None:
    assert dialect_of(request(headers)) is dialect


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("2026-01-02T03:04:05.678Z", 1767323045678),
        ("2026-01-02T11:04:05.678999+08:00[Asia/Shanghai]", 1767323045678),
        ("1969-12-31T23:59:59.999Z", -1),
    ],
)
def test_moments_are_whole_milliseconds(text: str, moment: int) -> None:
    assert milliseconds(text) == moment
    assert milliseconds(iso(moment)) == moment


@pytest.mark.parametrize("text", ["2026-01-02", "2026-01-02T03:04:05", "soon", ""])
def test_a_date_without_time_or_offset_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r"offset|isoformat"):
        milliseconds(text)


@pytest.mark.parametrize("key", ["2251799813685330-1", "7-12", "2251799813685330-9999"])
def test_the_key_of_an_evaluation_is_known_in_both_forms(key: str) -> None:
    assert evaluation_digits(key).isdigit()
    assert evaluation_key(evaluation_digits(key)) == key
    assert evaluation_key(key) == key


class StandingEngine:
    def committed_position(self) -> int:
        return 5


@pytest.fixture
def ask(model: ReadModel) -> Any:
    def ask(operation_id: str, person: User, body: dict[str, Any] | None = None, **parameters: str) -> Any:
        [operation] = [each for each in QUERIES if each.operation_id == operation_id]
        services: Any = SimpleNamespace(engine=StandingEngine(), read_model=model)
        return operation.handler(Call(operation_id, person, services, parameters, body or {}, request(BROWSER)))

    return ask


def person(name: str, *groups: str, roles: frozenset[str] = frozenset()) -> User:
    return User(name, name, "", "", frozenset(groups), roles)


def test_a_search_that_has_stopped_is_refused(model: ReadModel, ask: Any) -> None:
    model.fail(KeyError("assignee"))
    with pytest.raises(ProblemError, match="has stopped following the engine") as refusal:
        ask("searchUserTasks", person("ann"))
    assert refusal.value.status == 503


def test_a_search_that_is_being_built_is_refused(model: ReadModel, ask: Any) -> None:
    model.must_reach(5)
    with pytest.raises(ProblemError, match="is being built") as refusal:
        ask("searchUserTasks", person("ann"))
    assert refusal.value.status == 503


def test_a_search_that_lags_answers_from_what_is_there(model: ReadModel, records: Any, ask: Any) -> None:
    model.apply([records.user_task("CREATED", users=["ann"])])
    assert ask("searchUserTasks", person("ann"))["page"]["totalItems"] == 1


@pytest.mark.parametrize(
    ("viewer", "sees"),
    [
        (person("ann"), True),
        (person("bob"), True),
        (person("cleo", "others", "buyers"), True),
        (person("root", roles=frozenset({"admin"})), True),
        (person("worker", roles=frozenset({"connectors"})), False),
        (person("dan", "others"), False),
        (person("buyers"), False),
    ],
    ids=lambda value: value.username if isinstance(value, User) else None,
)
def test_a_task_is_seen_by_assignee_candidates_and_administrators(
    model: ReadModel, records: Any, ask: Any, viewer: User, *, sees: bool
) -> None:
    for _ in range(5):
        records.user_task("CREATED", assignee="ann", users=["bob"], groups=["buyers"])
    model.apply(records.written)
    assert ask("searchUserTasks", viewer)["page"]["totalItems"] == int(sees)
    if sees:
        assert ask("getUserTask", viewer, userTaskKey="300")["userTaskKey"] == "300"
    else:
        with pytest.raises(ProblemError, match="User Task with key '300' not found"):
            ask("getUserTask", viewer, userTaskKey="300")


def test_truncation_is_on_or_off_and_nothing_else(model: ReadModel) -> None:
    [operation] = [each for each in QUERIES if each.operation_id == "searchVariables"]
    services: Any = SimpleNamespace(engine=StandingEngine(), read_model=model)
    call = Call("searchVariables", person("ann"), services, {}, {}, request(BROWSER, "truncateValues=perhaps"))
    with pytest.raises(ProblemError, match="truncateValues"):
        operation.handler(call)


def test_a_new_file_is_made_with_its_folder(tmp_path: Path) -> None:
    model = ReadModel.open(tmp_path / "engine" / "readmodel.db")
    assert model.position == 0
    model.close()
