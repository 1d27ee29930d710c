"""Task listeners on the real engine: allowed, denied, failing for now and failing for good."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from workers import listeners
from workers.failures import Unavailable
from workers.settings import Settings
from workers.step import TaskEvent
from workers.supervision import Pulse

pytestmark = pytest.mark.engine

MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
<bpmn:process id="guarded" isExecutable="true">
  <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:userTask id="sign"><bpmn:extensionElements><zeebe:userTask />
    <zeebe:assignmentDefinition candidateGroups="bdb_tech" />
    <zeebe:taskListeners><zeebe:taskListener eventType="assigning" type="guarded.sign" retries="7" />
    <zeebe:taskListener eventType="completing" type="guarded.sign" retries="7" /></zeebe:taskListeners>
    </bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
  <bpmn:endEvent id="end"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
  <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="sign" />
  <bpmn:sequenceFlow id="f2" sourceRef="sign" targetRef="end" />
</bpmn:process></bpmn:definitions>"""


class Guard:
    """A listener that answers what a test tells it to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[TaskEvent] = []
        self.answer: Callable[[TaskEvent], str | None] = lambda _task: None

    def judge(self, task: TaskEvent) -> str | None:
        self.asked.append(task)
        return self.answer(task)


Guard.__module__ = "workers.guarded.sign"


class Desk:
    """One guarded user task after the other, and the guard at work in the background."""

    def __init__(self, server: Any, folder: Path) -> None:
        self.server, self.admin, self.guard = server, server.rest("admin"), Guard()
        deployed = self.admin.post("deployments", files={"resources": ("guarded.bpmn", MODEL)})
        assert deployed.status_code == 200, deployed.text
        self.settings = Settings(
            data=folder,
            database_url="",
            grpc_address=server.grpc_address,
            rest_address=server.rest_address,
            user="worker",
            password=server.password("worker"),
            outbox="",
            poll_timeout=timedelta(seconds=2),
        )
        self.loop = asyncio.new_event_loop()
        self.working: asyncio.Task[None] | None = None
        self.thread = threading.Thread(target=self._work, args=(Pulse(folder / "alive"),))
        self.thread.start()

    def _work(self, pulse: Pulse) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            self.working = self.loop.create_task(listeners.listen(self.settings, [self.guard], pulse))
            self.loop.run_until_complete(self.working)

    def close(self) -> None:
        assert self.working is not None
        self.loop.call_soon_threadsafe(self.working.cancel)
        self.thread.join()
        self.loop.close()

    def task(self) -> str:
        key = self.admin.post("process-instances", json={"processDefinitionId": "guarded"}).json()["processInstanceKey"]
        until = time.monotonic() + 10
        wanted = {"filter": {"processInstanceKey": key, "state": "CREATED"}}
        while time.monotonic() < until:
            if found := self.admin.post("user-tasks/search", json=wanted).json()["items"]:
                return str(found[0]["userTaskKey"])
            time.sleep(0.05)
        pytest.fail("no user task")

    def claim(self, task: str) -> httpx.Response:
        body = {"assignee": "li_qiang", "allowOverride": False}
        return self.server.rest("li_qiang").post(f"user-tasks/{task}/assignment", json=body)  # type: ignore[no-any-return]

    def complete(self, task: str) -> httpx.Response:
        body = {"variables": {"said": "yes"}}
        return self.server.rest("li_qiang").post(f"user-tasks/{task}/completion", json=body)  # type: ignore[no-any-return]

    def incidents(self) -> list[tuple[str, str]]:
        found = self.admin.post("incidents/search", json={"filter": {"processDefinitionId": "guarded"}}).json()["items"]
        return [(each["errorType"], each["errorMessage"]) for each in found]


@pytest.fixture
def desk(engine_server: Any, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(engine_server, tmp_path)
    yield made
    made.close()


def test_what_is_allowed_happens_and_the_guard_knows_who_what_and_with_which_variables(desk: Desk) -> None:
    task = desk.task()
    assert desk.claim(task).status_code == 204
    assert desk.complete(task).status_code == 204
    assert [(each.event, each.assignee) for each in desk.guard.asked] == [
        ("assigning", "li_qiang"),
        ("completing", "li_qiang"),
    ]
    assert desk.guard.asked[1].variables == {"said": "yes"}
    assert desk.guard.asked[0].occasion.element_instance_key == desk.guard.asked[1].occasion.element_instance_key


def test_what_is_denied_does_not_happen_and_the_user_reads_why(desk: Desk) -> None:
    desk.guard.answer = lambda task: "复核须由另一名审查人员办理。" if task.event == "assigning" else None
    task = desk.task()
    denied = desk.claim(task)
    assert denied.status_code == 409
    assert "复核须由另一名审查人员办理。" in denied.json()["detail"]
    desk.guard.answer = lambda _task: None
    assert desk.claim(task).status_code == 204


def test_a_guard_that_cannot_answer_now_is_asked_again(desk: Desk) -> None:
    def answer(_task: TaskEvent) -> None:
        if len(desk.guard.asked) == 1:
            raise Unavailable("数据库正忙")

    desk.guard.answer = answer
    assert desk.claim(desk.task()).status_code == 204
    assert len(desk.guard.asked) == 2


def test_a_bug_in_a_guard_is_an_incident_at_once(desk: Desk) -> None:
    def answer(_task: TaskEvent) -> None:
        raise ValueError("金额 1,234 万元")

    desk.guard.answer = answer
    url = f"{desk.server.rest_address}/v2/user-tasks/{desk.task()}/assignment"
    with pytest.raises(httpx.ReadTimeout):  # the engine holds the request until somebody resolves the incident
        httpx.post(
            url, json={"assignee": "li_qiang"}, auth=desk.server.credentials("li_qiang"), timeout=2, trust_env=False
        )
    until = time.monotonic() + 20
    while not desk.incidents() and time.monotonic() < until:
        time.sleep(0.1)
    ((kind, message),) = desk.incidents()
    assert kind == "TASK_LISTENER_NO_RETRIES"
    assert message.startswith("程序出错：ValueError，位置 test_listeners.py:")
    assert len(desk.guard.asked) == 1
