"""记录偏差说明."""

from typing import Any

from records.models import ReviewState


def test_each_explanation_is_kept_with_its_finding_and_shown_to_the_reviewer(desk: Any, more_memory: Any) -> None:
    number = desk.compare(more_memory)["deviations"][0]["no"]
    returned = desk.run("record_explanations", explanations=[{"no": number, "explanation": "业务增长，价格不变"}])
    assert [line["explanation"] for line in returned["deviations"]] == ["业务增长，价格不变"]
    assert (returned["review_due"], returned["confirm_due"]) == (
        "2026-11-26T23:59:59+08:00",
        "2026-11-30T23:59:59+08:00",
    )
    assert [row.explanation for row in desk.findings() if row.tender == "内存≥512GB"] == ["业务增长，价格不变"]
    assert desk.review().state is ReviewState.REVIEWING
    assert desk.deadlines()["说明偏差"] == ("2026-11-26", True)
    assert desk.audited()[-1] == "deviations.explained"


def test_a_number_nobody_asked_about_is_passed_over(desk: Any, more_memory: Any) -> None:
    desk.compare(more_memory)
    desk.run("record_explanations", explanations=[{"no": 999, "explanation": "无关"}, {"explanation": "没有编号"}])
    assert {row.explanation for row in desk.findings()} == {None, ""}


def test_a_second_run_keeps_the_first_explanation(desk: Any, more_memory: Any) -> None:
    number = desk.compare(more_memory)["deviations"][0]["no"]
    at = desk.occasion()
    first = desk.run("record_explanations", at=at, explanations=[{"no": number, "explanation": "业务增长"}])
    assert desk.run("record_explanations", at=at, explanations=[{"no": number, "explanation": "别的"}]) == first
    assert desk.audited().count("deviations.explained") == 1


def test_deviations_beyond_the_form_get_the_common_explanation(desk: Any) -> None:
    many = tuple((f"设备{n}", f"1、容量≥{n + 1}TB", 1, 1_000) for n in range(160))
    desk.compare(tuple((name, "1、容量≥9000TB", quantity, price) for name, _, quantity, price in many), many)
    desk.run("record_explanations", explanations=[], rest_explanation="统一扩容")
    said = [row.explanation for row in desk.findings() if row.verdict != "一致"]
    assert set(said[:150]) == {""}
    assert set(said[150:]) == {"统一扩容"}
