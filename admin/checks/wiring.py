"""One name, one room: whether each element has its other half and its article, and each room its element."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from admin.checks import Complaint, Tree
from admin.checks.model import SERVICE_TASKS, Model, Node, UnreadableModelError, read_model, read_xml
from admin.checks.rooms import check_room
from admin.checks.source import check_sources, mentions

ARTICLE = re.compile(r"第[一二三四五六七八九十]{1,3}条(?:、第[一二三四五六七八九十]{1,3}条)*")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
PREFIXES = {
    "startEvent": ("start_",),
    "endEvent": ("end_",),
    "exclusiveGateway": ("gateway_",),
    "parallelGateway": ("gateway_",),
    "inclusiveGateway": ("gateway_",),
    "eventBasedGateway": ("gateway_",),
    "boundaryEvent": ("error_", "timer_", "message_", "escalation_", "signal_"),
    "intermediateCatchEvent": ("timer_", "message_", "signal_", "link_"),
    "intermediateThrowEvent": ("message_", "signal_", "link_", "milestone_"),
}


def check_wiring(tree: Tree) -> list[Complaint]:
    """Return every missing half of every process in the tree."""
    return sorted(complaint for process in tree.processes() for complaint in _check_process(tree, process))


def _check_process(tree: Tree, process: str) -> Iterator[Complaint]:
    path = tree.model(process)
    try:
        model = read_model(path)
    except UnreadableModelError as error:
        remedy = "请用 Camunda Modeler 打开并另存；文件名、文件夹名和流程 id 三者相同。"
        yield Complaint(tree.name(path), "", f"模型读不出来（{error}）。", remedy)
        return
    file = tree.name(path)
    if model.id != process:
        yield Complaint(file, model.id, f"流程 id 与文件夹名 {process} 不同。", f"请把流程 id 改为 {process}。")
    if model.process.get("isExecutable") != "true":
        yield Complaint(file, model.id, "流程不可执行。", "请在属性栏勾选 Executable。")
    if model.platform[0] != "Camunda Cloud" or not model.platform[1].startswith("8.8."):
        yield Complaint(file, model.id, "目标平台不是 Camunda 8.8。", "请在 Modeler 右下角选 Camunda 8.8。")
    if not ARTICLE.fullmatch(model.article):
        yield _no_article(file, model.id)
    for node in model.nodes():
        yield from _check_node(tree, process, model, node)
    for flow in model.flows():
        if not flow.id.startswith("flow_"):
            yield Complaint(file, flow.id, "顺序流的 id 应以 flow_ 开头。", "请改为 flow_ 加上它表示的意思。")
    yield from check_sources(tree, process)
    yield from _check_questions(file, model)
    joined = mentions(tree.program(), f"{process}.rooms")
    if not joined and any(node.kind in SERVICE_TASKS or node.listeners for node in model.nodes()):
        remedy = f"请在 {tree.name(tree.program())} 的 PROCESSES 中加上 {process}.rooms。"
        yield Complaint(file, process, "流程没有接入作业程序，它的作业没有人做。", remedy)
    yield from _orphans(tree, process, model)


def _check_node(tree: Tree, process: str, model: Model, node: Node) -> Iterator[Complaint]:
    file = tree.name(model.path)
    if not ARTICLE.fullmatch(node.article):
        yield _no_article(file, node.id)
    if not SNAKE.fullmatch(node.id):
        yield Complaint(file, node.id, "id 应为小写英文加下划线。", "请改成动词_名词的形式，例如 check_amounts。")
    wanted = PREFIXES.get(node.kind, ())
    if wanted and not node.id.startswith(wanted):
        yield Complaint(file, node.id, f"id 应以 {' 或 '.join(wanted)} 开头。", "请改 id。")
    if not CHINESE.search(node.name) and not (node.kind.endswith("Gateway") and len(node.outgoing) < 2):
        yield Complaint(file, node.id, "没有中文名称。", "任务写动词加宾语，事件写已发生的事，网关写一个问句。")
    yield from check_room(tree, process, model, node)


def _check_questions(file: str, model: Model) -> Iterator[Complaint]:
    flows = {flow.id: flow for flow in model.flows()}
    for node in model.nodes():
        if node.kind not in {"exclusiveGateway", "inclusiveGateway"} or len(node.outgoing) < 2:
            continue
        if not node.name.endswith("？"):
            yield Complaint(file, node.id, f"分支网关“{node.name}”不是问句。", "请写成问句，例如“存在偏差？”。")
        for flow in node.outgoing:
            if flow in flows and not flows[flow].name:
                yield Complaint(file, flow, "分支没有写答案。", "请给这条顺序流起名，例如“是”。")


def _orphans(tree: Tree, process: str, model: Model) -> Iterator[Complaint]:
    nodes = {node.id: node for node in model.nodes()}
    working = {n.id for n in nodes.values() if n.kind in SERVICE_TASKS or n.listeners}
    with_form = {n.id for n in nodes.values() if n.kind == "userTask" or n.has("formDefinition")}
    with_decision = {n.id for n in nodes.values() if n.kind == "businessRuleTask"}
    for room in tree.rooms(process):
        if room.stem not in working:
            yield Complaint(tree.name(room), "", "图上没有这个步骤。", "请在图上画出它，或删除这个文件。")
    for suffix, wanted, read in ((".form", with_form, _form_id), (".dmn", with_decision, _decision_id)):
        for path in tree.resources(process, suffix):
            if path.stem not in wanted:
                yield Complaint(tree.name(path), "", "图上没有用到它。", "请在图上链接它，或删除这个文件。")
            elif read(path) != path.stem:
                yield Complaint(tree.name(path), "", "内部的 id 与文件名不同。", f"请把 id 改为 {path.stem}。")


def _no_article(file: str, element: str) -> Complaint:
    remedy = "请在 Extension properties 加一项 article，值如“第十八条”。"
    return Complaint(file, element, "没有写明依据的条款。", remedy)


def _form_id(path: Path) -> str:
    try:
        return str(json.loads(path.read_text(encoding="utf-8")).get("id", ""))
    except ValueError:
        return ""


def _decision_id(path: Path) -> str:
    try:
        decision = read_xml(path).find("{*}decision")
    except UnreadableModelError:
        return ""
    return "" if decision is None else str(decision.get("id", ""))
