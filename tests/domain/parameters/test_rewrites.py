"""Another way to write the same thing never changes a verdict: width, spaces, units, numerals, comparators."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.parameters.pairs import judge_pair
from tests.domain.builders import PAIRS, chinese

WIDE = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}


def full_width(text: str) -> str:
    return "".join(WIDE.get(char, char) for char in text)


def spaced(text: str, gaps: list[bool]) -> str:
    """Put spaces where words meet: between a Chinese character and anything else."""
    pieces = []
    for index, char in enumerate(text):
        pieces.append(char)
        following = text[index + 1 : index + 2]
        meets = following and (ord(char) > 0x2E80) != (ord(following) > 0x2E80)
        if meets and gaps[index % len(gaps)]:
            pieces.append(" ")
    return "".join(pieces)


def recompared(text: str) -> str:
    for sign, word in (("≥", "不低于"), ("≤", "不超过")):
        text = text.replace(sign, word)
    return text


REWRITES = {
    "full width": full_width,
    "compatibility": lambda text: unicodedata.normalize("NFKC", text),
    "words for signs": recompared,
    "closing mark": lambda text: f"{text}。",
    "line end": lambda text: f"{text}\n",
    "other dash": lambda text: text.replace("~", "～").replace("-", "－"),
}


@settings(max_examples=400, deadline=None)
@given(
    pair=st.sampled_from(PAIRS),
    rewrite=st.sampled_from(sorted(REWRITES)),
    sides=st.tuples(st.booleans(), st.booleans()),
)
def test_a_rewrite_keeps_the_verdict(pair: dict[str, str], rewrite: str, sides: tuple[bool, bool]) -> None:
    change = REWRITES[rewrite]
    approved = change(pair["approved_value"]) if sides[0] and pair["approved_value"] else pair["approved_value"]
    tender = change(pair["tender_value"]) if sides[1] and pair["tender_value"] else pair["tender_value"]
    judgement = judge_pair(pair["item"], pair["approved_name"], approved, pair["tender_name"], tender)
    assert judgement.verdict.value == pair["verdict"], judgement.reason


@settings(max_examples=300, deadline=None)
@given(pair=st.sampled_from(PAIRS), gaps=st.lists(st.booleans(), min_size=3, max_size=9))
def test_spaces_between_words_keep_the_verdict(pair: dict[str, str], gaps: list[bool]) -> None:
    judgement = judge_pair(
        pair["item"],
        pair["approved_name"],
        spaced(pair["approved_value"], gaps),
        pair["tender_name"],
        spaced(pair["tender_value"], gaps),
    )
    assert judgement.verdict.value == pair["verdict"], judgement.reason


UNIT_STEPS = [
    ("GB", "TB", 1000, "硬盘"),
    ("MHz", "GHz", 1000, "主频"),
    ("ms", "秒", 1000, "响应时间"),
    ("Mbps", "Gbps", 1000, "带宽"),
    ("个月", "年", 12, "质保"),
    ("分钟", "小时", 60, "RTO"),
    ("Mpps", "Gpps", 1000, "包转发率"),
    ("GB", "TB", 1024, "内存"),
    ("W", "kW", 1000, "功率"),
    ("mm", "米", 1000, "长度"),
    ("个", "万个", 10_000, "并发连接数"),
]


@settings(deadline=None)
@given(step=st.sampled_from(UNIT_STEPS), number=st.integers(1, 500), sign=st.sampled_from(["≥", "≤", ">", ""]))
def test_a_unit_and_its_multiple_are_the_same_amount(step: tuple[str, str, int, str], number: int, sign: str) -> None:
    small, large, factor, name = step
    judgement = judge_pair("设备", name, f"{sign}{number}{large}", name, f"{sign}{number * factor}{small}")
    assert judgement.verdict.value == "一致", judgement.reason


@settings(deadline=None)
@given(number=st.integers(1, 9_999))
def test_chinese_numerals_are_numbers(number: int) -> None:
    judgement = judge_pair("设备", "并发用户数", f"≥{number}个", "并发用户数", f"不少于{chinese(number)}个")
    assert judgement.verdict.value == "一致", judgement.reason
