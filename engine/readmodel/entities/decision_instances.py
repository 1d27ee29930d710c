"""Decision instances: one row for each decision that an evaluation went through."""

import json
from typing import Final

from engine.readmodel.entities.element_instances import ROOT
from engine.readmodel.fields import Entity, Field, Kind, Match
from engine.readmodel.projection import Projection, Record, Write, insert, key_or_none, text

TABLES: Final = """
CREATE TABLE decision_instance (
    decision_evaluation_instance_key TEXT PRIMARY KEY,
    decision_evaluation_key INTEGER NOT NULL,
    state TEXT NOT NULL,
    evaluation_date INTEGER NOT NULL,
    evaluation_failure TEXT,
    decision_definition_id TEXT NOT NULL,
    decision_definition_key INTEGER NOT NULL,
    decision_definition_name TEXT NOT NULL,
    decision_definition_version INTEGER NOT NULL,
    decision_definition_type TEXT NOT NULL,
    root_decision_definition_key INTEGER NOT NULL,
    result TEXT NOT NULL,
    evaluated_inputs TEXT NOT NULL,
    matched_rules TEXT NOT NULL,
    process_definition_key INTEGER,
    process_instance_key INTEGER,
    element_instance_key INTEGER,
    tenant_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX decision_instance_by_process_instance ON decision_instance (process_instance_key);
CREATE INDEX decision_instance_by_definition ON decision_instance (decision_definition_key);
"""

STATES: Final = ("EVALUATED", "FAILED", "UNSPECIFIED", "UNKNOWN")
TYPES: Final = ("DECISION_TABLE", "LITERAL_EXPRESSION", "UNSPECIFIED", "UNKNOWN")

_KEY: Final = "decision_evaluation_instance_key"

_SHOWN: Final = (
    Field("decisionEvaluationInstanceKey", f"t.{_KEY}", Kind.EVALUATION, Match.EXACT, sort=True),
    Field("state", "t.state", Kind.TEXT, Match.EXACT, sort=True, choices=STATES),
    Field("evaluationDate", "t.evaluation_date", Kind.MOMENT, Match.ORDER, sort=True),
    Field("evaluationFailure", "t.evaluation_failure", Kind.TEXT, Match.EXACT, sort=True),
    Field("decisionDefinitionId", "t.decision_definition_id", Kind.TEXT, Match.EXACT, sort=True),
    Field("decisionDefinitionName", "t.decision_definition_name", Kind.TEXT, Match.EXACT, sort=True),
    Field("decisionDefinitionVersion", "t.decision_definition_version", Kind.INTEGER, Match.EXACT, sort=True),
    Field("decisionDefinitionType", "t.decision_definition_type", Kind.TEXT, Match.EXACT, sort=True, choices=TYPES),
    Field("result", "t.result", Kind.TEXT),
    Field("tenantId", "t.tenant_id", Kind.TEXT, Match.EXACT, sort=True),
    Field("decisionEvaluationKey", "t.decision_evaluation_key", Kind.KEY, Match.EXACT, sort=True),
    Field("processDefinitionKey", "t.process_definition_key", Kind.KEY, Match.EXACT, sort=True),
    Field("processInstanceKey", "t.process_instance_key", Kind.KEY, Match.EXACT, sort=True),
    Field("decisionDefinitionKey", "t.decision_definition_key", Kind.KEY, Match.BASIC, sort=True),
    Field("elementInstanceKey", "t.element_instance_key", Kind.KEY, Match.BASIC, sort=True),
    Field("rootDecisionDefinitionKey", "t.root_decision_definition_key", Kind.KEY, newer=True),
    Field("rootProcessInstanceKey", ROOT, Kind.KEY, newer=True),
    Field("businessId", "NULL", Kind.TEXT, newer=True),
)

DECISION_INSTANCE: Final = Entity("Decision Instance", "decision_instance", _KEY, _SHOWN)
"""A decision instance as a search shows it."""

WHOLE_DECISION_INSTANCE: Final = Entity(
    "Decision Instance",
    "decision_instance",
    _KEY,
    (
        *_SHOWN,
        Field("evaluatedInputs", "t.evaluated_inputs", Kind.JSON),
        Field("matchedRules", "t.matched_rules", Kind.JSON),
    ),
)
"""A decision instance with what went in and which rules matched."""

_INSTANCE: Final = insert(
    "decision_instance",
    "decision_evaluation_instance_key decision_evaluation_key state evaluation_date evaluation_failure"
    " decision_definition_id decision_definition_key decision_definition_name decision_definition_version"
    " decision_definition_type root_decision_definition_key result evaluated_inputs matched_rules"
    " process_definition_key process_instance_key element_instance_key tenant_id",
)


def _evaluated(write: Write, record: Record) -> None:
    value = record.value
    for index, decision in enumerate(value["evaluatedDecisions"], start=1):
        failed = record.intent == "FAILED" and decision["decisionId"] == value["failedDecisionId"]
        write.execute(
            _INSTANCE,
            (
                f"{record.key}-{index}",
                record.key,
                "FAILED" if failed else "EVALUATED",
                record.timestamp,
                text(value["evaluationFailureMessage"]) if failed else None,
                decision["decisionId"],
                decision["decisionKey"],
                decision["decisionName"],
                decision["decisionVersion"],
                decision["decisionType"],
                value["decisionKey"],
                decision["decisionOutput"],
                json.dumps(decision["evaluatedInputs"], ensure_ascii=False),
                json.dumps(decision["matchedRules"], ensure_ascii=False),
                key_or_none(value["processDefinitionKey"]),
                key_or_none(value["processInstanceKey"]),
                key_or_none(value["elementInstanceKey"]),
                value["tenantId"],
            ),
        )


PROJECTIONS: Final[Projection] = {
    ("DECISION_EVALUATION", "EVALUATED"): _evaluated,
    ("DECISION_EVALUATION", "FAILED"): _evaluated,
}
