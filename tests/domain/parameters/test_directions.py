"""Which way is stricter, class by class; stronger and weaker bounds; both sides swapped."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.parameters.pairs import judge_pair
from domain.parameters.verdicts import Verdict

MIRROR = {
    Verdict.SAME: Verdict.SAME,
    Verdict.RAISED: Verdict.LOWERED,
    Verdict.LOWERED: Verdict.RAISED,
    Verdict.MANUAL: Verdict.MANUAL,
}

# (name, how the value is written, does a larger number make the requirement stricter)
CLASSES = [
    ("内存", "≥{}GB", True),
    ("内存", "{}GB", True),
    ("吞吐量", "不低于{}Gbps", True),
    ("CPU核数", "大于{}核", True),
    ("并发用户数", "{}个以上", True),
    ("质保", "{}年", True),
    ("响应时间", "≤{}秒", False),
    ("响应时间", "{}秒", False),
    ("响应时间", "{}秒以内", False),
    ("RTO", "小于{}分钟", False),
    ("噪声", "不超过{}dB", False),
    ("测量误差", "≤±{}%", False),
    ("测量误差", "±{}%", False),
    ("输入电压", "220V±{}%", True),
    ("工作温度", "-5~{}℃", True),
    ("额定功率", "100~{}W", False),
]


def verdict(name: str, approved: str, tender: str) -> Verdict:
    return judge_pair("设备", name, approved, name, tender).verdict


@pytest.mark.parametrize(("name", "form", "more_is_stricter"), CLASSES)
@settings(deadline=None)
@given(low=st.integers(101, 5_000), more=st.integers(1, 5_000))
def test_strengthening_and_weakening_are_told_apart(
    name: str, form: str, *, more_is_stricter: bool, low: int, more: int
) -> None:
    smaller, larger = form.format(low), form.format(low + more)
    up, down = (Verdict.RAISED, Verdict.LOWERED) if more_is_stricter else (Verdict.LOWERED, Verdict.RAISED)
    assert verdict(name, smaller, larger) is up
    assert verdict(name, larger, smaller) is down
    assert verdict(name, smaller, smaller) is Verdict.SAME


UNITS = [
    "GB",
    "TB",
    "MB",
    "Gbps",
    "MB/s",
    "秒",
    "ms",
    "核",
    "台",
    "%",
    "kVA",
    "kW",
    "℃",
    "路",
    "年",
    "个月",
    "mm",
    "万次/秒",
]
COMPARATORS = ["≥", "≤", ">", "<", "不低于", "不超过", "", "±"]
values = st.builds(
    lambda comparator, number, unit: f"{comparator}{number}{unit}",
    st.sampled_from(COMPARATORS),
    st.integers(1, 9_999),
    st.sampled_from(UNITS),
)


@settings(deadline=None)
@given(name=st.sampled_from(["内存", "响应时间", "吞吐量", "工作温度", "精度", "指标"]), one=values, other=values)
def test_swapping_the_sides_mirrors_the_verdict(name: str, one: str, other: str) -> None:
    forth, back = verdict(name, one, other), verdict(name, other, one)
    assert MIRROR[forth] is back


def test_environments_must_be_stood_and_allowed_bands_must_be_kept() -> None:
    assert verdict("工作温度", "0~40℃", "-10~50℃") is Verdict.RAISED
    assert verdict("工作温度", "0~40℃", "5~35℃") is Verdict.LOWERED
    assert verdict("工作温度", "0~40℃", "-10~35℃") is Verdict.MANUAL
    assert verdict("功率", "500~600W", "540~560W") is Verdict.RAISED
    assert verdict("功率", "500~600W", "400~700W") is Verdict.LOWERED
    assert verdict("功率", "500~600W", "550~700W") is Verdict.MANUAL


def test_counted_things_come_in_whole_steps() -> None:
    assert verdict("CPU核数", ">15核", "≥16核") is Verdict.SAME
    assert verdict("CPU核数", "≥16核", ">16核") is Verdict.RAISED
    assert verdict("带宽", ">15Mbps", "≥16Mbps") is Verdict.RAISED


@pytest.mark.parametrize("item", ["环境监测站", "温度传感器", "测温门", "机房温控设备", "精密空调"])
def test_the_climate_in_which_a_device_works_is_an_environment_whatever_the_device_measures(item: str) -> None:
    narrower = judge_pair(item, "工作温度", "-30℃~55℃", "工作温度", "-20℃~50℃")
    assert narrower.verdict is Verdict.LOWERED


@pytest.mark.parametrize("load", ["{}并发下", "{}个用户并发时", "在{}个并发用户的条件下"])
def test_the_load_under_which_a_time_must_be_kept_is_the_more_the_stricter(load: str) -> None:
    light, heavy = (f"{load.format(users)}响应时间≤3秒" for users in (500, 1000))
    assert verdict("响应时间", light, heavy) is Verdict.RAISED
    assert verdict("响应时间", heavy, light) is Verdict.LOWERED
    faster = heavy.replace("3秒", "2秒")
    assert verdict("响应时间", light, faster) is Verdict.RAISED
    assert verdict("响应时间", heavy, light.replace("3秒", "2秒")) is Verdict.MANUAL


@pytest.mark.parametrize(
    ("approved", "tender"),
    [
        ("质保5年，2小时到场", "质保3年，2小时到场"),
        ("制冷量30kW，噪声60dB", "制冷量25kW，噪声60dB"),
        ("后备时间60分钟，切换时间5ms", "后备时间30分钟，切换时间5ms"),
        ("亮度500nit，响应时间5ms", "亮度500nit，响应时间8ms"),
    ],
)
def test_each_clause_of_a_value_has_its_own_direction(approved: str, tender: str) -> None:
    assert verdict("要求", approved, tender) is Verdict.LOWERED
    assert verdict("要求", tender, approved) is Verdict.RAISED
