"""Searching and reading decisions, their requirements and what was decided."""

from typing import Final

from starlette.responses import Response

from engine.readmodel import ask, find
from engine.readmodel.entities.decision_instances import DECISION_INSTANCE, WHOLE_DECISION_INSTANCE
from engine.readmodel.entities.decisions import DECISION_DEFINITION, DECISION_REQUIREMENTS
from engine.readmodel.values import evaluation_key
from engine.rest.operation import Call, Operation
from engine.rest.problems import not_found
from engine.rest.queries.answers import XML, Json, await_own_writes, getting, item, row_of, searching
from engine.rest.queries.dialect import Dialect, dialect_of

_DEFINITION_KEY: Final = "decisionDefinitionKey"
_REQUIREMENTS_KEY: Final = "decisionRequirementsKey"
_INSTANCE_KEY: Final = "decisionEvaluationInstanceKey"


def _definition_xml(call: Call) -> Response:
    return _xml(call, row_of(call, DECISION_DEFINITION, _DEFINITION_KEY)[_REQUIREMENTS_KEY])


def _requirements_xml(call: Call) -> Response:
    return _xml(call, row_of(call, DECISION_REQUIREMENTS, _REQUIREMENTS_KEY)[_REQUIREMENTS_KEY])


def _xml(call: Call, requirements_key: int) -> Response:
    sql = "SELECT xml FROM decision_requirements WHERE decision_requirements_key = ?"
    return Response(ask(call.services.read_model, sql, requirements_key)[0][0], headers=XML)


def _instance(call: Call) -> Json:
    await_own_writes(call)
    text = call.parameters[_INSTANCE_KEY]
    row = find(call.services.read_model, WHOLE_DECISION_INSTANCE, evaluation_key(text))
    if row is None:
        raise not_found(f"{WHOLE_DECISION_INSTANCE.label} with key '{text}' not found")
    dialect = dialect_of(call.request)
    answer = item(WHOLE_DECISION_INSTANCE, row, dialect)
    if dialect is Dialect.NEWER:
        for rule in answer["matchedRules"]:
            for output in rule["evaluatedOutputs"]:
                output.update(ruleId=rule["ruleId"], ruleIndex=rule["ruleIndex"])
    return answer


DECISION_QUERIES: Final = (
    searching("searchDecisionDefinitions", DECISION_DEFINITION),
    getting("getDecisionDefinition", DECISION_DEFINITION, _DEFINITION_KEY),
    Operation("getDecisionDefinitionXML", _definition_xml),
    searching("searchDecisionRequirements", DECISION_REQUIREMENTS),
    getting("getDecisionRequirements", DECISION_REQUIREMENTS, _REQUIREMENTS_KEY),
    Operation("getDecisionRequirementsXML", _requirements_xml),
    searching("searchDecisionInstances", DECISION_INSTANCE),
    Operation("getDecisionInstance", _instance),
)
