"""What a tender plans to spend, wherever it says so, is held against the approved total."""

import pytest

from domain.documents import Clause, ParameterTable
from domain.documents.reader import read_document
from domain.documents.table import Subtotal
from domain.parameters import review
from domain.parameters.budget import stated_budget
from tests.domain.builders import TENDER_HEADER, TENDER_ROW, item, table, text_document

MYRIAD = 1_000_000
APPROVED = table()  # 125万元


def budget(*prose: str) -> float | None:
    found = stated_budget(tuple(Clause(text, f"第{order}段") for order, text in enumerate(prose, start=1)))
    return found.total.fen / MYRIAD if found else None


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        (["第一包", "本包预算金额：90万元", "第二包", "本包预算金额：20万元"], 110),
        (["第一包 基础设施", "预算金额：90万元", "第二包 安全", "预算金额：20万元", "最高限价：18万元"], 110),
        (["第1包预算60万元，第2包预算45万元。"], 105),
        (["标段一：采购预算 60 万元；标段二：采购预算 45 万元"], 105),
        (["项目总预算110万元，其中第一包60万元，第二包50万元"], 110),
        (["项目预算金额：100万元", "第一包", "预算金额：60万元", "第二包", "预算金额：60万元"], 120),
        (["第一包", "预算金额：60万元", "第一包 技术要求", "预算金额：60万元"], 60),
        (["采购预算（最高限价）：110万元"], 110),
        (["预算金额（人民币）：壹佰壹拾万元整"], 110),
        (["预算金额不超过1,100,000.00元"], 110),
        (["包1 预算金额（元）：1,100,000.00", "包1 最高限价（元）：1,080,000.00"], 110),
    ],
)
def test_packages_are_added_and_of_budget_and_ceiling_the_higher_counts(prose: list[str], expected: float) -> None:
    assert budget(*prose) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "投标保证金：2万元",
        "最高限价：7.5万元/台",
        "单价最高限价：7.5万元",
        "预算金额见附件",
        "超过预算金额的投标无效，罚款2万元",
    ],
)
def test_prices_of_one_and_other_sums_are_no_budget(sentence: str) -> None:
    assert budget(sentence) is None


def money_rows(tender: ParameterTable) -> list[tuple[str, str]]:
    return [(one.parameter, one.verdict.value) for one in review(APPROVED, tender).findings if one.item == "项目合计"]


@pytest.mark.parametrize(
    "rows",
    [
        [("条款号", "条款名称", "编列内容"), ("1.3", "采购预算", "人民币130万元"), ("1.4", "保证金", "2万元")],
        [("项目", "要求"), ("最高限价", "130万元")],
        [("包号", "采购内容概述", "预算金额（元）"), ("1", "服务器", "700,000.00"), ("2", "存储", "600,000.00")],
        [("包号", "采购内容", "预算金额（元）"), ("1", "服务器", "700,000.00"), ("2", "存储", "600,000.00")],
        [("标段", "采购项目", "采购预算"), ("一标段", "服务器", "70万元"), ("二标段", "存储", "60万元")],
        [("标段", "说明", "最高限价（万元）"), ("一", "服务器", "70"), ("二", "存储", "60"), ("合计", "", "130")],
    ],
)
def test_a_budget_in_a_table_beside_the_list_exceeds_the_approval(rows: list[tuple[str, ...]]) -> None:
    document = text_document("采购需求", [TENDER_HEADER, TENDER_ROW], "投标人须知前附表", rows)
    assert ("预算金额", "金额超出") in money_rows(read_document(document, "招标.docx"))


@pytest.mark.parametrize(
    ("approved", "verdict"),
    [
        ("项目总投资130万元。", "不可比/需人工"),
        ("投资概算总额：人民币1,350,000元", "不可比/需人工"),
        ("项目总投资125万元。", "金额超出"),
        ("项目投资概算编制说明", "金额超出"),
    ],
)
def test_a_budget_within_what_the_approval_states_beyond_its_list_is_asked(approved: str, verdict: str) -> None:
    clause = Clause(approved, "第1段")
    tender = table(clauses=(Clause("预算金额：130万元", "第5段"),))
    found = review(table(clauses=(clause,)), tender).findings
    assert [one.verdict.value for one in found if one.parameter == "预算金额"] == [verdict]


def test_a_budget_table_that_fits_is_no_finding() -> None:
    rows = [("包号", "说明", "预算金额（元）"), ("1", "服务器", "700,000.00"), ("2", "存储", "550,000.00")]
    document = text_document("采购需求", [TENDER_HEADER, TENDER_ROW], "投标人须知前附表", rows)
    assert money_rows(read_document(document, "招标.docx")) == [("合价", "一致")]


def test_a_printed_total_above_the_approval_is_shown_though_the_rows_add_up_to_less() -> None:
    printed = Subtotal("合计", 135 * MYRIAD, "招标!H9")
    assert money_rows(table(subtotals=(printed,))) == [("合价", "一致"), ("所列合计", "不可比/需人工")]


@pytest.mark.parametrize("label", ["合计", "其中：税金"])
def test_a_printed_total_within_the_approval_or_a_part_of_one_is_no_finding(label: str) -> None:
    printed = Subtotal(label, (125 if label == "合计" else 500) * MYRIAD, "招标!H9")
    assert money_rows(table(subtotals=(printed,))) == [("合价", "一致")]


def test_an_amount_ten_thousand_times_too_small_is_a_slip_of_the_unit_and_never_consistent() -> None:
    found = review(APPROVED, table(item(unit_price=1_250, total=12_500))).findings
    asked = [one for one in found if one.subject.value == "金额"]
    assert {one.verdict.value for one in asked} == {"不可比/需人工"}
    assert all("单位" in one.reason for one in asked)


def test_a_saving_however_large_is_consistent() -> None:
    assert money_rows(table(item(unit_price=125_000, total=1_250_000))) == [("合价", "一致")]
