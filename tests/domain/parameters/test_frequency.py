"""How often something is done is one figure, whatever the sentence puts between the period and the count."""

import pytest

from domain.parameters.pairs import judge_pair

EQUALS = [
    ("每日增量备份、每周全量备份", "每天1次增量备份,每周1次全量备份"),
    ("日增量备份、周全量备份", "每天增量备份一次,每周全量备份一次"),
    ("每年2次", "每半年1次"),
    ("半年一次", "每年2次"),
    ("每季度1次", "每年4次"),
    ("每季1次", "每3个月1次"),
    ("每月巡检", "每月1次例行巡检"),
    ("月度巡检", "每年12次巡检"),
    ("每周更新", "每周至少更新1次"),
    ("每季度1次漏洞扫描", "按季度漏洞扫描"),
    ("每年2次", "上、下半年各1次"),
    ("每年组织1次应急演练", "每年开展应急演练一次"),
]
WEAKER = [
    ("每日增量备份、每周全量备份", "每周增量备份、每月全量备份"),
    ("每日增量备份、每周全量备份", "每日增量备份"),
    ("每周全量备份", "每2周1次全量备份"),
    ("每周2次全量备份", "每周全量备份"),
    ("每年2次", "每年1次"),
    ("每月1次", "每季度1次"),
    ("每周1次", "每月1次"),
    ("每月巡检", "每季度巡检"),
    ("每天更新", "每周更新1次"),
]
UNLIKE = [
    ("每年2次", "每年不超过2次"),
    ("每日备份", "每次备份"),
    ("每日巡检2次", "每日早晚各巡检1次"),
    ("每日备份", "每工作日备份"),
    ("每周一备份", "每周备份"),
    ("服务期3年,每年2次巡检", "服务期3年,共6次巡检"),
]


def verdict(approved: str, tender: str) -> str:
    return judge_pair("运维服务", "要求", approved, "要求", tender).verdict.value


@pytest.mark.parametrize(("one", "other"), EQUALS)
def test_the_same_frequency_in_other_words_is_consistent(one: str, other: str) -> None:
    assert {verdict(one, other), verdict(other, one)} == {"一致"}


@pytest.mark.parametrize(("approved", "tender"), WEAKER)
def test_what_is_done_less_often_is_lower_and_the_other_way_round_not(approved: str, tender: str) -> None:
    assert verdict(approved, tender) == "降低"
    assert verdict(tender, approved) in {"提高", "新增"}


@pytest.mark.parametrize(("approved", "tender"), UNLIKE)
def test_another_kind_of_period_or_count_is_for_a_person(approved: str, tender: str) -> None:
    assert verdict(approved, tender) == "不可比/需人工"


@pytest.mark.parametrize(
    "tender", ["-20至+60℃", "零下20度至零上60度", "零下二十度到60度", "-20～60摄氏度", "负20℃至60℃"]
)
def test_a_range_below_zero_is_read_in_words_and_signs(tender: str) -> None:
    assert judge_pair("传感器", "测温范围", "-20℃~60℃", "测温范围", tender).verdict.value == "一致"


@pytest.mark.parametrize("tender", ["-10至+60℃", "零下10度至零上60度", "20至60℃", "零下20度至零上50度"])
def test_a_range_that_covers_less_is_lower(tender: str) -> None:
    assert judge_pair("传感器", "测温范围", "-20℃~60℃", "测温范围", tender).verdict.value == "降低"
