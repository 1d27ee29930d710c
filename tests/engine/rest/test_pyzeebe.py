"""pyzeebe over gRPC, signed in with BASIC, on the same server as everybody else."""

import asyncio
import base64
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import grpc
import pytest
from pyzeebe import Job, ZeebeClient, ZeebeWorker
from pyzeebe.errors import ProcessDefinitionNotFoundError

pytestmark = pytest.mark.engine
MODELS = Path(__file__).parent / "models"


class Signature:
    """Adds BASIC credentials to a call."""

    def __init__(self, username: str, password: str) -> None:
        self._header = "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()

    def added_to(self, details: Any) -> Any:
        return details._replace(metadata=grpc.aio.Metadata(("authorization", self._header)))


class SignedCalls(Signature, grpc.aio.UnaryUnaryClientInterceptor):
    async def intercept_unary_unary(self, continuation: Any, details: Any, request: Any) -> Any:
        return await continuation(self.added_to(details), request)


class SignedPolls(Signature, grpc.aio.UnaryStreamClientInterceptor):
    """A class of its own: a channel asks each interceptor for one kind of call only."""

    async def intercept_unary_stream(self, continuation: Any, details: Any, request: Any) -> Any:
        return await continuation(self.added_to(details), request)


def with_channel(server: Any, username: str, password: str, work: Callable[[Any], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        interceptors = [SignedCalls(username, password), SignedPolls(username, password)]
        async with grpc.aio.insecure_channel(server.grpc_address, interceptors=interceptors) as channel:
            return await work(channel)

    return asyncio.run(run())


def test_a_process_is_deployed_started_and_its_job_done(engine_server: Any) -> None:
    async def work(channel: Any) -> int:
        client, worker = ZeebeClient(channel), ZeebeWorker(channel)
        done: asyncio.Queue[tuple[int, str]] = asyncio.Queue()

        @worker.task(task_type="rest_spec.do_work", single_value=False)
        async def do_work(job: Job, reference: str) -> dict[str, Any]:
            await done.put((job.process_instance_key, reference))
            return {"worked": True}

        await client.deploy_resource(*(MODELS / name for name in ("rest_spec.bpmn", "rest_spec_form.form")))
        reference = str(uuid.uuid4().int)[:20]
        started = await client.run_process("rest_spec", {"reference": reference})
        working = asyncio.create_task(worker.work())
        async with asyncio.timeout(20):
            while await done.get() != (started.process_instance_key, reference):
                pass
        await worker.stop()
        working.cancel()
        return int(started.process_instance_key)

    instance = with_channel(engine_server, *engine_server.credentials("admin"), work)

    wanted = {"filter": {"processInstanceKey": str(instance), "elementId": "do_work", "state": "COMPLETED"}}
    found = engine_server.rest().post("element-instances/search", json=wanted).json()
    assert found["page"]["totalItems"] == 1


def test_an_unknown_process_is_refused_as_camunda_refuses_it(engine_server: Any) -> None:
    async def work(channel: Any) -> None:
        with pytest.raises(ProcessDefinitionNotFoundError):
            await ZeebeClient(channel).run_process("unknown_process")

    with_channel(engine_server, *engine_server.credentials("worker"), work)


@pytest.mark.parametrize(("username", "password"), [("admin", "wrong"), ("nobody", "demo"), ("li_qiang", "demo")])
def test_neither_strangers_nor_people_of_a_bureau_get_at_the_open_commands_of_grpc(
    engine_server: Any, username: str, password: str
) -> None:
    async def work(channel: Any) -> None:
        with pytest.raises(Exception) as refusal:  # noqa: PT011 - pyzeebe wraps what grpc raises
            await ZeebeClient(channel).run_process("rest_spec")
        chain = f"{refusal.value!r} {refusal.value.__cause__!r} {getattr(refusal.value, 'grpc_error', '')!r}"
        assert "UNAUTHENTICATED" in chain

    with_channel(engine_server, username, password, work)
