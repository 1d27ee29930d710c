"""审查合理性: the hints a round gives the reviewers, from its files and from what the registry knows."""

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest

from domain.reasonableness.price_list import ContractLine
from records.contracts import Contracts
from tests.desk import NOW
from tests.parameter_review.desk import APPROVED, Row

SERVER, FIREWALL = APPROVED
CHEAP: tuple[Row, ...] = (SERVER, ("防火墙", "1、吞吐量≥10Gbps", 1, 40_000))
PORTAL: tuple[Row, ...] = (("统一办事门户", "1、支持移动端\n2、支持办件查询\n3、支持满意度评价", 1, 300_000),)


def hints_of(desk: Any, review_round: int = 1) -> list[Any]:
    found: list[Any] = desk.look(lambda books: list(books.hints.of_round(desk.review().id, review_round)))
    return found


def rules_of(desk: Any, review_round: int = 1) -> list[str]:
    return [hint.rule for hint in hints_of(desk, review_round)]


def sold(number: int, price: int, item: str = "NGFW") -> ContractLine:
    return ContractLine(
        "2025-1", "政务网改造", f"HT-{number}", 1, "某公司", item, "吞吐量10Gbps", "台", price * 100, "2", "含税",
        date(2025, number, 15),
    )  # fmt: skip


def record(desk: Any, *lines: ContractLine) -> None:
    with desk.database.session() as session:
        Contracts(session).add(lines, "ab" * 32, NOW)


def test_what_a_cloud_offers_is_asked_about_and_consistency_is_left_alone(desk: Any) -> None:
    assert desk.compare()["deviation_count"] == 0
    returned = desk.run("check_reasonableness")
    assert returned["hint_count"] == 2
    assert [(line["no"], line["topic"], line["item"]) for line in returned["hints"]] == [
        (1, "上云", "平台·物理服务器"),
        (2, "上云", "平台·边界安全设备"),
    ]
    assert "政务云一般可提供云主机" in returned["hints"][0]["reason"]
    assert returned["hints_note"].startswith("2项单价与登记的历史合同比对：0项有可比样本；2项样本不足")
    assert returned["hint_answers"] == []
    assert desk.audited() == ["documents.parsed", "findings.recorded", "reasonableness.checked"]
    assert {finding.verdict for finding in desk.findings()} == {"一致"}


def test_a_price_far_below_the_approved_one_is_put_before_the_reviewers(desk: Any) -> None:
    desk.compare(CHEAP)
    line = desk.run("check_reasonableness")["hints"][0]
    assert (line["no"], line["topic"], line["item"]) == (1, "价格", "平台·防火墙")
    assert line["reason"].startswith("招标单价4.00万元约为批复单价8.00万元的50%")
    assert line["figure"].startswith("经验默认值60%")


def test_a_second_run_adds_no_hint_whatever_the_registry_has_learnt_since(desk: Any) -> None:
    desk.compare(CHEAP)
    at = desk.occasion()
    first = desk.run("check_reasonableness", at=at)
    record(desk, sold(1, 200_000), sold(2, 210_000), sold(3, 220_000))
    assert desk.run("check_reasonableness", at=at) == first
    assert len(hints_of(desk)) == 4
    assert desk.audited().count("reasonableness.checked") == 1


def test_earlier_contracts_for_the_same_thing_under_another_name_are_the_price_to_compare_with(desk: Any) -> None:
    record(desk, sold(1, 30_000), sold(2, 40_000), sold(3, 50_000, item="下一代防火墙"))
    desk.compare()
    desk.run("check_reasonableness")
    hint = next(hint for hint in hints_of(desk) if hint.rule == "above_contracts")
    assert (hint.item, hint.tender) == ("防火墙", "8.00万元")
    assert hint.reason == (
        "招标单价8.00万元为3份历史合同中位价4.00万元的200%（合同价3.00万元至5.00万元，"
        "签订于2025年1月15日至2025年3月15日），请说明价格依据"
    )
    assert hint.evidence.startswith("HT-3（政务网改造）下一代防火墙（吞吐量10Gbps）5.00万元，2025年3月15日；HT-2")


def test_two_contracts_are_too_few_and_that_is_said(desk: Any) -> None:
    record(desk, sold(1, 30_000), sold(2, 40_000))
    desk.compare()
    assert "2项样本不足" in desk.run("check_reasonableness")["hints_note"]
    assert "above_contracts" not in rules_of(desk)
    summary = hints_of(desk)[-1]
    assert summary.informs
    assert "HT-1" in summary.evidence


def test_the_same_content_in_another_project_of_the_unit_is_named_with_place_and_likeness(desk: Any) -> None:
    desk.compare(PORTAL, PORTAL)
    desk.run("check_reasonableness")
    other = desk.another()
    other.variables |= {"project_code": "2026-210100-02", "project_name": "便民服务平台"}
    other.compare(PORTAL, PORTAL)
    other.run("check_reasonableness")
    hint = next(hint for hint in hints_of(other) if hint.rule == "duplicate_content")
    assert hint.topic == "重复建设"
    assert "与本单位2026年审查的“城市运行管理服务平台”（2026-210100-01）相同或相近" in hint.reason
    assert "“统一办事门户”（设备清单!C2）与该项目批复文件“统一办事门户”（设备清单!C2）参数相同100%" in hint.evidence


def test_further_packages_of_the_same_project_duplicate_nothing(desk: Any) -> None:
    desk.compare(PORTAL, PORTAL)
    other = desk.another()
    other.variables["package_name"] = "第2包"
    other.compare(PORTAL, PORTAL)
    other.run("check_reasonableness")
    assert "duplicate_content" not in rules_of(other)


def test_purchases_of_one_kind_that_a_unit_spreads_over_projects_are_added_up(desk: Any) -> None:
    desk.compare((("应用服务器", "1、CPU核数≥16核", 5, 500_000),))
    other = desk.another()
    other.variables |= {"project_code": "2026-210100-02", "project_name": "便民服务平台"}
    other.compare((("数据库服务器", "1、CPU核数≥64核", 3, 500_000),))
    other.run("check_reasonableness")
    hint = next(hint for hint in hints_of(other) if hint.rule == "split_purchase")
    assert hint.reason == (
        "本单位本年度另有1个项目采购“服务器”，连同本次150.00万元合计400.00万元，"
        "请核实是否属同一预算项目、是否化整为零规避公开招标"
    )
    assert hint.evidence == "“城市运行管理服务平台”（2026-210100-01）250.00万元"


def test_a_document_with_a_secrecy_marking_is_never_found_from_another_project(desk: Any) -> None:
    marked = (*PORTAL, ("机密★10年", "1、内部", 1, 1_000))
    with pytest.raises(Exception, match="密"):
        desk.compare(marked, marked)
    other = desk.another()
    other.variables |= {"project_code": "2026-210100-02", "project_name": "便民服务平台"}
    other.compare(PORTAL, PORTAL)
    other.run("check_reasonableness")
    assert "duplicate_content" not in rules_of(other)


def test_many_hints_stay_small_and_the_form_says_what_it_leaves_out(desk: Any) -> None:
    large = tuple((f"服务器{number}", "1、内存≥4096GB，" + "用于大规模数据分析" * 40, 1, 1_000) for number in range(60))
    desk.compare(large, large)
    returned = desk.run("check_reasonableness")
    assert (returned["hint_count"], len(returned["hints"])) == (61, 40)
    assert returned["hints_note"].endswith("下面列出前 40 条提示，另有 21 条见“技术参数审查”页面。")
    # Four copies live at once: the hints, the answers, and both forms under way.
    assert 4 * len(json.dumps(returned, ensure_ascii=False).encode()) < 400_000
    assert len(hints_of(desk)) == 62


def test_a_dismissed_hint_keeps_its_answer_in_the_next_round_and_an_upheld_one_is_asked_again(desk: Any) -> None:
    desk.compare(CHEAP)
    lines = desk.run("check_reasonableness")["hints"]
    desk.sign()
    desk.variables["hint_answers"] = [
        {"no": lines[0]["no"], "answer": "upheld", "answer_note": "请说明报价依据"},
        {"no": lines[1]["no"], "answer": "dismissed", "answer_note": "涉及现场采集，已经市政务云管理部门同意"},
    ]
    desk.conclude("修改后同意")
    desk.compare(CHEAP)
    asked = desk.run("check_reasonableness")["hints"]
    assert [line["item"] for line in asked] == ["平台·防火墙", "平台·边界安全设备"]
    kept = next(hint for hint in hints_of(desk, 2) if hint.carried_over)
    assert (kept.item, kept.answer, kept.note) == ("物理服务器", "dismissed", "涉及现场采集，已经市政务云管理部门同意")


def test_an_upheld_hint_is_something_the_unit_must_change_and_counts_for_the_conclusion(desk: Any) -> None:
    desk.compare(CHEAP)
    lines = desk.run("check_reasonableness")["hints"]
    desk.sign()
    desk.variables["hint_answers"] = [{"no": lines[0]["no"], "answer": "upheld", "answer_note": ""}]
    settled = desk.run("settle_findings")
    assert settled["unreasonable_count"] == 1
    assert [(line["no"], line["item"], line["requirement"]) for line in settled["revisions"]] == [
        ("合理性1", "平台·防火墙", "请说明理由或修改招标文件")
    ]


@pytest.mark.parametrize(
    "said", [None, "无", [1, {"no": "1"}, {"no": 1, "answer": "yes"}], [{"no": 99, "answer": "upheld"}]]
)
def test_hints_that_nobody_answered_hold_up_nothing(desk: Any, said: Any) -> None:
    desk.compare(CHEAP)
    desk.run("check_reasonableness")
    desk.sign()
    desk.variables["hint_answers"] = said
    settled = desk.run("settle_findings")
    assert (settled["unreasonable_count"], settled["revisions"]) == (0, [])
    assert {hint.answer for hint in hints_of(desk)} == {None}
    assert Counter(hint.topic for hint in hints_of(desk)) == {"价格": 2, "上云": 2}
