"""Camunda's own interface description, read from its jar, and answers held against it."""

import json
import os
import zipfile
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import yaml
from jsonschema import Draft202012Validator

from engine.core.jars import folder
from engine.settings import EngineSettings

JAR = "zeebe-gateway-protocol-8.8.9.jar"
METHODS = ("get", "post", "put", "patch", "delete")
ANYWHERE = {401, 403, 405, 413, 415, 501}
"""Error statuses that any operation may answer with, though the description names them for some only."""

ERRATA = [("evaluateDecision", "$.failedDecisionDefinitionId", "")]
"""Values that Camunda sends and its description forbids: this one is required and may not be empty, yet none failed."""


class Contract:
    """The interface description: its operations and what it says of their requests and responses."""

    def __init__(self, description: dict[str, Any]) -> None:
        self.places: dict[str, tuple[str, str]] = {}
        self.operations: dict[str, dict[str, Any]] = {}
        for path, methods in description["paths"].items():
            for method in METHODS:
                if method in methods:
                    operation = methods[method]
                    self.places[operation["operationId"]] = (method.upper(), path)
                    self.operations[operation["operationId"]] = operation
        self.components = description["components"]
        self._schemas = {"components": {"schemas": json_schema(self.components["schemas"])}}

    def request_schema(self, operation_id: str) -> dict[str, Any] | None:
        """Return the schema of the JSON body of an operation, None when it takes none."""
        content = self.operations[operation_id].get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        return None if schema is None else self.resolved(schema)

    def resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return a schema with its reference followed and its `allOf` merged, one level deep."""
        while "$ref" in schema:
            schema = self.components["schemas"][schema["$ref"].rpartition("/")[2]]
        merged = dict(schema)
        for part in merged.pop("allOf", []):
            inner = self.resolved(part)
            properties = {**inner.get("properties", {}), **merged.get("properties", {})}
            merged = {**inner, **merged, **({"properties": properties} if properties else {})}
        return merged

    def complaints(self, value: Any, schema: dict[str, Any], operation_id: str = "") -> list[str]:
        """Return what is wrong with a value by a schema of the description."""
        validator = Draft202012Validator({**json_schema(schema), **self._schemas})
        return [
            f"{error.json_path}: {error.message}"
            for error in validator.iter_errors(value)
            if (operation_id, error.json_path, error.instance) not in ERRATA
        ]

    def check_request(self, operation_id: str, body: Any) -> None:
        """Fail unless the description allows the body."""
        content = self.operations[operation_id]["requestBody"]["content"]["application/json"]
        assert self.complaints(body, content["schema"]) == []

    def check(self, operation_id: str, answer: httpx.Response) -> None:
        """Fail unless the description allows the answer: its status, its content type, its content."""
        responses = self.operations[operation_id]["responses"]
        declared = responses.get(str(answer.status_code))
        if declared is None:
            assert answer.status_code in ANYWHERE, (
                f"{operation_id}: {answer.status_code} is not declared: {answer.text}"
            )
            declared = self.components["responses"]["Forbidden"]
        if "$ref" in declared:
            declared = self.components["responses"][declared["$ref"].rpartition("/")[2]]
        content = declared.get("content")
        if not content:
            assert answer.content == b"", f"{operation_id}: {answer.status_code} has no content by the description"
            return
        media_type = answer.headers["content-type"].partition(";")[0]
        assert media_type in content, f"{operation_id}: content type {media_type}, not one of {list(content)}"
        if media_type.endswith("json"):
            complaints = self.complaints(answer.json(), content[media_type]["schema"], operation_id)
            assert complaints == [], f"{operation_id}: {complaints}\n{json.dumps(answer.json(), indent=1)[:2000]}"


def json_schema(node: Any) -> Any:
    """Return OpenAPI 3.0's dialect as JSON Schema, read as it is meant.

    `nullable` becomes a type. A closed object made of parts is closed over all of its parts. Alternatives written as
    `oneOf` overlap (a page by offset is also one by cursor) and carry the type of only one of them, so any may hold.
    """
    if isinstance(node, list):
        return [json_schema(each) for each in node]
    if not isinstance(node, dict):
        return node
    plain = {name: json_schema(value) for name, value in node.items() if name not in {"nullable", "discriminator"}}
    if "allOf" in plain and plain.get("additionalProperties") is False:
        plain["unevaluatedProperties"] = plain.pop("additionalProperties")
    if isinstance(plain.get("oneOf"), list):
        plain["anyOf"] = plain.pop("oneOf")
        plain.pop("type", None)
    return {"anyOf": [plain, {"type": "null"}]} if node.get("nullable") is True else plain


@pytest.fixture(scope="session")
def contract() -> Contract:
    with zipfile.ZipFile(folder(EngineSettings.from_environment(os.environ).cache) / JAR) as jar:
        return Contract(yaml.load(jar.read("rest-api.yaml"), Loader=yaml.CSafeLoader))


@pytest.fixture(scope="session")
def foreign(engine_server: Any) -> Iterator[httpx.Client]:
    """A client that follows the 8.8 description and signs in as administrator."""
    with httpx.Client(
        base_url=f"{engine_server.rest_address}/v2",
        auth=engine_server.credentials("admin"),
        headers={"User-Agent": "foreign client", "Accept": "application/json, application/problem+json"},
        timeout=30,
        trust_env=False,
    ) as client:
        yield client
