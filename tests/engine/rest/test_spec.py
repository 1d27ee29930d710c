"""Every supported operation against a real engine, each answer held against Camunda's own description.

`cases.yaml` lists the requests; this module makes what they speak of, sends them, and checks.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from engine.rest.commands import COMMANDS
from engine.rest.queries import QUERIES

HERE = Path(__file__).parent
CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load((HERE / "cases.yaml").read_text("utf-8"))
NUMBERED = [
    pytest.param(operation, case, id=f"{operation}-{case['status']}-{number}")
    for operation, cases in CASES.items()
    for number, case in enumerate(cases)
]
pytestmark = pytest.mark.engine


def request(
    contract: Any, stage: Any, operation_id: str, case: dict[str, Any]
) -> Callable[[httpx.Client], httpx.Response]:
    method, path = contract.places[operation_id]
    if "{" in path:
        path = path[: path.index("{")] + stage.make(case["path"]) + path[path.index("}") + 1 :]
    options: dict[str, Any] = {"params": stage.make(case.get("query", {}))}
    if "body" in case:
        options["json"] = stage.make(case["body"])
        if not case.get("illegal"):
            contract.check_request(operation_id, options["json"])
    if "files" in case:
        parts = [(part, (name, stage.model(name).encode(), "application/octet-stream")) for part, name in case["files"]]
        for part, value in case.get("fields", {}).items():
            parts.append((part, (None, json.dumps(value).encode(), "application/json")))  # type: ignore[arg-type]
        options["files"] = parts
    return lambda client: client.request(method, path, **options)


@pytest.mark.parametrize(("operation_id", "case"), NUMBERED)
def test_the_answer_is_what_the_description_promises(  # noqa: PLR0917 - pytest passes them by name
    engine_server: Any, foreign: httpx.Client, contract: Any, stage: Any, operation_id: str, case: dict[str, Any]
) -> None:
    send = request(contract, stage, operation_id, case)
    person = case.get("person", "admin")
    credentials = ("nobody", "wrong") if person == "nobody" else engine_server.credentials(person)
    foreign.auth = httpx.BasicAuth(*credentials)
    try:
        answer = send(foreign)
    finally:
        foreign.auth = httpx.BasicAuth(*engine_server.credentials("admin"))
        if operation_id == "pinClock":
            foreign.post("/clock/reset")

    assert answer.status_code == case["status"], answer.text
    if case.get("undeclared"):
        assert contract.complaints(answer.json(), {"$ref": "#/components/schemas/ProblemDetail"}) == []
        assert str(case["status"]) not in contract.operations[operation_id]["responses"]
    else:
        contract.check(operation_id, answer)
    if answer.status_code >= 400:
        assert answer.json()["status"] == answer.status_code
        assert answer.json()["detail"]


def test_every_supported_operation_has_a_success_and_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    supported = sorted(operation.operation_id for operation in (*COMMANDS, *QUERIES))
    with capsys.disabled():
        sys.stdout.write(f"\n{len(supported)} supported operations: {', '.join(supported)}\n")

    assert sorted(CASES) == supported
    only_success = {"getTopology", "getStatus", "getLicense"}
    for operation_id, cases in CASES.items():
        statuses = [case["status"] for case in cases]
        assert min(statuses) < 300
        assert max(statuses) >= 400 or operation_id in only_success
