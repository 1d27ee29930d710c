"""Word templates of the steps: each belongs to a service task, and asks only for what the step gives it."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from jinja2 import TemplateError

from admin.checks import Complaint, Tree
from admin.checks.model import SERVICE_TASKS, UnreadableModelError, read_model
from domain.parameters.verdicts import Finding, FindingKind, Subject, Verdict
from domain.reports import FileSeen, OpinionContent, OpinionHint, OpinionLine, Signature, opinion_words
from workers.documents import render

_FINDING = Finding(
    Subject.AMOUNT, "子系统", "设备", "设备", "参数", "批复", "招标", Verdict.AMOUNT, "理由", "批复位置", "招标位置",
    "口径", "依据", "证据", kind=FindingKind.EXCLUSIVITY,
)  # fmt: skip
_OPINION = OpinionContent(
    number="文号",
    project="项目",
    project_code="代码",
    unit="单位",
    approval="批复",
    package="包",
    round=1,
    files=[FileSeen("招标文件", "文件", "0" * 64)],
    rules="规则。",
    conclusion="同意",
    consequence="后续。",
    lines=[OpinionLine(1, _FINDING, Verdict.AMOUNT, "理由", "说明", "认可", "备注", is_overruled=True)],
    approved_fen=1,
    tender_fen=1,
    questions=[("问题", "合理")],
    reasonableness="无。",
    hints=[OpinionHint("价格", "设备", "理由", "要求")],
    requirements="无。",
    deadline="无。",
    carried=0,
    reviewer=Signature("甲", "日期"),
    confirmer=Signature("乙", "日期"),
    day="日期",
)
WORDS: Mapping[tuple[str, str], dict[str, Any]] = {("parameter_review", "render_opinion"): opinion_words(_OPINION)}
"""What each step gives its template, filled in as an example in which every list has a member."""
_REMEDY = "请在 Word 中打开模板改正；可用的内容见 domain/reports/opinion.py 的 opinion_words。"


def check_templates(tree: Tree) -> list[Complaint]:
    """Return what is wrong with the Word templates of every process."""
    return sorted(
        complaint
        for process in tree.processes()
        for path in tree.resources(process, ".docx")
        for complaint in _check(tree, process, path)
    )


def _check(tree: Tree, process: str, path: Path) -> Iterator[Complaint]:
    file, element = tree.name(path), path.stem
    try:
        model = read_model(tree.model(process))
    except UnreadableModelError:
        return  # told by the check of the wiring
    if not any(node.id == element and node.kind in SERVICE_TASKS for node in model.nodes()):
        yield Complaint(file, "", "没有同名的自动步骤使用这个模板。", "请把模板改成步骤的 id，或删去。")
        return
    words = WORDS.get((process, element))
    if words is None:
        remedy = "请在 admin/checks/templates.py 的 WORDS 中给出这个步骤填入的内容。"
        yield Complaint(file, element, "不知道这个模板可以用哪些内容，没有检查。", remedy)
        return
    try:
        render(path, words, date(2000, 1, 1))
    except TemplateError as error:
        yield Complaint(file, element, f"模板不能填写（{error}）。", _REMEDY)
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        yield Complaint(file, element, f"模板不是能打开的 Word 文档（{error}）。", "请在 Word 中另存为 .docx。")
