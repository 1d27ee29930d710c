"""kill -9 at any moment, then a restart: what was acknowledged is there, nothing has happened twice."""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
import pytest
from pyzeebe.proto import gateway_pb2 as messages
from pyzeebe.proto.gateway_pb2_grpc import GatewayStub

pytestmark = pytest.mark.engine

SIGNED = [("authorization", "Basic dXNlcjpyaWdodA==")]
TASKS = Path(__file__).parent / "models" / "tasks.bpmn"


def deploy(port: int) -> None:
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        resource = messages.Resource(name="tasks.bpmn", content=TASKS.read_bytes())
        GatewayStub(channel).DeployResource(messages.DeployResourceRequest(resources=[resource]), metadata=SIGNED)


def activated(life: Any, job_type: str) -> int:
    value = {"type": job_type, "worker": "w", "timeout": 600_000, "maxJobsToActivate": 1, "tenantIds": ["<default>"]}
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        keys = life.submit("JOB_BATCH", "ACTIVATE", value)["value"]["jobKeys"]
        if keys:
            return int(keys[0])
        time.sleep(0.1)
    raise AssertionError("no job")


def test_whatever_waits_goes_on_after_a_kill(live: Callable[..., Any], tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = live(data)
    deploy(first.ready["port"])
    variables = {"order": "o-1", "duration": "PT4S"}
    created = first.submit("PROCESS_INSTANCE_CREATION", "CREATE", {"bpmnProcessId": "waiting", "variables": variables})
    instance = created["value"]["processInstanceKey"]
    early = {"name": "arrived", "correlationKey": "o-2", "timeToLive": 600_000, "variables": {"early": True}}
    first.submit("MESSAGE", "PUBLISH", early)
    first.kill()

    second = live(data)
    (task,) = [r["key"] for r in second.records() if r["value_type"] == "USER_TASK" and r["intent"] == "CREATED"]
    second.submit("USER_TASK", "COMPLETE", {"userTaskKey": task}, task)
    second.submit("JOB", "COMPLETE", {}, activated(second, "waiting"))
    second.submit("MESSAGE", "PUBLISH", {**early, "correlationKey": "o-1"})
    variables = {"order": "o-2", "duration": "PT0S"}
    later = second.submit("PROCESS_INSTANCE_CREATION", "CREATE", {"bpmnProcessId": "waiting", "variables": variables})
    second.kill()

    third = live(data)
    deadline = time.monotonic() + 20
    while not ended(third.records(), instance) and time.monotonic() < deadline:
        time.sleep(0.2)
    records = third.records()
    third.close()

    assert ended(records, instance)
    assert correlated(records, later["value"]["processInstanceKey"]) == {"early": True}
    for name in ("wait_job", "wait_user", "wait_timer", "wait_message", "end4"):
        assert completed(records, instance, name) == 1


def ended(records: list[dict[str, Any]], instance: int) -> bool:
    return any(r["key"] == instance and r["intent"] == "ELEMENT_COMPLETED" for r in records)


def completed(records: list[dict[str, Any]], instance: int, element: str) -> int:
    return sum(
        r["intent"] == "ELEMENT_COMPLETED"
        and r["value"]["processInstanceKey"] == instance
        and r["value"]["elementId"] == element
        for r in records
        if r["value_type"] == "PROCESS_INSTANCE"
    )


def correlated(records: list[dict[str, Any]], instance: int) -> object:
    (subscription,) = [
        r
        for r in records
        if r["value_type"] == "PROCESS_MESSAGE_SUBSCRIPTION"
        and r["intent"] == "CORRELATED"
        and r["value"]["processInstanceKey"] == instance
    ]
    return subscription["value"]["variables"]


class Client:
    """Works on an engine as fast as it answers and keeps what it was told."""

    def __init__(self) -> None:
        self.created: list[int] = []
        self.sent: list[int] = []
        self.completed: list[int] = []
        self._lock = threading.Lock()

    def create(self, stub: GatewayStub) -> None:
        with self._lock:
            number = len(self.sent)
            self.sent.append(number)
        variables = json.dumps({"number": number, "jobType": "number"})
        request = messages.CreateProcessInstanceRequest(bpmnProcessId="one_job", version=-1, variables=variables)
        stub.CreateProcessInstance(request, metadata=SIGNED)
        self.created.append(number)

    def complete(self, stub: GatewayStub) -> None:
        request = messages.ActivateJobsRequest(
            type="number", worker="w", timeout=5_000, maxJobsToActivate=5, requestTimeout=200
        )
        for response in stub.ActivateJobs(request, metadata=SIGNED):
            for job in response.jobs:
                stub.CompleteJob(messages.CompleteJobRequest(jobKey=job.key), metadata=SIGNED)
                self.completed.append(job.key)

    def run(self, port: int, step: Callable[[GatewayStub], None]) -> None:
        """Until the engine is gone."""
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            stub = GatewayStub(channel)
            while True:
                try:
                    step(stub)
                except grpc.RpcError as error:
                    if error.code() in {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED}:
                        return
                    if error.code() != grpc.StatusCode.NOT_FOUND:  # A job that another one completed meanwhile.
                        raise


def test_nothing_acknowledged_is_lost_and_nothing_happens_twice(live: Callable[..., Any], tmp_path: Path) -> None:
    data = tmp_path / "data"
    client = Client()
    moments = random.Random(20_180_607)  # noqa: S311 (moments, not secrets)
    for number in range(4):
        life = live(data, "--segment-megabytes", "1")
        if number == 0:
            deploy(life.ready["port"])
        with ThreadPoolExecutor() as pool:
            steps = [client.create] * 3 + [client.complete] * 2
            running = [pool.submit(client.run, life.ready["port"], step) for step in steps]
            time.sleep(moments.uniform(0.5, 4))
            life.kill()
            for future in running:
                future.result(30)

    last = live(data)
    records = last.records()
    last.close()
    numbers = Counter(
        int(r["value"]["value"]) for r in records if r["value_type"] == "VARIABLE" and r["value"]["name"] == "number"
    )
    completions = Counter(r["key"] for r in records if r["value_type"] == "JOB" and r["intent"] == "COMPLETED")
    ends = Counter(
        r["key"]
        for r in records
        if r["intent"] == "ELEMENT_COMPLETED" and r["value"].get("bpmnElementType") == "PROCESS"
    )
    assert len(client.created) > 20
    assert len(client.completed) > 10
    assert set(client.created) <= set(numbers)
    assert set(client.completed) <= set(completions)
    assert set(numbers.values()) == {1}
    assert set(completions.values()) == {1}
    assert set(ends.values()) == {1}
    assert len(ends) == len(completions)


def test_an_engine_that_has_failed_ends_its_process_with_a_reason(live: Callable[..., Any], tmp_path: Path) -> None:
    life = live(tmp_path / "data")

    life.ask("fail")

    assert life.ended() == 70
    assert "引擎内部出错" in life.errors
    assert "a defect" in life.errors


def test_a_client_of_the_former_life_is_not_answered_by_the_next(live: Callable[..., Any], tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = live(data)
    deploy(first.ready["port"])
    with grpc.insecure_channel(f"127.0.0.1:{first.ready['port']}") as channel:
        creation = messages.CreateProcessInstanceRequest(
            bpmnProcessId="one_job", version=-1, variables='{"jobType": "awaited"}'
        )
        request = messages.CreateProcessInstanceWithResultRequest(request=creation, requestTimeout=60_000)
        waiting = GatewayStub(channel).CreateProcessInstanceWithResult.future(request, metadata=SIGNED)
        key = activated(first, "awaited")
        first.kill()
        assert waiting.exception(10) is not None

    second = live(data)
    answers = [second.submit("SIGNAL", "BROADCAST", {"signalName": f"s-{number}"}) for number in range(5)]
    done = second.submit("JOB", "COMPLETE", {}, key)
    following = second.submit("SIGNAL", "BROADCAST", {"signalName": "following"})
    second.close()

    assert [answer["value"]["signalName"] for answer in answers] == [f"s-{number}" for number in range(5)]
    assert (done["intent"], done["key"]) == ("COMPLETED", key)
    assert following["value"]["signalName"] == "following"


def test_a_pinned_clock_stays_pinned_after_a_kill(live: Callable[..., Any], tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = live(data)
    first.submit("CLOCK", "PIN", {"time": 2_000_000_000_000})
    first.kill()

    second = live(data)
    second.submit("SIGNAL", "BROADCAST", {"signalName": "s"})
    (signal,) = [record for record in second.records() if record["value_type"] == "SIGNAL"]
    second.close()

    assert signal["timestamp"] == 2_000_000_000_000
