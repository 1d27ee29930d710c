"""Forms and decisions, as far as they can be judged without Camunda's own tools."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from admin.checks import Complaint, Tree
from admin.checks.model import UnreadableModelError, read_xml

SCHEMA_VERSION = 19
"""What Modeler 5.40 writes for Camunda 8.8; a newer one would be drawn by luck only."""

FIELDS = frozenset({
    "textfield", "textarea", "number", "checkbox", "checklist", "radio", "select", "taglist", "datetime", "filepicker",
})  # fmt: skip
OTHERS = frozenset({
    "text", "html", "image", "table", "iframe", "button", "group", "dynamiclist", "expression", "separator", "spacer",
    "documentPreview",
})  # fmt: skip
DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"


def check_forms(tree: Tree) -> list[Complaint]:
    """Return what is wrong with the forms and decision tables of every process."""
    complaints: list[Complaint] = []
    for process in tree.processes():
        for path in tree.resources(process, ".form"):
            complaints += _check_form(tree.name(path), path.read_text(encoding="utf-8"))
        for path in tree.resources(process, ".dmn"):
            try:
                complaints += _check_decision(tree.name(path), read_xml(path))
            except UnreadableModelError as error:
                complaints.append(Complaint(tree.name(path), "", f"决策表读不出来（{error}）。", "请用 Modeler 另存。"))
    return sorted(complaints)


def _check_form(file: str, text: str) -> Iterator[Complaint]:
    try:
        form = json.loads(text)
    except ValueError as error:
        yield Complaint(file, "", f"表单不是 JSON（{error}）。", "请用 Modeler 打开并另存。")
        return
    if form.get("schemaVersion") != SCHEMA_VERSION or form.get("executionPlatform") != "Camunda Cloud":
        remedy = f"请用 Modeler 5.40 打开，目标选 Camunda 8.8 后另存（schemaVersion {SCHEMA_VERSION}）。"
        yield Complaint(file, "", "表单的版本或平台不对。", remedy)
    components = list(_components(form))
    ids = Counter(component.get("id") for component in components)
    for name, times in sorted(ids.items(), key=str):
        if name is None or times > 1:
            yield Complaint(file, str(name or ""), "字段没有 id 或 id 重复。", "请在 Modeler 中改成唯一的 id。")
    for component in components:
        yield from _check_field(file, component)
    for keys in _scopes(form):
        for key, times in sorted(keys.items()):
            if times > 1:
                yield Complaint(file, key, "两个字段写同一个变量。", "请改掉其中一个的 Key。")


def _check_field(file: str, component: dict[str, Any]) -> Iterator[Complaint]:
    kind, name = component.get("type", ""), component.get("id", "")
    if kind not in FIELDS | OTHERS:
        yield Complaint(file, name, f"不认识的组件“{kind}”。", "请换成 Camunda 8.8 有的组件。")
    if kind in FIELDS and not component.get("key"):
        yield Complaint(file, name, "字段没有变量名。", "请填写 Key。")
    if kind in FIELDS and not (component.get("label") or component.get("dateLabel")):
        yield Complaint(file, name, "字段没有标题。", "请填写 Label，用办事人员的话。")
    choices = component.get("values", [])
    if kind in {"radio", "select", "checklist", "taglist"} and not (
        choices or component.get("valuesKey") or component.get("valuesExpression")
    ):
        yield Complaint(file, name, "选择项是空的。", "请填写 Options。")


def written_variables(form: dict[str, Any]) -> set[str]:
    """Return the variables that a form's own fields write, those of its lists and groups by the outermost name."""
    written = set()
    for component in form.get("components", []):
        inner = written_variables(component)
        path = component.get("path")
        if component.get("type") in FIELDS and not (component.get("disabled") or component.get("readonly")):
            written.add(str(component.get("key", "")).partition(".")[0])
        written |= {str(path).partition(".")[0]} if path and inner else inner
    return written - {""}


def _components(form: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for component in form.get("components", []):
        yield component
        yield from _components(component)


def _scopes(form: dict[str, Any]) -> Iterator[Counter[str]]:
    """Yield how often each key is written in the form itself, and in each part of it with a path of its own."""
    keys: Counter[str] = Counter()
    waiting = list(form.get("components", []))
    while waiting:
        component = waiting.pop()
        if component.get("path"):
            yield from _scopes(component)
        else:
            waiting += component.get("components", [])
        if component.get("key"):
            keys[component["key"]] += 1
    yield keys


def _check_decision(file: str, root: Any) -> Iterator[Complaint]:
    for decision in root.iterfind(f"{DMN}decision"):
        name, table = decision.get("id", ""), decision.find(f"{DMN}decisionTable")
        if table is None:
            continue
        if table.get("hitPolicy", "UNIQUE") not in {"UNIQUE", "FIRST"}:
            yield Complaint(file, name, "命中策略不是 UNIQUE 或 FIRST。", "请改为其中之一，使结论只有一个。")
        for column in (*table.iterfind(f"{DMN}input"), *table.iterfind(f"{DMN}output")):
            if not column.get("label"):
                yield Complaint(file, column.get("id", ""), "列没有中文标题。", "请填写列标题。")
        for rule in table.iterfind(f"{DMN}rule"):
            reason = rule.find(f"{DMN}description")
            if reason is None or "第" not in (reason.text or "") or "条" not in (reason.text or ""):
                yield Complaint(file, rule.get("id", ""), "规则没有写依据的条款。", "请在 Annotations 列写“第…条”。")
