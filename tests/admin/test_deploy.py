"""`zhengjian deploy`: what the checks refuse is not deployed; what they pass is, once."""

import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from admin.checks import Tree
from admin.deploy import DEPLOYED, REFUSED, deploy_all
from admin.lint import COMPLAINTS, REPOSITORY

PROCESSES = Tree(REPOSITORY).processes()


def environment_of(server: Any) -> dict[str, str]:
    rest = urlsplit(server.rest_address)
    return {
        "ZHENGJIAN_DATA": str(server.data),
        "ZHENGJIAN_REST_HOST": str(rest.hostname),
        "ZHENGJIAN_REST_PORT": str(rest.port),
    }


@pytest.mark.engine
def test_a_process_is_deployed_with_its_forms_and_decisions_and_the_same_again_changes_nothing(
    engine_server: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert deploy_all(environment_of(engine_server), ["parameter_review"]) == DEPLOYED
    first = capsys.readouterr().out
    assert deploy_all(environment_of(engine_server), ["parameter_review"]) == DEPLOYED
    assert capsys.readouterr().out == first
    assert first.startswith("流程 parameter_review 第 ")
    assert (first.count("表单 "), first.count("决策 decide_conclusion ")) == (7, 1)


@pytest.mark.engine
def test_without_a_name_every_process_is_deployed(engine_server: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert deploy_all(environment_of(engine_server)) == DEPLOYED
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("流程 ")]
    assert [line.split()[1] for line in lines] == PROCESSES


@pytest.mark.engine
def test_an_unknown_process_and_a_wrong_password_are_refused(
    engine_server: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert deploy_all(environment_of(engine_server), ["unknown"]) == REFUSED
    told = f"没有部署：没有流程 unknown，可以是 {'、'.join(PROCESSES)}。正在运行的流程不受影响。\n"
    assert capsys.readouterr().out == told
    wrong = {"ZHENGJIAN_DEPLOY_USER": "admin", "ZHENGJIAN_DEPLOY_PASSWORD": "wrong"}
    assert deploy_all(environment_of(engine_server) | wrong) == REFUSED
    assert "引擎拒绝了部署（状态 401）" in capsys.readouterr().out


def test_what_the_checks_refuse_is_not_deployed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("bpmn", "workers", "tests/parameter_review"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    model = tmp_path / "bpmn" / "parameter_review" / "parameter_review.bpmn"
    model.write_text(model.read_text("utf-8").replace("parameter_review.scan_brands", "scan"), "utf-8")
    assert deploy_all({}, root=tmp_path) == COMPLAINTS
    told = capsys.readouterr().out
    assert told.startswith("没有部署任何流程，正在运行的流程不受影响。请先改正：")
    assert "scan_brands：作业类型是“scan”。" in told


@pytest.mark.parametrize(
    ("env", "says"),
    [
        ({"ZHENGJIAN_ENGINE_PASSWORD": "p", "ZHENGJIAN_REST_PORT": "1"}, "请确认引擎已启动后重试"),
        ({"ZHENGJIAN_DATA": "/nowhere"}, "读不到作业程序的口令文件 /nowhere/secrets/worker"),
    ],
)
def test_an_engine_that_cannot_be_reached_is_told_kindly(
    capsys: pytest.CaptureFixture[str], env: dict[str, str], says: str
) -> None:
    assert deploy_all(env) == REFUSED
    assert says in capsys.readouterr().out
