"""Additions that a later rule asks for are told apart; a compliance word does not cover what stands beside it."""

import pytest

from domain.parameters import Verdict
from domain.parameters.compliance import added, added_item
from domain.parameters.verdicts import FindingKind

PURE = [
    "▲提供商用密码产品认证证书",
    "★CPU、操作系统符合安全可靠测评要求",
    "支持IPv6",
    "支持国密SM2、SM3、SM4算法加密",
    "日志留存不少于6个月",
    "通过等级保护三级测评，并提供报告1份",
    "符合财库〔2023〕33号政府采购需求标准的*指标",
    "满足GB/T 22239-2019三级要求",
]
MIXED = [
    "支持IPv6，吞吐量≥40Gbps",
    "数据脱敏性能不低于1000条/秒",
    "符合信创要求，CPU 32核，内存512GB",
    "支持IPv6；交换容量≥2.56Tbps；包转发率≥1080Mpps",
]
ITEMS = [
    ("密码应用安全性评估", ("完成密评并出具报告",), FindingKind.COMPLIANCE),
    ("等保测评服务", ("三级系统1个", "出具测评报告"), FindingKind.COMPLIANCE),
    ("第1部分设备", ("应用服务器：CPU≥32核", "内存≥512GB", "操作系统符合安全可靠测评要求"), FindingKind.CONSISTENCY),
    ("信创服务器", ("CPU≥32核", "内存≥256GB"), FindingKind.CONSISTENCY),
    ("防火墙", ("吞吐量≥20Gbps", "支持IPv6"), FindingKind.CONSISTENCY),
    ("密码产品", ("提供商用密码产品认证证书", "符合GM/T 0028"), FindingKind.COMPLIANCE),
    ("信创服务器", (), FindingKind.CONSISTENCY),
]


@pytest.mark.parametrize("text", PURE)
def test_what_a_later_rule_asks_for_is_told_apart(text: str) -> None:
    judgement = added(text)
    assert (judgement.verdict, judgement.kind) == (Verdict.ADDED, FindingKind.COMPLIANCE)
    assert judgement.basis


@pytest.mark.parametrize("text", MIXED)
def test_figures_beside_a_compliance_word_are_an_ordinary_addition_that_names_the_part_a_rule_covers(text: str) -> None:
    judgement = added(text)
    assert (judgement.verdict, judgement.kind) == (Verdict.ADDED, FindingKind.CONSISTENCY)
    assert "只有这一部分可凭依据保留" in judgement.reason


@pytest.mark.parametrize(("name", "asked", "kind"), ITEMS)
def test_an_item_is_compliance_by_its_name_or_by_everything_it_asks_for(
    name: str, asked: tuple[str, ...], kind: FindingKind
) -> None:
    judgement = added_item(name, asked)
    assert (judgement.verdict, judgement.kind) == (Verdict.ADDED, kind)


def test_an_addition_without_any_rule_has_no_basis() -> None:
    assert (added("双电源").basis, added_item("机柜", ("42U",)).basis) == ("", "")
