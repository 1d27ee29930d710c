"""The entities held against Camunda's own description: every filter, operator, sort field and property, by name."""

import os
import zipfile
from typing import Any

import pytest
import yaml

from engine.core.jars import folder
from engine.readmodel.entities.decision_instances import DECISION_INSTANCE, WHOLE_DECISION_INSTANCE
from engine.readmodel.entities.decisions import DECISION_DEFINITION, DECISION_REQUIREMENTS
from engine.readmodel.entities.element_instances import ELEMENT_INSTANCE
from engine.readmodel.entities.forms import FORM
from engine.readmodel.entities.incidents import INCIDENT
from engine.readmodel.entities.jobs import JOB
from engine.readmodel.entities.message_subscriptions import CORRELATED_MESSAGE_SUBSCRIPTION, MESSAGE_SUBSCRIPTION
from engine.readmodel.entities.process_definitions import PROCESS_DEFINITION
from engine.readmodel.entities.process_instances import PROCESS_INSTANCE
from engine.readmodel.entities.resources import RESOURCE
from engine.readmodel.entities.user_tasks import USER_TASK
from engine.readmodel.entities.variables import VARIABLE
from engine.readmodel.fields import OPERATORS, Entity, Match
from engine.rest.queries.user_tasks import TASK_VARIABLE
from engine.settings import EngineSettings

pytestmark = pytest.mark.engine

SEARCHED = [
    (USER_TASK, "UserTask", "UserTaskResult"),
    (VARIABLE, "Variable", "VariableSearchResult"),
    (TASK_VARIABLE, "UserTaskVariable", "VariableSearchResult"),
    (PROCESS_DEFINITION, "ProcessDefinition", "ProcessDefinitionResult"),
    (PROCESS_INSTANCE, "ProcessInstance", "ProcessInstanceResult"),
    (ELEMENT_INSTANCE, "ElementInstance", "ElementInstanceResult"),
    (INCIDENT, "Incident", "IncidentResult"),
    (JOB, "Job", "JobSearchResult"),
    (DECISION_DEFINITION, "DecisionDefinition", "DecisionDefinitionResult"),
    (DECISION_REQUIREMENTS, "DecisionRequirements", "DecisionRequirementsResult"),
    (DECISION_INSTANCE, "DecisionInstance", "DecisionInstanceResult"),
    (MESSAGE_SUBSCRIPTION, "MessageSubscription", "MessageSubscriptionResult"),
    (CORRELATED_MESSAGE_SUBSCRIPTION, "CorrelatedMessageSubscription", "CorrelatedMessageSubscriptionResult"),
]
READ = [(FORM, "FormResult"), (RESOURCE, "ResourceResult"), (WHOLE_DECISION_INSTANCE, "DecisionInstanceGetQueryResult")]


class Description:
    def __init__(self, schemas: dict[str, Any]) -> None:
        self.schemas = schemas

    def parts(self, schema: dict[str, Any]) -> list[dict[str, Any]]:
        """Return a schema and all that it refers to or is made of."""
        inner = [*schema.get("allOf", []), *schema.get("oneOf", [])]
        if "$ref" in schema:
            inner.append(self.schemas[schema["$ref"].rpartition("/")[2]])
        return [schema, *(each for part in inner for each in self.parts(part))]

    def properties(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {name: value for part in self.parts(schema) for name, value in part.get("properties", {}).items()}


@pytest.fixture(scope="session")
def description() -> Description:
    cache = EngineSettings.from_environment(os.environ).cache
    with zipfile.ZipFile(folder(cache) / "zeebe-gateway-protocol-8.8.9.jar") as jar:
        return Description(yaml.load(jar.read("rest-api.yaml"), Loader=yaml.CSafeLoader)["components"]["schemas"])


def shown(entity: Entity) -> set[str]:
    return {field.name for field in entity.shown if not field.newer}


@pytest.mark.parametrize(("entity", "name", "result"), SEARCHED, ids=[name for _, name, _ in SEARCHED])
def test_an_entity_is_filtered_sorted_and_shown_as_described(
    description: Description, entity: Entity, name: str, result: str
) -> None:
    schemas = description.schemas
    filters = description.properties(schemas[f"{name}Filter"])
    filters.pop("$or", None)
    assert {field.name for field in entity.filters} == set(filters)
    for field in entity.filters:
        described = {operator for operator in description.properties(filters[field.name]) if operator.startswith("$")}
        assert (field.name, set(OPERATORS[field.match])) == (field.name, described)
        kinds = {part["type"] for part in description.parts(filters[field.name]) if "type" in part}
        assert ("array" in kinds) == (field.match in {Match.ALL_OF, Match.VARIABLES})
    for field in entity.fields:
        enums = [part["enum"] for part in description.parts(filters.get(field.name, {})) if "enum" in part]
        assert (field.name, set(field.choices)) == (field.name, set(enums[0]) if enums else set())
    assert {field.name for field in entity.sorts} == set(
        schemas[f"{name}SearchQuerySortRequest"]["properties"]["field"]["enum"]
    )
    assert shown(entity) == set(description.properties(schemas[result]))


@pytest.mark.parametrize(("entity", "result"), READ, ids=[name for _, name in READ])
def test_what_is_only_read_is_shown_as_described(description: Description, entity: Entity, result: str) -> None:
    assert shown(entity) == set(description.properties(description.schemas[result]))
