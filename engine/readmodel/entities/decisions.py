"""Decision definitions and the decision requirements that hold them."""

import base64
from typing import Final

from engine.readmodel.fields import Entity, Field, Kind, Match
from engine.readmodel.projection import Projection, Record, Write, insert

TABLES: Final = """
CREATE TABLE decision_definition (
    decision_definition_key INTEGER PRIMARY KEY,
    decision_definition_id TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    decision_requirements_id TEXT NOT NULL,
    decision_requirements_key INTEGER NOT NULL,
    tenant_id TEXT NOT NULL
);
CREATE INDEX decision_definition_by_id ON decision_definition (decision_definition_id, version);
CREATE TABLE decision_requirements (
    decision_requirements_key INTEGER PRIMARY KEY,
    decision_requirements_id TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    resource_name TEXT NOT NULL,
    tenant_id TEXT NOT NULL,
    xml BLOB NOT NULL
);
"""

_REQUIREMENTS: Final = "FROM decision_requirements r WHERE r.decision_requirements_key = t.decision_requirements_key"

DECISION_DEFINITION: Final = Entity(
    "Decision Definition",
    "decision_definition",
    "decision_definition_key",
    (
        Field("decisionDefinitionId", "t.decision_definition_id", Kind.TEXT, Match.EXACT, sort=True),
        Field("name", "t.name", Kind.TEXT, Match.EXACT, sort=True),
        Field("version", "t.version", Kind.INTEGER, Match.EXACT, sort=True),
        Field("decisionRequirementsId", "t.decision_requirements_id", Kind.TEXT, Match.EXACT, sort=True),
        Field("tenantId", "t.tenant_id", Kind.TEXT, Match.EXACT, sort=True),
        Field("decisionDefinitionKey", "t.decision_definition_key", Kind.KEY, Match.EXACT, sort=True),
        Field("decisionRequirementsKey", "t.decision_requirements_key", Kind.KEY, Match.EXACT, sort=True),
        Field("decisionRequirementsName", f"(SELECT r.name {_REQUIREMENTS})", Kind.TEXT, newer=True),
        Field("decisionRequirementsVersion", f"(SELECT r.version {_REQUIREMENTS})", Kind.INTEGER, newer=True),
    ),
)

DECISION_REQUIREMENTS: Final = Entity(
    "Decision Requirements",
    "decision_requirements",
    "decision_requirements_key",
    (
        Field("decisionRequirementsName", "t.name", Kind.TEXT, Match.EXACT, sort=True),
        Field("version", "t.version", Kind.INTEGER, Match.EXACT, sort=True),
        Field("decisionRequirementsId", "t.decision_requirements_id", Kind.TEXT, Match.EXACT, sort=True),
        Field("resourceName", "t.resource_name", Kind.TEXT, Match.EXACT),
        Field("tenantId", "t.tenant_id", Kind.TEXT, Match.EXACT, sort=True),
        Field("decisionRequirementsKey", "t.decision_requirements_key", Kind.KEY, Match.EXACT, sort=True),
    ),
)

_DEFINITION: Final = insert(
    "decision_definition",
    "decision_definition_key decision_definition_id name version decision_requirements_id decision_requirements_key"
    " tenant_id",
)
_GRAPH: Final = insert(
    "decision_requirements",
    "decision_requirements_key decision_requirements_id name version resource_name tenant_id xml",
)


def _definition_created(write: Write, record: Record) -> None:
    value = record.value
    write.execute(
        _DEFINITION,
        (
            record.key,
            value["decisionId"],
            value["decisionName"],
            value["version"],
            value["decisionRequirementsId"],
            value["decisionRequirementsKey"],
            value["tenantId"],
        ),
    )


def _requirements_created(write: Write, record: Record) -> None:
    value = record.value
    write.execute(
        _GRAPH,
        (
            record.key,
            value["decisionRequirementsId"],
            value["decisionRequirementsName"],
            value["decisionRequirementsVersion"],
            value["resourceName"],
            value["tenantId"],
            base64.b64decode(value["resource"]),
        ),
    )


PROJECTIONS: Final[Projection] = {
    ("DECISION", "CREATED"): _definition_created,
    ("DECISION_REQUIREMENTS", "CREATED"): _requirements_created,
}
"""A deleted definition stays readable, as history refers to it."""
