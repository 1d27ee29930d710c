"""Camunda's official Python client (made for 8.10) as a client of this engine, signed in with BASIC."""

import asyncio
import gc
import io
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from camunda_orchestration_sdk import CamundaAsyncClient, CamundaClient
from camunda_orchestration_sdk import models as m
from camunda_orchestration_sdk.errors import ApiError, ConflictError, NotFoundError, UnauthorizedError
from camunda_orchestration_sdk.runtime.eventual import ConsistencyOptions
from camunda_orchestration_sdk.runtime.job_worker import WorkerConfig
from camunda_orchestration_sdk.types import File

pytestmark = pytest.mark.engine
NOW = ConsistencyOptions(wait_up_to_ms=0)
MODELS = Path(__file__).parent / "models"
FILES = [MODELS / name for name in ("rest_spec.bpmn", "rest_spec_rule.dmn", "rest_spec_form.form")]


def configuration(server: Any, username: str) -> dict[str, str]:
    return {
        "CAMUNDA_REST_ADDRESS": server.rest_address,
        "CAMUNDA_AUTH_STRATEGY": "BASIC",
        "CAMUNDA_BASIC_AUTH_USERNAME": username,
        "CAMUNDA_BASIC_AUTH_PASSWORD": server.password(username),
    }


@pytest.fixture
def client(engine_server: Any) -> Iterator[Callable[[str], CamundaClient]]:
    opened: list[CamundaClient] = []

    def as_person(username: str) -> CamundaClient:
        opened.append(CamundaClient(configuration=configuration(engine_server, username)))
        return opened[-1]

    yield as_person
    for each in opened:
        each.close()


def started(client: CamundaClient) -> tuple[str, str]:
    """Deploy, start an instance, and return its key and the correlation key its message waits for."""
    deployed = client.deploy_resources_from_files(FILES)
    assert deployed.processes[0].process_definition_id == "rest_spec"
    reference = str(uuid.uuid4().int)[:20]
    creation = m.ProcessCreationById.from_dict(
        {"processDefinitionId": "rest_spec", "variables": {"reference": reference, "金额": 5}}
    )
    return client.create_process_instance(data=creation).process_instance_key, reference


def tasks(client: CamundaClient, instance: str) -> list[Any]:
    query = m.UserTaskSearchQuery.from_dict({"filter": {"processInstanceKey": instance}})
    return client.search_user_tasks(data=query, consistency=NOW).items


def test_a_person_finds_claims_and_completes_a_task_and_others_do_not(client: Callable[[str], CamundaClient]) -> None:
    instance, _ = started(client("admin"))
    (task,) = tasks(client("li_qiang"), instance)
    claim = m.UserTaskAssignmentRequest(assignee="li_qiang", allow_override=False)

    assert tasks(client("chen_jing"), instance) == []
    with pytest.raises(NotFoundError):
        client("chen_jing").complete_user_task(task.user_task_key)
    client("li_qiang").assign_user_task(task.user_task_key, data=claim)
    with pytest.raises(ConflictError):
        client("zhao_min").assign_user_task(
            task.user_task_key, data=m.UserTaskAssignmentRequest(assignee="zhao_min", allow_override=False)
        )
    with pytest.raises(ApiError) as refusal:
        client("zhao_min").complete_user_task(task.user_task_key)
    assert refusal.value.status_code == 403
    completion = m.UserTaskCompletionRequest.from_dict({"variables": {"结论": "同意"}})
    client("li_qiang").complete_user_task(task.user_task_key, data=completion)

    (done,) = tasks(client("li_qiang"), instance)
    assert (done.state, done.assignee) == ("COMPLETED", "li_qiang")


def test_jobs_fail_into_an_incident_and_are_repaired(client: Callable[[str], CamundaClient]) -> None:
    admin, worker = client("admin"), client("worker")
    instance, _ = started(admin)
    activation = m.JobActivationRequest(type_="rest_spec.do_work", timeout=60_000, max_jobs_to_activate=1000)
    job = next(each for each in worker.activate_jobs(data=activation).jobs if each.process_instance_key == instance)
    assert job.variables.additional_properties["金额"] == 5
    assert job.user_task is None

    worker.fail_job(job.job_key, data=m.JobFailRequest(retries=0, error_message="无法办理"))
    query = m.IncidentSearchQuery.from_dict({"filter": {"processInstanceKey": instance}})
    (incident,) = admin.search_incidents(data=query, consistency=NOW).items
    assert (incident.state, incident.error_message) == ("ACTIVE", "无法办理")
    worker.update_job(job.job_key, data=m.JobUpdateRequest.from_dict({"changeset": {"retries": 1}}))
    admin.resolve_incident(incident.incident_key)
    (again,) = [each for each in worker.activate_jobs(data=activation).jobs if each.process_instance_key == instance]
    worker.complete_job(again.job_key, data=m.JobCompletionRequest.from_dict({"variables": {"done": True}}))

    with pytest.raises(NotFoundError):
        worker.complete_job(again.job_key)


def test_messages_are_published_and_correlated(client: Callable[[str], CamundaClient]) -> None:
    instance, reference = started(client("admin"))
    worker = client("worker")
    publication = {"name": "rest_spec.arrived", "correlationKey": "nobody", "timeToLive": 1000}

    assert worker.publish_message(data=m.MessagePublicationRequest.from_dict(publication)).message_key
    message = m.MessageCorrelationRequest.from_dict({"name": "rest_spec.arrived", "correlationKey": reference})
    assert worker.correlate_message(data=message).process_instance_key == instance
    with pytest.raises(NotFoundError):
        worker.correlate_message(data=message)


def test_a_document_goes_up_and_comes_down_unchanged(client: Callable[[str], CamundaClient]) -> None:
    content = "技术参数表\n".encode() * 100_000
    file = File(payload=io.BytesIO(content), file_name="技术参数.xlsx", mime_type="application/vnd.ms-excel")

    stored = client("wang_fang").create_document(data=m.CreateDocumentData(file=file))
    got = client("li_qiang").get_document(stored.document_id, content_hash=stored.content_hash)

    assert got.payload.read() == content
    assert (stored.metadata.file_name, stored.metadata.size) == ("技术参数.xlsx", len(content))
    with pytest.raises(ApiError) as refusal:
        client("chen_jing").get_document(stored.document_id, content_hash=stored.content_hash)
    assert refusal.value.status_code == 403


def test_wrong_credentials_are_refused(engine_server: Any) -> None:
    wrong = {**configuration(engine_server, "li_qiang"), "CAMUNDA_BASIC_AUTH_PASSWORD": "wrong"}

    with CamundaClient(configuration=wrong) as client, pytest.raises(UnauthorizedError):
        client.get_topology()


def test_topology_and_the_signed_in_person_are_read(client: Callable[[str], CamundaClient]) -> None:
    assert client("li_qiang").get_topology().gateway_version == "8.8.21"
    me = client("li_qiang").get_authentication()
    assert (me.username, me.display_name, me.groups) == ("li_qiang", "李强", ["bdb_tech"])


@pytest.mark.filterwarnings("ignore:coroutine 'connect_tcp:RuntimeWarning")  # its poll is cut off while it connects
def test_a_worker_of_the_asynchronous_client_completes_jobs_as_they_come(
    engine_server: Any, client: Callable[[str], CamundaClient]
) -> None:
    async def run() -> None:
        worked: asyncio.Queue[str] = asyncio.Queue()

        async def work(job: Any) -> dict[str, Any]:
            await worked.put(job.process_instance_key)
            return {"done": True}

        async with CamundaAsyncClient(configuration=configuration(engine_server, "worker")) as asynchronous:
            config = WorkerConfig("rest_spec.do_work", 60_000, request_timeout_milliseconds=5_000)
            worker = asynchronous.create_job_worker(config, work)
            instance, _ = await asyncio.to_thread(started, client("admin"))
            async with asyncio.timeout(20):
                while await worked.get() != instance:
                    pass
            await worker.aclose()

    asyncio.run(run())
    gc.collect()
