"""Names of items: synonyms are one thing; other kinds and unlike names with the same content are one question."""

import pytest

from domain.parameters import Finding, Verdict, align, compare
from tests.domain.builders import item, table

ASKED = ("吞吐量：≥1Gbps", "电源：双电源", "质保：3年")
REWORDED = ("吞吐量不低于1Gbps", "双电源", "质保期：三年")
ANCHOR = ("CPU核数：≥16核", "硬盘：≥8块")


def findings(approved: str, tender: str, asked: tuple[str, ...] = REWORDED, quantity: str = "3台") -> list[Finding]:
    mine = table(item("甲类节点", ANCHOR), item(approved, ASKED, quantity="3台", place="设备清单!C5"))
    theirs = table(item("甲类节点", ANCHOR), item(tender, asked, quantity=quantity, place="表1 第3行"))
    return [one for one in compare(mine, theirs, align(mine, theirs)) if one.is_deviation]


def wholes(approved: str, tender: str, asked: tuple[str, ...] = REWORDED, quantity: str = "3台") -> list[Verdict]:
    return [one.verdict for one in findings(approved, tender, asked, quantity) if one.parameter == "整项"]


@pytest.mark.parametrize(
    ("approved", "tender"),
    [
        ("网闸", "安全隔离与信息交换系统"),
        ("网闸", "安全隔离与信息交换系统（网闸）"),
        ("云主机", "云服务器资源"),
        ("态势感知平台", "网络安全态势感知平台"),
        ("态势感知系统", "安全态势感知平台"),
        ("LED显示大屏", "LED小间距显示屏"),
        ("网络摄像机", "网络高清摄像机"),
        ("堡垒机", "运维安全管控系统"),
        ("防病毒软件", "网络防病毒系统"),
        ("终端检测与响应系统", "EDR"),
        ("身份证阅读器", "二代身份证读卡器"),
        ("高拍仪", "文件高拍仪"),
        ("台式计算机", "台式电脑"),
        ("精密空调", "恒温恒湿精密空调"),
        ("签名验签服务器", "数字签名验签服务器"),
        ("商用密码应用安全性评估", "密评服务"),
        ("工程监理", "信息系统工程监理服务"),
        ("GIS平台", "地理信息平台"),
        ("终端安全管理系统", "终端安全管理"),
        ("数据归集治理系统", "数据归集治理平台"),
        ("某某指挥系统", "某某指挥"),
    ],
)
def test_what_the_trade_calls_by_two_names_is_one_item_and_nobody_is_asked(approved: str, tender: str) -> None:
    assert wholes(approved, tender) == []
    assert wholes(tender, approved) == []


@pytest.mark.parametrize(
    ("approved", "tender"),
    [
        ("室内LED屏", "室外LED屏"),
        ("入侵检测系统", "入侵防御系统"),
        ("国产操作系统", "操作系统"),
        ("国密防火墙", "防火墙"),
        ("终端杀毒", "服务器杀毒"),
        ("电话机", "传真机"),
        ("单相稳压器", "三相稳压器"),
        ("甲装置", "数据中心检测单元"),
    ],
)
@pytest.mark.parametrize("asked", [ASKED, REWORDED])
def test_another_kind_with_the_same_content_is_one_question_and_never_consistent(
    approved: str, tender: str, asked: tuple[str, ...]
) -> None:
    for mine, theirs in ((approved, tender), (tender, approved)):
        (whole,) = [one for one in findings(mine, theirs, asked) if one.parameter == "整项"]
        assert whole.verdict is Verdict.MANUAL
        assert mine in whole.reason
        assert theirs in whole.reason


def test_a_binding_word_may_stand_anywhere_in_the_other_row() -> None:
    assert wholes("国产操作系统", "操作系统", ("国产化产品", *REWORDED)) == []


@pytest.mark.parametrize(
    ("approved", "tender"), [("核心交换机", "接入交换机"), ("应用服务器", "数据库服务器"), ("防火墙", "堡垒机")]
)
def test_two_things_that_the_dictionary_knows_are_not_one_whatever_they_ask_for(approved: str, tender: str) -> None:
    assert sorted(wholes(approved, tender, ASKED)) == sorted([Verdict.MISSING, Verdict.ADDED])


def test_unlike_names_in_another_number_or_with_little_in_common_stay_apart() -> None:
    assert Verdict.MISSING in wholes("甲装置", "检测单元乙", ASKED, "5台")
    assert Verdict.MISSING in wholes("甲装置", "检测单元乙", ("接口：4个", "支持光纤", "质保：3年"))
