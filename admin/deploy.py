"""`zhengjian deploy`: hand each process with its forms and decisions to the engine, if it passes the checks."""

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import httpx

from admin import lint
from admin.checks import Tree
from admin.settings import add_options, environment
from workers.settings import Settings, SettingsError

DEPLOYED, REFUSED = 0, 2

ABOUT = "先做 zhengjian lint 的检查，通过后把流程连同表单、决策表交给引擎；正在运行的实例仍按原来的版本办理。"


class DeployFailedError(Exception):
    """The engine did not take a deployment; the text is Chinese and carries the engine's own words."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `deploy` to the command line."""
    parser = subparsers.add_parser("deploy", help="检查并部署流程（连同表单、决策表）", description=ABOUT)
    add_options(parser)
    parser.add_argument("processes", nargs="*", metavar="流程", help="要部署的流程 id（默认全部）")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Deploy and print keys and versions; exit 1 when the checks complain, 2 when the engine refuses."""
    return deploy_all(environment(arguments), arguments.processes)


def deploy_all(env: Mapping[str, str], processes: Iterable[str] = (), root: Path = lint.REPOSITORY) -> int:
    """Deploy the named processes, or all; deploying the same again changes nothing.

    Args:
        env: where the engine is and who signs in: `ZHENGJIAN_REST_HOST`, `ZHENGJIAN_REST_PORT`,
            `ZHENGJIAN_DEPLOY_USER` and `ZHENGJIAN_DEPLOY_PASSWORD`; without the latter two the technical user of the
            data folder.
        processes: process ids; empty for all.
        root: source folder with `bpmn/`, `workers/` and `tests/`.
    """
    tree = Tree(root)
    complaints, not_run = lint.lint(tree)
    if complaints:
        print("没有部署任何流程，正在运行的流程不受影响。请先改正：")
    if complaints or not_run:
        status = lint.tell(tree, complaints, not_run, strict=False)
        if status != lint.CLEAN:
            return status
    try:
        together = [resources(tree, process) for process in list(processes) or tree.processes()]
        settings = _settings(env)
        address = f"{settings.rest_address}/v2"
        auth = settings.user, settings.password
        with httpx.Client(base_url=address, auth=auth, timeout=60, trust_env=False) as client:
            for files in together:
                _report(deploy(client, files))
    except DeployFailedError as error:
        print(f"没有部署：{error}。正在运行的流程不受影响。")
        return REFUSED
    except SettingsError as refusal:
        print(f"没有部署：{refusal}")
        return REFUSED
    except httpx.TransportError as error:
        print(f"没有部署：连不上引擎 {address}（{error}）。正在运行的流程不受影响；请确认引擎已启动后重试。")
        return REFUSED
    return DEPLOYED


def resources(tree: Tree, process: str) -> list[Path]:
    """Return what is deployed together for a process: its diagram, forms and decision tables.

    Raises:
        DeployFailedError: there is no such process.
    """
    if process not in tree.processes():
        raise DeployFailedError(f"没有流程 {process}，可以是 {'、'.join(tree.processes())}")
    return [tree.model(process), *tree.resources(process, ".form"), *tree.resources(process, ".dmn")]


def deploy(client: httpx.Client, files: list[Path]) -> dict[str, Any]:
    """Deploy files together, so that forms and decisions bound to the deployment are found; return the engine's answer.

    Args:
        client: signed in; its base address ends in `/v2`.
        files: diagrams, forms and decision tables.

    Raises:
        DeployFailedError: the engine refused.
    """
    parts = [("resources", (path.name, path.read_bytes(), "application/octet-stream")) for path in files]
    answer = client.post("/deployments", files=parts)
    if not answer.is_success:
        raise DeployFailedError(f"引擎拒绝了部署（状态 {answer.status_code}）：{_detail(answer)}")
    deployed: dict[str, Any] = answer.json()
    return deployed


def _settings(env: Mapping[str, str]) -> Settings:
    """Whom to sign in to, and as whom: the workers' technical user unless another one deploys."""
    if "ZHENGJIAN_DEPLOY_USER" in env:
        password = env.get("ZHENGJIAN_DEPLOY_PASSWORD", "")
        env = {**env, "ZHENGJIAN_ENGINE_USER": env["ZHENGJIAN_DEPLOY_USER"], "ZHENGJIAN_ENGINE_PASSWORD": password}
    return Settings.from_environment(env)


def _detail(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("detail", ""))
    except ValueError:
        return answer.text[:500]


def _report(answer: dict[str, Any]) -> None:
    for entry in answer["deployments"]:
        if definition := entry.get("processDefinition"):
            version, key = definition["processDefinitionVersion"], definition["processDefinitionKey"]
            print(f"流程 {definition['processDefinitionId']} 第 {version} 版（{key}）")
        elif form := entry.get("form"):
            print(f"  表单 {form['formId']} 第 {form['version']} 版（{form['formKey']}）")
        elif decision := entry.get("decisionDefinition"):
            name, version = decision["decisionDefinitionId"], decision["version"]
            print(f"  决策 {name} 第 {version} 版（{decision['decisionDefinitionKey']}）")
