"""`zhengjian lint`: Camunda's own linters bite, and what could not be checked is said aloud."""

# ruff: noqa: E501 - one case a line

import shutil
from pathlib import Path

import pytest

from admin.checks import Complaint, Tree
from admin.checks.camunda import LintersMissingError, check_with_camunda
from admin.lint import CLEAN, COMPLAINTS, NOT_ALL_RUN, REPOSITORY, lint, tell
from admin.main import main
from gateway.assets.node import find_node

PROCESS = "parameter_review"
COUNT = len(Tree(REPOSITORY).processes())


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A copy of the real models that a test may spoil."""
    shutil.copytree(REPOSITORY / "bpmn", tmp_path / "bpmn")
    return Tree(tmp_path)


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_models_of_this_repository_are_what_modeler_saves_and_camunda_8_8_runs() -> None:
    assert lint(Tree(REPOSITORY)) == ([], [])


@pytest.mark.parametrize(
    ("file", "old", "new", "element", "rule"),
    [
        (f"{PROCESS}.bpmn", ' name="存在偏差？"', "", "gateway_any_deviation", "label-required"),
        (f"{PROCESS}.bpmn", "=deviation_count &gt; 0", "=deviation_count &gt;&gt;", "flow_any_deviation_yes", "camunda-compat/feel"),
        (f"{PROCESS}.bpmn", 'formId="start_request_submitted" ', "", "start_request_submitted", "camunda-compat"),
        (f"{PROCESS}.bpmn", '<bpmn:process id="parameter_review" name', '<bpmn:process id="parameter_review"  name', "", "canonical"),
        (f"{PROCESS}.bpmn", "<bpmn:incoming>flow_review_to_review_parameters</bpmn:incoming>", "<bpmn:nonsense />", "", "import"),
        ("decide_conclusion.dmn", 'hitPolicy="FIRST"', 'hitPolicy="FIRST" ', "", "canonical"),
        ("decide_conclusion.dmn", "<text>adjusted_count</text>", "<nonsense />", "", "import"),
        ("confirm_review.form", '"key": "confirmation",', '"key": "confirmation", "disabled": true,', "field_confirm_review_confirmation", "form-warn"),
    ],
)  # fmt: skip
def test_a_camunda_rule_bites(tree: Tree, file: str, old: str, new: str, element: str, rule: str) -> None:  # noqa: PLR0917 - a case's columns
    spoil(tree.resource(PROCESS, file), old, new)
    found = check_with_camunda(tree, find_node())
    assert any(each.element == element and rule in each.remedy for each in found), list(map(str, found))


def test_without_node_the_rest_is_checked_and_the_gap_is_told(tree: Tree) -> None:
    spoil(tree.model(PROCESS), 'value="第十八条"', 'value=""')
    complaints, not_run = lint(tree, lambda: None)
    assert any(each.element == PROCESS and "没有写明依据的条款" in each.text for each in complaints)
    assert not_run == ["没有 Node.js 或检查工具（bpmnlint 等）。请运行 make setup 后再检查一次。"]


def test_linters_that_cannot_start_are_not_taken_for_no_complaint(tree: Tree) -> None:
    node = find_node()
    assert node is not None
    (tree.root / "bpmn" / "gone.bpmn").symlink_to(tree.root / "nowhere.bpmn")
    with pytest.raises(LintersMissingError, match="没有运行起来"):
        check_with_camunda(tree, node)


@pytest.mark.parametrize(
    ("complaints", "not_run", "strict", "status", "says"),
    [
        ([], [], True, CLEAN, f"{COUNT} 个流程检查通过。"),
        ([], ["没有 Node.js"], False, CLEAN, "已运行的检查全部通过。"),
        ([], ["没有 Node.js"], True, NOT_ALL_RUN, "!! 未检查：没有 Node.js"),
        ([Complaint("a.bpmn", "task", "没有名称。", "请起名。")], [], False, COMPLAINTS, "a.bpmn · task：没有名称。请起名。"),
        ([Complaint("a.form", "", "坏了。", "请另存。")], ["没有 Node.js"], True, COMPLAINTS, "a.form：坏了。请另存。"),
    ],
)  # fmt: skip
def test_the_exit_status_tells_complaints_from_gaps(  # noqa: PLR0917 - a case's columns
    tree: Tree,
    capsys: pytest.CaptureFixture[str],
    complaints: list[Complaint],
    not_run: list[str],
    strict: bool,  # noqa: FBT001 - a case's column
    status: int,
    says: str,
) -> None:
    assert tell(tree, complaints, not_run, strict=strict) == status
    told = capsys.readouterr()
    assert says in told.out + told.err


def test_a_folder_without_models_is_not_taken_for_a_clean_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lint", "--root", str(tmp_path)]) == NOT_ALL_RUN
    assert "没有检查任何内容" in capsys.readouterr().err


def test_the_command_checks_this_repository(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "--strict"]) == CLEAN
    assert capsys.readouterr().out == f"{COUNT} 个流程检查通过。\n"
