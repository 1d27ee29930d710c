"""Lists whose members share a head or a tail are read alike, however often the shared word is written."""

import pytest

from domain.parameters.pairs import judge_pair

EQUALS = [
    ("支持按日、周、月统计", "支持按日、按周、按月统计"),
    ("支持基于IP、端口、协议的访问控制", "支持基于IP的访问控制、基于端口的访问控制和基于协议的访问控制"),
    ("支持PC端、移动端、大屏端访问", "支持PC、移动、大屏端访问"),
    ("支持Excel、Word、PDF格式导出", "支持导出Excel、Word、PDF格式"),
    ("支持增删改查、导入、导出", "支持新增、修改、删除、查询及导入导出"),
    ("记录增删改操作日志", "记录增、删、改操作日志"),
    ("支持增删改查", "支持查询、修改、删除和新增"),
    ("支持IPSec、SSL VPN", "支持IPSec VPN和SSL VPN"),
    ("支持主控、电源、风扇冗余", "支持主控冗余、电源冗余、风扇冗余"),
    ("支持IPv4/IPv6双栈", "同时支持IPv4和IPv6"),
    ("支持数据导入、导出", "支持数据导入和数据导出"),
    ("设计、实施、验收阶段监理", "设计阶段、实施阶段、验收阶段监理"),
    ("应记录用户登录、增删改操作日志", "必须记录用户登录及增、删、改操作日志"),
]
WEAKER = [
    ("支持按日、周、月统计", "支持按日、按月统计"),
    ("支持基于IP、端口、协议的访问控制", "支持基于IP、端口的访问控制"),
    ("支持Excel、Word、PDF格式导出", "支持导出Excel、PDF格式"),
    ("支持增删改查", "支持增、删、改"),
    ("支持IPSec、SSL、L2TP VPN", "支持IPSec、SSL VPN"),
    ("支持IPSec、SSL、L2TP VPN", "支持SSL VPN"),
    ("设计、实施、验收阶段监理", "实施阶段监理"),
    ("支持主控冗余、电源冗余、风扇冗余", "支持电源冗余、风扇冗余"),
    ("支持IPv4和IPv6双栈", "支持IPv4或IPv6"),
    ("支持IPv4和IPv6双栈", "支持IPv6单栈"),
    ("应记录用户登录、增删改操作日志", "须记录增、删、改操作日志"),
    ("支持数据导入、导出", "支持数据导入"),
]
UNLIKE = [
    ("支持按日、周、月统计", "支持按日、按年统计"),
    ("支持Excel、Word格式导出", "支持导入Excel、Word格式"),
    ("支持IPSec、SSL VPN", "支持PPTP、SSL VPN"),
    ("支持数据导入、导出", "支持数据导入、日志导出"),
    ("支持国产操作系统、国产数据库", "支持国产操作系统、数据库"),
    ("支持防火墙、流量管理", "支持防火墙管理、流量管理"),
    ("设计、实施、验收阶段监理", "招标、实施阶段监理"),
]


def verdict_of(approved: str, tender: str) -> str:
    return judge_pair("设备", "要求", approved, "要求", tender).verdict.value


@pytest.mark.parametrize(("one", "other"), EQUALS)
def test_what_is_written_once_for_all_members_belongs_to_each(one: str, other: str) -> None:
    assert {verdict_of(one, other), verdict_of(other, one)} == {"一致"}


@pytest.mark.parametrize(("approved", "tender"), WEAKER)
def test_a_member_lost_is_seen_behind_the_shared_word(approved: str, tender: str) -> None:
    assert (verdict_of(approved, tender), verdict_of(tender, approved)) == ("降低", "提高")


@pytest.mark.parametrize(("approved", "tender"), UNLIKE)
def test_members_that_no_shared_word_explains_are_for_a_person(approved: str, tender: str) -> None:
    assert verdict_of(approved, tender) == "不可比/需人工"


def test_a_prohibition_keeps_its_words_together() -> None:
    assert judge_pair("日志审计系统", "日志", "不得删改", "日志", "可删改").verdict.value != "一致"
