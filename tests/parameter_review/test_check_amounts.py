"""核对计划金额: the findings of the round, what the forms are given, and what a further round leaves out."""

import json
from typing import Any

from records.models import ReviewState

MANY = tuple((f"设备{n}", "1、" + "很长的参数" * 40, 1, 1_000) for n in range(300))
ALL_CHANGED = tuple(
    (name, specification.replace("很长", "不同"), quantity, price) for name, specification, quantity, price in MANY
)


def test_an_equal_tender_has_no_deviation_and_goes_straight_to_review(desk: Any) -> None:
    returned = desk.compare()
    assert (returned["deviations"], returned["deviation_count"], returned["more_deviations"]) == ([], 0, 0)
    assert (returned["approved_total"], returned["tender_total"]) == ("18.00万元", "18.00万元")
    assert (returned["approved_total_fen"], returned["tender_total_fen"]) == (18_000_000, 18_000_000)
    assert (returned["review_due"], returned["confirm_due"]) == (
        "2026-11-26T23:59:59+08:00",
        "2026-11-30T23:59:59+08:00",
    )
    assert desk.review().state is ReviewState.REVIEWING
    assert desk.audited() == ["documents.parsed", "findings.recorded"]


def test_a_deviation_is_put_up_for_explanation(desk: Any, more_memory: Any) -> None:
    returned = desk.compare(more_memory)
    assert returned["deviation_count"] == 1
    line = returned["deviations"][0]
    assert (line["item"], line["approved"], line["tender"]) == ("平台·应用服务器", "内存≥256GB", "内存≥512GB")
    assert line["explanation"] == ""
    assert returned["explanation_due"] == "2026-11-26T23:59:59+08:00"
    assert (returned["explanations"], returned["dispositions"], returned["confirmation"]) == ([], [], "")
    assert desk.review().state is ReviewState.EXPLAINING


def test_a_second_run_adds_no_finding(desk: Any, more_memory: Any) -> None:
    desk.compare(more_memory)
    at = desk.occasion()
    desk.submit(more_memory)
    desk.run("parse_documents", "align_items", "compare_parameters", "scan_brands")
    first = desk.run("check_amounts", at=at)
    count = len(desk.findings(2))
    assert desk.run("check_amounts", at=at) == first
    assert len(desk.findings(2)) == count


def test_three_hundred_deviations_stay_small_and_the_form_says_what_it_leaves_out(desk: Any) -> None:
    returned = desk.compare(ALL_CHANGED, MANY)
    assert returned["deviation_count"] >= 300
    assert len(returned["deviations"]) == 150
    assert returned["more_deviations"] == returned["deviation_count"] - 150
    assert f"另有 {returned['more_deviations']} 项" in returned["deviations_note"]
    # Four copies live at once: the findings, what was explained, what was decided, and the form under way.
    assert 4 * len(json.dumps(returned, ensure_ascii=False).encode()) < 1_500_000


def test_a_further_round_carries_accepted_rows_over_and_asks_about_the_changed_ones_only(
    desk: Any, more_memory: Any
) -> None:
    desk.compare((*more_memory[:1], ("防火墙", "1、吞吐量≥5Gbps", 1, 80_000)))
    lines = desk.variables["deviations"]
    assert [line["tender"] for line in lines] == ["内存≥512GB", "吞吐量≥5Gbps"]
    desk.sign()
    desk.variables["dispositions"] = [
        {"no": lines[0]["no"], "disposition": "accepted", "disposition_note": "业务增长"},
        {"no": lines[1]["no"], "disposition": "revise", "disposition_note": "改回10Gbps"},
    ]
    desk.conclude("修改后同意")
    returned = desk.compare((*more_memory[:1], ("防火墙", "1、吞吐量≥8Gbps", 1, 80_000)))
    assert [line["tender"] for line in returned["deviations"]] == ["吞吐量≥8Gbps"]
    assert returned["carried_count"] == 1
    kept = next(row for row in desk.findings(2) if row.tender == "内存≥512GB")
    assert (kept.carried_over, kept.disposition, kept.note) == (True, "accepted", "业务增长")


def test_a_row_that_had_to_be_changed_and_was_not_is_up_again(desk: Any, more_memory: Any) -> None:
    desk.compare(more_memory)
    desk.sign("revise")
    desk.conclude("修改后同意")
    assert [line["tender"] for line in desk.compare(more_memory)["deviations"]] == ["内存≥512GB"]


def test_another_approved_table_than_before_and_a_review_beside_it_are_put_before_the_reviewers(
    desk: Any, more_memory: Any
) -> None:
    assert desk.compare()["warnings_note"] == ""
    told = desk.another().compare(approved=more_memory)["warnings_note"]
    assert told == (
        "本次送审的批复参数价格表是本项目登记的第2版，与以前登记的不同，请对照批复文件核实；"
        "本项目同一采购包另有1件审查在办，请确认不是重复送审"
    )
