"""Whether what one half asks for is given by another: due dates, a step's variables, the fields of a form."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from admin.checks import Complaint, Tree
from admin.checks.forms import written_variables
from admin.checks.model import SERVICE_TASKS, Model, Node, readable_models
from admin.checks.rooms import class_name
from admin.checks.source import methods, required_parameters, texts

NAME = re.compile(r"=\s*([A-Za-z_]\w*)\s*")
"""An expression that is nothing but a variable."""
WORD = re.compile(r"[A-Za-z_]\w*")
OF_EVERY_STEP = 2
"""`handle` of every step begins with `self` and the occasion."""
GIVEN_BY_THE_PAGES = frozenset({"submitted_by"})
"""What `gateway.pages.starting` adds to a start form."""


def check_variables(tree: Tree) -> list[Complaint]:
    """Return what is asked for and given by nobody; unreadable files are the complaint of other checks."""
    complaints: list[Complaint] = []
    for process, model in readable_models(tree):
        given = _given(tree, process, model)
        for node in model.nodes():
            complaints += _check_due_date(tree, model, node, given)
            if node.kind in SERVICE_TASKS:
                complaints += _check_parameters(tree, process, node, given)
            elif node.kind == "userTask":
                complaints += _check_fields(tree, process, model, node)
    return sorted(complaints)


def _check_due_date(tree: Tree, model: Model, node: Node, given: set[str]) -> Iterator[Complaint]:
    asked = NAME.fullmatch(node.extension("taskSchedule").get("dueDate", ""))
    if asked and asked[1] not in given:
        before = "、".join(model.steps_before(node)) or "一个步骤"
        remedy = f"请让它前面的 {before} 返回 {asked[1]}，值由 books.open_period 算出。"
        yield Complaint(tree.name(model.path), node.id, f"期限变量 {asked[1]} 没有步骤给出。", remedy)


def _check_parameters(tree: Tree, process: str, node: Node, given: set[str]) -> Iterator[Complaint]:
    room = tree.room(process, node.id)
    handle = methods(room, class_name(node.id)).get("handle")
    for name in required_parameters(handle)[OF_EVERY_STEP:] if handle else ():
        if name not in given:
            remedy = "请改成已有的变量名，或让前面的表单、步骤、决策给出它；可以没有的，写上默认值。"
            yield Complaint(tree.name(room), node.id, f"handle 要的变量 {name} 没有谁给出。", remedy)


def _check_fields(tree: Tree, process: str, model: Model, node: Node) -> Iterator[Complaint]:
    form = tree.resource(process, f"{node.id}.form")
    if not form.exists():
        return
    file, fields = tree.name(model.path), written_variables(_read(form))
    kept = {word for source in node.outputs.values() for word in WORD.findall(source)}
    for name in sorted(fields - kept):
        remedy = f"请在 Outputs 加一项：Process variable name 填 {name}，值填 ={name}。"
        yield Complaint(file, node.id, f"表单字段 {name} 没有输出映射，填写的内容会丢失。", remedy)
    asked = {found[1] for source in node.outputs.values() if (found := NAME.fullmatch(source))}
    for name in sorted(asked - fields - set(node.inputs)):
        remedy = f"请在 {tree.name(form)} 加一个 Key 为 {name} 的字段，或改正、删去这一项输出。"
        yield Complaint(file, node.id, f"输出映射要的 {name} 不是表单的字段。", remedy)


def _given(tree: Tree, process: str, model: Model) -> set[str]:
    """Return every name that may become a variable: of the start form, an output, a decision, or written in a step."""
    given = set(GIVEN_BY_THE_PAGES)
    for node in model.nodes():
        given |= node.outputs.keys() | {node.extension("calledDecision").get("resultVariable", "")}
        if node.kind == "startEvent":
            given |= written_variables(_read(tree.resource(process, f"{node.id}.form")))
    for module in tree.modules(process):
        given |= texts(module)
    return given


def _read(form: Path) -> dict[str, Any]:
    try:
        found = json.loads(form.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # `check_room` and `check_forms` tell of it
        return {}
    return found if isinstance(found, dict) else {}
