"""更正送审材料: somebody known hands it in, and that is kept once."""

from typing import Any


def test_nobody_in_particular_cannot_complete_it(desk: Any) -> None:
    denied = desk.judge("correct_documents", "completing", "")
    assert denied == "请先领取任务再提交：办理人要有署名。填写的内容没有提交。"
    assert desk.audited() == []


def test_who_completed_it_is_in_the_audit_trail(desk: Any) -> None:
    assert desk.judge("correct_documents", "completing", "wang_fang") is None
    assert desk.audited_by() == [("task.completed", "wang_fang")]
