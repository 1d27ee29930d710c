"""Builders of records as the engine writes them, and a log made of them."""

import base64
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from engine.readmodel import ReadModel

NOON = 1_767_268_800_000  # 2026-01-01T12:00:00Z

DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
  <bpmn:process id="other" name="别的"/>
  <bpmn:process id="order" name="订单">
    <bpmn:startEvent id="start_order" name="收到订单">
      <bpmn:extensionElements><zeebe:formDefinition formId="start_order" {binding}/></bpmn:extensionElements>
    </bpmn:startEvent>
    <bpmn:userTask id="approve_order" name="批准订单"/>
    <bpmn:serviceTask id="check_stock"/>
  </bpmn:process>
</bpmn:definitions>
"""


@dataclass(frozen=True)
class Written:
    """A record as the engine hands it out."""

    position: int
    key: int
    value_type: str
    intent: str
    timestamp: int
    value: dict[str, Any]


@dataclass
class Records:
    """Writes records one after the other, with the full set of properties that the engine gives each kind."""

    written: list[Written] = field(default_factory=list)
    _positions: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def add(
        self, value_type: str, intent: str, key: int, value: dict[str, Any], *, position: int = 0, timestamp: int = 0
    ) -> Written:
        place = position or next(self._positions)
        record = Written(place, key, value_type, intent, timestamp or NOON + place, value)
        self.written.append(record)
        return record

    def process(
        self, key: int, *, process_id: str = "order", version: int = 1, deployment_key: int = 9, binding: str = ""
    ) -> Written:
        return self.add(
            "PROCESS",
            "CREATED",
            key,
            {
                "bpmnProcessId": process_id,
                "version": version,
                "versionTag": "",
                "resourceName": "order.bpmn",
                "resource": base64.b64encode(DIAGRAM.format(binding=binding).encode()).decode(),
                "deploymentKey": deployment_key,
                "tenantId": "<default>",
            },
        )

    def form(
        self,
        key: int,
        *,
        form_id: str = "start_order",
        version: int = 1,
        deployment_key: int = 9,
        version_tag: str = "",
    ) -> Written:
        return self.add(
            "FORM",
            "CREATED",
            key,
            {
                "formId": form_id,
                "version": version,
                "versionTag": version_tag,
                "deploymentKey": deployment_key,
                "resource": base64.b64encode(b'{"components":[]}').decode(),
                "tenantId": "<default>",
            },
        )

    def element(
        self,
        intent: str,
        key: int,
        *,
        instance: int = 100,
        element_id: str = "check_stock",
        kind: str = "SERVICE_TASK",
        definition: int = 10,
        version: int = 1,
        scope: int = 100,
        parent_instance: int = -1,
        parent_element: int = -1,
        path: Sequence[Sequence[int]] = (),
        tags: Sequence[str] = (),
        timestamp: int = 0,
    ) -> Written:
        return self.add(
            "PROCESS_INSTANCE",
            intent,
            key,
            {
                "bpmnProcessId": "order",
                "version": version,
                "processDefinitionKey": definition,
                "processInstanceKey": instance,
                "elementId": element_id,
                "bpmnElementType": kind,
                "flowScopeKey": scope,
                "parentProcessInstanceKey": parent_instance,
                "parentElementInstanceKey": parent_element,
                "elementInstancePath": [list(part) for part in path],
                "tags": list(tags),
                "tenantId": "<default>",
            },
            timestamp=timestamp,
        )

    def instance(
        self, key: int, intent: str = "ELEMENT_ACTIVATING", *, path: Sequence[Sequence[int]] = (), **more: Any
    ) -> Written:
        return self.element(
            intent, key, instance=key, element_id="order", kind="PROCESS", scope=-1, path=path or [[key]], **more
        )

    def variable(
        self, key: int, name: str, value: str, *, scope: int = 100, instance: int = 100, intent: str = "CREATED"
    ) -> Written:
        return self.add(
            "VARIABLE",
            intent,
            key,
            {
                "name": name,
                "value": value,
                "scopeKey": scope,
                "processInstanceKey": instance,
                "processDefinitionKey": 10,
                "bpmnProcessId": "order",
                "tenantId": "<default>",
            },
        )

    def user_task(
        self,
        intent: str,
        key: int = 300,
        *,
        assignee: str = "",
        groups: Sequence[str] = (),
        users: Sequence[str] = (),
        due: str = "",
        follow_up: str = "",
        priority: int = 50,
        form_key: int = -1,
        element_id: str = "approve_order",
        element_instance: int = 200,
        instance: int = 100,
        definition: int = 10,
        timestamp: int = 0,
    ) -> Written:
        return self.add(
            "USER_TASK",
            intent,
            key,
            {
                "userTaskKey": key,
                "assignee": assignee,
                "candidateGroupsList": list(groups),
                "candidateUsersList": list(users),
                "dueDate": due,
                "followUpDate": follow_up,
                "priority": priority,
                "formKey": form_key,
                "externalFormReference": "",
                "customHeaders": {"room": "12"},
                "creationTimestamp": NOON,
                "elementId": element_id,
                "elementInstanceKey": element_instance,
                "bpmnProcessId": "order",
                "processDefinitionVersion": 1,
                "processDefinitionKey": definition,
                "processInstanceKey": instance,
                "tenantId": "<default>",
            },
            timestamp=timestamp,
        )

    def job_value(self, **more: Any) -> dict[str, Any]:
        return {
            "type": "order.check_stock",
            "worker": "",
            "deadline": -1,
            "retries": 3,
            "errorMessage": "",
            "errorCode": "",
            "customHeaders": {},
            "jobKind": "BPMN_ELEMENT",
            "jobListenerEventType": "UNSPECIFIED",
            "result": {"denied": False, "deniedReason": ""},
            "elementId": "check_stock",
            "elementInstanceKey": 200,
            "bpmnProcessId": "order",
            "processDefinitionKey": 10,
            "processInstanceKey": 100,
            "tenantId": "<default>",
            **more,
        }

    def job(self, intent: str, key: int = 400, **more: Any) -> Written:
        return self.add("JOB", intent, key, self.job_value(**more))

    def incident(
        self,
        intent: str,
        key: int = 500,
        *,
        instance: int = 100,
        element_instance: int = 200,
        message: str = "库存系统没有回答",
        path: Sequence[Sequence[int]] = ((100, 200),),
    ) -> Written:
        return self.add(
            "INCIDENT",
            intent,
            key,
            {
                "errorType": "JOB_NO_RETRIES",
                "errorMessage": message,
                "bpmnProcessId": "order",
                "processDefinitionKey": 10,
                "processInstanceKey": instance,
                "elementId": "check_stock",
                "elementInstanceKey": element_instance,
                "jobKey": 400,
                "elementInstancePath": [list(part) for part in path],
                "tenantId": "<default>",
            },
        )

    def subscription(self, intent: str, key: int = 600, *, message_key: int = -1) -> Written:
        return self.add(
            "PROCESS_MESSAGE_SUBSCRIPTION",
            intent,
            key,
            {
                "bpmnProcessId": "order",
                "processInstanceKey": 100,
                "elementId": "await_payment",
                "elementInstanceKey": 200,
                "messageName": "paid",
                "messageKey": message_key,
                "correlationKey": "A-1",
                "tenantId": "<default>",
            },
        )

    def evaluation(self, intent: str = "EVALUATED", key: int = 700, *, failed: str = "", message: str = "") -> Written:
        decisions = [
            {
                "decisionId": name,
                "decisionKey": 60 + index,
                "decisionName": name,
                "decisionVersion": 1,
                "decisionType": "DECISION_TABLE",
                "decisionOutput": "null" if name == failed else "5",
                "evaluatedInputs": [{"inputId": "input", "inputName": "金额", "inputValue": "120"}],
                "matchedRules": [
                    {
                        "ruleId": "rule",
                        "ruleIndex": 2,
                        "evaluatedOutputs": [{"outputId": "output", "outputName": "折扣", "outputValue": "5"}],
                    }
                ],
            }
            for index, name in enumerate(("rate", "discount"))
        ]
        return self.add(
            "DECISION_EVALUATION",
            intent,
            key,
            {
                "evaluatedDecisions": decisions,
                "failedDecisionId": failed,
                "evaluationFailureMessage": message,
                "decisionKey": 61,
                "processDefinitionKey": 10,
                "processInstanceKey": 100,
                "elementInstanceKey": 200,
                "tenantId": "<default>",
            },
        )


@dataclass
class MadeLog:
    """A log of the engine made of given records."""

    records: list[Written]

    def committed_position(self) -> int:
        return self.records[-1].position

    def read_records(self, after: int, limit: int, timeout: float) -> list[Written]:
        assert timeout <= 1
        return [record for record in self.records if record.position > after][:limit]

    def cut(self, position: int) -> None:
        self.records = [record for record in self.records if record.position <= position]

    def reworded(self, position: int) -> None:
        self.records = [
            replace(record, timestamp=record.timestamp + 1) if record.position == position else record
            for record in self.records
        ]


@pytest.fixture
def records() -> Records:
    return Records()


@pytest.fixture(scope="session")
def new_records() -> type[Records]:
    return Records


@pytest.fixture(scope="session")
def made_log() -> type[MadeLog]:
    return MadeLog


@pytest.fixture
def model(tmp_path: Path) -> Iterator[ReadModel]:
    model = ReadModel.open(tmp_path / "read-model.db")
    yield model
    model.close()
