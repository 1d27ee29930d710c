"""Hard alignments, seen from the review: what is paired, what a person is asked, and that nothing hides."""

from domain.documents import Item, ParameterTable
from domain.parameters import Finding, Overall, Verdict, align, review
from tests.domain.builders import item, table

RICH = ("CPU核数：≥16核", "内存：≥256GB", "硬盘：≥4TB", "网口：≥4个", "质保：≥3年", "支持热插拔")
POOR = ("CPU核数：≥8核", "内存：≥64GB", "硬盘：≥2TB", "网口：≥2个", "质保：≥1年", "支持热插拔")


def pairs(approved: ParameterTable, tender: ParameterTable) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(match.approved, match.tender) for match in align(approved, tender).matches]


def row(findings: tuple[Finding, ...], parameter: str) -> Finding:
    (found,) = (one for one in findings if one.parameter == parameter)
    return found


def wholes(findings: tuple[Finding, ...]) -> list[tuple[str, Verdict]]:
    return [(one.item, one.verdict) for one in findings if one.parameter == "整项"]


def test_namesakes_whose_values_were_swapped_between_sub_systems_are_both_reported() -> None:
    approved = table(item("服务器", RICH, subsystem="甲"), item("服务器", POOR, subsystem="乙"))
    tender = table(item("服务器", POOR, subsystem="甲"), item("服务器", RICH, subsystem="乙"))
    assert pairs(approved, tender) == [((0,), (0,)), ((1,), (1,))]
    verdicts = [one.verdict for one in review(approved, tender).findings if one.parameter == "内存"]
    assert verdicts == [Verdict.LOWERED, Verdict.RAISED]


def test_a_renamed_sub_system_is_known_by_what_it_holds() -> None:
    approved = table(*(item(name, RICH, subsystem=place) for place in ("甲一", "乙二") for name in ("服务器", "网关")))
    tender = table(*(item(name, RICH, subsystem=place) for place in ("丙三", "甲一") for name in ("服务器", "网关")))
    assert pairs(approved, tender) == [((0,), (2,)), ((1,), (3,)), ((2,), (0,)), ((3,), (1,))]


def test_an_item_moved_to_another_sub_system_is_the_same_item_and_its_rows_say_where_it_went() -> None:
    anchors = [item(name, RICH, subsystem=place) for name, place in (("大屏", "甲区"), ("网关", "乙区"))]
    approved = table(item("服务器", RICH, subsystem="甲区"), *anchors)
    tender = table(item("服务器", RICH, subsystem="乙区"), *anchors)
    assert pairs(approved, tender)[0] == ((0,), (0,))
    found = review(approved, tender).findings
    assert {one.verdict for one in found} == {Verdict.SAME}
    assert "招标列在“乙区”下" in next(one.convention for one in found if one.item == "服务器")


def test_a_dropped_item_is_not_covered_by_a_namesake_elsewhere_whose_quantity_grew_as_much() -> None:
    approved = table(item("服务器", quantity="1台", subsystem="甲"), item("服务器", quantity="1台", subsystem="乙"))
    tender = table(item("服务器", quantity="2台", subsystem="甲"))
    findings = review(approved, tender).findings
    assert ("服务器", Verdict.MISSING) in wholes(findings)
    assert Verdict.QUANTITY in {one.verdict for one in findings}


def test_two_rows_of_one_sub_system_in_one_row_of_the_tender_are_a_merger() -> None:
    approved = table(item(quantity="6台"), item(quantity="4台"))
    assert pairs(approved, table(item(quantity="10台"))) == [((0, 1), (0,))]


def test_a_renamed_item_is_split_over_packages_too() -> None:
    tender = table(item("NGFW", RICH, quantity="6台", package="包1"), item("NGFW", RICH, quantity="4台", package="包2"))
    assert pairs(table(item("防火墙", RICH, quantity="10台")), tender) == [((0,), (0, 1))]


def test_a_further_package_of_another_content_is_an_addition() -> None:
    tender = table(
        item("网关", RICH, quantity="10台", package="包1"),
        item("网关", ("容量：≥40kVA",), quantity="4台", package="包2"),
    )
    assert pairs(table(item("网关", RICH, quantity="10台")), tender) == [((0,), (0,)), ((), (1,))]


def test_a_package_that_leaves_a_parameter_out_is_told() -> None:
    tender = table(
        item(parameters=RICH, quantity="6台", package="包1"), item(parameters=RICH[1:], quantity="4台", package="包2")
    )
    cores = [one for one in review(table(item(parameters=RICH)), tender).findings if one.parameter == "CPU核数"]
    assert [one.verdict for one in cores] == [Verdict.SAME, Verdict.MANUAL]
    assert cores[1].reason.startswith("招标的其他分包已写明，包2（")


def test_a_package_without_a_quantity_leaves_the_sum_to_a_person() -> None:
    tender = table(item(quantity="10台", package="包1"), item(quantity="", package="包2"))
    assert row(review(table(item(quantity="10台")), tender).findings, "数量").verdict is Verdict.MANUAL


def test_the_known_end_of_a_longer_name_is_read_as_its_synonym() -> None:
    (match,) = align(table(item("一层弱电间防火墙", RICH)), table(item("一层弱电间NGFW", POOR))).matches
    assert (match.tender, match.is_sure, match.how) == ((0,), True, "名称按同义词典对应")


def test_namesakes_of_one_sub_system_are_told_apart_by_their_values_not_their_order() -> None:
    approved, tender = (
        table(item("服务器", RICH), item("服务器", POOR)),
        table(item("服务器", POOR), item("服务器", RICH)),
    )
    assert pairs(approved, tender) == [((0,), (1,)), ((1,), (0,))]
    assert all(match.is_sure for match in align(approved, tender).matches)


def test_when_two_rows_would_answer_equally_well_a_person_is_shown_both_with_their_places() -> None:
    half = (*RICH[:3], *POOR[3:])
    other = (*POOR[:3], *RICH[3:])
    tender = table(item("服务器", half, place="需求!C5"), item("服务器", other, place="需求!C6"))
    findings = review(table(item("服务器", RICH)), tender).findings
    asked = next(one for one in findings if one.parameter == "整项" and one.verdict is Verdict.MANUAL)
    assert "需求!C5" in asked.reason
    assert "需求!C6" in asked.reason
    assert asked.confidence <= 0.6


def test_a_renamed_item_with_other_values_is_asked_about_and_every_parameter_is_shown() -> None:
    approved = table(item("指挥中心视频服务器", RICH))
    tender = table(item("指挥调度视频服务器", POOR, place="需求!C9"))
    asked, *rows = (one for one in review(approved, tender).findings if one.item == "指挥中心视频服务器")
    assert (asked.verdict, asked.parameter, asked.tender_ref) == (Verdict.MANUAL, "整项", "需求!C9")
    assert {one.approved for one in rows} >= set(RICH)
    assert {one.tender for one in rows} >= set(POOR)
    assert all(one.confidence <= 0.6 for one in rows)


def test_the_rows_of_an_uncertain_pair_keep_their_verdicts_and_the_review_is_never_consistent() -> None:
    approved = table(item("指挥调度系统", ("用户数：≥500个", "响应时间：≤3秒")))
    tender = table(item("指挥调度平台软件", ("用户数：≥500个", "响应时间：≤3秒", "坐席：≥20席")))
    result = review(approved, tender)
    assert row(result.findings, "响应时间").verdict is Verdict.SAME
    assert row(result.findings, "响应时间").convention.endswith("以上述条目对应成立为前提")
    assert ("指挥调度系统", Verdict.MANUAL) in wholes(result.findings)
    assert result.overall is not Overall.SAME


def test_a_parameter_that_moved_to_a_sibling_is_missing_and_added_and_both_say_where_it_is() -> None:
    approved = table(item("服务器", ("内存：≥256GB", "支持远程唤醒")), item("网关", ("吞吐量：≥10Gbps",)))
    tender = table(item("服务器", ("内存：≥256GB",)), item("网关", ("吞吐量：≥10Gbps", "支持远程唤醒")))
    findings = [one for one in review(approved, tender).findings if one.is_deviation]
    assert [(one.item, one.verdict) for one in findings] == [("服务器", Verdict.MISSING), ("网关", Verdict.ADDED)]
    assert "招标在“网关”" in findings[0].reason
    assert "批复“服务器”" in findings[1].reason


def test_two_approved_parameters_in_one_of_the_tender_are_consistent() -> None:
    approved = table(item(parameters=("CPU：≥2颗", "单颗CPU核数：≥16核")))
    tender = table(item(parameters=("CPU：≥2颗，单颗CPU核数≥16核",)))
    findings = review(approved, tender).findings
    assert {one.verdict for one in findings if one.parameter != "数量"} == {Verdict.SAME}
    changed = table(item(parameters=("CPU：≥2颗，单颗CPU核数≥8核",)))
    assert any(one.is_deviation for one in review(approved, changed).findings)


def test_parameters_of_unlike_names_that_measure_the_same_thing_are_shown_side_by_side() -> None:
    (match,) = align(
        table(item(parameters=("屏幕尺寸：≥75英寸",))), table(item(parameters=("屏幕大小：≥65寸",)))
    ).matches
    (pair,) = match.parameters
    assert (pair.approved, pair.tender) == ((0, 0), (0, 0))


def test_a_name_inside_the_value_is_still_the_name() -> None:
    (match,) = align(table(item(parameters=("内存：≥256GB",))), table(item(parameters=("配置≥256GB内存",)))).matches
    assert match.parameters[0].tender == (0, 0)


def test_hundreds_of_namesakes_without_sub_systems_end_in_time_and_in_order() -> None:
    many: list[Item] = [
        item("交换机", (f"端口：≥{n % 7 + 1}个", "质保：≥3年"), subsystem="", quantity=f"{n % 5 + 1}台")
        for n in range(600)
    ]
    assert pairs(table(*many), table(*many)) == [((n,), (n,)) for n in range(600)]


def test_a_rows_confidence_is_that_of_its_item_times_that_of_its_parameter() -> None:
    approved = table(item("指挥调度系统", ("用户数：≥500个", "响应时间：≤3秒")))
    tender = table(item("指挥调度平台软件", ("用户数：≥500个", "页面响应时间：≤3秒")))
    (match,) = (one for one in align(approved, tender).matches if one.approved)
    pair = next(one for one in match.parameters if one.approved == (0, 1))
    assert 0.5 < match.confidence < 0.95
    found = row(review(approved, tender).findings, "响应时间")
    assert found.confidence == round(match.confidence * pair.confidence, 3)
    assert row(review(approved, approved).findings, "响应时间").confidence == 1.0


def test_two_packages_under_one_new_name_are_summed_against_the_approved_item() -> None:
    asked = ("协议：支持802.11ax", "供电：支持PoE+", "速率：≥2.4Gbps")
    approved = table(item("无线AP", asked, quantity="8台"))
    parts = [item("无线接入点", asked, quantity=f"{number}台", package=f"包{number}") for number in (6, 2)]
    (quantity,) = (one for one in review(approved, table(*parts)).findings if one.parameter == "数量")
    assert quantity.verdict is Verdict.SAME


def test_equal_values_under_other_names_stand_side_by_side_for_a_person() -> None:
    approved = table(item("服务器", ("存储：≥16块8TB硬盘", "内存：≥256GB")))
    tender = table(item("服务器", ("内存：≥256GB", "盘位配置：不少于16块8TB硬盘")))
    findings = review(approved, tender).findings
    assert {one.verdict for one in findings if "16块" in one.approved} <= {Verdict.MANUAL, Verdict.SAME}
    assert not [one for one in findings if one.verdict in {Verdict.MISSING, Verdict.ADDED}]
