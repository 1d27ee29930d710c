"""What must hold whatever the figures: rewrites keep verdicts, bounds have directions, swapped sides mirror."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.parameters.pairs import judge_pair
from domain.parameters.verdicts import Verdict
from tests.domain.builders import PAIRS, chinese

Judged = Callable[[str, str, str], Verdict]
"""A parameter's name, what was approved, what the tender asks: the verdict."""


def verdict(name: str, approved: str, tender: str) -> Verdict:
    return judge_pair("设备", name, approved, name, tender).verdict


# (name, comparator or "", unit, a larger number is stricter)
CLASSES = [
    ("CPU核数", "≥", "核", True),
    ("主频", "≥", "GHz", True),
    ("内存", "≥", "GB", True),
    ("内存", "", "GB", True),
    ("硬盘容量", "≥", "TB", True),
    ("带宽", "≥", "Mbps", True),
    ("吞吐量", "≥", "Gbps", True),
    ("包转发率", "≥", "Mpps", True),
    ("并发连接数", "≥", "万", True),
    ("并发用户数", ">", "个", True),
    ("处理性能", "≥", "条/秒", True),
    ("质保", "", "年", True),
    ("续航", "≥", "小时", True),
    ("亮度", "≥", "nit", True),
    ("有效像素", "≥", "万像素", True),
    ("工作海拔", "≤", "米", True),
    ("响应时间", "≤", "秒", False),
    ("响应时间", "", "毫秒", False),
    ("转发时延", "≤", "μs", False),
    ("噪声", "≤", "dB", False),
    ("功耗", "<", "W", False),
    ("RTO", "≤", "分钟", False),
    ("丢包率", "≤", "%", False),
    ("误码率", "≤", "ppm", False),
    ("抖动", "≤", "ms", False),
    ("故障率", "≤", "%", False),
    ("MTTR", "≤", "小时", False),
    ("交付期", "≤", "天", False),
    ("点间距", "≤", "mm", False),
    ("接地电阻", "≤", "Ω", False),
    ("测量误差", "≤±", "%", False),
    ("控温精度", "±", "℃", False),
]
WORDS = {
    "≥": [
        "≥",
        ">=",
        "≧",
        "＞＝",
        "不低于",
        "不少于",
        "不小于",
        "不得低于",
        "应不少于",
        "大于等于",
        "大于或等于",
        "至少",
    ],
    "≤": ["≤", "<=", "≦", "＜＝", "不高于", "不大于", "不超过", "不得超过", "小于等于", "小于或等于", "至多"],
    ">": [">", "＞", "大于", "超过", "高于"],
    "<": ["<", "＜", "小于", "低于"],
}
UNITS = {
    "GB": [("G", 1), ("GB", 1), ("MB", 1024)],
    "Mbps": [("M", 1), ("Mbit/s", 1), ("Kbps", 1000)],
    "Gbps": [("G", 1), ("Mbps", 1000)],
    "TB": [("T", 1), ("GB", 1000)],
    "GHz": [("MHz", 1000)],
    "Mpps": [("Kpps", 1000)],
    "万": [("0000", 1)],
    "秒": [("s", 1), ("毫秒", 1000), ("ms", 1000)],
    "毫秒": [("ms", 1)],
    "小时": [("h", 1), ("分钟", 60)],
    "分钟": [("min", 1), ("秒", 60)],
    "年": [("个月", 12)],
    "条/秒": [("条/s", 1), ("条/分钟", 60)],
    "W": [("瓦", 1)],
    "mm": [("毫米", 1)],
    "米": [("m", 1)],
    "Ω": [("mΩ", 1000), ("欧姆", 1)],
    "天": [("日", 1), ("日历天", 1)],
    "nit": [("cd/㎡", 1), ("尼特", 1)],
    "dB": [("分贝", 1), ("dB(A)", 1)],
}
WIDE = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}


def full_width(text: str) -> str:
    return "".join(WIDE.get(char, char) for char in text)


TEXT_REWRITES: dict[str, Callable[[str], str]] = {
    "full width": full_width,
    "compatibility forms": lambda text: unicodedata.normalize("NFKC", text),
    "a stop": lambda text: f"{text}。",
    "a semicolon": lambda text: f"{text}；",
    "spaces": lambda text: f" {text} ",
    "a line end": lambda text: f"{text}\n",
    "a comma": lambda text: f"{text}，",
}


@st.composite
def rewritten(draw: st.DrawFn) -> tuple[str, str, str, str]:
    """A parameter's name, an approved value, a tender value, and the tender value in other words."""
    name, sign, unit, _ = draw(st.sampled_from(CLASSES))
    mine, theirs = draw(st.integers(1, 999)), draw(st.integers(1, 999))
    word = draw(st.sampled_from(WORDS.get(sign, [sign])))
    other, factor = draw(st.sampled_from([(unit, 1), *UNITS.get(unit, [])]))
    number = str(theirs * factor)
    counted = unit in {"核", "年", "个", "天", "小时", "分钟", "秒"} and other == unit
    if counted and draw(st.booleans()):
        number = chinese(theirs)
    elif theirs * factor >= 1000 and other != "0000" and draw(st.booleans()):
        number = f"{theirs * factor:,}"
    gap = draw(st.sampled_from(["", " "])) if other != "0000" and not number[-1:] >= "一" else ""
    text = draw(st.sampled_from(sorted(TEXT_REWRITES)))
    return name, f"{sign}{mine}{unit}", f"{sign}{theirs}{unit}", TEXT_REWRITES[text](f"{word}{number}{gap}{other}")


def keeps_its_verdict(judged: Judged, case: tuple[str, str, str, str]) -> None:
    name, approved, tender, again = case
    assert judged(name, approved, tender) is judged(name, approved, again), (approved, tender, again)
    assert judged(name, tender, again) is Verdict.SAME, (tender, again)


@settings(max_examples=600, deadline=None)
@given(case=rewritten())
def test_other_words_for_the_same_figure_keep_the_verdict(case: tuple[str, str, str, str]) -> None:
    keeps_its_verdict(verdict, case)


@settings(max_examples=300, deadline=None)
@given(
    pair=st.sampled_from(PAIRS),
    rewrite=st.sampled_from(sorted(TEXT_REWRITES)),
    sides=st.tuples(st.booleans(), st.booleans()),
)
def test_other_forms_of_the_judged_pairs_keep_the_verdict(
    pair: dict[str, str], rewrite: str, sides: tuple[bool, bool]
) -> None:
    change = TEXT_REWRITES[rewrite]
    values = [
        change(pair[side]) if chosen and pair[side] else pair[side]
        for side, chosen in zip(("approved_value", "tender_value"), sides, strict=True)
    ]
    judgement = judge_pair(pair["item"], pair["approved_name"], values[0], pair["tender_name"], values[1])
    assert judgement.verdict.value == pair["verdict"], judgement.reason


def has_its_direction(judged: Judged, case: tuple[str, str, str, bool], numbers: tuple[int, int]) -> None:
    name, sign, unit, more_is_stricter = case
    low, high = sorted(numbers)
    smaller, larger = f"{sign}{low}{unit}", f"{sign}{high}{unit}"
    stricter, looser = (larger, smaller) if more_is_stricter else (smaller, larger)
    assert judged(name, looser, stricter) is Verdict.RAISED
    assert judged(name, stricter, looser) is Verdict.LOWERED


@settings(max_examples=400, deadline=None)
@given(
    case=st.sampled_from(CLASSES),
    numbers=st.tuples(st.integers(1, 900), st.integers(1, 900)).filter(lambda pair: pair[0] != pair[1]),
)
def test_a_stronger_bound_raises_and_a_weaker_one_lowers(
    case: tuple[str, str, str, bool], numbers: tuple[int, int]
) -> None:
    has_its_direction(verdict, case, numbers)


# Steps from weak to strong, with the sentence they stand in.
LADDERS = [
    ("端口", "≥24个{}电口", ["百兆", "千兆", "万兆"]),
    ("光口", "≥2个{}光口", ["千兆", "万兆", "25GE", "40GE", "100GE"]),
    ("硬盘", "≥4块4TB {}", ["SATA", "NL-SAS", "SAS"]),
    ("固态盘", "≥2块960GB {} SSD", ["SATA", "SAS", "NVMe"]),
    ("供电", "支持{}", ["PoE", "PoE+", "PoE++"]),
    ("等保", "通过{}测评", ["等保二级", "等保三级", "等保四级"]),
    ("服务时间", "{}小时服务", ["5×8", "7×8", "7×24"]),
    ("对接", "{}与市平台对接", ["预留", "可扩展支持", "支持"]),
    ("日志", "{}留存日志", ["可以", "宜", "应"]),
    ("冗余", "{}冗余", ["N+1", "2N"]),
    ("切换", "支持故障{}切换", ["手动", "自动"]),
    ("同步", "支持{}同步", ["单向", "双向"]),
    ("扩容", "支持{}扩容", ["离线", "在线"]),
    ("监理范围", "{}监理", ["关键节点", "全过程"]),
    ("后备时间", "{}后备≥30分钟", ["半载", "满载"]),
    ("吞吐量", "{}吞吐量≥10Gbps", ["网络层", "应用层"]),
    ("容量", "{}≥100TB", ["裸容量", "可用容量"]),
    ("响应时间", "{}响应时间≤2秒", ["平均", "95分位", "最大"]),
    ("处理能力", "{}≥10000TPS", ["峰值", "持续稳定"]),
    ("缓存", "{}≥128GB", ["总量", "每控制器缓存"]),
    ("保修", "3年{}保修", ["返修", "上门"]),
    ("显示", "支持{}", ["720P", "1080P", "4K", "8K"]),
    ("无线", "支持{}", ["Wi-Fi 5", "Wi-Fi 6", "Wi-Fi 7"]),
    ("机房", "符合{}机房要求", ["C级", "B级", "A级"]),
]


def climbs(judged: Judged, ladder: tuple[str, str, list[str]], steps: tuple[int, int]) -> None:
    name, sentence, words = ladder
    low, high = (sentence.format(words[step]) for step in sorted(step % len(words) for step in steps))
    if low == high:
        assert judged(name, low, high) is Verdict.SAME
        return
    assert judged(name, low, high) is Verdict.RAISED, (low, high)
    assert judged(name, high, low) is Verdict.LOWERED, (high, low)


@settings(max_examples=400, deadline=None)
@given(ladder=st.sampled_from(LADDERS), steps=st.tuples(st.integers(0, 9), st.integers(0, 9)))
def test_a_higher_step_raises_and_a_lower_one_lowers(
    ladder: tuple[str, str, list[str]], steps: tuple[int, int]
) -> None:
    climbs(verdict, ladder, steps)


MIRRORS = {
    Verdict.SAME: {Verdict.SAME},
    Verdict.MANUAL: {Verdict.MANUAL, Verdict.LOWERED},
    Verdict.RAISED: {Verdict.LOWERED},
    Verdict.LOWERED: {Verdict.RAISED, Verdict.ADDED, Verdict.MANUAL},
    Verdict.ADDED: {Verdict.MISSING, Verdict.LOWERED},
    Verdict.MISSING: {Verdict.ADDED},
    Verdict.QUANTITY: {Verdict.QUANTITY},
}
"""What a swap must give. 新增 stands for a whole addition (mirrored: 缺失) and for one inside a parameter (降低).

Weaker in one piece with another added is 降低; swapped it is stricter in one with another gone, which is for a person.
"""


def mirrors(judged: Judged, name: str, one: str, other: str) -> None:
    assert judged(name, other, one) in MIRRORS[judged(name, one, other)], (one, other)


PHRASES = [
    "支持SM2、SM3、SM4",
    "支持SM2、SM4",
    "支持SM2或SM4",
    "支持短信、邮件等告警",
    "支持热插拔",
    "不支持热插拔",
    "冗余电源(1+1)",
    "单电源",
    "≥4个千兆电口,≥2个万兆光口",
    "≥2个万兆光口",
    "采用微服务架构",
    "采用B/S架构",
    "应留存日志不少于6个月",
    "宜留存日志6个月",
    "0~40℃",
    "-10~50℃",
    "8×32GB",
    "256GB",
    "3年原厂质保",
    "3年质保",
    "7×24小时",
    "★支持国密算法",
    "支持国密算法",
    "",
    "—",
]


@settings(max_examples=500, deadline=None)
@given(
    name=st.sampled_from(["内存", "响应时间", "吞吐量", "工作温度", "精度", "功能", "指标"]),
    one=st.one_of(st.sampled_from(PHRASES), rewritten().map(lambda case: case[3])),
    other=st.one_of(st.sampled_from(PHRASES), rewritten().map(lambda case: case[3])),
)
def test_swapped_sides_mirror_the_verdict(name: str, one: str, other: str) -> None:
    mirrors(verdict, name, one, other)


BY_CONVENTION = {"内存容量", "数据库适配"}
"""Tender names of pairs that a convention judges one way only: DDR4 unsaid is a hint; brands are the tender's."""
TWO_WAY = [
    pair
    for pair in PAIRS
    if pair["verdict"] not in {"指定品牌", "金额超出"}
    and "元" not in pair["approved_value"]
    and pair["tender_name"] not in BY_CONVENTION
]


@pytest.mark.parametrize("pair", TWO_WAY, ids=lambda pair: f"{pair['item']} {pair['tender_name']}")
def test_the_judged_pairs_mirror(pair: dict[str, str]) -> None:
    back = judge_pair(
        pair["item"], pair["tender_name"], pair["tender_value"], pair["approved_name"], pair["approved_value"]
    )
    assert back.verdict in MIRRORS[Verdict(pair["verdict"])], back.reason


@settings(max_examples=400, deadline=None)
@given(texts=st.tuples(*[st.text(max_size=30)] * 5))
def test_no_pair_of_texts_breaks_the_judge(texts: tuple[str, str, str, str, str]) -> None:
    judgement = judge_pair(*texts)
    assert judgement.verdict in Verdict
    assert judgement.reason


def by_length(_: str, approved: str, tender: str) -> Verdict:
    """A judge that sees nothing but length, by which every property must fail."""
    return Verdict.SAME if len(approved) == len(tender) else Verdict.RAISED


def test_every_property_can_fail() -> None:
    with pytest.raises(AssertionError):
        keeps_its_verdict(by_length, ("内存", "≥8GB", "≥8GB", "不低于8GB"))
    with pytest.raises(AssertionError):
        has_its_direction(by_length, CLASSES[0], (2, 4))
    with pytest.raises(AssertionError):
        climbs(by_length, LADDERS[0], (0, 1))
    with pytest.raises(AssertionError):
        mirrors(by_length, "内存", "≥8GB", "不低于8GB")
