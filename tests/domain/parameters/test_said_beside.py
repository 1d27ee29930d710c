"""What rows say beside their parameters: brackets behind names, columns nobody knows, parts of a quantity."""

from dataclasses import replace

import pytest

from domain.documents import Parameter
from domain.parameters import Verdict, review
from tests.domain.builders import item, table


def verdicts(mine: str, theirs: str, parameters: tuple[str, str] = ("冗余电源", "冗余电源")) -> list[tuple[str, str]]:
    """Parameter and verdict of every row that is not 一致, for two items of these names."""
    approved = item(mine, [parameters[0]], subsystem="")
    tender = item(theirs, [parameters[1]], subsystem="", place="采购需求!B2")
    found = review(table(approved), table(tender)).findings
    return [(one.parameter, str(one.verdict)) for one in found if one.verdict is not Verdict.SAME]


@pytest.mark.parametrize(
    ("mine", "theirs", "verdict"),
    [
        ("监控摄像机(400万)", "监控摄像机(200万)", "降低"),
        ("监控摄像机(200万)", "监控摄像机（400万）", "提高"),
        ("应用服务器（4路）", "应用服务器（2路）", "降低"),
        ("应用服务器（32核/256G/5年质保）", "应用服务器（16核/128G/3年质保）", "降低"),
        ("防火墙（万兆）", "防火墙（千兆）", "降低"),
        ("接入交换机【24口】", "接入交换机【48口】", "提高"),
        ("应用服务器（含3年质保）", "应用服务器（含5年质保）", "提高"),
        ("数据库（企业版）", "数据库（标准版）", "不可比/需人工"),
        ("光模块（单模）", "光模块（多模）", "不可比/需人工"),
        ("防火墙（互联网出口）", "防火墙（专网出口）", "不可比/需人工"),
        ("监控摄像机(400万)", "监控摄像机", "不可比/需人工"),
        ("监控摄像机", "监控摄像机(400万)", "不可比/需人工"),
        ("数据库（企业版）", "数据库", "不可比/需人工"),
    ],
)
def test_brackets_behind_a_name_are_compared(mine: str, theirs: str, verdict: str) -> None:
    assert verdicts(mine, theirs) == [("名称", verdict)]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("应用服务器(4路)", "应用服务器（４路）"),
        ("防火墙（NGFW）", "防火墙（下一代防火墙）"),
        ("防火墙（NGFW）", "防火墙"),
        ("防火墙", "防火墙（核心产品）"),
        ("防火墙（核心产品）", "防火墙（★）"),
        ("应用服务器（2台）", "应用服务器"),
        ("应用服务器（一期）", "应用服务器（类型一）"),
        ("UPS（60kVA）", "不间断电源（60kVA）"),
        ("WAF（Web应用防火墙）", "Web应用防火墙"),
    ],
)
def test_brackets_that_say_the_same_or_nothing_are_not_held_against_it(mine: str, theirs: str) -> None:
    assert verdicts(mine, theirs) == []


def test_a_bracket_may_be_answered_by_a_parameter_but_not_by_a_lower_one() -> None:
    assert verdicts("监控摄像机", "监控摄像机(400万)", ("像素≥400万", "像素≥400万")) == []
    assert verdicts("监控摄像机", "监控摄像机(600万)", ("像素≥400万", "像素≥400万")) == [("名称", "不可比/需人工")]
    assert ("名称", "不可比/需人工") in verdicts("监控摄像机(400万)", "监控摄像机", ("红外50m", "像素200万"))


def test_of_an_item_in_two_parts_the_one_with_another_bracket_is_told() -> None:
    approved = item("监控摄像机(400万)", ["红外50m"], quantity="10台")
    parts = [
        item(name, ["红外50m"], quantity=f"{count}台", place=f"采购需求!B{count}")
        for name, count in (("监控摄像机(400万)", 6), ("监控摄像机(200万)", 4))
    ]
    found = [one for one in review(table(approved), table(*parts)).findings if one.parameter == "名称"]
    assert [(one.tender_item, one.verdict, one.tender_ref) for one in found] == [
        ("监控摄像机(200万)", Verdict.LOWERED, "采购需求!B4")
    ]


@pytest.mark.parametrize(
    ("title", "mine", "theirs", "is_told"),
    [
        ("安装地点", "市级机房", "区级机房", True),
        ("计费依据", "2个三级系统", "1个三级系统", True),
        ("配套", "光模块", "网线", True),
        ("安装地点", "市级 机房", "市级机房", False),
        ("物料编码", "A-100", "B-200", False),
        ("联系人", "张三", "李四", False),
    ],
)
def test_a_change_in_a_column_nobody_knows_is_for_a_person(
    title: str, mine: str, theirs: str, *, is_told: bool
) -> None:
    approved = replace(item(), asides=(Parameter(f"{title}：{mine}", "设备清单!H2"),))
    tender = replace(item(), asides=(Parameter(f"{title}：{theirs}", "采购需求!H2"),))
    found = [one for one in review(table(approved), table(tender)).findings if one.verdict is not Verdict.SAME]
    assert [(one.parameter, one.verdict) for one in found] == ([(title, Verdict.MANUAL)] if is_told else [])


@pytest.mark.parametrize(
    ("mine", "theirs", "verdict"),
    [
        ("10台（市级6、区级4）", "10台", "一致"),
        ("10台（市级6、区级4）", "9台", "数量变更"),
        ("10台（市级6台，区级4台）", "12台", "数量变更"),
        ("10台（市级6、区级3）", "10台", "不可比/需人工"),
        ("10台（主中心6台，灾备4台）", "10台（主中心5台，灾备5台）", "不可比/需人工"),
        ("10台（主中心6台，灾备4台）", "10台（主中心6台，灾备4台）", "一致"),
        ("2套（双机，共2台）", "2套", "不可比/需人工"),
    ],
)
def test_parts_that_add_up_to_a_quantity_are_that_quantity(mine: str, theirs: str, verdict: str) -> None:
    approved = item(quantity=mine, unit_price=None, total=None)
    tender = item(quantity=theirs, unit_price=None, total=None)
    found = review(table(approved), table(tender)).findings
    assert [str(one.verdict) for one in found if one.parameter == "数量"] == [verdict]
