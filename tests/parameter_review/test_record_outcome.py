"""登记审查结论: what is entered, pushed and due, by conclusion."""

from typing import Any

import pytest

from records.models import Conclusion, ReviewState

CONCLUDED = ("platform", "parameter_review.concluded")
TRANSFERRED = ("engine", "parameter_review.transferred")


@pytest.mark.parametrize(
    ("conclusion", "state", "due", "pushed"),
    [
        ("同意", ReviewState.AWAITING_PUBLICATION, {"publication_due": "2026-12-21T23:59:59+08:00"}, [CONCLUDED]),
        ("修改后同意", ReviewState.REVISING, {"revision_due": "2026-11-30T23:59:59+08:00"}, [CONCLUDED]),
        ("不同意", ReviewState.REFUSED, {}, [CONCLUDED]),
        ("转概算调整", ReviewState.TRANSFERRED, {}, [CONCLUDED, TRANSFERRED]),
    ],
)
def test_a_conclusion_is_entered_pushed_and_audited(
    desk: Any, conclusion: str, state: ReviewState, due: dict[str, str], pushed: list[tuple[str, str]]
) -> None:
    desk.compare()
    desk.sign()
    assert desk.conclude(conclusion) == due
    review = desk.review()
    assert (review.state, review.conclusion) == (state, Conclusion(conclusion))
    assert (review.ended_at is not None) == (not due)
    assert desk.pushed() == pushed
    assert desk.audited()[-1] == "outcome.recorded"


def test_a_second_run_pushes_nothing_more(desk: Any) -> None:
    desk.compare()
    desk.sign()
    desk.conclude("同意")
    at = desk.occasion()
    assert desk.run("record_outcome", at=at) == desk.run("record_outcome", at=at)
    assert desk.audited().count("outcome.recorded") == 2


def test_a_conclusion_the_regulation_does_not_know_is_a_bug(desk: Any) -> None:
    desk.compare()
    desk.sign()
    desk.conclude("同意")
    with pytest.raises(ValueError, match="也许"):
        desk.run("record_outcome", conclusion="也许")
