"""What the engine knows of Camunda's API, held against Camunda's own description of it."""

from typing import Any

import httpx
import pytest

from engine.rest.catalogue import CATALOGUE
from engine.rest.commands import COMMANDS
from engine.rest.queries import QUERIES

SERVED = {operation.operation_id for operation in (*COMMANDS, *QUERIES)}


def test_the_catalogue_is_that_of_the_description(contract: Any) -> None:
    assert {key: (place.method, place.path) for key, place in CATALOGUE.items()} == contract.places


def test_no_operation_is_served_twice() -> None:
    assert len(SERVED) == len(COMMANDS) + len(QUERIES)


@pytest.mark.engine
@pytest.mark.parametrize("operation_id", sorted(CATALOGUE.keys() - SERVED))
def test_what_is_not_served_answers_501_and_its_name(contract: Any, foreign: httpx.Client, operation_id: str) -> None:
    place = CATALOGUE[operation_id]

    answer = foreign.request(place.method, place.path.replace("{", "").replace("}", ""))

    assert answer.status_code == 501
    assert operation_id in answer.json()["detail"]
    contract.check(operation_id, answer)


def test_every_body_that_the_description_demands_is_demanded(contract: Any) -> None:
    demanded = {
        key
        for key, operation in contract.operations.items()
        if operation.get("requestBody", {}).get("required") and contract.request_schema(key) is not None
    }

    assert {each.operation_id for each in (*COMMANDS, *QUERIES) if each.body_required} == demanded & SERVED


def test_every_json_body_is_checked(contract: Any) -> None:
    taking = {key for key in SERVED if contract.request_schema(key) is not None}

    assert {each.operation_id for each in (*COMMANDS, *QUERIES) if each.body is not None} == taking
