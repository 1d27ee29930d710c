"""Camunda's own linters, run through Node.js: BPMN rules for 8.8, form rules, and the form in which Modeler saves."""

import json
from pathlib import Path

from admin.checks import Complaint, Tree
from gateway.assets.node import Node

SCRIPT = Path(__file__).with_name("camunda.mjs")
MODULES = Path(__file__).resolve().parents[2] / "gateway" / "assets" / "node_modules"

SAYINGS = {
    "canonical": ("与 Modeler 保存的写法不同。", "请用 Camunda Modeler 打开，随便改一处再改回，保存。"),
    "import": ("有 Modeler 读不懂的内容。", "请用 Camunda Modeler 打开查看提示。"),
    "label-required": ("没有名称。", "请起一个中文名称。"),
    "no-bpmndi": ("没有画在图上。", "请在 Modeler 中重新画出它。"),
    "no-disconnected": ("没有连上。", "请用顺序流连起来。"),
    "fake-join": ("几条流直接汇到任务上。", "请先用一个网关汇合。"),
    "superfluous-gateway": ("网关只有一进一出。", "请删去它。"),
    "no-overlapping-elements": ("与别的元素重叠。", "请在 Modeler 中移开。"),
    "camunda-compat/feel": ("FEEL 表达式写错了。", "请在 Modeler 的属性栏改正。"),
    "camunda-compat/zeebe-user-task": ("不是 Camunda 用户任务。", "请把实现改为 Camunda user task。"),
}


class LintersMissingError(Exception):
    """Node.js or the linters' packages are not there; the text is Chinese and says how to get them."""


def check_with_camunda(tree: Tree, node: Node | None) -> list[Complaint]:
    """Return what Camunda's linters say about every diagram, decision and form below `bpmn/`.

    Raises:
        LintersMissingError: they could not be run, so nothing is known.
    """
    if node is None or not MODULES.is_dir():
        raise LintersMissingError("没有 Node.js 或检查工具（bpmnlint 等）。请运行 make setup 后再检查一次。")
    files = sorted(path for end in ("bpmn", "dmn", "form") for path in (tree.root / "bpmn").rglob(f"*.{end}"))
    answer = node.run("node", str(SCRIPT), str(MODULES), *map(str, files), cwd=tree.root, timeout=120)
    if answer.returncode:
        raise LintersMissingError(f"Camunda 的检查工具没有运行起来：{answer.stderr.strip()[-500:]}")
    return sorted(_complaint(tree, finding) for finding in json.loads(answer.stdout))


def _complaint(tree: Tree, finding: dict[str, str]) -> Complaint:
    rule, message = finding["rule"], finding["message"]
    text, remedy = SAYINGS.get(rule, ("不符合 Camunda 8.8 的规则。", "请按提示在 Modeler 中改正。"))
    return Complaint(tree.name(Path(finding["file"])), finding["element"], text, f"{remedy}（{rule}：{message}）")
