"""A tender's sentence that says its parameter's name again asks for nothing more; what it adds is never dropped."""

import pytest

from domain.parameters.pairs import judge_pair
from domain.parameters.restated import asks_nothing, to_the_point
from domain.parameters.verdicts import Verdict

SAME = [
    ("云主机资源池", "vCPU", "≥512核", "虚拟CPU资源总量", "投标人所提供资源池的虚拟CPU总量应不少于512核"),
    ("热线平台", "人工接通率", "≥95%", "热线人工接通率", "系统上线运行后热线人工接通率应不低于百分之九十五"),
    ("运维服务", "到场时间", "≤2小时", "故障现场响应", "接到采购人故障通知后，技术人员须于120分钟内到达现场"),
    ("车牌识别一体机", "识别率", "≥99%", "车牌识别准确率", "投标产品的车牌识别准确率应达到99%以上"),
    ("视频云存储", "录像保存时间", "≥30天", "视频图像保存期限", "视频图像信息的保存期限应不少于30日"),
    ("等保测评服务", "测评等级", "等保三级", "测评级别要求", "服务商须按照网络安全等级保护第三级要求开展测评"),
    ("一网通办平台", "并发用户数", "≥2000", "并发访问能力", "系统应能够支撑2000个及以上用户并发访问"),
]
STRICTER = [
    ("运维服务", "到场时间", "≤2小时", "现场响应", "接到采购人故障通知后，技术人员须于90分钟内到达现场"),
    ("车牌识别一体机", "识别率", "≥99%", "识别准确率", "投标产品的车牌识别准确率应达到99.5%以上"),
]
MORE = [
    ("单兵图传终端", "续航", "≥8小时", "连续工作时间", "满电状态下连续工作时间不少于8小时"),
    ("摄像机", "防护等级", "IP66", "外壳防护等级", "室外设备外壳防护等级应达到IP66及以上"),
    ("视频会议终端", "接入路数", "≥64路", "接入路数", "设备须支持至少64路高清会议终端接入"),
    ("应用服务器", "CPU核数", "≥32核", "CPU核数", "投标产品的国产CPU核数应不少于32核"),
    ("审批平台", "响应时间", "≤3秒", "响应时间", "系统全部页面在弱网条件下响应时间应不超过3秒"),
]


@pytest.mark.parametrize("pair", SAME)
def test_a_sentence_around_the_same_figure_is_the_same_requirement(pair: tuple[str, str, str, str, str]) -> None:
    item, approved_name, approved, tender_name, tender = pair
    assert judge_pair(*pair).verdict is Verdict.SAME
    assert judge_pair(item, tender_name, tender, approved_name, approved).verdict is Verdict.SAME


@pytest.mark.parametrize("pair", STRICTER)
def test_a_sentence_around_a_stricter_figure_is_stricter(pair: tuple[str, str, str, str, str]) -> None:
    assert judge_pair(*pair).verdict is Verdict.RAISED


@pytest.mark.parametrize("pair", MORE)
def test_a_condition_or_quality_within_the_sentence_is_not_dropped(pair: tuple[str, str, str, str, str]) -> None:
    assert judge_pair(*pair).verdict is not Verdict.SAME


def test_the_clauses_of_one_value_keep_the_words_that_tell_them_apart() -> None:
    swapped = judge_pair("运维", "响应到场", "响应≤2小时,到场≤4小时", "响应到场", "到场≤2小时,响应≤4小时")
    assert swapped.verdict is not Verdict.SAME
    assert to_the_point("响应≤2小时,到场≤4小时", "响应到场") == "响应≤2小时,到场≤4小时"


def test_words_that_bind_or_refuse_ask_for_something_even_where_a_name_says_them() -> None:
    assert asks_nothing("cpu数量", "国产cpu")
    assert not asks_nothing("国产cpu", "国产cpu")
    assert not asks_nothing("无接口", "无接口")


@pytest.mark.parametrize(
    "tender",
    [
        "为避免出现水波纹，刷新率应达到1920Hz以上",
        "鉴于设备长期用于会议拍摄，刷新率不低于1920Hz",
        "刷新率不低于1920Hz，由此产生的费用由供应商承担",
        "刷新率不低于1920Hz，最终由采购人书面确认",
    ],
)
def test_why_something_is_asked_for_and_how_the_contract_is_run_ask_for_nothing(tender: str) -> None:
    assert judge_pair("LED大屏", "刷新率", "≥1920Hz", "刷新率", tender).verdict is Verdict.SAME


@pytest.mark.parametrize(
    "tender",
    [
        "开启全部功能后，刷新率应达到1920Hz以上",
        "为保证3840Hz刷新，刷新率应达到1920Hz以上",
        "刷新率不低于1920Hz，由采购人现场抽样送检并提供检测报告",
    ],
)
def test_a_condition_a_figure_or_a_proof_in_a_clause_is_not_idle(tender: str) -> None:
    assert judge_pair("LED大屏", "刷新率", "≥1920Hz", "刷新率", tender).verdict is not Verdict.SAME


@pytest.mark.parametrize(
    ("name", "value", "other"),
    [
        ("处理性能", "处理性能≥10000/s", "不少于10000个/秒"),
        ("TPC-C性能", "TPC-C性能≥500000个", "不小于500000个"),
        ("功能", "功能≥30项", "不少于30项"),
        ("平均响应时间", "平均≤2秒", "平均不超过2秒"),
    ],
)
def test_the_end_of_a_name_is_no_word_of_ability(name: str, value: str, other: str) -> None:
    assert judge_pair("设备", name, value, name, other).verdict is Verdict.SAME
    assert judge_pair("设备", name, other, name, value).verdict is Verdict.SAME
