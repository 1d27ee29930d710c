"""What must hold for lists, ranges, marks, obligations, counts and money, whatever their members and figures."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.parameters.pairs import judge_pair
from domain.parameters.verdicts import Verdict
from tests.domain.builders import chinese

Judged = Callable[[str, str, str], Verdict]


def verdict(name: str, approved: str, tender: str) -> Verdict:
    return judge_pair("设备", name, approved, name, tender).verdict


def by_length(_: str, approved: str, tender: str) -> Verdict:
    """A judge that sees nothing but length, by which every property must fail."""
    return Verdict.SAME if len(approved) == len(tender) else Verdict.RAISED


LISTS = [
    ("路由协议", "支持{}", ["OSPF", "BGP", "IS-IS", "RIP", "MPLS", "VRRP"]),
    ("国密算法", "支持{}", ["SM1", "SM2", "SM3", "SM4", "SM9"]),
    ("告警方式", "支持{}告警", ["短信", "邮件", "微信", "声光", "电话"]),
    ("备份对象", "支持{}", ["文件", "数据库", "虚拟机", "操作系统", "对象存储"]),
    ("接入协议", "支持{}", ["GB/T 28181", "ONVIF", "RTSP", "HTTP", "MQTT"]),
    ("浏览器", "兼容{}", ["Chrome", "Edge", "Firefox", "Safari"]),
    ("交付文档", "提交{}", ["需求说明书", "设计文档", "测试报告", "用户手册", "运维手册"]),
]
Listed = tuple[str, str, list[str], list[str]]


@st.composite
def two_lists(draw: st.DrawFn) -> Listed:
    """A parameter's name, its sentence, two or more members, and one or more that are not among them."""
    name, sentence, every = draw(st.sampled_from(LISTS))
    shuffled = draw(st.permutations(every))
    size = draw(st.integers(2, len(every) - 1))
    more = draw(st.integers(1, len(every) - size))
    return name, sentence, shuffled[:size], shuffled[size : size + more]


def all_of(sentence: str, members: Sequence[str]) -> str:
    return sentence.format("、".join(members))


def any_of(sentence: str, members: Sequence[str]) -> str:
    return sentence.format("或".join(members))


def lists_keep_their_order(judged: Judged, case: Listed) -> None:
    name, sentence, members, more = case
    larger = [*more, *reversed(members)]
    assert judged(name, all_of(sentence, members), all_of(sentence, larger)) is Verdict.RAISED
    assert judged(name, all_of(sentence, larger), all_of(sentence, members)) is Verdict.LOWERED
    assert judged(name, any_of(sentence, members), any_of(sentence, larger)) is Verdict.LOWERED
    assert judged(name, any_of(sentence, larger), any_of(sentence, members)) is Verdict.RAISED
    assert judged(name, all_of(sentence, members), any_of(sentence, members)) is Verdict.LOWERED
    assert judged(name, any_of(sentence, members), all_of(sentence, members)) is Verdict.RAISED
    assert judged(name, all_of(sentence, members), all_of(sentence, members[::-1])) is Verdict.SAME
    assert judged(name, any_of(sentence, members), any_of(sentence, members[::-1])) is Verdict.SAME


@settings(max_examples=300, deadline=None)
@given(case=two_lists())
def test_more_of_what_is_asked_for_together_is_stricter_and_more_to_choose_from_is_looser(case: Listed) -> None:
    lists_keep_their_order(verdict, case)


@settings(max_examples=200, deadline=None)
@given(case=two_lists())
def test_a_member_that_took_the_place_of_another_is_for_a_person(case: Listed) -> None:
    name, sentence, members, (other, *_) = case
    changed = [*members[:-1], other]
    assert verdict(name, all_of(sentence, members), all_of(sentence, changed)) is Verdict.MANUAL
    assert verdict(name, any_of(sentence, members), any_of(sentence, changed)) is Verdict.MANUAL


@settings(max_examples=200, deadline=None)
@given(case=two_lists(), closing=st.sampled_from(["等", "等其他"]))
def test_a_list_that_was_opened_or_closed_is_no_longer_the_same(case: Listed, closing: str) -> None:
    name, sentence, members, _ = case
    shut, ajar = all_of(sentence, members), all_of(sentence, [*members[:-1], f"{members[-1]}{closing}"])
    assert verdict(name, shut, ajar) is Verdict.MANUAL
    assert verdict(name, ajar, shut) is Verdict.MANUAL
    shut, ajar = any_of(sentence, members), any_of(sentence, [*members[:-1], f"{members[-1]}{closing}"])
    assert verdict(name, ajar, shut) is Verdict.RAISED
    assert verdict(name, shut, ajar) is Verdict.LOWERED


@pytest.mark.parametrize(
    ("approved", "tender"),
    [
        ("支持MySQL、PostgreSQL等开源数据库", "支持MySQL、PostgreSQL等商业数据库"),
        ("支持短信、邮件等告警方式", "支持短信、邮件等登录方式"),
    ],
)
def test_lists_that_go_on_in_other_kinds_of_things_are_for_a_person(approved: str, tender: str) -> None:
    assert verdict("功能", approved, tender) is Verdict.MANUAL
    assert verdict("功能", tender, approved) is Verdict.MANUAL


# (name, unit, wider is stricter, is there anything below zero)
RANGES = [
    ("工作温度", "℃", True, True),
    ("环境温度", "℃", True, True),
    ("存储温度", "℃", True, True),
    ("工作湿度", "%RH", True, False),
    ("输入电压", "V", True, False),
    ("电源频率", "Hz", True, False),
    ("测温范围", "℃", True, True),
    ("量程", "kPa", True, False),
    ("变焦范围", "mm", True, False),
    ("音频频率响应", "Hz", True, False),
    ("工作频段", "MHz", True, False),
    ("升降范围", "mm", True, False),
    ("识别距离", "米", True, False),
    ("额定功率", "W", False, False),
    ("输出电压", "V", False, False),
    ("屏幕尺寸", "英寸", False, False),
    ("重量", "kg", False, False),
]
DASHES = ["~", "～", "-", "—", "至", "到"]
Ranged = tuple[tuple[str, str, bool, bool], tuple[int, int, int, int], tuple[str, str]]


@st.composite
def nested_ranges(draw: st.DrawFn) -> Ranged:
    """A kind of range, four ends of which the outer two hold the inner two, and how both are written."""
    kind = draw(st.sampled_from(RANGES))
    low = draw(st.integers(-60, 40) if kind[3] else st.integers(1, 400))
    steps = draw(st.tuples(st.integers(0, 30), st.integers(1, 200), st.integers(0, 30)))
    ends = low, low + steps[0], low + steps[0] + steps[1], low + sum(steps)
    return kind, ends, (draw(st.sampled_from(DASHES)), draw(st.sampled_from(DASHES)))


def written(low: int, high: int, dash: str, unit: str) -> str:
    # A dash before a minus sign would be read twice: people write 至 or ~ there.
    return f"{low}{unit}{'~' if dash in '-—' and (low < 0 or high < 0) else dash}{high}{unit}"


def ranges_have_their_direction(judged: Judged, case: Ranged) -> None:
    (name, unit, wider_is_stricter, _), ends, dashes = case
    outer = written(ends[0], ends[3], dashes[0], unit)
    inner = written(ends[1], ends[2], dashes[1], unit)
    assert judged(name, outer, written(ends[0], ends[3], dashes[1], unit)) is Verdict.SAME
    if (ends[0], ends[3]) == (ends[1], ends[2]):
        assert judged(name, outer, inner) is Verdict.SAME
        return
    stricter, looser = (outer, inner) if wider_is_stricter else (inner, outer)
    assert judged(name, looser, stricter) is Verdict.RAISED, (looser, stricter)
    assert judged(name, stricter, looser) is Verdict.LOWERED, (stricter, looser)


@settings(max_examples=400, deadline=None)
@given(case=nested_ranges())
def test_a_range_to_be_covered_is_stricter_when_wider_and_one_to_be_kept_when_narrower(case: Ranged) -> None:
    ranges_have_their_direction(verdict, case)


@settings(max_examples=200, deadline=None)
@given(case=nested_ranges(), shift=st.integers(1, 20))
def test_ranges_that_only_overlap_are_for_a_person(case: Ranged, shift: int) -> None:
    (name, unit, _, _), ends, (dash, _) = case
    one, other = written(ends[0], ends[3], dash, unit), written(ends[0] + shift, ends[3] + shift, dash, unit)
    assert verdict(name, one, other) is Verdict.MANUAL
    assert verdict(name, other, one) is Verdict.MANUAL


TOLERANCES = [
    ("输入电压", "220V±{}%", True),
    ("电源频率", "50Hz±{}Hz", True),
    ("输出电压", "220V±{}%", False),
    ("测量精度", "±{}%", False),
    ("计时误差", "≤±{}秒", False),
    ("控温精度", "±{}℃", False),
]


@settings(max_examples=200, deadline=None)
@given(
    kind=st.sampled_from(TOLERANCES),
    widths=st.lists(st.integers(1, 45), min_size=2, max_size=2, unique=True).map(sorted),
)
def test_a_supply_is_stricter_when_more_is_borne_and_a_precision_when_less(
    kind: tuple[str, str, bool], widths: list[int]
) -> None:
    name, form, wider_is_stricter = kind
    narrow, wide = (form.format(width) for width in widths)
    stricter, looser = (wide, narrow) if wider_is_stricter else (narrow, wide)
    assert verdict(name, looser, stricter) is Verdict.RAISED
    assert verdict(name, stricter, looser) is Verdict.LOWERED


REQUIREMENTS = [
    ("内存", "≥256GB"),
    ("响应时间", "≤2秒"),
    ("协议", "支持OSPF、BGP"),
    ("工作温度", "0~40℃"),
    ("电源", "冗余电源"),
]
MARKS = ["", "▲", "★"]


@pytest.mark.parametrize(("name", "value"), REQUIREMENTS)
@pytest.mark.parametrize("before", range(3))
@pytest.mark.parametrize("after", range(3))
def test_a_stronger_mark_raises_and_a_weaker_one_lowers_whatever_it_stands_before(
    name: str, value: str, before: int, after: int
) -> None:
    expected = Verdict.SAME if before == after else Verdict.RAISED if after > before else Verdict.LOWERED
    assert verdict(name, f"{MARKS[before]}{value}", f"{MARKS[after]}{value}") is expected


MODALS = [("可", "可以"), ("宜", "建议"), ("应", "须", "必须", "应当", "需要", "务必")]
DUTIES = ["{}支持远程升级", "{}提供双电源", "{}留存日志不少于6个月", "{}采用国产密码算法"]


@settings(max_examples=200, deadline=None)
@given(
    duty=st.sampled_from(DUTIES),
    steps=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    words=st.tuples(st.integers(0, 9), st.integers(0, 9)),
)
def test_words_of_obligation_are_ordered_and_equal_within_a_step(
    duty: str, steps: tuple[int, int], words: tuple[int, int]
) -> None:
    before, after = (
        duty.format(MODALS[step][word % len(MODALS[step])]) for step, word in zip(steps, words, strict=True)
    )
    expected = Verdict.SAME if steps[0] == steps[1] else Verdict.RAISED if steps[1] > steps[0] else Verdict.LOWERED
    assert verdict("功能", before, after) is expected, (before, after)


@settings(max_examples=200, deadline=None)
@given(packages=st.lists(st.integers(1, 90), min_size=1, max_size=4), off=st.integers(-3, 3), in_words=st.booleans())
def test_a_quantity_is_the_sum_of_its_packages_and_any_other_is_a_change(
    packages: list[int], off: int, *, in_words: bool
) -> None:
    approved = max(sum(packages) + off, 1)
    number = chinese(approved) if in_words else str(approved)
    tender = "、".join(f"包{place}：{count}台" for place, count in enumerate(packages, 1))
    tender = f"{packages[0]}台" if len(packages) == 1 else tender
    expected = Verdict.SAME if approved == sum(packages) else Verdict.QUANTITY
    assert verdict("数量", f"{number}台", tender) is expected
    if len(packages) == 1:
        assert verdict("数量", tender, f"{number}台") is expected


def money(fen: int, form: str) -> str:
    yuan = Decimal(fen) / 100
    if form == "万元":
        return f"{(yuan / 10_000).normalize():f}万元"
    return f"{yuan:,.2f}元" if form == "千分位" else f"¥{yuan}元" if form == "符号" else f"{yuan}元"


@settings(max_examples=300, deadline=None)
@given(
    approved=st.integers(1, 10**10),
    step=st.one_of(st.integers(-3, 3), st.integers(-(10**9), 10**9)),
    forms=st.tuples(*[st.sampled_from(["元", "万元", "千分位", "符号"])] * 2),
)
def test_one_fen_more_than_approved_exceeds_and_nothing_up_to_it_does_but_a_slip_of_the_unit(
    approved: int, step: int, forms: tuple[str, str]
) -> None:
    tender = max(approved + step, 1)
    slipped = tender * 1_000 <= approved
    expected = Verdict.AMOUNT if tender > approved else Verdict.MANUAL if slipped else Verdict.SAME
    assert verdict("预算金额", money(approved, forms[0]), money(tender, forms[1])) is expected


def test_every_property_can_fail() -> None:
    with pytest.raises(AssertionError):
        lists_keep_their_order(by_length, ("告警方式", "支持{}告警", ["短信", "邮件"], ["微信"]))
    with pytest.raises(AssertionError):
        ranges_have_their_direction(by_length, (RANGES[0], (0, 5, 35, 40), ("~", "~")))
