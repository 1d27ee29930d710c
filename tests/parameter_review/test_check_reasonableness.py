"""审查合理性: the hints a round gives the reviewers."""

from typing import Any

from tests.parameter_review.desk import APPROVED

CHEAP = (APPROVED[0], ("防火墙", "1、吞吐量≥10Gbps", 1, 40_000))


def test_a_tender_without_anything_odd_gives_no_hint(desk: Any) -> None:
    desk.compare()
    returned = desk.run("check_reasonableness")
    assert (returned["hints"], returned["hint_count"], returned["hints_note"]) == ([], 0, "")


def test_a_price_far_below_the_approved_one_is_put_before_the_reviewers(desk: Any) -> None:
    desk.compare(CHEAP)
    returned = desk.run("check_reasonableness")
    assert returned["hint_count"] == 1
    line = returned["hints"][0]
    assert (line["no"], line["topic"], line["item"]) == (1, "价格", "平台·防火墙")
    assert line["reason"].startswith("招标单价4.00万元约为批复单价8.00万元的50%")


def test_a_second_run_returns_what_the_first_did(desk: Any) -> None:
    desk.compare(CHEAP)
    at = desk.occasion()
    assert desk.run("check_reasonableness", at=at) == desk.run("check_reasonableness", at=at)
