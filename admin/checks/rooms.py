"""The room of one element: its worker, form, decision and test, named as the element is."""

from collections.abc import Iterator
from pathlib import Path

from admin.checks import Complaint, Tree
from admin.checks.model import SERVICE_TASKS, Model, Node
from admin.checks.source import calls, imports, methods, outcomes, texts
from workers.failures import RETRIES

FOREIGN = frozenset({"pyzeebe", "grpc", "sqlalchemy", "httpx", "camunda_orchestration_sdk"})
"""What a step must not know: engine, database and network are the composition root's business."""


def check_room(tree: Tree, process: str, model: Model, node: Node) -> Iterator[Complaint]:
    """Yield what an element needs beside itself and does not have."""
    file = tree.name(model.path)
    if node.kind in SERVICE_TASKS:
        yield from _check_service_task(tree, process, model, node)
    elif node.kind == "userTask":
        yield from _check_user_task(tree, process, model, node)
    elif node.kind == "businessRuleTask":
        yield from _check_rule_task(tree, process, file, node)
    elif node.kind == "startEvent" and node.has("formDefinition"):
        yield from _check_form(tree, process, file, node)
    elif node.kind == "boundaryEvent":
        yield from _check_error(tree, process, model, node)


def class_name(element: str) -> str:
    """Return the class of an element's room: `check_amounts` → `CheckAmounts`."""
    return "".join(part.capitalize() for part in element.split("_"))


def _check_service_task(tree: Tree, process: str, model: Model, node: Node) -> Iterator[Complaint]:
    file = tree.name(model.path)
    definition = node.extension("taskDefinition")
    yield from _check_job(file, node, f"{process}.{node.id}", definition.get("type"), definition.get("retries"))
    yield from _check_class(tree, process, model, node, "handle")


def _check_user_task(tree: Tree, process: str, model: Model, node: Node) -> Iterator[Complaint]:
    file = tree.name(model.path)
    if not node.has("userTask"):
        yield Complaint(file, node.id, "不是 Camunda 用户任务。", "请把实现（Implementation）改为 Camunda user task。")
    groups = node.extension("assignmentDefinition").get("candidateGroups", "")
    if not groups:
        yield Complaint(file, node.id, "没有候选组，谁也看不到这个任务。", "请填写 Candidate groups。")
    elif groups.startswith("=") and '"' in groups and "[" not in groups:  # a lone variable may hold a list
        remedy = f"引擎只收列表，否则流程停在这里；请写成 =[{groups[1:].strip()}]。"
        yield Complaint(file, node.id, "候选组的表达式不是列表。", remedy)
    if not node.extension("taskSchedule").get("dueDate"):
        yield Complaint(file, node.id, "没有办理期限。", "请在 Due date 填写前一步算出的期限变量，例如 =review_due。")
    if not node.outputs:
        remedy = "请在 Outputs 写明要留下的变量，例如 =confirmation。"
        yield Complaint(file, node.id, "没有输出映射，办理人可以改写任何流程变量。", remedy)
    if not any(listener.get("eventType") == "completing" for listener in node.listeners):
        remedy = f"请加 Task listener：Event type 选 completing，Type 填 {process}.{node.id}，Retries 填 {RETRIES}。"
        yield Complaint(file, node.id, "没有人核对并记下是谁办结的。", remedy)
    yield from _check_form(tree, process, file, node)
    for listener in node.listeners:
        yield from _check_job(file, node, f"{process}.{node.id}", listener.get("type"), listener.get("retries"))
    if node.listeners:
        yield from _check_class(tree, process, model, node, "judge")


def _check_job(file: str, node: Node, job: str, found: str | None, retries: str | None) -> Iterator[Complaint]:
    if found != job:
        yield Complaint(file, node.id, f"作业类型是“{found or ''}”。", f"请把 Job type 改为 {job}。")
    if retries != str(RETRIES):
        yield Complaint(file, node.id, f"重试次数是“{retries or ''}”。", f"请把 Retries 改为 {RETRIES}。")


def _check_class(tree: Tree, process: str, model: Model, node: Node, method: str) -> Iterator[Complaint]:
    file = tree.name(model.path)
    room, test, wanted = tree.room(process, node.id), tree.test(process, node.id), class_name(node.id)
    if not room.exists():
        yield Complaint(file, node.id, "没有对应的作业程序。", f"请新建 {tree.name(room)}，其中写类 {wanted}。")
    elif method not in methods(room, wanted):
        yield Complaint(tree.name(room), node.id, f"没有类 {wanted} 或它的 {method} 方法。", "请补上。")
    else:
        for foreign in sorted(imports(room) & FOREIGN):
            remedy = "请让它只和 records、domain 打交道，其余由 workers/main.py 传入。"
            yield Complaint(tree.name(room), node.id, f"步骤直接用了 {foreign}。", remedy)
        yield from _check_outcomes(tree.name(room), model, node, room)
    if wanted not in {name for name, _ in calls(tree.package(process))}:
        remedy = f"请在 {tree.name(tree.package(process))} 的 rooms 中加上 {wanted}(…)。"
        yield Complaint(file, node.id, "作业程序没有装配，派来的作业没有人做。", remedy)
    if not test.exists():
        yield Complaint(file, node.id, "没有对应的测试。", f"请新建 {tree.name(test)}，每种结局写一个测试。")


def _check_form(tree: Tree, process: str, file: str, node: Node) -> Iterator[Complaint]:
    definition, form = node.extension("formDefinition"), tree.resource(process, f"{node.id}.form")
    if not definition:
        remedy = f"请在 Form 选 Camunda form (linked)，Form ID 填 {node.id}，Binding 选 deployment。"
        yield Complaint(file, node.id, "没有链接表单。", remedy)
    elif definition.get("formId") != node.id:
        yield Complaint(file, node.id, f"表单 id 是“{definition.get('formId', '')}”。", f"请链接表单 {node.id}。")
    if definition and definition.get("bindingType") != "deployment":
        yield Complaint(file, node.id, "表单没有随流程一起部署。", "请把 Binding 改为 deployment。")
    if not form.exists():
        yield Complaint(file, node.id, "没有对应的表单。", f"请在 Modeler 新建 {tree.name(form)}。")


def _check_rule_task(tree: Tree, process: str, file: str, node: Node) -> Iterator[Complaint]:
    called, table = node.extension("calledDecision"), tree.resource(process, f"{node.id}.dmn")
    if called.get("decisionId") != node.id:
        yield Complaint(file, node.id, f"决策 id 是“{called.get('decisionId', '')}”。", f"请改为 {node.id}。")
    if called.get("bindingType") != "deployment":
        yield Complaint(file, node.id, "决策没有随流程一起部署。", "请把 Binding 改为 deployment。")
    if not table.exists():
        yield Complaint(file, node.id, "没有对应的决策表。", f"请在 Modeler 新建 {tree.name(table)}。")


def _check_error(tree: Tree, process: str, model: Model, node: Node) -> Iterator[Complaint]:
    code, attached = model.error_code(node), node.xml.get("attachedToRef", "")
    room = tree.room(process, attached)
    if code and room.exists() and code not in texts(room):
        remedy = f"请在 {tree.name(room)} 抛出 Outcome(“{code}”, …)，或改错误代码。"
        yield Complaint(tree.name(model.path), node.id, f"没有程序会抛出错误代码 {code}。", remedy)


def _check_outcomes(file: str, model: Model, node: Node, room: Path) -> Iterator[Complaint]:
    elsewhere = {each.id for each in model.nodes() if each.kind.endswith("Task")} - {node.id}
    caught = {model.error_code(each) for each in model.nodes() if each.xml.get("attachedToRef") not in elsewhere}
    if "" in caught:  # an event without a code catches whatever comes
        return
    for code in sorted(outcomes(room) - caught):
        remedy = f"请在 {node.id} 上加一个错误边界事件，错误代码填 {code}，或改成图上已有的代码。"
        yield Complaint(file, node.id, f"抛出的错误代码 {code} 没有边界事件接住。", remedy)
