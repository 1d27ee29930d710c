"""提交公告文件: somebody known hands it in, and that is kept once."""

from typing import Any

import pytest

from tests.desk import reference

FILE = [reference("d1")]


def test_nobody_in_particular_cannot_complete_it(desk: Any) -> None:
    denied = desk.judge("submit_published_tender", "completing", "", published_document=FILE, notice_number="JH26-1")
    assert denied == "请先领取任务再提交：办理人要有署名。填写的内容没有提交。"
    assert desk.audited() == []


def test_who_completed_it_is_in_the_audit_trail(desk: Any) -> None:
    assert (
        desk.judge(
            "submit_published_tender", "completing", "wang_fang", published_document=FILE, notice_number="JH26-1"
        )
        is None
    )
    assert desk.audited_by() == [("task.completed", "wang_fang")]


@pytest.mark.parametrize("files", [None, [], "招标.xlsx", FILE * 2])
def test_it_takes_one_file(desk: Any, files: Any) -> None:
    denied = desk.judge(
        "submit_published_tender", "completing", "wang_fang", published_document=files, notice_number="JH26-1"
    )
    assert "公告文件" in denied
    assert denied.endswith("填写的内容没有提交。")
    assert desk.audited() == []


@pytest.mark.parametrize("number", [None, " ", {}])
def test_it_takes_the_number_of_the_notice(desk: Any, number: Any) -> None:
    given = {"published_document": FILE, "notice_number": number}
    denied = desk.judge("submit_published_tender", "completing", "wang_fang", **given)
    assert denied == "请填写公告编号。填写的内容没有提交。"
