"""初审参数差异: who may sign, and only a finished review."""

from typing import Any

import pytest

from records.models import ReviewStage, ReviewState


def decided(desk: Any, disposition: str) -> list[dict[str, Any]]:
    return [{"no": line["no"], "disposition": disposition} for line in desk.variables["deviations"]]


def test_anybody_may_be_assigned(desk: Any, more_memory: Any) -> None:
    desk.compare(more_memory)
    assert desk.judge("review_parameters", "assigning", "li_qiang") is None
    assert "review.signed" not in desk.audited()


def test_a_completion_by_a_known_person_is_signed_with_the_name_the_engine_gives(desk: Any, more_memory: Any) -> None:
    desk.compare(more_memory)
    completed = {"deviations": decided(desk, "accepted"), "requirements": "请核对电源", "reviewer": "somebody_else"}
    assert desk.judge("review_parameters", "completing", "li_qiang", **completed) is None
    opinions = desk.look(lambda books: list(books.reviews.opinions(desk.review().id)))
    assert [(each.stage, each.person, each.round, each.note) for each in opinions] == [
        (ReviewStage.FIRST, "li_qiang", 1, "请核对电源")
    ]
    assert desk.review().state is ReviewState.CONFIRMING
    assert desk.audited()[-1] == "review.signed"


def test_a_completion_by_nobody_is_denied(desk: Any, more_memory: Any) -> None:
    desk.compare(more_memory)
    reason = desk.judge("review_parameters", "completing", "", deviations=decided(desk, "accepted"))
    assert reason == "请先领取任务再提交：初审意见要有署名。填写的内容没有提交。"
    assert desk.look(lambda books: list(books.reviews.opinions(desk.review().id))) == []


def test_an_undecided_deviation_is_named_and_the_completion_denied(desk: Any, more_memory: Any) -> None:
    number = desk.compare(more_memory)["deviations"][0]["no"]
    for answer in (decided(desk, ""), decided(desk, "whatever"), []):
        reason = desk.judge("review_parameters", "completing", "li_qiang", deviations=answer)
        assert reason == f"还有 1 项偏差没有处理意见（编号 {number}）。填写的内容没有提交，请补全后再提交。"


def test_without_deviations_there_is_nothing_to_decide(desk: Any) -> None:
    desk.compare()
    assert desk.judge("review_parameters", "completing", "li_qiang") is None


@pytest.mark.parametrize("lines", [None, "通过", [1], [{"no": "1", "disposition": "accepted"}], [{"disposition": {}}]])
def test_what_another_client_sends_in_place_of_the_list_decides_nothing(
    desk: Any, more_memory: Any, lines: Any
) -> None:
    desk.compare(more_memory)
    denied = desk.judge("review_parameters", "completing", "li_qiang", deviations=lines, requirements=["x"])
    assert denied == "还有 1 项偏差没有处理意见（编号 2）。填写的内容没有提交，请补全后再提交。"
