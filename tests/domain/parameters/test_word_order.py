"""The same words in another order, and words that refuse: what must never pass for the same requirement."""

import pytest

from domain.parameters.pairs import judge_pair
from domain.parameters.verdicts import Verdict
from domain.parameters.word_order import is_turned


def verdict(name: str, approved: str, tender: str) -> Verdict:
    return judge_pair("设备", name, approved, name, tender).verdict


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("支持从物理机到虚拟机迁移", "支持从虚拟机到物理机迁移"),
        ("支持物理机向虚拟机迁移", "支持虚拟机向物理机迁移"),
        ("支持IPv4到IPv6转换", "支持IPv6到IPv4转换"),
        ("支持PDF转OFD", "支持OFD转PDF"),
        ("支持交流转直流", "支持直流转交流"),
        ("内网访问外网", "外网访问内网"),
        ("允许内网访问外网", "允许外网访问内网"),
        ("上行接入下行汇聚", "下行接入上行汇聚"),
    ],
)
@pytest.mark.parametrize("name", ["功能", "访问控制", "访问", "转换", "迁移", ""])
def test_words_that_changed_sides_are_for_a_person(name: str, one: str, other: str) -> None:
    assert verdict(name, one, other) is Verdict.MANUAL


@pytest.mark.parametrize(("one", "other"), [("电源冗余", "冗余电源"), ("热插拔冗余风扇", "冗余热插拔风扇")])
def test_two_words_that_changed_places_say_the_same(one: str, other: str) -> None:
    assert is_turned(one, other)
    assert verdict("功能", one, other) is Verdict.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("支持带电插拔", "支持非带电插拔"),
        ("授权用户访问", "非授权用户访问"),
        ("数据出境", "数据不出境"),
        ("故障硬盘返还", "故障硬盘不返还"),
        ("支持对称加密算法", "支持非对称加密算法"),
        ("支持压缩", "支持无损压缩"),
        ("维护电池", "免维护电池"),
        ("支持删除、修改", "不支持删除、修改"),
        ("支持SSH、Telnet", "支持SSH、不支持Telnet"),
        ("支持SSHv1、SSHv2", "不支持SSHv1、支持SSHv2"),
    ],
)
def test_a_word_that_refuses_on_one_side_is_for_a_person_whichever_side_says_it(one: str, other: str) -> None:
    assert verdict("功能", one, other) is Verdict.MANUAL
    assert verdict("功能", other, one) is Verdict.MANUAL
