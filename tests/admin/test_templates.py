"""`zhengjian lint` on Word templates: what nobody gives, what is broken, what belongs to no step."""

import shutil
from pathlib import Path

import docx
import pytest

from admin.checks import Tree
from admin.checks.templates import check_templates
from admin.lint import REPOSITORY
from admin.opinion_template import write_template


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    shutil.copytree(REPOSITORY / "bpmn", tmp_path / "bpmn")
    return Tree(tmp_path)


def opinion(tree: Tree) -> Path:
    return tree.resource("parameter_review", "render_opinion.docx")


def edit(path: Path, text: str) -> None:
    document = docx.Document(str(path))
    document.add_paragraph(text)
    document.save(str(path))


def test_the_templates_of_this_repository_ask_for_what_they_are_given() -> None:
    assert check_templates(Tree(REPOSITORY)) == []


def test_the_template_can_be_written_anew(tree: Tree) -> None:
    write_template(opinion(tree))
    assert check_templates(tree) == []


def test_whoever_only_rewords_the_template_hears_nothing(tree: Tree) -> None:
    edit(opinion(tree), "联系人：{{ reviewer.name }}，共 {{ deviations|length }} 项偏差。")
    assert check_templates(tree) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ nobody_knows }}", "'nobody_knows' is undefined"),
        ("{{ reviewer.phone }}", "has no attribute 'phone'"),
        ("{%p for row in deviations %}", "Unexpected end of template"),
        ("{{ number", "模板不能填写"),
    ],
)
def test_a_mark_that_cannot_be_filled_in_is_told(tree: Tree, text: str, told: str) -> None:
    edit(opinion(tree), text)
    (complaint,) = check_templates(tree)
    assert complaint.file == "bpmn/parameter_review/render_opinion.docx"
    assert told in complaint.text


def test_a_file_that_is_no_word_document_is_told(tree: Tree) -> None:
    opinion(tree).write_bytes(b"not a document")
    assert "不是能打开的 Word 文档" in check_templates(tree)[0].text


def test_a_template_of_no_step_is_told(tree: Tree) -> None:
    opinion(tree).rename(tree.resource("parameter_review", "render_letter.docx"))
    assert "没有同名的自动步骤" in check_templates(tree)[0].text
