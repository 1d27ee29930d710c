"""A foreign client's wrong requests, derived from Camunda's description property by property, get its 400.

Each supported operation with a JSON body is sent its own valid request of `cases.yaml`, spoilt in one place: a property
of another type, an unknown property where the description closes the object, a required property left out.
"""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

pytestmark = pytest.mark.engine
CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))
VALID = {
    operation: max(
        (case["body"] for case in cases if case["status"] < 300 and "body" in case), key=lambda b: len(str(b))
    )
    for operation, cases in CASES.items()
    if any(case["status"] < 300 and "body" in case for case in cases)
}
WRONG = {"string": 7, "integer": "seven", "boolean": "perhaps", "array": {"not": "a list"}, "object": "no object"}


def alternatives(contract: Any, schema: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """Return the object schema that a body follows, where the description offers several."""
    resolved = contract.resolved(schema)
    if "properties" in resolved or "oneOf" not in resolved:
        return resolved
    options = [contract.resolved(option) for option in resolved["oneOf"]]
    return next(option for option in options if set(option.get("required", [])) <= set(body))


def spoilt(contract: Any, schema: dict[str, Any], body: Any, where: str = "") -> Iterator[tuple[str, str, Any]]:
    """Yield (what was done, the property's name, the spoilt copy) for a body and the objects within it."""
    resolved = alternatives(contract, schema, body)
    properties = resolved.get("properties", {})
    for name, of in properties.items():
        kind = contract.resolved(of).get("type")
        path = f"{where}{name}"
        if kind in WRONG and "oneOf" not in contract.resolved(of):
            yield f"{path} is no {kind}", name, {**body, name: WRONG[kind]}
        if name in resolved.get("required", []):
            yield f"{path} is missing", name, {key: value for key, value in body.items() if key != name}
        if kind == "object" and isinstance(body.get(name), dict) and contract.resolved(of).get("properties"):
            for what, inner, part in spoilt(contract, of, body[name], f"{path}."):
                yield what, inner, {**body, name: part}
    if resolved.get("additionalProperties") is False:
        yield f"{where}unheard_of is unknown", "unheard_of", {**body, "unheard_of": 1}


def literal(value: Any) -> Any:
    """Return a body of `cases.yaml` with something harmless for each thing of the stage."""
    if isinstance(value, dict):
        return {name: literal(each) for name, each in value.items()}
    if isinstance(value, list):
        return [literal(each) for each in value]
    if isinstance(value, str) and value.startswith("$"):
        return 1 if value == "$a_moment_ago" else "1"
    return value


@pytest.mark.parametrize("operation_id", sorted(VALID))
def test_a_request_that_is_wrong_in_one_place_is_told_which(
    contract: Any, foreign: httpx.Client, operation_id: str
) -> None:
    method, path = contract.places[operation_id]
    if "{" in path:
        path = path[: path.index("{")] + "1" + path[path.index("}") + 1 :]
    wrong = list(spoilt(contract, contract.request_schema(operation_id), literal(copy.deepcopy(VALID[operation_id]))))

    for what, name, body in wrong:
        answer = foreign.request(method, path, json=body)

        assert answer.status_code == 400, f"{what}: {answer.status_code} {answer.text}"
        contract.check(operation_id, answer)
        assert name in answer.json()["detail"], f"{what}: {answer.text}"


def test_the_description_gives_a_lot_to_get_wrong(contract: Any) -> None:
    count = sum(
        len(list(spoilt(contract, contract.request_schema(operation_id), literal(body))))
        for operation_id, body in VALID.items()
    )

    assert count > 150
