"""Every command the REST API needs, against the real engine."""

import base64
import itertools
import time
from typing import Any

import pytest

from engine.core.errors import Rejected
from engine.core.host import Answer, Engine

pytestmark = pytest.mark.engine

numbers = itertools.count()


def created(engine: Engine, process: str, **variables: object) -> int:
    value = {"bpmnProcessId": process, "variables": variables}
    return int(engine.submit("PROCESS_INSTANCE_CREATION", "CREATE", value).value["processInstanceKey"])


def events(engine: Engine, value_type: str, **fields: object) -> list[Any]:
    found, position = [], 0
    while batch := engine.read_records(position, 5000, 0):
        position = batch[-1].position
        found += batch
    return [
        record
        for record in found
        if record.value_type == value_type and all(record.value.get(name) == value for name, value in fields.items())
    ]


def activated(engine: Engine, job_type: str, most: int = 1) -> Answer:
    value = {
        "type": job_type,
        "worker": "tests",
        "timeout": 60_000,
        "maxJobsToActivate": most,
        "tenantIds": ["<default>"],
    }
    while True:
        answer = engine.submit("JOB_BATCH", "ACTIVATE", value)
        if answer.value["jobs"]:
            return answer
        assert engine.wait_for_jobs(job_type, 10)


def one_job(engine: Engine, **variables: object) -> tuple[int, int, dict[str, Any]]:
    """A running instance, the key of its activated job, and the job."""
    job_type = f"type-{next(numbers)}"
    instance = created(engine, "one_job", jobType=job_type, **variables)
    batch = activated(engine, job_type).value
    return instance, batch["jobKeys"][0], batch["jobs"][0]


def user_task(engine: Engine, process: str = "one_user_task") -> tuple[int, int]:
    instance = created(engine, process)
    return instance, events(engine, "USER_TASK", processInstanceKey=instance)[0].key


def ended(engine: Engine, instance: int) -> str:
    """Wait for the instance's end; COMPLETED or TERMINATED."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for record in events(engine, "PROCESS_INSTANCE", processInstanceKey=instance, bpmnElementType="PROCESS"):
            if record.intent in {"ELEMENT_COMPLETED", "ELEMENT_TERMINATED"}:
                return str(record.intent.removeprefix("ELEMENT_"))
        time.sleep(0.02)
    raise AssertionError("the instance has not ended")


def test_an_activated_job_carries_variables_and_headers(engine: Engine) -> None:
    instance, _, job = one_job(engine, text="政建", amount=12_345, parts=[1, 2.5, None, {"a": True}])

    assert job["processInstanceKey"] == instance
    assert job["variables"]["text"] == "政建"
    assert job["variables"]["amount"] == 12_345
    assert job["variables"]["parts"] == [1, 2.5, None, {"a": True}]
    assert job["customHeaders"] == {"colour": "red"}
    assert job["bpmnProcessId"] == "one_job"


def test_a_completed_job_ends_its_instance_with_the_variables(engine: Engine) -> None:
    instance, key, _ = one_job(engine)

    answer = engine.submit("JOB", "COMPLETE", {"variables": {"sum": 7}}, key=key)

    assert (answer.key, answer.intent, answer.value["variables"]) == (key, "COMPLETED", {"sum": 7})
    assert ended(engine, instance) == "COMPLETED"
    assert events(engine, "VARIABLE", processInstanceKey=instance, name="sum")[0].value["value"] == "7"


def test_a_failed_job_without_retries_raises_an_incident_that_can_be_resolved(engine: Engine) -> None:
    instance, key, _ = one_job(engine)

    engine.submit("JOB", "FAIL", {"retries": 0, "errorMessage": "broken", "variables": {"why": "x"}}, key=key)
    incident = events(engine, "INCIDENT", processInstanceKey=instance)[0]
    engine.submit("JOB", "UPDATE_RETRIES", {"retries": 2}, key=key)
    resolved = engine.submit("INCIDENT", "RESOLVE", {}, key=incident.key)

    assert incident.value["errorMessage"] == "broken"
    assert (resolved.key, resolved.intent) == (incident.key, "RESOLVED")


def test_a_failed_job_with_back_off_comes_back_later(engine: Engine) -> None:
    _, key, job = one_job(engine)
    engine.submit("JOB", "FAIL", {"retries": 1, "retryBackoff": 300}, key=key)

    again = activated(engine, job["type"]).value

    assert again["jobKeys"] == [key]
    assert again["jobs"][0]["retries"] == 1


def test_a_thrown_error_is_caught_by_the_boundary_event(engine: Engine) -> None:
    instance, key, _ = one_job(engine)

    engine.submit(
        "JOB", "THROW_ERROR", {"errorCode": "refused", "errorMessage": "no", "variables": {"reason": "r"}}, key=key
    )

    assert ended(engine, instance) == "COMPLETED"
    assert events(engine, "PROCESS_INSTANCE", processInstanceKey=instance, elementId="end_refused")


def test_retries_and_timeout_of_a_job_can_be_updated_together(engine: Engine) -> None:
    _, key, job = one_job(engine)

    engine.submit(
        "JOB", "UPDATE", {"retries": 9, "timeout": 120_000, "changedAttributes": ["retries", "timeout"]}, key=key
    )
    engine.submit("JOB", "UPDATE_TIMEOUT", {"timeout": 600_000}, key=key)

    updated = [record for record in events(engine, "JOB", type=job["type"]) if record.key == key]
    assert updated[-1].value["retries"] == 9
    assert updated[-1].value["deadline"] > job["deadline"]


def test_a_user_task_is_claimed_updated_assigned_and_completed(engine: Engine) -> None:
    instance, key = user_task(engine)

    claimed = engine.submit("USER_TASK", "CLAIM", {"userTaskKey": key, "assignee": "li", "action": "claim"}, key=key)
    engine.submit(
        "USER_TASK",
        "UPDATE",
        {
            "userTaskKey": key,
            "priority": 80,
            "candidateGroupsList": ["chiefs"],
            "changedAttributes": ["priority", "candidateGroupsList"],
        },
        key=key,
    )
    engine.submit("USER_TASK", "ASSIGN", {"userTaskKey": key, "assignee": "zhao", "action": "assign"}, key=key)
    completed = engine.submit(
        "USER_TASK", "COMPLETE", {"userTaskKey": key, "variables": {"answer": "好"}, "action": "done"}, key=key
    )

    assert (claimed.intent, claimed.value["assignee"]) == ("ASSIGNED", "li")
    assert completed.value["assignee"] == "zhao"
    assert completed.value["priority"] == 80
    assert completed.value["candidateGroupsList"] == ["chiefs"]
    assert ended(engine, instance) == "COMPLETED"
    assert events(engine, "VARIABLE", processInstanceKey=instance, name="answer")[0].value["value"] == '"好"'


def test_a_task_claimed_twice_is_refused_in_the_engines_words(engine: Engine) -> None:
    _, key = user_task(engine)
    engine.submit("USER_TASK", "CLAIM", {"userTaskKey": key, "assignee": "li"}, key=key)

    with pytest.raises(Rejected) as refusal:
        engine.submit("USER_TASK", "CLAIM", {"userTaskKey": key, "assignee": "wang"}, key=key)

    assert refusal.value.kind == "INVALID_STATE"
    assert "already been assigned" in refusal.value.reason


def test_a_listener_may_deny_an_assignment_and_correct_the_next(engine: Engine) -> None:
    _, key = user_task(engine, "guarded_task")

    first = engine.submit_later(
        "USER_TASK", "ASSIGN", {"userTaskKey": key, "assignee": "li", "action": "assign"}, key=key
    )
    guard = activated(engine, "guard").value
    engine.submit(
        "JOB",
        "COMPLETE",
        {"result": {"type": "USER_TASK", "denied": True, "deniedReason": "not li"}},
        key=guard["jobKeys"][0],
    )
    with pytest.raises(Rejected) as refusal:
        first.result(10)

    second = engine.submit_later(
        "USER_TASK", "ASSIGN", {"userTaskKey": key, "assignee": "wang", "action": "assign"}, key=key
    )
    guard = activated(engine, "guard").value
    correction = {"corrections": {"assignee": "zhao"}, "correctedAttributes": ["assignee"]}
    engine.submit("JOB", "COMPLETE", {"result": {"type": "USER_TASK", **correction}}, key=guard["jobKeys"][0])

    assert refusal.value.kind == "INVALID_STATE"
    assert "not li" in refusal.value.reason
    assert second.result(10).value["assignee"] == "zhao"
    assert guard["jobs"][0]["jobKind"] == "TASK_LISTENER"


def test_an_instance_starts_with_tags_at_an_element_and_is_cancelled(engine: Engine) -> None:
    creation = {
        "bpmnProcessId": "one_user_task",
        "variables": {"n": 1},
        "startInstructions": [{"elementId": "ask"}],
        "tags": ["urgent"],
    }
    answer = engine.submit("PROCESS_INSTANCE_CREATION", "CREATE", creation)
    instance = answer.value["processInstanceKey"]

    engine.submit("PROCESS_INSTANCE", "CANCEL", {"processInstanceKey": instance}, key=instance)

    assert answer.value["tags"] == ["urgent"]
    assert ended(engine, instance) == "TERMINATED"


def test_an_instance_may_be_created_with_its_result(engine: Engine) -> None:
    job_type = f"type-{next(numbers)}"
    creation = {"bpmnProcessId": "one_job", "variables": {"jobType": job_type}, "fetchVariables": ["sum"]}
    future = engine.submit_later("PROCESS_INSTANCE_CREATION", "CREATE_WITH_AWAITING_RESULT", creation)
    key = activated(engine, job_type).value["jobKeys"][0]
    engine.submit("JOB", "COMPLETE", {"variables": {"sum": 3, "other": 4}}, key=key)

    answer = future.result(10)

    assert answer.value_type == "PROCESS_INSTANCE_RESULT"
    assert answer.value["variables"] == {"sum": 3}


def test_an_instance_is_modified(engine: Engine) -> None:
    instance, task = user_task(engine)
    element = events(engine, "USER_TASK", processInstanceKey=instance)[0].value["elementInstanceKey"]
    modification = {
        "processInstanceKey": instance,
        "terminateInstructions": [{"elementInstanceKey": element}],
        "activateInstructions": [{"elementId": "ask", "variableInstructions": [{"variables": {"again": True}}]}],
    }

    engine.submit("PROCESS_INSTANCE_MODIFICATION", "MODIFY", modification, key=instance)

    keys = {record.key for record in events(engine, "USER_TASK", processInstanceKey=instance)}
    assert len(keys) == 2
    assert any(record.intent == "CANCELED" and record.key == task for record in events(engine, "USER_TASK"))


def test_an_instance_is_migrated(engine: Engine) -> None:
    source = (
        "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:zeebe='http://camunda.org/schema/zeebe/1.0'"
        " targetNamespace='t'><process id='{id}' isExecutable='true'><startEvent id='s'/>"
        "<sequenceFlow id='f' sourceRef='s' targetRef='{task}'/><userTask id='{task}'><extensionElements>"
        "<zeebe:userTask/></extensionElements></userTask></process></definitions>"
    )
    keys = []
    for process, task in (("old", "before"), ("new", "after")):
        resource = base64.b64encode(source.format(id=process, task=task).encode()).decode()
        resources = [{"resourceName": f"{process}.bpmn", "resource": resource}]
        deployed = engine.submit("DEPLOYMENT", "CREATE", {"resources": resources})
        keys.append(deployed.value["processesMetadata"][0]["processDefinitionKey"])
    instance = created(engine, "old")
    plan = {
        "processInstanceKey": instance,
        "targetProcessDefinitionKey": keys[1],
        "mappingInstructions": [{"sourceElementId": "before", "targetElementId": "after"}],
    }

    engine.submit("PROCESS_INSTANCE_MIGRATION", "MIGRATE", plan, key=instance)

    assert events(engine, "USER_TASK", processInstanceKey=instance)[-1].value["elementId"] == "after"


def test_variables_of_an_instance_are_updated(engine: Engine) -> None:
    instance, _ = user_task(engine)
    document = {"scopeKey": instance, "updateSemantics": "PROPAGATE", "variables": {"colour": "蓝"}}

    engine.submit("VARIABLE_DOCUMENT", "UPDATE", document)

    assert events(engine, "VARIABLE", processInstanceKey=instance, name="colour")[0].value["value"] == '"蓝"'


def test_a_message_is_published_once_and_starts_a_process(engine: Engine) -> None:
    message = {
        "name": "ordered",
        "correlationKey": "",
        "timeToLive": 60_000,
        "messageId": f"id-{next(numbers)}",
        "variables": {"n": 5},
    }
    published = engine.submit("MESSAGE", "PUBLISH", message)

    with pytest.raises(Rejected) as refusal:
        engine.submit("MESSAGE", "PUBLISH", message)

    assert published.intent == "PUBLISHED"
    assert refusal.value.kind == "ALREADY_EXISTS"


def test_a_message_is_correlated_or_refused(engine: Engine) -> None:
    order = f"order-{next(numbers)}"
    instance = created(engine, "waiting", order=order, duration="PT1H")
    message = {"name": "arrived", "correlationKey": order, "variables": {"arrived": True}}

    answer = engine.submit("MESSAGE_CORRELATION", "CORRELATE", message)
    with pytest.raises(Rejected) as refusal:
        engine.submit("MESSAGE_CORRELATION", "CORRELATE", {**message, "correlationKey": "nobody"})

    assert (answer.intent, answer.value["processInstanceKey"]) == ("CORRELATED", instance)
    assert refusal.value.kind == "NOT_FOUND"


def test_a_signal_starts_a_process(engine: Engine) -> None:
    answer = engine.submit("SIGNAL", "BROADCAST", {"signalName": "all", "variables": {"n": 1}})

    assert answer.intent == "BROADCASTED"
    assert events(engine, "PROCESS_INSTANCE", bpmnProcessId="on_signal")


def test_a_decision_is_evaluated_by_its_id_and_its_inputs_are_told(engine: Engine) -> None:
    answer = engine.submit("DECISION_EVALUATION", "EVALUATE", {"decisionId": "grade", "variables": {"points": 61}})

    assert answer.value["decisionOutput"] == '"good"'
    assert answer.value["evaluatedDecisions"][0]["matchedRules"][0]["ruleId"] == "good"


def test_a_refused_deployment_says_what_is_wrong(engine: Engine) -> None:
    resources = [{"resourceName": "broken.bpmn", "resource": base64.b64encode(b"<no").decode()}]

    with pytest.raises(Rejected) as refusal:
        engine.submit("DEPLOYMENT", "CREATE", {"resources": resources})

    assert refusal.value.kind == "INVALID_ARGUMENT"
    assert "broken.bpmn" in refusal.value.reason


def test_a_deleted_process_starts_no_more(engine: Engine) -> None:
    source = (
        "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' targetNamespace='t'>"
        "<process id='short_lived' isExecutable='true'><startEvent id='s'/></process></definitions>"
    )
    resources = [{"resourceName": "short_lived.bpmn", "resource": base64.b64encode(source.encode()).decode()}]
    deployed = engine.submit("DEPLOYMENT", "CREATE", {"resources": resources})
    key = deployed.value["processesMetadata"][0]["processDefinitionKey"]

    engine.submit("RESOURCE_DELETION", "DELETE", {"resourceKey": key})

    with pytest.raises(Rejected) as refusal:
        created(engine, "short_lived")
    assert refusal.value.kind == "NOT_FOUND"


def test_deployed_resources_are_in_the_records(engine: Engine) -> None:
    process = events(engine, "PROCESS", bpmnProcessId="one_job")[0].value
    form = events(engine, "FORM", formId="ask")[0].value
    requirements = events(engine, "DECISION_REQUIREMENTS", decisionRequirementsId="grades")[0].value

    assert b'<process id="one_job"' in base64.b64decode(process["resource"])
    assert "答复" in base64.b64decode(form["resource"]).decode()
    assert b'<decision id="grade"' in base64.b64decode(requirements["resource"])


def fired(engine: Engine, instance: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if any(record.intent == "TRIGGERED" for record in events(engine, "TIMER", processInstanceKey=instance)):
            return True
        time.sleep(0.1)
    return False


def test_a_pinned_clock_lets_timers_of_tomorrow_fire_now(engine: Engine) -> None:
    instance = created(engine, "waiting", order=f"order-{next(numbers)}", duration="PT24H")
    tomorrow = int((time.time() + 90_000) * 1000)

    pinned = engine.submit("CLOCK", "PIN", {"time": tomorrow})
    try:
        assert fired(engine, instance)
    finally:
        engine.submit("CLOCK", "RESET", {})

    assert pinned.value["time"] == tomorrow
    assert events(engine, "CLOCK")[-1].timestamp == tomorrow


def test_timers_and_timeouts_go_on_after_the_clock_was_set_back(engine: Engine) -> None:
    for seconds in (90_000, 60_000, -60_000, 30_000):
        engine.submit("CLOCK", "PIN", {"time": int((time.time() + seconds) * 1000)})
        time.sleep(0.7)  # The engine plans its next checks by the pinned clock.
    engine.submit("CLOCK", "RESET", {})

    instance = created(engine, "waiting", order=f"order-{next(numbers)}", duration="PT0.2S")
    job_type = f"type-{next(numbers)}"
    created(engine, "one_job", jobType=job_type)
    value = {"type": job_type, "worker": "gone", "timeout": 200, "maxJobsToActivate": 1, "tenantIds": ["<default>"]}
    lost = engine.submit("JOB_BATCH", "ACTIVATE", value).value["jobKeys"]

    assert fired(engine, instance)
    assert activated(engine, job_type).value["jobKeys"] == lost


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"colour": "red"}, "JOB.colour: expected no such property"),
        ({"variables": [1]}, "JOB.variables: expected an object"),
        ({"retries": "many"}, "JOB.retries: expected a whole number"),
        ({"errorMessage": 5}, "JOB.errorMessage: expected a text"),
        ({"tags": "a"}, "JOB.tags: expected a list"),
        ({"result": {"denied": "yes"}}, "JOB.result.denied: expected true or false"),
        ({"jobKind": "WRONG"}, "jobKind"),
    ],
)
def test_a_value_that_does_not_fit_the_record_is_refused_by_name(
    engine: Engine, value: dict[str, object], said: str
) -> None:
    with pytest.raises(Rejected) as refusal:
        engine.submit("JOB", "COMPLETE", value, key=1)

    assert refusal.value.kind == "INVALID_ARGUMENT"
    assert said in refusal.value.reason


def test_an_unknown_command_is_refused(engine: Engine) -> None:
    for value_type, intent in (("NOTHING", "CREATE"), ("JOB", "NOTHING"), ("JOB", "CREATED")):
        with pytest.raises(Rejected):
            engine.submit(value_type, intent, {})


def test_records_are_read_in_order_once_and_to_the_committed_position(engine: Engine) -> None:
    created(engine, "one_user_task")
    committed = engine.committed_position()

    positions, after = [], 0
    while batch := engine.read_records(after, 7, 0):
        positions += [record.position for record in batch]
        after = positions[-1]

    assert positions == sorted(set(positions))
    assert positions[-1] >= committed
    assert engine.read_records(positions[-1], 10, 0.05) == []


def test_waiting_for_records_ends_when_one_comes(engine: Engine) -> None:
    position = engine.committed_position()
    future = engine.submit_later("SIGNAL", "BROADCAST", {"signalName": "nobody"})

    begin = time.monotonic()
    batch = engine.read_records(position, 100, 10)

    assert batch[0].value_type == "SIGNAL"
    assert time.monotonic() - begin < 5
    assert future.result(5).intent == "BROADCASTED"
