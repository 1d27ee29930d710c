"""Items and parameters find their partners: renamed, re-ordered, split, merged, same name in two sub-systems."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.documents import Item, ParameterTable
from domain.parameters import Alignment, align
from domain.parameters.assignment import assign
from domain.plain import from_plain, to_plain
from tests.domain.builders import item, table


def pairs(approved: ParameterTable, tender: ParameterTable) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(match.approved, match.tender) for match in align(approved, tender).matches]


SERVER = ("CPU核数：≥16核", "内存：≥256GB")
FIREWALL = ("吞吐量：≥10Gbps", "并发连接数：≥500万")


def test_rows_in_another_order_are_found() -> None:
    approved = table(item("应用服务器"), item("防火墙", FIREWALL), item("UPS", ("容量：≥40kVA",)))
    tender = table(item("UPS", ("容量：≥40kVA",)), item("应用服务器"), item("防火墙", FIREWALL))
    assert pairs(approved, tender) == [((0,), (1,)), ((1,), (2,)), ((2,), (0,))]


@pytest.mark.parametrize(
    ("approved", "tender"),
    [
        ("防火墙", "下一代防火墙"),
        ("防火墙", "NGFW"),
        ("应用服务器", "业务服务器"),
        ("入侵防御系统", "IPS"),
        ("堡垒机", "运维安全审计系统"),
    ],
)
def test_synonyms_are_one_item(approved: str, tender: str) -> None:
    (match,) = align(table(item(approved)), table(item(tender))).matches
    assert (match.approved, match.tender) == ((0,), (0,))
    assert match.is_sure
    assert match.how == "名称按同义词典对应"


def test_a_new_name_with_the_same_content_is_the_same_item() -> None:
    content = ("航拍分辨率：≥4K", "续航：≥40分钟", "抗风：≥12m/s", "图传距离：≥10km")
    (match,) = align(table(item("巡查无人机", content)), table(item("无人机巡查设备", content))).matches
    assert match.tender == (0,)
    assert match.is_sure


def test_an_uncertain_match_asks_for_a_person() -> None:
    (match,) = align(
        table(item("指挥调度系统", ("用户数：≥500个", "响应时间：≤3秒"))),
        table(item("指挥调度平台软件", ("坐席：≥20席", "响应时间：≤3秒"))),
    ).matches
    assert match.tender == (0,)
    assert not match.is_sure


@pytest.mark.parametrize(
    ("approved", "tender"),
    [("核心交换机", "接入交换机"), ("应用服务器", "数据库服务器"), ("防火墙", "UPS"), ("网络摄像机", "堡垒机")],
)
def test_different_things_are_not_matched(approved: str, tender: str) -> None:
    assert pairs(table(item(approved)), table(item(tender))) == [((0,), ()), ((), (0,))]


def test_the_same_name_in_two_subsystems_goes_to_its_own_subsystem() -> None:
    approved = table(item("交换机", subsystem="指挥中心"), item("交换机", subsystem="视频专网"))
    tender = table(item("交换机", subsystem="视频专网"), item("交换机", subsystem="指挥中心"))
    assert pairs(approved, tender) == [((0,), (1,)), ((1,), (0,))]


def test_the_same_name_without_subsystems_goes_by_content() -> None:
    approved = table(item("交换机", ("端口：24个千兆电口",)), item("交换机", ("端口：48个万兆光口",)))
    tender = table(
        item("交换机", ("端口：48个万兆光口",), subsystem=""), item("交换机", ("端口：24个千兆电口",), subsystem="")
    )
    assert pairs(approved, tender) == [((0,), (1,)), ((1,), (0,))]


def test_an_item_split_over_packages_is_one_match() -> None:
    tender = table(item(quantity="6台", package="包1"), item(quantity="4台", package="包2"))
    (match,) = align(table(item(quantity="10台")), tender).matches
    assert (match.approved, match.tender) == ((0,), (0, 1))
    assert "拆分" in match.how


def test_a_second_row_that_adds_up_is_a_part_and_one_that_does_not_is_an_addition() -> None:
    approved = table(item(quantity="10台"))
    assert pairs(approved, table(item(quantity="6台"), item(quantity="4台"))) == [((0,), (0, 1))]
    assert pairs(approved, table(item(quantity="10台"), item(quantity="4台"))) == [((0,), (0,)), ((), (1,))]


def test_several_rows_merged_into_one_are_one_match() -> None:
    approved = table(item(quantity="6台", subsystem="甲"), item(quantity="4台", subsystem="乙"))
    (match,) = align(approved, table(item(quantity="10台", subsystem=""))).matches
    assert (match.approved, match.tender) == ((0, 1), (0,))
    assert "合并" in match.how


def test_a_row_whose_answer_covers_only_the_other_is_missing() -> None:
    approved = table(item(quantity="6台", subsystem="甲"), item(quantity="4台", subsystem="乙"))
    assert pairs(approved, table(item(quantity="6台", subsystem="甲"))) == [((0,), (0,)), ((1,), ())]


def test_a_missing_row_named_inside_another_is_offered_as_a_candidate() -> None:
    approved = table(item("数据库审计系统", ("吞吐：≥1Gbps",)), item("日志审计系统", ("日志源：≥200个",)))
    tender = table(item("数据库审计系统与日志审计系统", ("吞吐：≥1Gbps",)))
    first, second = align(approved, tender).matches
    assert first.tender == (0,)
    assert (second.tender, second.candidates) == ((), (0,))


def test_parameters_are_matched_by_name_and_words_in_any_order() -> None:
    approved = table(item(parameters=("CPU核数：≥16核", "内存：≥256GB", "支持热插拔电源")))
    tender = table(item(parameters=("支持电源热插拔", "内存容量：≥512GB", "CPU核心数：≥16核", "★厂家授权函")))
    (match,) = align(approved, tender).matches
    assert [(pair.approved, pair.tender) for pair in match.parameters] == [
        ((0, 0), (0, 2)),
        ((0, 1), (0, 1)),
        ((0, 2), (0, 0)),
        (None, (0, 3)),
    ]


def test_a_short_list_of_common_words_makes_no_sure_match() -> None:
    first = align(table(item("会议音箱", ("质保：3年",))), table(item("会议话筒", ("质保：3年",)))).matches[0]
    assert not first.tender or not first.is_sure


def test_forty_namesakes_each_find_their_own_subsystem() -> None:
    approved = [item("交换机", (f"端口：{n}个千兆电口",), subsystem=f"{n}号机房") for n in range(1, 41)]
    tender = list(reversed(approved))
    assert pairs(table(*approved), table(*tender)) == [((n,), (39 - n,)) for n in range(40)]


def test_thousands_of_rows_and_parameters_alike_end_in_time() -> None:
    many = table(*[item("服务器", ("质保：3年",), quantity="1台", subsystem="") for _ in range(1_000)])
    assert len(align(many, many).matches) == 1_000
    long = table(item(parameters=[f"参数{n}：≥{n}个" for n in range(1_000)]))
    (match,) = align(long, long).matches
    assert all(pair.approved == pair.tender for pair in match.parameters)


def test_opposite_parameters_are_never_matched() -> None:
    approved = table(item(parameters=("读取速率：≥500MB/s",)))
    tender = table(item(parameters=("写入速率：≥500MB/s",)))
    (match,) = align(approved, tender).matches
    assert [(pair.approved, pair.tender) for pair in match.parameters] == [((0, 0), None), (None, (0, 0))]


def test_an_alignment_survives_the_way_through_json() -> None:
    alignment = align(table(item(), item("防火墙", FIREWALL)), table(item("NGFW", FIREWALL), item("大屏")))
    assert from_plain(Alignment, to_plain(alignment)) == alignment


names = st.sampled_from(
    ["应用服务器", "业务服务器", "防火墙", "NGFW", "UPS", "大屏", "交换机", "网络摄像机", "指挥调度系统", "调度平台"]
)
items = st.lists(
    st.builds(lambda name, number: item(name, quantity=f"{number}台"), names, st.integers(0, 5)), min_size=1, max_size=6
)


@settings(deadline=None)
@given(approved=items, tender=items)
def test_every_row_of_both_sides_stands_in_exactly_one_match(approved: list[Item], tender: list[Item]) -> None:
    matches = align(table(*approved), table(*tender)).matches
    assert sorted(index for match in matches for index in match.approved) == list(range(len(approved)))
    assert sorted(index for match in matches for index in match.tender) == list(range(len(tender)))


scores = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(1, 100).map(lambda n: n / 100), max_size=12
)


@settings(deadline=None)
@given(scores=scores)
def test_the_assignment_has_the_highest_total(scores: dict[tuple[int, int], float]) -> None:
    candidates = {left: [(right, s) for (one, right), s in scores.items() if one == left] for left in range(4)}
    chosen = assign(candidates)
    assert len(set(chosen.values())) == len(chosen)
    total = sum(scores[pair] for pair in chosen.items())
    best = max(
        sum(scores.get((left, right), 0.0) for left, right in enumerate(order)) for order in permutations(range(4))
    )
    assert total == pytest.approx(best)


def test_renamed_neighbours_that_ask_and_cost_alike_are_shown_side_by_side_for_a_person() -> None:
    weak = ("接入路数：≥32路", "端口：≥4个")
    approved = table(item("核心交换机", ("槽位：≥8个",)), item("移动端应用", ("接入路数：≥64路", "端口：≥8个")))
    tender = table(item("核心交换机", ("槽位：≥8个",)), item("移动端APP", weak))
    match = align(approved, tender).matches[1]
    assert (match.approved, match.tender, match.is_sure) == ((1,), (1,), False)
    assert match.confidence <= 0.6
    assert all(pair.approved and pair.tender for pair in match.parameters)
