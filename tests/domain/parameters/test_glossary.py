"""The trade's glossary: two words for one thing are read as one, and never a word inside another."""

import pytest

from domain.parameters.data import load
from domain.parameters.glossary import in_one_wording
from domain.parameters.pairs import judge_pair
from domain.parameters.verdicts import Verdict
from domain.text import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("支持OSPF、BGP", "支持开放式最短路径优先协议和边界网关协议"),
        ("支持IPv4/IPv6双栈", "支持IPv4与IPv6双协议栈"),
        ("支持精简配置", "支持Thin Provisioning"),
        ("支持RBAC", "支持基于角色的访问控制"),
        ("B/S架构", "浏览器/服务器模式"),
        ("支持H.265", "支持HEVC"),
    ],
)
def test_an_acronym_and_its_long_form_are_one_requirement(one: str, other: str) -> None:
    """What the glossary calls one thing is 一致 in both directions."""
    assert judge_pair("设备", "要求", one, "要求", other).verdict is Verdict.SAME
    assert judge_pair("设备", "要求", other, "要求", one).verdict is Verdict.SAME


def test_a_short_acronym_inside_another_word_is_left_alone() -> None:
    """HA stands for 高可用, but not inside SHA256."""
    assert in_one_wording("支持SHA256") == "支持SHA256"
    assert in_one_wording("支持HA") == "支持高可用"


def test_no_alias_stands_for_two_things() -> None:
    """A word of two lists would be read as whichever came last."""
    words = [
        fold(word).casefold() for section in load("glossary").values() for terms in section["lists"] for word in terms
    ]
    assert sorted(words) == sorted(set(words))
