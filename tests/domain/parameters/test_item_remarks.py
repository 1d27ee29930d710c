"""The 备注 column counts: what it gives otherwise, allows, marks or drops is a finding of its own."""

import pytest

from domain.parameters import Verdict, review
from domain.parameters.verdicts import Finding
from tests.domain.builders import item, table

ASKED = ("内存：≥512GB", "质保：3年", "吞吐量：≥10Gbps")


def remarked(
    approved: str, tender: str, asked: tuple[str, ...] = ASKED, answered: tuple[str, ...] = ASKED
) -> list[Finding]:
    found = review(table(item(parameters=asked, remark=approved)), table(item(parameters=answered, remark=tender)))
    return [one for one in found.findings if one.is_deviation]


@pytest.mark.parametrize(
    ("approved", "tender", "verdict"),
    [
        ("", "内存按256GB配置", Verdict.LOWERED),
        ("", "内存配置1TB", Verdict.RAISED),
        ("", "吞吐量≥5Gbps即可", Verdict.LOWERED),
        ("", "质保1年", Verdict.LOWERED),
        ("", "质保期自验收之日起12个月", Verdict.LOWERED),
        ("", "质保5年", Verdict.RAISED),
        ("", "按8台采购", Verdict.MANUAL),
        ("含5年升级服务", "含3年升级服务", Verdict.LOWERED),
        ("配光模块2个", "配光模块4个", Verdict.RAISED),
        ("", "选配", Verdict.LOWERED),
        ("", "可偏离", Verdict.LOWERED),
        ("", "非必配", Verdict.LOWERED),
        ("选配", "必配", Verdict.RAISED),
        ("", "★", Verdict.RAISED),
        ("★", "", Verdict.LOWERED),
        ("★", "▲", Verdict.LOWERED),
        ("国产", "进口", Verdict.LOWERED),
        ("国产化（信创）", "可为进口", Verdict.LOWERED),
        ("", "进口", Verdict.MANUAL),
        ("国产化（信创）", "", Verdict.MANUAL),
        ("含3年原厂授权", "", Verdict.MANUAL),
        ("", "含安装辅材", Verdict.MANUAL),
        ("配导轨", "配光模块2个", Verdict.MANUAL),
        ("", "4小时到场", Verdict.MANUAL),
        ("核心产品；内存按512GB", "核心产品；内存按256GB", Verdict.LOWERED),
    ],
)
def test_a_remark_that_changes_its_row_is_one_finding(approved: str, tender: str, verdict: Verdict) -> None:
    (shown,) = remarked(approved, tender)
    assert (shown.verdict, shown.parameter, shown.item) == (verdict, "备注", "应用服务器")


@pytest.mark.parametrize(
    ("approved", "tender"),
    [
        ("国产", "国产"),
        ("国产化（信创）", "国产"),
        ("", "核心产品"),
        ("详见表6-2", "见附件1"),
        ("/", "—"),
        ("", "质保3年"),
        ("", "内存不低于512GB"),
        ("", "必配"),
        ("", "节能产品"),
        ("选配", "可选"),
        ("含税", "所属行业：软件和信息技术服务业"),
    ],
)
def test_remarks_that_say_the_same_or_nothing_are_no_finding(approved: str, tender: str) -> None:
    assert remarked(approved, tender) == []


def test_what_a_remark_asks_for_may_stand_among_the_other_sides_parameters() -> None:
    assert not [one for one in remarked("国产", "", answered=(*ASKED, "须为国产化产品")) if one.parameter == "备注"]
    assert [one.verdict for one in remarked("国产", "", (*ASKED, "兼容国产数据库"), (*ASKED, "兼容国产数据库"))] == [
        Verdict.MANUAL
    ]
    marked = tuple(f"★{one}" for one in ASKED)
    assert not [one for one in remarked("★", "", answered=marked) if one.parameter == "备注"]


def test_a_remark_that_many_rows_lose_is_one_finding_that_names_them() -> None:
    names = ("应用服务器", "防火墙", "交换机", "存储设备")
    approved = table(*(item(name, remark="国产", place=f"清单!C{row}") for row, name in enumerate(names)))
    tender = table(*(item(name, place=f"清单!C{row}") for row, name in enumerate(names)))
    (shown,) = (one for one in review(approved, tender).findings if one.is_deviation)
    assert (shown.verdict, shown.item, shown.approved) == (Verdict.MANUAL, "备注栏", "国产")
    assert all(name in shown.reason for name in names)


def test_remarks_on_where_prices_come_from_are_told_together() -> None:
    names = ("应用服务器", "防火墙", "交换机", "存储设备", "机柜")
    approved = table(*(item(name, remark=f"参照第{row}次询价") for row, name in enumerate(names)))
    found = [one for one in review(approved, table(*map(item, names))).findings if one.is_deviation]
    assert [(one.item, one.verdict) for one in found] == [("备注栏", Verdict.MANUAL)]


def test_a_named_brand_in_a_remark_is_told_once() -> None:
    assert [one.verdict for one in remarked("", "参考品牌：华为")] == [Verdict.BRAND]
