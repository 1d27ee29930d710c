"""Decisions: evaluate."""

from typing import Any, Final

from engine.readmodel.values import evaluation_digits
from engine.rest.checks import KEY, TENANT, all_of, exactly_one, mapping, record, text
from engine.rest.commands.engine_command import command
from engine.rest.operation import Call, Operation, default_tenant
from engine.rest.queries.dialect import Dialect, dialect_of
from engine.rest.spelling import spelled

_EVALUATION: Final = all_of(
    record(
        {
            "decisionDefinitionId": text(least=1, most=256, pattern=r"[A-Za-z0-9_@.+-]+"),
            "decisionDefinitionKey": KEY,
            "variables": mapping,
            "tenantId": TENANT,
        }
    ),
    exactly_one("decisionDefinitionId", "decisionDefinitionKey"),
)


async def evaluate(call: Call) -> dict[str, Any]:
    """Evaluate a decision and those it requires; a failing evaluation is an answer too, with `failureMessage`."""
    value = {
        "decisionId": call.body.get("decisionDefinitionId") or "",
        "decisionKey": int(call.body.get("decisionDefinitionKey") or -1),
        "variables": call.body.get("variables") or {},
        "tenantId": default_tenant(call, "Evaluate Decision"),
    }
    answer = await command(call, "DECISION_EVALUATION", "EVALUATE", value)
    result = answer.value
    return {
        "decisionDefinitionId": result["decisionId"],
        "decisionDefinitionKey": str(result["decisionKey"]),
        "decisionDefinitionName": result["decisionName"],
        "decisionDefinitionVersion": result["decisionVersion"],
        "decisionRequirementsId": result["decisionRequirementsId"],
        "decisionRequirementsKey": str(result["decisionRequirementsKey"]),
        "decisionEvaluationKey": str(answer.key),
        "decisionInstanceKey": str(answer.key),
        "output": result["decisionOutput"],
        "failedDecisionDefinitionId": result["failedDecisionId"],
        "failureMessage": result["evaluationFailureMessage"],
        "tenantId": result["tenantId"],
        "evaluatedDecisions": [
            _evaluated(call, f"{answer.key}-{index}", decision)
            for index, decision in enumerate(result["evaluatedDecisions"], start=1)
        ],
    }


def _evaluated(call: Call, key: str, decision: dict[str, Any]) -> dict[str, Any]:
    of_8_8 = dialect_of(call.request) is Dialect.OF_8_8  # whose description wants digits only
    return {
        "decisionDefinitionId": decision["decisionId"],
        "decisionDefinitionKey": str(decision["decisionKey"]),
        "decisionDefinitionName": decision["decisionName"],
        "decisionDefinitionVersion": decision["decisionVersion"],
        "decisionDefinitionType": decision["decisionType"],
        "decisionEvaluationInstanceKey": evaluation_digits(key) if of_8_8 else key,
        "output": decision["decisionOutput"],
        "tenantId": decision["tenantId"],
        "evaluatedInputs": [
            {"inputId": each["inputId"], "inputName": each["inputName"], "inputValue": each["inputValue"]}
            for each in decision["evaluatedInputs"]
        ],
        "matchedRules": [_rule(call, rule) for rule in decision["matchedRules"]],
    }


def _rule(call: Call, rule: dict[str, Any]) -> dict[str, Any]:
    place = {"ruleId": rule["ruleId"], "ruleIndex": rule["ruleIndex"]}
    outputs = [
        spelled(call, {**{name: each[name] for name in ("outputId", "outputName", "outputValue")}, **place}, place)
        for each in rule["evaluatedOutputs"]
    ]
    return {**place, "evaluatedOutputs": outputs}


OPERATIONS: Final = (Operation("evaluateDecision", evaluate, _EVALUATION, body_required=True),)
"""Decision operations."""
