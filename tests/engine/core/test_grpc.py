"""The gateway over gRPC as its clients use it: sign-in, long polling, streams, results, errors."""

import itertools
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
from pyzeebe.proto import gateway_pb2 as messages
from pyzeebe.proto.gateway_pb2_grpc import GatewayStub

from engine.core.host import Engine

pytestmark = pytest.mark.engine

numbers = itertools.count()


def start(stub: GatewayStub, job_type: str, **variables: object) -> messages.CreateProcessInstanceResponse:
    document = json.dumps({"jobType": job_type, **variables})
    return stub.CreateProcessInstance(
        messages.CreateProcessInstanceRequest(bpmnProcessId="one_job", version=-1, variables=document), metadata=SIGNED
    )


def poll(stub: GatewayStub, job_type: str, wait: int, most: int = 10, **options: object) -> list[messages.ActivatedJob]:
    request = messages.ActivateJobsRequest(
        type=job_type, worker="tests", timeout=60_000, maxJobsToActivate=most, requestTimeout=wait, **options
    )
    return [job for response in stub.ActivateJobs(request, metadata=SIGNED) for job in response.jobs]


SIGNED = [("authorization", "Basic dXNlcjpyaWdodA==")]
WRONG = [("authorization", "Basic dXNlcjp3cm9uZw==")]


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        WRONG,
        [("authorization", "Bearer x")],
        [("authorization", "Basic !")],
        [("authorization", "Basic bm9jb2xvbg==")],
    ],
)
def test_a_call_without_the_right_password_is_not_answered(
    stub: GatewayStub, metadata: list[tuple[str, str]] | None
) -> None:
    with pytest.raises(grpc.RpcError) as refusal:
        stub.Topology(messages.TopologyRequest(), metadata=metadata)

    assert refusal.value.code() == grpc.StatusCode.UNAUTHENTICATED


def test_the_password_is_checked_once_and_again_after_forgetting(
    stub: GatewayStub, engine: Engine, asked: list[tuple[str, str]]
) -> None:
    engine.forget_credentials()
    asked.clear()

    for _ in range(5):
        stub.Topology(messages.TopologyRequest(), metadata=SIGNED)
    assert asked == [("user", "right")]

    engine.forget_credentials()
    stub.Topology(messages.TopologyRequest(), metadata=SIGNED)
    assert asked == [("user", "right")] * 2


def test_a_wrong_guess_does_not_make_the_right_password_be_checked_again(
    stub: GatewayStub, asked: list[tuple[str, str]]
) -> None:
    stub.Topology(messages.TopologyRequest(), metadata=SIGNED)
    asked.clear()
    for _ in range(3):
        with pytest.raises(grpc.RpcError):
            stub.Topology(messages.TopologyRequest(), metadata=WRONG)
    stub.Topology(messages.TopologyRequest(), metadata=SIGNED)

    assert ("user", "right") not in asked


def test_the_topology_names_the_address_that_serves(stub: GatewayStub, engine: Engine) -> None:
    answer = stub.Topology(messages.TopologyRequest(), metadata=SIGNED)

    (broker,) = answer.brokers
    assert (broker.host, broker.port) == ("127.0.0.1", engine.grpc_port)
    assert (answer.gatewayVersion, answer.clusterSize, answer.partitionsCount) == ("8.8.21", 1, 1)


def test_health_may_be_asked_by_anybody(engine: Engine) -> None:
    from grpc_health.v1 import health_pb2, health_pb2_grpc  # noqa: PLC0415

    with grpc.insecure_channel(f"127.0.0.1:{engine.grpc_port}") as channel:
        answer = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())

    assert answer.status == health_pb2.HealthCheckResponse.SERVING


def test_a_job_is_activated_with_what_was_asked_for_and_completed(stub: GatewayStub) -> None:
    job_type = f"grpc-{next(numbers)}"
    created = start(stub, job_type, wanted="政", other=1)

    (job,) = poll(stub, job_type, 5_000, fetchVariable=["wanted"])
    stub.CompleteJob(messages.CompleteJobRequest(jobKey=job.key, variables='{"done": true}'), metadata=SIGNED)

    assert json.loads(job.variables) == {"wanted": "政"}
    assert json.loads(job.customHeaders) == {"colour": "red"}
    assert (job.processInstanceKey, job.bpmnProcessId, job.elementId) == (created.processInstanceKey, "one_job", "work")
    assert (job.worker, job.retries, job.tenantId) == ("tests", 3, "<default>")


def test_an_empty_poll_waits_and_then_answers_empty(stub: GatewayStub) -> None:
    begin = time.monotonic()

    jobs = poll(stub, f"grpc-{next(numbers)}", 700)

    assert jobs == []
    assert 0.6 < time.monotonic() - begin < 5


def test_a_poll_that_shall_not_wait_answers_at_once(stub: GatewayStub) -> None:
    begin = time.monotonic()

    assert poll(stub, f"grpc-{next(numbers)}", -1) == []
    assert time.monotonic() - begin < 5


def test_a_waiting_poll_gets_the_job_as_soon_as_there_is_one(stub: GatewayStub) -> None:
    job_type = f"grpc-{next(numbers)}"
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(poll, stub, job_type, 20_000)
        time.sleep(0.5)
        begin = time.monotonic()
        start(stub, job_type)

        assert len(waiting.result(15)) == 1
        assert time.monotonic() - begin < 5


def test_a_waiting_poll_writes_nothing_to_the_log(stub: GatewayStub, engine: Engine) -> None:
    job_type = f"grpc-{next(numbers)}"
    poll(stub, job_type, 200)
    before = engine.committed_position()

    for _ in range(3):
        poll(stub, job_type, 200)

    activations = [r for r in engine.read_records(before, 10_000, 0) if r.value.get("type") == job_type]
    assert activations == []


def test_jobs_are_shared_by_waiting_polls_and_none_is_given_twice(stub: GatewayStub) -> None:
    job_type = f"grpc-{next(numbers)}"
    stop = threading.Event()

    def work() -> list[int]:
        keys: list[int] = []
        while not stop.is_set():
            keys += [job.key for job in poll(stub, job_type, 500, most=2)]
        return keys

    with ThreadPoolExecutor() as pool:
        workers = [pool.submit(work) for _ in range(4)]
        time.sleep(0.2)
        for _ in range(40):
            start(stub, job_type)
        deadline = time.monotonic() + 20
        time.sleep(1)
        stop.set()
        keys = [key for worker in workers for key in worker.result(deadline - time.monotonic())]

    assert len(keys) == 40
    assert len(set(keys)) == 40


def test_a_job_timed_out_by_one_worker_reaches_a_waiting_one(stub: GatewayStub) -> None:
    job_type = f"grpc-{next(numbers)}"
    start(stub, job_type)
    request = messages.ActivateJobsRequest(
        type=job_type, worker="gone", timeout=300, maxJobsToActivate=1, requestTimeout=5000
    )
    (lost,) = [job for response in stub.ActivateJobs(request, metadata=SIGNED) for job in response.jobs]

    (again,) = poll(stub, job_type, 20_000)

    assert again.key == lost.key


def test_jobs_of_a_poll_that_was_cancelled_are_not_lost(stub: GatewayStub) -> None:
    job_type = f"grpc-{next(numbers)}"
    request = messages.ActivateJobsRequest(
        type=job_type, worker="w", timeout=600_000, maxJobsToActivate=1, requestTimeout=60_000
    )
    for _ in range(3):
        call = stub.ActivateJobs(request, metadata=SIGNED)
        time.sleep(0.1)
        call.cancel()
    start(stub, job_type)

    assert len(poll(stub, job_type, 10_000)) == 1


def test_a_stream_gets_the_jobs_that_are_there_and_those_that_come(stub: GatewayStub) -> None:
    job_type = f"grpc-{next(numbers)}"
    first = start(stub, job_type)
    stream = stub.StreamActivatedJobs(
        messages.StreamActivatedJobsRequest(type=job_type, worker="streaming", timeout=60_000),
        metadata=SIGNED,
        timeout=20,
    )

    job = next(stream)
    second = start(stub, job_type)
    following = next(stream)
    stream.cancel()

    assert [job.processInstanceKey, following.processInstanceKey] == [
        first.processInstanceKey,
        second.processInstanceKey,
    ]
    assert following.worker == "streaming"


def test_jobs_after_the_end_of_a_stream_go_to_others(stub: GatewayStub) -> None:
    job_type = f"grpc-{next(numbers)}"
    stream = stub.StreamActivatedJobs(
        messages.StreamActivatedJobsRequest(type=job_type, worker="streaming", timeout=60_000), metadata=SIGNED
    )
    time.sleep(0.3)
    stream.cancel()
    start(stub, job_type)

    assert len(poll(stub, job_type, 10_000)) == 1


def test_an_instance_with_result_answers_when_it_has_ended(stub: GatewayStub) -> None:
    job_type = f"grpc-{next(numbers)}"
    request = messages.CreateProcessInstanceWithResultRequest(
        request=messages.CreateProcessInstanceRequest(
            bpmnProcessId="one_job", version=-1, variables=json.dumps({"jobType": job_type})
        ),
        requestTimeout=20_000,
        fetchVariables=["sum"],
    )
    with ThreadPoolExecutor() as pool:
        result = pool.submit(stub.CreateProcessInstanceWithResult, request, metadata=SIGNED)
        (job,) = poll(stub, job_type, 10_000)
        stub.CompleteJob(
            messages.CompleteJobRequest(jobKey=job.key, variables='{"sum": 5, "more": 6}'), metadata=SIGNED
        )

        assert json.loads(result.result(10).variables) == {"sum": 5}


def test_an_instance_with_result_that_does_not_end_in_time_says_so(stub: GatewayStub) -> None:
    request = messages.CreateProcessInstanceWithResultRequest(
        request=messages.CreateProcessInstanceRequest(bpmnProcessId="one_user_task", version=-1), requestTimeout=300
    )
    with pytest.raises(grpc.RpcError) as late:
        stub.CreateProcessInstanceWithResult(request, metadata=SIGNED)

    assert late.value.code() == grpc.StatusCode.DEADLINE_EXCEEDED


def test_a_failed_job_keeps_its_variables_and_comes_back(stub: GatewayStub) -> None:
    job_type = f"grpc-{next(numbers)}"
    start(stub, job_type)
    (job,) = poll(stub, job_type, 10_000)
    stub.FailJob(
        messages.FailJobRequest(jobKey=job.key, retries=1, errorMessage="x", retryBackOff=200, variables='{"seen": 1}'),
        metadata=SIGNED,
    )

    (again,) = poll(stub, job_type, 20_000)

    assert again.retries == 1
    assert json.loads(again.variables)["seen"] == 1


@pytest.mark.parametrize(
    ("call", "request_", "code", "said"),
    [
        (
            "CompleteJob",
            messages.CompleteJobRequest(jobKey=7),
            grpc.StatusCode.NOT_FOUND,
            "Command 'COMPLETE' rejected with code 'NOT_FOUND'",
        ),
        ("CompleteJob", messages.CompleteJobRequest(jobKey=7, variables="{"), grpc.StatusCode.INVALID_ARGUMENT, "JSON"),
        (
            "CompleteJob",
            messages.CompleteJobRequest(jobKey=7, variables="[1]"),
            grpc.StatusCode.INVALID_ARGUMENT,
            "Property 'variables' is invalid",
        ),
        ("DeployResource", messages.DeployResourceRequest(), grpc.StatusCode.INVALID_ARGUMENT, "at least one resource"),
        (
            "CreateProcessInstance",
            messages.CreateProcessInstanceRequest(bpmnProcessId="no", version=-1),
            grpc.StatusCode.NOT_FOUND,
            "none found",
        ),
        (
            "PublishMessage",
            messages.PublishMessageRequest(name="n", tenantId="other"),
            grpc.StatusCode.INVALID_ARGUMENT,
            "multi-tenancy",
        ),
        (
            "UpdateJobRetries",
            messages.UpdateJobRetriesRequest(jobKey=7, retries=1),
            grpc.StatusCode.NOT_FOUND,
            "no such job was found",
        ),
        ("ResolveIncident", messages.ResolveIncidentRequest(incidentKey=7), grpc.StatusCode.NOT_FOUND, "incident"),
        (
            "SetVariables",
            messages.SetVariablesRequest(elementInstanceKey=7, variables="{}"),
            grpc.StatusCode.NOT_FOUND,
            "7",
        ),
    ],
)
def test_errors_have_the_code_and_the_engines_words(
    stub: GatewayStub, call: str, request_: object, code: grpc.StatusCode, said: str
) -> None:
    with pytest.raises(grpc.RpcError) as refusal:
        getattr(stub, call)(request_, metadata=SIGNED)

    assert refusal.value.code() == code
    assert said in refusal.value.details()


def test_a_message_lives_as_long_as_it_says(stub: GatewayStub, engine: Engine) -> None:
    before = engine.committed_position()
    stub.PublishMessage(
        messages.PublishMessageRequest(name="m", correlationKey="k", timeToLive=90_000, messageId="one"),
        metadata=SIGNED,
    )

    (published,) = [
        r for r in engine.read_records(before, 100, 1) if r.value_type == "MESSAGE" and r.intent == "PUBLISHED"
    ]

    assert published.value["timeToLive"] == 90_000
    assert 80_000 < published.value["deadline"] - published.timestamp <= 90_000


def test_a_deployment_tells_all_it_deployed(stub: GatewayStub) -> None:
    decision = (
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="r" name="R" namespace="t">'
        b'<decision id="d" name="D"><variable id="v" name="v"/>'
        b'<literalExpression id="l"><text>1</text></literalExpression></decision></definitions>'
    )
    form = b'{"type": "default", "id": "f", "components": []}'
    process = (
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">'
        b'<process id="deployed" isExecutable="true"><startEvent id="s"/></process></definitions>'
    )
    resources = [
        messages.Resource(name=name, content=content)
        for name, content in (("a.dmn", decision), ("a.form", form), ("a.bpmn", process))
    ]

    answer = stub.DeployResource(messages.DeployResourceRequest(resources=resources), metadata=SIGNED)

    kinds = [deployment.WhichOneof("Metadata") for deployment in answer.deployments]
    assert sorted(kinds) == ["decision", "decisionRequirements", "form", "process"]
    assert (
        next(d.process for d in answer.deployments if d.WhichOneof("Metadata") == "process").bpmnProcessId == "deployed"
    )


def test_a_decision_is_evaluated(stub: GatewayStub) -> None:
    answer = stub.EvaluateDecision(
        messages.EvaluateDecisionRequest(decisionId="grade", variables='{"points": 3}'), metadata=SIGNED
    )

    assert answer.decisionOutput == '"bad"'
    assert answer.evaluatedDecisions[0].matchedRules[0].ruleId == "bad"
