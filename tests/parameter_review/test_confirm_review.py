"""复核审查意见: four eyes, both times they matter."""

from typing import Any

import pytest

from records.models import ReviewStage, ReviewState

OWN_REVIEW = "您已办理本项目的初审，复核须由另一名审查人员办理。任务仍在待办中，内容没有变化。"


@pytest.fixture
def reviewed(desk: Any) -> Any:
    """A review that li_qiang has signed."""
    desk.compare()
    assert desk.judge("review_parameters", "completing", "li_qiang") is None
    return desk


@pytest.mark.parametrize("event", ["assigning", "completing"])
def test_the_reviewer_can_neither_take_nor_finish_the_confirmation(reviewed: Any, event: str) -> None:
    assert reviewed.judge("confirm_review", event, "li_qiang", confirmation="confirmed") == OWN_REVIEW
    assert "review.confirmed" not in reviewed.audited()


@pytest.mark.parametrize("assignee", ["zhao_min", ""])
def test_another_person_may_take_it_and_everybody_may_give_it_back(reviewed: Any, assignee: str) -> None:
    assert reviewed.judge("confirm_review", "assigning", assignee) is None


@pytest.mark.parametrize(
    ("confirmation", "decision", "state"),
    [("confirmed", "同意初审意见", ReviewState.CONFIRMING), ("returned", "退回初审", ReviewState.REVIEWING)],
)
def test_a_decision_of_another_person_is_signed(
    reviewed: Any, confirmation: str, decision: str, state: ReviewState
) -> None:
    answer = {"confirmation": confirmation, "confirmation_comment": "第2项依据不足"}
    assert reviewed.judge("confirm_review", "completing", "zhao_min", **answer) is None
    signed = reviewed.look(lambda books: list(books.reviews.opinions(reviewed.review().id)))[-1]
    assert (signed.stage, signed.person, signed.decision, signed.note) == (
        ReviewStage.SECOND,
        "zhao_min",
        decision,
        "第2项依据不足",
    )
    assert reviewed.review().state is state
    assert reviewed.audited()[-1] == f"review.{confirmation}"


def test_a_completion_by_nobody_is_denied(reviewed: Any) -> None:
    assert "请先领取任务" in reviewed.judge("confirm_review", "completing", "", confirmation="confirmed")


def test_a_completion_without_a_decision_is_denied(reviewed: Any) -> None:
    assert "请选择复核结论" in reviewed.judge("confirm_review", "completing", "zhao_min")


def test_after_a_return_the_newest_reviewer_counts(reviewed: Any) -> None:
    reviewed.judge("confirm_review", "completing", "zhao_min", confirmation="returned")
    assert reviewed.judge("review_parameters", "completing", "zhao_min") is None
    assert reviewed.judge("confirm_review", "assigning", "zhao_min") == OWN_REVIEW
    assert reviewed.judge("confirm_review", "assigning", "li_qiang") is None


def test_a_returned_review_is_due_on_the_same_day_as_before(reviewed: Any) -> None:
    assert reviewed.deadlines()["初审参数差异"] == ("2026-11-26", True)
    answer = {"confirmation": "returned", "confirmation_comment": "第2项依据不足"}
    assert reviewed.judge("confirm_review", "completing", "zhao_min", **answer) is None
    assert reviewed.deadlines()["初审参数差异"] == ("2026-11-26", False)


@pytest.mark.parametrize("confirmation", [None, "maybe", ["confirmed"], {"confirmed": 1}])
def test_anything_but_the_two_decisions_is_denied(reviewed: Any, confirmation: Any) -> None:
    denied = reviewed.judge("confirm_review", "completing", "zhao_min", confirmation=confirmation)
    assert denied == "请选择复核结论（同意初审意见，或退回初审）。填写的内容没有提交。"
