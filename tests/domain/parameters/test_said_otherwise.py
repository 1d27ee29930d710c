"""The same value in the trade's other words: years beside hours of service, ports, spare power supplies, no limit."""

import pytest

from domain.parameters.pairs import judge_pair

EQUALS = [
    ("质保", "3年7×24小时，4小时到场", "三年，7×24小时，4小时到场"),
    ("质保", "3年5×8", "3年，5×8"),
    ("HBA卡", "≥2块32Gb双口FC HBA卡", "≥2块32Gb双端口FC HBA卡"),
    ("网卡", "四口千兆网卡", "四端口千兆网卡"),
    ("电源", "2+2冗余", "2+2冗余电源"),
    ("电源", "冗余（1+1）", "1+1冗余"),
    ("电源", "冗余电源（1+1），单个功率≥800W", "1+1冗余，单电源功率不低于800W"),
    ("授权", "不限客户端数量", "客户端数量不限"),
    ("授权", "不限用户数", "用户数不限"),
]
WEAKER = [
    ("质保", "3年7×24小时，4小时到场", "三年，5×8小时，4小时到场"),
    ("质保", "3年7×24小时，4小时到场", "1年，7×24小时，4小时到场"),
    ("电源", "冗余（1+1）", "单电源"),
    ("电源", "冗余电源（1+1），单个功率≥800W", "1+1冗余，单电源功率不低于600W"),
    ("授权", "不限客户端数量", "50个客户端"),
    ("授权", "客户端不限", "100个客户端"),
]


def verdict(name: str, approved: str, tender: str) -> str:
    return judge_pair("设备", name, approved, name, tender).verdict.value


@pytest.mark.parametrize(("name", "one", "other"), EQUALS)
def test_the_same_in_other_words_is_consistent(name: str, one: str, other: str) -> None:
    assert {verdict(name, one, other), verdict(name, other, one)} == {"一致"}


@pytest.mark.parametrize(("name", "more", "less"), WEAKER)
def test_less_is_less_however_it_is_said(name: str, more: str, less: str) -> None:
    assert (verdict(name, more, less), verdict(name, less, more)) == ("降低", "提高")


@pytest.mark.parametrize(("one", "other"), [("2+2冗余", "1+1冗余电源"), ("2+2冗余电源", "2+1冗余电源")])
def test_another_number_of_spares_is_never_consistent(one: str, other: str) -> None:
    assert "一致" not in {verdict("电源", one, other), verdict("电源", other, one)}
