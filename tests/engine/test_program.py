"""The engine program as a process: starts, refusals, signals, kills."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.engine
MODELS = Path(__file__).parent / "rest" / "models"
REFUSED = 2


@pytest.fixture
def program(engine_program: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Make engine programs in folders of this test; whatever still runs at its end is killed."""
    made: list[Any] = []

    def make(name: str = "engine", **options: Any) -> Any:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        made.append(engine_program(folder, **options))
        return made[-1]

    yield make
    for each in made:
        each.server.close()
        if each.process and each.process.poll() is None:
            each.kill()


def deploy_and_start(client: httpx.Client) -> str:
    for name in ("rest_spec.bpmn", "rest_spec_form.form"):
        assert client.post("deployments", files={"resources": (name, (MODELS / name).read_bytes())}).is_success
    body = {"processDefinitionId": "rest_spec", "variables": {"reference": "1"}}
    return str(client.post("process-instances", json=body).json()["processInstanceKey"])


def only_task(client: httpx.Client, instance: str) -> dict[str, Any]:
    found = client.post("user-tasks/search", json={"filter": {"processInstanceKey": instance}}).json()["items"]
    assert len(found) == 1
    return dict(found[0])


def test_after_a_kill_everything_acknowledged_is_still_there(program: Callable[..., Any]) -> None:
    engine = program()
    server = engine.start()
    instance = deploy_and_start(server.rest())
    task = only_task(server.rest("li_qiang"), instance)["userTaskKey"]
    claim = {"assignee": "li_qiang", "allowOverride": False}
    assert server.rest("li_qiang").post(f"user-tasks/{task}/assignment", json=claim).is_success
    stored = server.rest("wang_fang").post("documents", files={"file": ("表.xlsx", b"content")}).json()

    engine.kill()
    server = engine.start()

    assert only_task(server.rest("li_qiang"), instance)["assignee"] == "li_qiang"
    query = {"contentHash": stored["contentHash"]}
    assert server.rest("li_qiang").get(f"documents/{stored['documentId']}", params=query).content == b"content"
    assert server.rest("li_qiang").post(f"user-tasks/{task}/completion", json={}).status_code == 204
    assert engine.stop() == 0


def test_a_signal_ends_it_at_once_even_while_somebody_waits_for_jobs(program: Callable[..., Any]) -> None:
    engine = program()
    server = engine.start()
    poll = {"type": "nobody.offers", "timeout": 1000, "maxJobsToActivate": 1, "requestTimeout": 60_000}
    waiting = threading.Thread(
        target=lambda: httpx.post(
            f"{server.rest_address}/v2/jobs/activation", json=poll, auth=server.credentials("worker"), timeout=90
        )
    )
    waiting.start()
    time.sleep(0.5)

    start = time.monotonic()
    status = engine.stop()

    waiting.join()
    assert status == 0
    assert time.monotonic() - start < 5
    assert "Traceback" not in engine.output()


def test_the_first_real_start_tells_the_administrators_password_once(program: Callable[..., Any]) -> None:
    engine = program(demo=False)
    server = engine.start()
    (line,) = [line for line in engine.output().splitlines() if "口令：" in line]
    password = line.rpartition("口令：")[2].strip()

    with httpx.Client(base_url=f"{server.rest_address}/v2", auth=("admin", password)) as client:
        assert client.get("/authentication/me").json()["roles"] == ["admin"]
    assert httpx.get(f"{server.rest_address}/v2/topology", auth=("admin", "demo")).status_code == 401
    engine.stop()
    engine.start()

    assert engine.output().count(password) == 1
    files = [path for path in server.data.rglob("*") if path.is_file()]
    assert not [path for path in files if password.encode() in path.read_bytes()]


@pytest.mark.parametrize(("first", "second", "words"), [(True, False, "演示人员"), (False, True, "真实人员")])
def test_demonstration_and_real_people_do_not_mix(
    program: Callable[..., Any],
    first: bool,  # noqa: FBT001 - a column of the table above
    second: bool,  # noqa: FBT001
    words: str,
) -> None:
    engine = program(demo=first)
    engine.start()
    engine.stop()

    status, output = program(demo=second).refusal()

    assert status == REFUSED
    assert words in output
    assert "Traceback" not in output


@pytest.mark.parametrize("which", ["grpc", "rest"])
def test_a_taken_port_is_named(program: Callable[..., Any], which: str) -> None:
    server = program("first").start()
    taken = int((server.grpc_address if which == "grpc" else server.rest_address).rpartition(":")[2])

    status, output = program("second", **{which: taken}).refusal()

    assert status == REFUSED
    assert f"{taken} 已被其他程序占用" in output
    assert "Traceback" not in output


def test_a_second_engine_on_the_same_data_is_refused_and_the_first_goes_on(program: Callable[..., Any]) -> None:
    server = program().start()

    status, output = program().refusal()

    assert status == REFUSED
    assert "正由另一个引擎使用" in output
    assert server.rest().get("topology").is_success


def test_a_damaged_log_is_refused_and_left_as_it_is(program: Callable[..., Any]) -> None:
    engine = program()
    server = engine.start()
    deploy_and_start(server.rest())
    engine.stop()
    (segment,) = [path for path in (server.data / "engine" / "log").iterdir() if path.stat().st_size]
    content = bytearray(segment.read_bytes())
    content[len(content) // 3] ^= 0xFF
    segment.write_bytes(content)

    status, output = engine.refusal()

    assert status == REFUSED
    assert "日志已损坏" in output
    assert segment.read_bytes() == content


def test_without_jars_and_without_network_it_says_what_to_do(program: Callable[..., Any], tmp_path: Path) -> None:
    environment = {"ZHENGJIAN_CACHE": str(tmp_path / "empty"), "ZHENGJIAN_OFFLINE": "1"}

    status, output = program(environment=environment).refusal()

    assert status == REFUSED
    assert "请联网" in output
    assert "Traceback" not in output


@pytest.mark.parametrize("delay", [0.5, 1.0, 1.5, 2.0])
def test_a_signal_during_the_start_ends_it_too(program: Callable[..., Any], delay: float) -> None:
    process = program().launch()
    time.sleep(delay)

    process.terminate()

    assert process.wait(15) in {0, -signal.SIGTERM}  # the latter before Python has come as far as our own code


def test_a_data_folder_that_cannot_be_written_is_named(program: Callable[..., Any]) -> None:
    engine = program()
    engine.server.data.write_text("a file where the folder should be", "utf-8")

    status, output = engine.refusal()

    assert status == REFUSED
    assert f"数据目录 {engine.server.data} 无法使用" in output
    assert "Traceback" not in output
