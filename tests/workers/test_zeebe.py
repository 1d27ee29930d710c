"""Steps on the real engine: the three endings, what is sent and fetched, and that signing in is needed."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from workers import zeebe
from workers.failures import Outcome, Unavailable
from workers.settings import Settings
from workers.step import Occasion
from workers.supervision import Pulse

pytestmark = pytest.mark.engine

MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
<bpmn:process id="{name}" isExecutable="true">
  <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:serviceTask id="check"><bpmn:extensionElements>
    <zeebe:taskDefinition type="{name}.check" retries="7" /></bpmn:extensionElements>
    <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:serviceTask>
  <bpmn:boundaryEvent id="refused" attachedToRef="check"><bpmn:extensionElements><zeebe:ioMapping>
    <zeebe:output source="=why" target="why" /></zeebe:ioMapping></bpmn:extensionElements>
    <bpmn:outgoing>f3</bpmn:outgoing><bpmn:errorEventDefinition id="e" errorRef="error" /></bpmn:boundaryEvent>
  <bpmn:endEvent id="done"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
  <bpmn:endEvent id="sent_back"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>
  <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="check" />
  <bpmn:sequenceFlow id="f2" sourceRef="check" targetRef="done" />
  <bpmn:sequenceFlow id="f3" sourceRef="refused" targetRef="sent_back" />
</bpmn:process><bpmn:error id="error" errorCode="refused" /></bpmn:definitions>"""


class Bench:
    """One process with one service task, and a step that does what a test says."""

    def __init__(self, server: Any, name: str, folder: Path) -> None:
        self.server, self.name = server, name
        self.admin = server.rest("admin")
        answer = self.admin.post("deployments", files={"resources": (f"{name}.bpmn", MODEL.format(name=name))})
        assert answer.status_code == 200, answer.text
        self.settings = Settings(
            data=folder,
            database_url="",
            grpc_address=server.grpc_address,
            rest_address=server.rest_address,
            user="worker",
            password=server.password("worker"),
            outbox="",
            poll_timeout=timedelta(seconds=5),
            job_timeout=timedelta(seconds=10),
        )
        self.pulse = Pulse(folder / "alive")

    def step(self, handle: Callable[..., dict[str, Any]]) -> Any:
        """A step whose class claims to live in `workers/<name>/check.py`."""
        return type("Check", (), {"__module__": f"workers.{self.name}.check", "handle": staticmethod(handle)})()

    def start(self, **variables: Any) -> str:
        body = {"processDefinitionId": self.name, "variables": variables}
        return str(self.admin.post("process-instances", json=body).json()["processInstanceKey"])

    def work_until(self, step: Any, done: Callable[[], bool], settings: Settings | None = None) -> None:
        """Let the step work until `done`, at most 30 seconds."""

        async def watch() -> None:
            working = asyncio.create_task(zeebe.work(settings or self.settings, [step], self.pulse))
            until = time.monotonic() + 30
            # What is waited for happens in another program, which sets no event of ours.
            while not done() and time.monotonic() < until and not working.done():  # noqa: ASYNC110
                await asyncio.sleep(0.1)
            working.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await working

        asyncio.run(watch())

    def ended(self, key: str) -> bool:
        answer = self.admin.get(f"process-instances/{key}")
        return bool(answer.status_code == 200 and answer.json()["state"] == "COMPLETED")

    def incidents(self, key: str) -> list[tuple[str, str]]:
        found = self.admin.post("incidents/search", json={"filter": {"processInstanceKey": key}}).json()["items"]
        return [(each["errorType"], each["errorMessage"]) for each in found]

    def path(self, key: str) -> set[str]:
        found = self.admin.post("element-instances/search", json={"filter": {"processInstanceKey": key}}).json()
        return {each["elementId"] for each in found["items"]}

    def variables(self, key: str) -> dict[str, str]:
        found = self.admin.post("variables/search", json={"filter": {"processInstanceKey": key, "scopeKey": key}})
        return {each["name"]: each["value"] for each in found.json()["items"]}


@pytest.fixture
def bench(engine_server: Any, tmp_path: Path, request: pytest.FixtureRequest) -> Bench:
    return Bench(engine_server, f"bench_{request.node.name.removeprefix('test_')[:40]}", tmp_path)


def test_a_step_gets_the_variables_it_names_and_returns_new_ones(bench: Bench) -> None:
    given: list[Any] = []

    def handle(at: Occasion, amount: int, note: str = "none") -> dict[str, Any]:
        given.append((at.process_instance_key, amount, note))
        return {"doubled": amount * 2}

    key = bench.start(amount=21, other="not asked for")
    bench.work_until(bench.step(handle), lambda: bench.ended(key))
    assert given == [(int(key), 21, "none")]
    assert bench.variables(key) == {"amount": "21", "other": '"not asked for"', "doubled": "42"}
    assert bench.pulse.silent() == []


def test_an_outcome_takes_the_path_the_diagram_draws_for_it(bench: Bench) -> None:
    def handle(_at: Occasion, amount: int) -> dict[str, Any]:
        raise Outcome("refused", "太大", {"why": f"{amount} 超过上限"})

    key = bench.start(amount=21)
    bench.work_until(bench.step(handle), lambda: bench.ended(key))
    assert "sent_back" in bench.path(key)
    assert bench.variables(key)["why"] == '"21 超过上限"'


def test_a_transient_fault_is_tried_again_after_a_pause(bench: Bench) -> None:
    tries: list[float] = []

    def handle(_at: Occasion, amount: int) -> dict[str, Any]:
        tries.append(time.monotonic())
        if len(tries) < 2:
            raise Unavailable("引擎没有完成请求")
        return {"doubled": amount * 2}

    key = bench.start(amount=21)
    bench.work_until(bench.step(handle), lambda: bench.ended(key))
    assert bench.ended(key)
    assert tries[1] - tries[0] > 0.7
    assert bench.incidents(key) == []


def test_a_bug_is_an_incident_at_once_and_tells_no_value(bench: Bench) -> None:
    tries: list[int] = []

    def handle(_at: Occasion, amount: int) -> dict[str, Any]:
        tries.append(amount)
        raise ValueError(f"{amount} 万元")

    key = bench.start(amount=1234567)
    bench.work_until(bench.step(handle), lambda: bool(bench.incidents(key)))
    ((kind, message),) = bench.incidents(key)
    assert kind == "JOB_NO_RETRIES"
    assert message.startswith("程序出错：ValueError，位置 test_zeebe.py:")
    assert "1234567" not in message
    assert tries == [1234567]


def test_a_wrong_password_ends_the_work_so_that_the_supervisor_hears_of_it(bench: Bench) -> None:
    wrong = replace(bench.settings, password="wrong")  # noqa: S106 - the test's own
    with pytest.raises(ExceptionGroup):
        bench.work_until(bench.step(lambda _at, _amount: {}), lambda: False, wrong)


def test_an_idle_poll_is_held_by_the_engine_not_repeated_as_fast_as_it_can(bench: Bench) -> None:
    until = time.monotonic() + 3.5
    short = replace(bench.settings, poll_timeout=timedelta(seconds=1))
    beats: list[str] = []
    bench.pulse.beat = beats.append  # type: ignore[method-assign]  # counts the answers
    bench.work_until(bench.step(lambda _at, _amount: {}), lambda: time.monotonic() > until, short)
    assert 1 <= len(beats) <= 5
