"""A replacement model: facts against requirements, the same or better row by row."""

import pytest

from domain.documents import Item, ParameterTable
from domain.documents.corrections import ChangeDocument, Correction
from domain.parameters import Finding, Verdict, align, compare, scan_brands
from domain.parameters.offers import CONVENTION, judge_offers, replace_models, without_models
from tests.domain.builders import item, table

APPROVED = table(
    item(parameters=("CPU核数：≥16核", "响应时间：≤5ms", "工作温度：0~40℃", "RAID：支持RAID 0/1/5"), place="批复!C4"),
    item("防火墙", ("吞吐量：≥10Gbps",), place="批复!C5"),
)
AGREED = table(*APPROVED.items, file_name="招标.docx")


def offer(*parameters: str, name: str = "应用服务器", **fields: object) -> ChangeDocument:
    stated = item(name, parameters, quantity="", unit_price=None, total=None, place="表1 第2行", **fields)  # type: ignore[arg-type]
    return ChangeDocument(ParameterTable("替代.docx", "2" * 64, (stated,)))


def judged(change: ChangeDocument, agreed: ParameterTable = AGREED) -> dict[str, Finding]:
    offered = replace_models(agreed, change).table
    compared = compare(APPROVED, offered, align(APPROVED, offered))
    return {one.parameter: one for one in judge_offers(compared, agreed, offered) if one.item == "应用服务器"}


@pytest.mark.parametrize(
    ("offered", "parameter", "verdict"),
    [
        ("CPU核数：16核", "CPU核数", Verdict.SAME),
        ("CPU核数：32核", "CPU核数", Verdict.RAISED),
        ("CPU核数：12核", "CPU核数", Verdict.LOWERED),
        ("响应时间：3ms", "响应时间", Verdict.RAISED),
        ("响应时间：8ms", "响应时间", Verdict.LOWERED),
        ("工作温度：-10~50℃", "工作温度", Verdict.RAISED),
        ("工作温度：5~35℃", "工作温度", Verdict.LOWERED),
        ("RAID：支持RAID 0/1/5/10", "RAID", Verdict.RAISED),
    ],
)
def test_an_offered_value_meets_the_requirement_or_is_below_it(offered: str, parameter: str, verdict: Verdict) -> None:
    found = judged(offer(offered))[parameter]
    assert found.verdict is verdict
    assert found.convention.endswith(CONVENTION)


def test_a_requirement_without_an_answer_is_missing_and_other_rows_stay() -> None:
    amended = replace_models(AGREED, offer("CPU核数：32核"))
    assert amended.table.items[1] == AGREED.items[1]
    assert amended.table.total_fen == AGREED.total_fen
    assert judged(offer("CPU核数：32核"))["响应时间"].verdict is Verdict.MISSING


def test_maker_and_model_are_told_and_no_suspicion() -> None:
    change = offer("品牌型号：华为 2288H V7", "CPU核数：32核", "配置华为专用RAID卡")
    offered = replace_models(AGREED, change).table
    assert [one.text for one in offered.items[0].parameters] == ["CPU核数：32核", "配置华为专用RAID卡"]
    assert [one.message for one in offered.notices] == ["“应用服务器”的替代型号：品牌型号：华为 2288H V7"]
    scanned = scan_brands(APPROVED, offered, align(APPROVED, offered))
    assert [one.verdict for one in scanned] == [Verdict.BRAND]
    assert without_models(scanned, offered) == ()


def test_what_meets_the_approval_but_not_what_was_agreed_is_for_a_person() -> None:
    agreed = table(item(parameters=("CPU核数：≥32核",), place="招标!C4"), file_name="招标.docx")
    found = judged(offer("CPU核数：24核"), agreed)["CPU核数"]
    assert found.verdict is Verdict.MANUAL
    assert "低于审定的招标要求“CPU核数：≥32核”" in found.reason


def test_what_an_offer_has_besides_is_no_new_requirement() -> None:
    found = judged(offer("CPU核数：16核", "指纹识别：支持"))["指纹识别"]
    assert (found.verdict, found.reason) == (
        Verdict.ADDED,
        "替代型号另有的性能，批复无此要求，不影响同等或更优的判断，须说明是否影响价格",
    )


def test_a_table_of_the_old_and_the_new_model_is_an_offer_too() -> None:
    told = (
        Correction("应用服务器 CPU核数", "20核", "32核", "表1 第2行", "应用服务器", "CPU核数"),
        Correction("应用服务器 响应时间", "4ms", "3ms", "表1 第3行", "应用服务器", "响应时间"),
    )
    change = ChangeDocument(ParameterTable("替代.docx", "2" * 64, ()), told)
    offered: Item = replace_models(AGREED, change).table.items[0]
    assert [one.text for one in offered.parameters] == ["CPU核数：32核", "响应时间：3ms"]


def test_a_device_nobody_required_and_a_document_without_any_are_refused() -> None:
    (unknown,) = replace_models(AGREED, offer("端口：≥48个", name="核心交换机")).refusals
    assert "“核心交换机”（表1 第2行）在审定的招标文件中没有对应的条目" in unknown
    (empty,) = replace_models(AGREED, ChangeDocument(ParameterTable("替代.docx", "2" * 64, ()))).refusals
    assert empty.startswith("替代型号文件没有列出任何设备")
