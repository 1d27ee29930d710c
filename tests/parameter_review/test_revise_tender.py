"""修改招标文件: somebody known hands it in, and that is kept once."""

from typing import Any

import pytest

from tests.desk import reference

FILE = [reference("d1")]


def test_nobody_in_particular_cannot_complete_it(desk: Any) -> None:
    denied = desk.judge("revise_tender", "completing", "", revised_tender=FILE)
    assert denied == "请先领取任务再提交：办理人要有署名。填写的内容没有提交。"
    assert desk.audited() == []


def test_who_completed_it_is_in_the_audit_trail(desk: Any) -> None:
    assert desk.judge("revise_tender", "completing", "wang_fang", revised_tender=FILE) is None
    assert desk.audited_by() == [("task.completed", "wang_fang")]


@pytest.mark.parametrize("files", [None, [], "招标.xlsx", FILE * 2])
def test_it_takes_one_file(desk: Any, files: Any) -> None:
    denied = desk.judge("revise_tender", "completing", "wang_fang", revised_tender=files)
    assert "修改后的招标文件" in denied
    assert denied.endswith("填写的内容没有提交。")
    assert desk.audited() == []
