"""Two tables compared as a whole: every finding's fields, brands, quantities, money, and what a re-check looks at."""

import pytest

from domain.documents import Clause, Money, Notice, Parameter, ParameterTable
from domain.parameters import (
    AmountCheck,
    Counts,
    Finding,
    Overall,
    Review,
    Subject,
    Totals,
    Verdict,
    align,
    changed_since,
    check_amounts,
    compare,
    join,
    review,
    scan_brands,
)
from domain.parameters.review import warnings_of
from domain.plain import from_plain, to_plain
from tests.domain.builders import item, table


def deviations(approved: ParameterTable, tender: ParameterTable) -> list[tuple[str, str, str]]:
    return [
        (one.item, one.parameter, one.verdict.value) for one in review(approved, tender).findings if one.is_deviation
    ]


def only(approved: str, tender: str) -> Finding:
    """The finding on the single parameter of two otherwise equal items."""
    found = review(table(item(parameters=(approved,))), table(item(parameters=(tender,), place="表1 第2行")))
    (finding,) = [one for one in found.findings if one.subject in {Subject.PARAMETER, Subject.EXCLUSIVITY}]
    return finding


def test_equal_tables_are_consistent_row_by_row() -> None:
    result = review(table(item()), table(item(place="表1 第2行")))
    assert result.overall is Overall.SAME
    assert [(one.parameter, one.verdict) for one in result.findings] == [
        ("CPU核数", Verdict.SAME),
        ("内存", Verdict.SAME),
        ("数量", Verdict.SAME),
        ("单价", Verdict.SAME),
        ("合价", Verdict.SAME),
        ("合价", Verdict.SAME),
    ]
    assert result.counts == Counts(same=6)
    assert result.counts.deviations == 0
    assert result.totals == Totals(125_000_000, 125_000_000)
    assert result.warnings == ()


def test_every_field_of_a_finding_is_filled() -> None:
    assert only("内存：≥256GB", "内存：≥512GB") == Finding(
        subject=Subject.PARAMETER,
        subsystem="计算资源",
        item="应用服务器",
        tender_item="应用服务器",
        parameter="内存",
        approved="内存：≥256GB",
        tender="内存：≥512GB",
        verdict=Verdict.RAISED,
        reason="批复“≥256GB”，招标“≥512GB”，要求提高",
        approved_ref="设备清单!C4 第1条",
        tender_ref="表1 第2行 第1条",
        convention="内存容量按 1TB=1024GB 计",
        basis="",
        evidence="",
        confidence=only("内存：≥256GB", "内存：≥512GB").confidence,
        finding_id=only("内存：≥256GB", "内存：≥512GB").finding_id,
    )


def test_what_only_one_side_has_is_missing_or_added() -> None:
    approved = table(item(parameters=("CPU核数：≥16核", "试运行：试运行不少于3个月")), item("堡垒机", ("授权：≥50点",)))
    tender = table(item(parameters=("CPU核数：≥16核", "▲提供检测报告")), item("大屏", ("亮度：≥600nit",), total=1))
    assert deviations(approved, tender) == [
        ("应用服务器", "试运行", "缺失"),
        ("应用服务器", "提供检测报告", "新增"),
        ("堡垒机", "整项", "缺失"),
        ("大屏", "整项", "新增"),
    ]


def test_an_addition_that_a_later_rule_asks_for_is_told_apart() -> None:
    tender = table(item(parameters=("CPU核数：≥16核", "内存：≥256GB", "▲提供商用密码产品认证证书")))
    finding = next(one for one in review(table(item()), tender).findings if one.is_deviation)
    assert finding.verdict is Verdict.ADDED
    assert finding.reason.startswith("合规性新增")
    assert "商用密码" in finding.basis


def test_a_changed_mark_changes_the_effect() -> None:
    assert only("★支持国密IPSec VPN", "支持国密IPSec VPN").verdict is Verdict.LOWERED
    assert only("支持国密IPSec VPN", "★支持国密IPSec VPN").verdict is Verdict.RAISED
    assert only("▲支持国密IPSec VPN", "★支持国密IPSec VPN").verdict is Verdict.RAISED
    assert only("★支持国密IPSec VPN", "★支持国密IPSec VPN").verdict is Verdict.SAME


def test_a_brand_takes_the_verdict_and_names_the_other_difference() -> None:
    finding = only("虚拟化：支持横向虚拟化（堆叠）", "虚拟化：支持IRF2智能弹性架构")
    assert finding.verdict is Verdict.BRAND
    assert finding.subject is Subject.EXCLUSIVITY
    assert finding.evidence == "IRF2"
    assert "专有技术“IRF2”" in finding.reason
    assert "另有：不可比/需人工" in finding.reason
    assert "政府采购法实施条例" in finding.basis


@pytest.mark.parametrize(
    "tender",
    [
        "处理器：鲲鹏920，≥16核",
        "CPU：Intel Xeon 6430",
        "参考品牌：华为、新华三或相当于",
        "支持VSU虚拟化",
        "采用OceanStor架构",
        "支持iStack堆叠",
        "数据库：达梦DM8",
    ],
)
def test_brands_and_vendor_technologies_are_suspected(tender: str) -> None:
    found = review(table(item(parameters=())), table(item(parameters=(tender,)))).findings
    assert [one.verdict for one in found if one.tender == tender] == [Verdict.BRAND]


@pytest.mark.parametrize(
    "tender",
    ["支持国产CPU和国产操作系统", "星级酒店接入", "支持环网保护", "综合布线海光缆", "支持B/S架构", "中兴街指挥所"],
)
def test_innocent_words_are_no_brands(tender: str) -> None:
    found = review(table(item(parameters=())), table(item(parameters=(tender,)))).findings
    assert Verdict.BRAND not in {one.verdict for one in found}


def test_a_figure_that_only_one_data_sheet_gives_is_suspected() -> None:
    finding = only("交换容量：≥38Tbps", "交换容量：≥714Tbps")
    assert finding.verdict is Verdict.BRAND
    assert "数值指纹“714Tbps”" in finding.reason


def test_a_brand_that_was_approved_is_not_suspected_again() -> None:
    assert only("数据库：支持达梦或人大金仓", "数据库：支持达梦或人大金仓").verdict is Verdict.SAME


@pytest.mark.parametrize(
    "text",
    [
        "★须提供设备生产厂家授权函",
        "检测报告复印件须加盖原厂公章",
        "提供原厂售后服务承诺函",
        "提供制造商针对本项目的授权书",
    ],
)
def test_a_makers_proof_is_an_addition_with_its_basis(text: str) -> None:
    (finding,) = [
        one
        for one in review(table(item(parameters=())), table(item(parameters=(text,)))).findings
        if one.tender == text
    ]
    assert finding.verdict is Verdict.ADDED
    assert "厂家证明" in finding.reason
    assert finding.basis


def test_prose_is_scanned_and_names_its_paragraph() -> None:
    tender = table(item(), clauses=(Clause("供应商须具有华为金牌代理资格", "第12段"), Clause("负有保密义务", "第13段")))
    (finding,) = [one for one in review(table(item()), tender).findings if one.is_deviation]
    assert (finding.item, finding.parameter, finding.tender_ref) == ("招标文件正文", "正文条款", "第12段")
    assert finding.verdict is Verdict.BRAND


def test_names_and_remarks_are_scanned() -> None:
    tender = table(item(remark="推荐型号：H3C S5560"))
    assert deviations(table(item()), tender) == [("应用服务器", "备注", "指定品牌")]


def test_a_split_item_is_compared_by_its_sum_and_once_for_equal_packages() -> None:
    tender = table(
        item(quantity="6台", package="包1", total=75_000_000),
        item(quantity="4台", package="包2", total=50_000_000, place="表2 第2行"),
    )
    result = review(table(item()), tender)
    assert result.overall is Overall.SAME
    (memory,) = [one for one in result.findings if one.parameter == "内存"]
    assert memory.tender_ref == "设备清单!C4 第2条、表2 第2行 第2条"
    (quantity,) = [one for one in result.findings if one.parameter == "数量"]
    assert (quantity.approved, quantity.tender) == ("10台", "包1:6台、包2:4台")
    assert "跨采购包汇总" in quantity.convention


def test_packages_with_different_wording_are_told_apart() -> None:
    tender = table(
        item(("应用服务器"), quantity="6台", package="包1", total=None, unit_price=None),
        item(parameters=("CPU核数：≥16核", "内存：≥128GB"), quantity="4台", package="包2", total=None, unit_price=None),
    )
    rows = [
        (one.parameter, one.verdict.value) for one in review(table(item(total=None, unit_price=None)), tender).findings
    ]
    assert rows.count(("内存", "一致")) == 1
    assert rows.count(("内存", "降低")) == 1


def test_merged_rows_are_compared_by_their_sum() -> None:
    approved = table(
        item(quantity="6台", subsystem="甲", total=75_000_000), item(quantity="4台", subsystem="乙", total=50_000_000)
    )
    assert deviations(approved, table(item(quantity="10台", subsystem=""))) == []
    assert deviations(approved, table(item(quantity="12台", subsystem=""))) == [("应用服务器", "数量", "数量变更")]


@pytest.mark.parametrize(
    ("approved", "tender", "verdict"),
    [
        ("10台", "10台", "一致"),
        ("10台", "12台", "数量变更"),
        ("10台", "8台", "数量变更"),
        ("1套", "0套", "数量变更"),
        ("2对", "4个", "一致"),
        ("2台", "1套（含2台）", "一致"),
        ("1箱（305米）", "305米", "一致"),
        ("10台", "10套", "不可比/需人工"),
        ("10台", "若干", "不可比/需人工"),
        ("10台", "", "不可比/需人工"),
        ("10", "10台", "一致"),
    ],
)
def test_quantities(approved: str, tender: str, verdict: str) -> None:
    found = review(table(item("防火墙", quantity=approved)), table(item("防火墙", quantity=tender))).findings
    assert [one.verdict.value for one in found if one.parameter == "数量"] == [verdict]


def test_set_and_item_are_one_unit_for_software_only() -> None:
    def quantity(name: str) -> str:
        found = review(table(item(name, quantity="1套")), table(item(name, quantity="1项"))).findings
        return next(one.verdict.value for one in found if one.parameter == "数量")

    assert quantity("指挥调度系统") == "一致"
    assert quantity("音箱") == "不可比/需人工"


def money(approved_fen: int, tender_fen: int, *, approved: str = "", tender: str = "") -> list[str]:
    left = item(unit_price=None, total=approved_fen, tax=approved)
    right = item(unit_price=None, total=tender_fen, tax=tender)
    return [one.verdict.value for one in review(table(left), table(right)).findings if one.subject is Subject.AMOUNT]


def test_one_fen_more_exceeds_and_equal_or_less_does_not() -> None:
    assert money(100, 101) == ["金额超出", "金额超出"]
    assert money(100, 100) == ["一致", "一致"]
    assert money(100, 99) == ["一致", "一致"]


def test_amounts_with_and_without_tax_do_not_compare() -> None:
    assert money(380, 360, tender="不含税")[0] == "不可比/需人工"
    assert money(380, 360, approved="含税", tender="含税")[0] == "一致"
    assert money(380, 360, approved="不含税", tender="不含税")[0] == "一致"
    assert money(380, 360, approved="不含税")[0] == "不可比/需人工"


def test_lines_may_net_out_and_the_project_is_still_within() -> None:
    approved = table(item(unit_price=None, total=100), item("防火墙", unit_price=None, total=100))
    tender = table(item(unit_price=None, total=120), item("防火墙", unit_price=None, total=70))
    assert deviations(approved, tender) == [("应用服务器", "合价", "金额超出")]


def test_an_addition_counts_in_the_project_total() -> None:
    tender = table(item(), item("大屏", ("亮度：≥600nit",), total=1))
    assert ("项目合计", "合价", "金额超出") in deviations(table(item()), tender)


def test_amounts_that_cannot_be_read_are_left_to_a_person() -> None:
    unread = Money("若干", None, "D4")
    tender = table(item())
    broken = ParameterTable(
        "t.xlsx", "0" * 64, (type(tender.items[0])(**{**_fields(tender), "total": unread, "unit_price": None}),)
    )
    assert deviations(table(item()), broken) == [
        ("应用服务器", "合价", "不可比/需人工"),
        ("项目合计", "合价", "不可比/需人工"),
    ]
    none = table(item(unit_price=None, total=None))
    assert deviations(table(item()), none) == [("项目合计", "合价", "不可比/需人工")]
    assert deviations(none, none) == []


def _fields(one: ParameterTable) -> dict[str, object]:
    (only_item,) = one.items
    return {name: getattr(only_item, name) for name in only_item.__dataclass_fields__}


@pytest.mark.parametrize(
    ("prose", "verdict"),
    [
        (["采购预算：125万元"], "一致"),
        (["项目预算金额为人民币1,260,000.00元"], "金额超出"),
        (["包1最高限价：75万元", "包2最高限价：50万元"], "一致"),
        (["包1最高限价：75万元", "包2最高限价：50.01万元"], "金额超出"),
        (["预算金额：120万元，最高限价：126万元"], "金额超出"),
        (["投标保证金：2万元"], "不可比/需人工"),
    ],
)
def test_a_tender_without_prices_is_checked_by_the_budget_its_prose_states(prose: list[str], verdict: str) -> None:
    clauses = tuple(Clause(text, f"第{order}段") for order, text in enumerate(prose, start=1))
    tender = table(item(unit_price=None, total=None), clauses=clauses)
    found = [one for one in review(table(item()), tender).findings if one.item == "项目合计"]
    assert [one.verdict.value for one in found] == [verdict]


def test_a_stated_budget_above_the_approved_total_is_found_beside_fitting_rows() -> None:
    tender = table(item(), clauses=(Clause("预算金额：130万元", "第5段"),))
    found = [
        (one.parameter, one.verdict.value) for one in review(table(item()), tender).findings if one.item == "项目合计"
    ]
    assert found == [("预算金额", "金额超出"), ("合价", "一致")]


def test_a_reserve_that_the_tender_leaves_out_is_no_missing_content() -> None:
    found = deviations(table(item(), item("基本预备费", (), quantity="1项", total=1)), table(item()))
    assert found == [("基本预备费", "整项", "不可比/需人工")]


def test_a_formula_without_result_is_left_to_a_person() -> None:
    unread = Parameter("（公式未计算：=A1）", "D4", readable=False)
    left = table(item(parameters=()))
    right = ParameterTable("t.xlsx", "0" * 64, (type(left.items[0])(**{**_fields(left), "parameters": (unread,)}),))
    assert [one.verdict for one in review(left, right).findings if one.tender == unread.text] == [Verdict.MANUAL]
    assert [one.verdict for one in review(right, right).findings if one.tender == unread.text] == [Verdict.MANUAL]


def test_an_uncertain_match_of_items_asks_for_a_person_once_and_its_rows_say_what_they_rest_on() -> None:
    approved = table(item("指挥调度系统", ("用户数：≥500个", "响应时间：≤3秒")))
    tender = table(item("指挥调度平台软件", ("坐席：≥20席", "响应时间：≤3秒")))
    found = review(approved, tender).findings
    assert [one.verdict for one in found if one.parameter == "整项"] == [Verdict.MANUAL]
    (row,) = (one for one in found if one.parameter == "响应时间")
    assert (row.verdict, row.convention.endswith("以上述条目对应成立为前提")) == (Verdict.SAME, True)
    assert row.confidence < 0.8


def test_one_requirement_in_two_lines_is_consistent() -> None:
    approved = table(item(parameters=("CPU：≥2颗，每颗≥16核",)))
    tender = table(item(parameters=("CPU：≥2颗", "每颗≥16核")))
    assert deviations(approved, tender) == []


def test_the_overall_word_tells_deviations_from_mere_questions() -> None:
    assert review(table(item()), table(item())).overall is Overall.SAME
    assert (
        review(table(item(parameters=("架构：微服务架构",))), table(item(parameters=("架构：B/S架构",)))).overall
        is Overall.MANUAL
    )
    assert review(table(item()), table(item(parameters=("CPU核数：≥8核", "内存：≥256GB")))).overall is Overall.DEVIATES


def test_findings_keep_their_ids_when_rows_move_and_change_them_when_texts_change() -> None:
    approved = table(item(), item("防火墙", ("吞吐量：≥10Gbps",)))
    first = review(approved, table(item(place="表1 第2行"), item("防火墙", ("吞吐量：≥8Gbps",), place="表1 第3行")))
    moved = review(approved, table(item("防火墙", ("吞吐量：≥8Gbps",), place="表1 第2行"), item(place="表1 第3行")))
    fixed = review(approved, table(item(place="表1 第2行"), item("防火墙", ("吞吐量：≥10Gbps",), place="表1 第3行")))
    assert {one.finding_id for one in first.findings} == {one.finding_id for one in moved.findings}
    assert [one.item for one in changed_since(first.findings, moved.findings)] == ["项目合计"]
    assert [(one.item, one.parameter) for one in changed_since(first.findings, fixed.findings)] == [
        ("防火墙", "吞吐量"),
        ("项目合计", "合价"),
    ]


def test_ids_are_unique_even_for_rows_written_alike() -> None:
    twice = table(item(subsystem=""), item(subsystem=""))
    ids = [one.finding_id for one in review(twice, twice).findings]
    assert len(ids) == len(set(ids))


def test_the_steps_stand_alone_survive_json_and_join_to_the_review() -> None:
    approved = table(item(), item("核心交换机", ("虚拟化：支持横向虚拟化",)))
    tender = table(item(parameters=("CPU核数：≥8核",)), item("核心交换机", ("虚拟化：支持IRF",)))
    alignment = align(approved, tender)
    compared = compare(approved, tender, alignment)
    brands = scan_brands(approved, tender, alignment)
    amounts = check_amounts(approved, tender, alignment)
    assert from_plain(tuple[Finding, ...], to_plain(compared)) == compared
    assert from_plain(AmountCheck, to_plain(amounts)) == amounts
    joined = join(compared, brands, amounts)
    assert joined == review(approved, tender)
    assert from_plain(Review, to_plain(joined)) == joined


def test_warnings_name_their_document_and_place() -> None:
    left = table(item(), notices=(Notice("macros_ignored", "文件含宏。"),))
    right = table(item(), notices=(Notice("hidden_rows", "有隐藏的行。", "清单"),))
    assert warnings_of(left, right) == ("批复文件：文件含宏。", "招标文件：有隐藏的行。（清单）")
    assert review(left, right).warnings == warnings_of(left, right)
