"""What records make of each entity, from its first to its last."""

import json
from typing import Any

import pytest

from engine.readmodel import Query, ReadModel, ask, find, search
from engine.readmodel.entities.decision_instances import WHOLE_DECISION_INSTANCE
from engine.readmodel.entities.element_instances import ELEMENT_INSTANCE, statistics
from engine.readmodel.entities.forms import START_FORM
from engine.readmodel.entities.incidents import INCIDENT, WITHIN, java_hash
from engine.readmodel.entities.jobs import JOB
from engine.readmodel.entities.message_subscriptions import CORRELATED_MESSAGE_SUBSCRIPTION, MESSAGE_SUBSCRIPTION
from engine.readmodel.entities.process_definitions import PROCESS_DEFINITION
from engine.readmodel.entities.process_instances import CALL_HIERARCHY, PROCESS_INSTANCE
from engine.readmodel.entities.resources import RESOURCE
from engine.readmodel.entities.user_tasks import USER_TASK
from engine.readmodel.entities.variables import VARIABLE, VISIBLE_FROM
from engine.readmodel.fields import Entity
from engine.readmodel.translate import Sql

NOON = 1_767_268_800_000


def row(model: ReadModel, entity: Entity, key: int | str) -> dict[str, Any]:
    found = find(model, entity, key)
    assert found is not None
    return found


def test_a_deployed_process_has_its_name_its_elements_and_its_start_form(model: ReadModel, records: Any) -> None:
    records.process(10)
    model.apply(records.written)
    assert row(model, PROCESS_DEFINITION, 10) == {
        "name": "订单",
        "resourceName": "order.bpmn",
        "version": 1,
        "versionTag": None,
        "processDefinitionId": "order",
        "tenantId": "<default>",
        "processDefinitionKey": 10,
        "hasStartForm": 1,
        "state": "ACTIVE",
    }
    assert ask(model, "SELECT element_id, name FROM process_element ORDER BY element_id") == [
        ("approve_order", "批准订单"),
        ("order", "订单"),
        ("start_order", "收到订单"),
    ]


def test_only_the_highest_version_is_the_latest(model: ReadModel, records: Any) -> None:
    records.process(10)
    records.process(11, version=2)
    model.apply(records.written)
    latest = search(model, PROCESS_DEFINITION, Query(filter={"isLatestVersion": True}))
    assert [each["processDefinitionKey"] for each in latest.rows] == [11]
    older = search(model, PROCESS_DEFINITION, Query(filter={"isLatestVersion": False}))
    assert [each["processDefinitionKey"] for each in older.rows] == [10]


@pytest.mark.parametrize(
    ("binding", "form"),
    [("", 53), ('bindingType="deployment"', 51), ('bindingType="versionTag" versionTag="stable"', 52)],
)
def test_the_start_form_is_found_by_the_binding_that_the_diagram_asks_for(
    model: ReadModel, records: Any, binding: str, form: int
) -> None:
    records.process(10, deployment_key=9, binding=binding)
    records.form(51, version=1, deployment_key=9)
    records.form(52, version=2, deployment_key=8, version_tag="stable")
    records.form(53, version=3, deployment_key=7)
    records.form(54, version=4, deployment_key=9, version_tag="stable")
    records.add("FORM", "DELETED", 54, {})
    model.apply(records.written)
    assert ask(model, START_FORM, 10) == [(form,)]


def test_a_process_instance_lives_and_ends(model: ReadModel, records: Any) -> None:
    records.process(10)
    started = records.instance(100, tags=["urgent"])
    model.apply(records.written)
    assert row(model, PROCESS_INSTANCE, 100) == {
        "processDefinitionId": "order",
        "processDefinitionName": "订单",
        "processDefinitionVersion": 1,
        "processDefinitionVersionTag": None,
        "startDate": started.timestamp,
        "endDate": None,
        "state": "ACTIVE",
        "hasIncident": 0,
        "tenantId": "<default>",
        "processInstanceKey": 100,
        "processDefinitionKey": 10,
        "parentProcessInstanceKey": None,
        "parentElementInstanceKey": None,
        "tags": '["urgent"]',
        "rootProcessInstanceKey": 100,
        "businessId": None,
        "suspendedDate": None,
    }
    ended = records.instance(100, "ELEMENT_COMPLETED")
    model.apply([ended])
    instance = row(model, PROCESS_INSTANCE, 100)
    assert (instance["state"], instance["endDate"]) == ("COMPLETED", ended.timestamp)


def test_a_canceled_process_instance_is_terminated_with_its_elements(model: ReadModel, records: Any) -> None:
    records.instance(100)
    records.element("ELEMENT_ACTIVATING", 200)
    records.element("ELEMENT_TERMINATED", 200)
    records.instance(100, "ELEMENT_TERMINATED")
    model.apply(records.written)
    assert row(model, PROCESS_INSTANCE, 100)["state"] == "TERMINATED"
    assert row(model, ELEMENT_INSTANCE, 200)["state"] == "TERMINATED"


def test_a_called_process_instance_knows_who_called_it(model: ReadModel, records: Any) -> None:
    records.instance(100)
    records.element("ELEMENT_ACTIVATING", 200, kind="CALL_ACTIVITY")
    records.instance(110, parent_instance=100, parent_element=200, path=[[100, 200], [110]])
    model.apply(records.written)
    child = row(model, PROCESS_INSTANCE, 110)
    assert (child["parentProcessInstanceKey"], child["parentElementInstanceKey"]) == (100, 200)
    assert child["rootProcessInstanceKey"] == 100
    assert ask(model, CALL_HIERARCHY, 110) == [(100, 10, "order"), (110, 10, "order")]


def test_an_element_instance_has_its_name_on_the_canvas(model: ReadModel, records: Any) -> None:
    records.process(10)
    records.instance(100)
    started = records.element("ELEMENT_ACTIVATING", 200, element_id="approve_order", kind="USER_TASK")
    ended = records.element("ELEMENT_COMPLETED", 200, element_id="approve_order", kind="USER_TASK")
    model.apply(records.written)
    assert row(model, ELEMENT_INSTANCE, 200) == {
        "processDefinitionId": "order",
        "startDate": started.timestamp,
        "endDate": ended.timestamp,
        "elementId": "approve_order",
        "elementName": "批准订单",
        "type": "USER_TASK",
        "state": "COMPLETED",
        "hasIncident": 0,
        "tenantId": "<default>",
        "elementInstanceKey": 200,
        "processInstanceKey": 100,
        "processDefinitionKey": 10,
        "incidentKey": None,
        "rootProcessInstanceKey": 100,
    }


def test_an_incident_marks_its_element_and_all_that_it_lies_in_until_it_is_resolved(
    model: ReadModel, records: Any
) -> None:
    records.instance(100)
    records.element("ELEMENT_ACTIVATING", 200, kind="CALL_ACTIVITY")
    records.instance(110, parent_instance=100, parent_element=200, path=[[100, 200], [110]])
    records.element("ELEMENT_ACTIVATING", 210, instance=110, scope=110)
    raised = records.incident("CREATED", instance=110, element_instance=210, path=[[100, 200], [110, 210]])
    model.apply(records.written)
    assert [row(model, PROCESS_INSTANCE, key)["hasIncident"] for key in (100, 110)] == [1, 1]
    marks = [row(model, ELEMENT_INSTANCE, key) for key in (200, 210)]
    assert [(each["hasIncident"], each["incidentKey"]) for each in marks] == [(1, None), (1, 500)]
    assert row(model, INCIDENT, 500) == {
        "processDefinitionId": "order",
        "errorType": "JOB_NO_RETRIES",
        "errorMessage": "库存系统没有回答",
        "elementId": "check_stock",
        "creationTime": raised.timestamp,
        "state": "ACTIVE",
        "tenantId": "<default>",
        "incidentKey": 500,
        "processDefinitionKey": 10,
        "processInstanceKey": 110,
        "elementInstanceKey": 210,
        "jobKey": 400,
        "rootProcessInstanceKey": 100,
    }
    model.apply([records.incident("RESOLVED", instance=110, element_instance=210, path=[[100, 200], [110, 210]])])
    assert [row(model, PROCESS_INSTANCE, key)["hasIncident"] for key in (100, 110)] == [0, 0]
    assert row(model, ELEMENT_INSTANCE, 210)["incidentKey"] is None
    assert row(model, INCIDENT, 500)["state"] == "RESOLVED"
    assert search(model, INCIDENT, Query(), Sql(WITHIN, [100])).total == 1


def test_messages_hash_as_java_does() -> None:
    assert [java_hash(text) for text in ("", "hello", "polygenelubricants")] == [0, 99162322, -(2**31)]


def test_element_statistics_count_active_canceled_incidents_and_completed(model: ReadModel, records: Any) -> None:
    records.instance(100)
    for key, end in ((200, ""), (201, "ELEMENT_COMPLETED"), (202, "ELEMENT_TERMINATED"), (203, "")):
        records.element("ELEMENT_ACTIVATING", key)
        if end:
            records.element(end, key)
    records.incident("CREATED", element_instance=203, path=[[100, 203]])
    model.apply(records.written)
    assert ask(model, statistics("t.process_instance_key = ?"), 100) == [("check_stock", 1, 1, 1, 1)]


def test_a_flow_is_taken_once_however_often_it_is_walked(model: ReadModel, records: Any) -> None:
    for key in (901, 902):
        records.element("SEQUENCE_FLOW_TAKEN", key, element_id="flow_1", kind="SEQUENCE_FLOW")
    records.element("SEQUENCE_FLOW_TAKEN", 903, element_id="flow_2", kind="SEQUENCE_FLOW")
    records.element("SEQUENCE_FLOW_DELETED", 903, element_id="flow_2", kind="SEQUENCE_FLOW")
    model.apply(records.written)
    assert ask(model, "SELECT process_instance_key, element_id FROM sequence_flow") == [(100, "flow_1")]


def test_a_task_takes_what_is_settled_and_not_what_is_only_intended(model: ReadModel, records: Any) -> None:
    records.process(10)
    records.instance(100)
    model.apply(records.written)

    def after(intent: str, **more: Any) -> tuple[str, str | None]:
        model.apply([records.user_task(intent, groups=["buyers"], **more)])
        task = row(model, USER_TASK, 300)
        return task["state"], task["assignee"]

    assert after("CREATING") == ("CREATING", None)
    assert after("CREATED") == ("CREATED", None)
    assert after("ASSIGNING", assignee="ann") == ("ASSIGNING", None)
    assert after("ASSIGNMENT_DENIED") == ("CREATED", None)
    assert after("CLAIMING", assignee="ann") == ("ASSIGNING", None)
    assert after("ASSIGNED", assignee="ann") == ("CREATED", "ann")
    assert after("UPDATING", assignee="ann", priority=90) == ("UPDATING", "ann")
    assert row(model, USER_TASK, 300)["priority"] == 50
    assert after("UPDATE_DENIED", assignee="ann") == ("CREATED", "ann")
    assert after("UPDATED", assignee="ann", priority=90) == ("CREATED", "ann")
    assert row(model, USER_TASK, 300)["priority"] == 90
    assert after("COMPLETING", assignee="ann", priority=90) == ("COMPLETING", "ann")
    assert after("COMPLETION_DENIED", assignee="ann", priority=90) == ("CREATED", "ann")
    assert after("COMPLETED", assignee="ann", priority=90) == ("COMPLETED", "ann")


def test_a_finished_task_has_all_its_properties(model: ReadModel, records: Any) -> None:
    records.process(10)
    records.instance(100, tags=["urgent"])
    done = records.user_task(
        "COMPLETED",
        assignee="ann",
        groups=["buyers"],
        users=["bob"],
        due="2026-03-01T08:00+08:00[Asia/Shanghai]",
        follow_up="2026-02-01T00:00:00Z",
        priority=70,
        form_key=51,
    )
    model.apply(records.written)
    assert row(model, USER_TASK, 300) == {
        "name": "批准订单",
        "state": "COMPLETED",
        "assignee": "ann",
        "elementId": "approve_order",
        "candidateGroups": '["buyers"]',
        "candidateUsers": '["bob"]',
        "processDefinitionId": "order",
        "creationDate": NOON,
        "completionDate": done.timestamp,
        "followUpDate": 1769904000000,
        "dueDate": 1772323200000,
        "tenantId": "<default>",
        "externalFormReference": None,
        "processDefinitionVersion": 1,
        "customHeaders": '{"room": "12"}',
        "priority": 70,
        "userTaskKey": 300,
        "elementInstanceKey": 200,
        "processName": "订单",
        "processDefinitionKey": 10,
        "processInstanceKey": 100,
        "formKey": 51,
        "rootProcessInstanceKey": 100,
        "businessId": None,
        "tags": '["urgent"]',
    }


def test_a_canceled_task_ends_with_a_date(model: ReadModel, records: Any) -> None:
    records.user_task("CREATED")
    records.user_task("CANCELING")
    model.apply(records.written)
    assert row(model, USER_TASK, 300)["state"] == "CANCELING"
    gone = records.user_task("CANCELED")
    model.apply([gone])
    task = row(model, USER_TASK, 300)
    assert (task["state"], task["completionDate"]) == ("CANCELED", gone.timestamp)


def test_variables_keep_their_last_value_and_survive_migration(model: ReadModel, records: Any) -> None:
    records.variable(41, "amount", "1")
    records.variable(41, "amount", "2", intent="UPDATED")
    records.variable(41, "amount", "null", intent="MIGRATED")
    model.apply(records.written)
    assert search(model, VARIABLE, Query()).rows == [
        {
            "name": "amount",
            "value": "2",
            "isTruncated": 0,
            "tenantId": "<default>",
            "variableKey": 41,
            "scopeKey": 100,
            "processInstanceKey": 100,
            "rootProcessInstanceKey": None,
        }
    ]


def test_a_task_sees_the_variables_of_its_scopes_and_no_others(model: ReadModel, records: Any) -> None:
    records.instance(100)
    records.element("ELEMENT_ACTIVATING", 210, kind="SUB_PROCESS")
    records.element("ELEMENT_ACTIVATING", 220, scope=210)
    records.element("ELEMENT_ACTIVATING", 230, scope=210)
    for key, scope in ((1, 100), (2, 210), (3, 220), (4, 230)):
        records.variable(key, f"of_{scope}", "1", scope=scope)
    model.apply(records.written)
    seen = search(model, VARIABLE, Query(), Sql(VISIBLE_FROM, [220]))
    assert [each["name"] for each in seen.rows] == ["of_100", "of_210", "of_220"]


def test_a_job_shows_who_works_on_it_what_failed_and_how_it_ended(model: ReadModel, records: Any) -> None:
    created = records.job("CREATED")
    activated = records.add(
        "JOB_BATCH",
        "ACTIVATED",
        1,
        {"jobKeys": [400], "jobs": [records.job_value(worker="w1", deadline=NOON + 60_000)]},
    )
    model.apply(records.written)
    job = row(model, JOB, 400)
    assert (job["state"], job["worker"], job["deadline"]) == ("CREATED", "w1", NOON + 60_000)
    assert (job["creationTime"], job["lastUpdateTime"]) == (created.timestamp, activated.timestamp)
    model.apply([records.job("FAILED", worker="w1", retries=2, errorMessage="网络中断")])
    job = row(model, JOB, 400)
    assert (job["state"], job["errorMessage"], job["hasFailedWithRetriesLeft"]) == ("FAILED", "网络中断", 1)
    model.apply([records.add("JOB", "TIMEOUT_UPDATED", 400, records.job_value(deadline=NOON + 90_000))])
    assert row(model, JOB, 400)["deadline"] == NOON + 90_000
    for intent in ("RETRIES_UPDATED", "TIMED_OUT", "MIGRATED", "ERROR_THROWN"):
        model.apply([records.job(intent, errorCode="document_refused")])
        assert row(model, JOB, 400)["state"] == intent
    job = row(model, JOB, 400)
    assert job["errorCode"] == "document_refused"
    assert job["endTime"] == job["lastUpdateTime"] == records.written[-1].timestamp
    assert (job["creationTime"], job["isDenied"]) == (created.timestamp, None)


def test_a_task_listener_that_denies_says_why(model: ReadModel, records: Any) -> None:
    denied = {"denied": True, "deniedReason": "须由另一人复核"}
    listener = {"jobKind": "TASK_LISTENER", "jobListenerEventType": "COMPLETING", "result": denied}
    model.apply([records.job("CREATED", **{**listener, "result": {"denied": False, "deniedReason": ""}})])
    assert row(model, JOB, 400)["isDenied"] is None
    model.apply([records.job("COMPLETED", **listener)])
    job = row(model, JOB, 400)
    assert (job["isDenied"], job["deniedReason"]) == (1, "须由另一人复核")
    assert (job["kind"], job["listenerEventType"]) == ("TASK_LISTENER", "COMPLETING")


def test_an_evaluation_is_one_row_for_each_decision_it_went_through(model: ReadModel, records: Any) -> None:
    evaluated = records.evaluation()
    model.apply(records.written)
    assert row(model, WHOLE_DECISION_INSTANCE, "700-2") == {
        "decisionEvaluationInstanceKey": "700-2",
        "state": "EVALUATED",
        "evaluationDate": evaluated.timestamp,
        "evaluationFailure": None,
        "decisionDefinitionId": "discount",
        "decisionDefinitionName": "discount",
        "decisionDefinitionVersion": 1,
        "decisionDefinitionType": "DECISION_TABLE",
        "result": "5",
        "tenantId": "<default>",
        "decisionEvaluationKey": 700,
        "processDefinitionKey": 10,
        "processInstanceKey": 100,
        "decisionDefinitionKey": 61,
        "elementInstanceKey": 200,
        "rootDecisionDefinitionKey": 61,
        "rootProcessInstanceKey": None,
        "businessId": None,
        "evaluatedInputs": json.dumps(evaluated.value["evaluatedDecisions"][1]["evaluatedInputs"], ensure_ascii=False),
        "matchedRules": json.dumps(evaluated.value["evaluatedDecisions"][1]["matchedRules"], ensure_ascii=False),
    }


def test_only_the_decision_that_failed_is_failed(model: ReadModel, records: Any) -> None:
    records.evaluation("FAILED", failed="discount", message="没有金额")
    model.apply(records.written)
    first, second = (row(model, WHOLE_DECISION_INSTANCE, key) for key in ("700-1", "700-2"))
    assert (first["state"], first["evaluationFailure"]) == ("EVALUATED", None)
    assert (second["state"], second["evaluationFailure"]) == ("FAILED", "没有金额")


def test_a_subscription_is_opened_correlated_and_closed(model: ReadModel, records: Any) -> None:
    records.instance(100)
    records.subscription("CREATED")
    correlated = records.subscription("CORRELATED", message_key=77)
    model.apply(records.written)
    subscription = row(model, MESSAGE_SUBSCRIPTION, 600)
    assert subscription["messageSubscriptionState"] == "CORRELATED"
    assert (subscription["lastUpdatedDate"], subscription["processDefinitionKey"]) == (correlated.timestamp, 10)
    assert row(model, CORRELATED_MESSAGE_SUBSCRIPTION, "77-600") == {
        "correlationKey": "A-1",
        "correlationTime": correlated.timestamp,
        "elementId": "await_payment",
        "elementInstanceKey": 200,
        "messageKey": 77,
        "messageName": "paid",
        "partitionId": 1,
        "processDefinitionId": "order",
        "processDefinitionKey": 10,
        "processInstanceKey": 100,
        "subscriptionKey": 600,
        "tenantId": "<default>",
        "rootProcessInstanceKey": 100,
        "businessId": None,
    }
    model.apply([records.subscription("DELETED")])
    assert row(model, MESSAGE_SUBSCRIPTION, 600)["messageSubscriptionState"] == "DELETED"


def test_a_message_that_starts_an_instance_is_correlated_to_the_start_event(model: ReadModel, records: Any) -> None:
    started = records.add(
        "MESSAGE_START_EVENT_SUBSCRIPTION",
        "CORRELATED",
        610,
        {
            "bpmnProcessId": "order",
            "processDefinitionKey": 10,
            "processInstanceKey": 100,
            "startEventId": "start_order",
            "messageName": "ordered",
            "messageKey": 78,
            "correlationKey": "A-1",
            "tenantId": "<default>",
        },
    )
    model.apply(records.written)
    correlated = row(model, CORRELATED_MESSAGE_SUBSCRIPTION, "78-610")
    assert (correlated["elementId"], correlated["elementInstanceKey"]) == ("start_order", None)
    assert (correlated["processInstanceKey"], correlated["correlationTime"]) == (100, started.timestamp)


def test_a_resource_is_there_until_it_is_deleted(model: ReadModel, records: Any) -> None:
    value = {
        "resourceId": "robot",
        "resourceName": "robot.rpa",
        "version": 1,
        "versionTag": "",
        "resourceProp": '{"id":"robot"}',
        "tenantId": "<default>",
    }
    model.apply([records.add("RESOURCE", "CREATED", 55, value)])
    assert row(model, RESOURCE, 55) == {
        "resourceName": "robot.rpa",
        "version": 1,
        "versionTag": None,
        "resourceId": "robot",
        "tenantId": "<default>",
        "resourceKey": 55,
    }
    model.apply([records.add("RESOURCE", "DELETED", 55, value)])
    assert find(model, RESOURCE, 55) is None


def test_a_date_beyond_what_can_be_searched_is_left_out_and_reported(
    model: ReadModel, records: Any, caplog: pytest.LogCaptureFixture
) -> None:
    model.apply([records.user_task("CREATED", due="+12026-01-01T00:00:00Z")])
    assert row(model, USER_TASK, 300)["dueDate"] is None
    assert "User task 300 has the date '+12026-01-01T00:00:00Z'" in caplog.text


def test_a_migrated_instance_takes_everything_to_the_new_definition(model: ReadModel, records: Any) -> None:
    records.process(10)
    records.process(11, version=2)
    records.instance(100)
    records.element("ELEMENT_ACTIVATING", 200)
    records.user_task("CREATED", assignee="ann")
    records.user_task("COMPLETING", assignee="ann")
    records.job("CREATED")
    records.incident("CREATED")
    records.instance(100, "ELEMENT_MIGRATED", definition=11, version=2)
    records.element("ELEMENT_MIGRATED", 200, element_id="approve_order", definition=11)
    records.user_task("MIGRATED", assignee="ann", definition=11)
    records.job("MIGRATED", processDefinitionKey=11)
    incident = records.incident("MIGRATED")
    incident.value.update(processDefinitionKey=11, elementId="approve_order")
    model.apply(records.written)
    instance = row(model, PROCESS_INSTANCE, 100)
    assert (instance["processDefinitionKey"], instance["processDefinitionVersion"]) == (11, 2)
    element = row(model, ELEMENT_INSTANCE, 200)
    assert (element["processDefinitionKey"], element["elementName"], element["state"]) == (11, "批准订单", "ACTIVE")
    task = row(model, USER_TASK, 300)
    assert (task["processDefinitionKey"], task["state"]) == (11, "COMPLETING")
    assert row(model, JOB, 400)["processDefinitionKey"] == 11
    moved = row(model, INCIDENT, 500)
    assert (moved["processDefinitionKey"], moved["elementId"], moved["state"]) == (11, "approve_order", "ACTIVE")
