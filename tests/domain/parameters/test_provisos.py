"""Sentences outside the tables that take back what the tables ask for are put before a person."""

import pytest

from domain.documents import Clause, ParameterTable
from domain.parameters import Overall, Verdict, review
from domain.parameters.verdicts import Finding
from tests.domain.builders import item, table

ASKED = ("质保：3年", "故障响应时间：≤2小时", "内存：≥256GB")


def tender_saying(*sentences: str) -> ParameterTable:
    same = table(item("服务器", ASKED))
    return ParameterTable(
        same.file_name, same.sha256, same.items, clauses=tuple(Clause(one, "第9段") for one in sentences)
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "注：以上设备质保期均为自验收合格之日起1年。",
        "5.3 质保期：全部设备质保期为验收合格后12个月。",
        "全部设备质保五年。",
        "供应商故障响应时间不超过8小时。",
        "全部设备质保期为365天。",
        "质保期内故障响应时间为1个工作日。",
        "投标产品技术参数允许负偏离，偏离不超过20%的视为满足。",
        "更正：第1项服务器内存由≥256GB更正为≥128GB。",
    ],
)
def test_a_sentence_that_changes_what_the_table_asks_for_is_shown(sentence: str) -> None:
    result = review(table(item("服务器", ASKED)), tender_saying(sentence))
    assert result.overall is not Overall.SAME
    (shown,) = (one for one in result.findings if one.is_deviation)
    assert (shown.verdict, shown.tender, shown.tender_ref) == (Verdict.MANUAL, sentence, "第9段")


@pytest.mark.parametrize(
    "sentence",
    [
        "质保期：自验收合格之日起三年。",
        "全部设备质保期为1095天。",
        "质保期内供应商故障响应时间不超过2小时。",
        "非★条款每有一项负偏离扣2分，不允许负偏离的条款除外。",
        "供应商须在2小时内响应故障。",
        "合同签订后支付30%，质保期满后支付尾款。",
        "本项目采用综合评分法。",
    ],
)
def test_a_sentence_that_repeats_or_scores_is_no_deviation(sentence: str) -> None:
    assert review(table(item("服务器", ASKED)), tender_saying(sentence)).overall is Overall.SAME


def test_a_length_of_time_is_held_against_the_term_that_it_is_said_of() -> None:
    result = review(table(item("服务器", ASKED)), tender_saying("质保期内故障响应时间为1个工作日。"))
    (shown,) = (one for one in result.findings if one.is_deviation)
    assert shown.approved == "故障响应时间：≤2小时"


def test_a_sentence_that_the_approved_document_holds_too_is_no_deviation() -> None:
    same = table(item("服务器", ASKED))
    clause = (Clause("全部设备质保期为1年。", "第2段"),)
    approved = ParameterTable(same.file_name, same.sha256, same.items, clauses=clause)
    assert review(approved, tender_saying("全部设备质保期为1年。")).overall is Overall.SAME


LISTED = (
    item(
        "应用服务器",
        ("内存：≥512GB", "硬盘：≥4块4TB SATA", "质保：3年"),
        quantity="12台",
        unit_price=680,
        place="表1 第2行",
    ),
    item("数据库服务器", ("内存：≥1TB", "质保：5年"), quantity="4台", place="表1 第3行"),
    item("下一代防火墙", ("吞吐量：≥10Gbps", "电源：冗余电源"), quantity="2台", place="表1 第4行"),
    item("核心交换机", ("质保：3年7×24小时，4小时到场",), quantity="2台", place="表1 第5行"),
    item("LED显示屏", ("点间距：≤1.2mm",), quantity="20㎡", place="表1 第6行"),
    item("业务软件", ("响应时间：≤2秒", "并发用户数：≥1000", "培训：不少于5天"), quantity="1项", place="表1 第7行"),
)


def shown_beside_the_list(sentence: str, about: str = "") -> list[Finding]:
    tender = table(*LISTED, clauses=(Clause(sentence, "第9段", about),))
    return [one for one in review(table(*LISTED), tender).findings if one.is_deviation]


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("注：以上服务器内存按256GB配置。", "招标文件正文"),
        ("数据库服务器内存按512GB，应用服务器按原要求。", "数据库服务器"),
        ("防火墙吞吐量5Gbps即可满足要求。", "下一代防火墙"),
        ("应用服务器配置256GB内存。", "应用服务器"),
        ("应用服务器硬盘采用4块4TB SAS。", "应用服务器"),
        ("LED显示屏点间距调整为1.8mm。", "LED显示屏"),
        ("并发用户数按500执行。", "业务软件"),
        ("培训：不少于2天", "业务软件"),
        ("应用服务器数量暂定8台，以实际需要为准。", "应用服务器"),
        ("本次采购应用服务器10台、数据库服务器4台。", "应用服务器"),
        ("LED显示屏实际采购面积15㎡。", "LED显示屏"),
        ("本次仅采购应用服务器，防火墙另行采购。", "下一代防火墙"),
        ("防火墙采用现有设备，不在本次报价范围。", "下一代防火墙"),
        ("核心交换机由采购人利旧。", "核心交换机"),
        ("服务器无需冗余配置，单机即可。", "招标文件正文"),
        ("无需配置冗余电源。", "招标文件正文"),
        ("上述技术参数为参考，投标人可提供略低于上述参数的产品。", "招标文件正文"),
        ("以上参数允许有±10%的偏差。", "招标文件正文"),
        ("除★条款外，允许不超过3项负偏离。", "招标文件正文"),
        ("采购人有权对数量进行±20%的调整。", "招标文件正文"),
        ("技术参数以中标人投标文件为准。", "招标文件正文"),
        ("技术参数允许有轻微偏差。", "招标文件正文"),
        ("带▲参数可以有2项不满足。", "招标文件正文"),
        ("一般参数如有负偏离不影响中标。", "招标文件正文"),
        ("质保期由投标人自报。", "招标文件正文"),
        ("最终数量根据现场情况确定。", "招标文件正文"),
        ("应用服务器内存512GB降为256GB。", "应用服务器"),
        ("问：应用服务器内存是否可为256GB？答：可以，按256GB执行。", "应用服务器"),
        ("核心交换机质保1年。", "核心交换机"),
        ("质保期内出现质量问题，乙方应在24小时内派人到现场维修。", "招标文件正文"),
    ],
)
def test_a_sentence_about_listed_items_is_held_against_what_the_list_asks_of_them(sentence: str, items: str) -> None:
    (shown,) = shown_beside_the_list(sentence)
    assert (shown.verdict, shown.item, shown.tender_ref) == (Verdict.MANUAL, items, "第9段")


@pytest.mark.parametrize(
    "sentence",
    [
        "应用服务器内存不低于512GB。",
        "所有服务器内存须为DDR5。",
        "本次采购应用服务器12台、数据库服务器4台、防火墙2台。",
        "数据库服务器质保五年。",
        "核心交换机质保三年，4小时到场。",
        "文件服务器内存256GB，已由采购人配置。",
        "★条款不允许偏离，不接受任何负偏离。",
        "系统支持接入200台摄像机。",
        "每台应用服务器配置2个电源。",
        "服务器上架安装由中标人负责，机柜由采购人提供。",
        "安装示意图仅供参考。",
        "随着业务增长，现有数据库服务器内存仅256GB，需要更新。",
        "培训方案完整的得3分，一般的得1分。",
        "售后服务方案：承诺质保期每延长1年加1分。",
        "质保期内出现质量问题，乙方应在24小时内更换。",
        "货物运抵交货地点后，甲方应在7日内组织到货验收。",
        "负偏离超过5项的投标无效。",
        "付款时以实际到货数量为准。",
        "技术参数不得低于招标文件要求。",
        "应用服务器12台须在同一批次到货。",
        "项目经理1名，技术人员不少于5人。",
        "采购人有权拒绝任何投标，无须说明理由。",
        "合同签订后数量不得变更。",
        "投标人应承诺在质保期内提供7×24小时技术支持服务。",
        "质保期满后15日内支付剩余10%。",
        "中标人在接到故障通知后2小时内到达现场的除外，验收合格后30日内付款。",
    ],
)
def test_a_sentence_that_repeats_the_list_or_speaks_of_something_else_is_no_finding(sentence: str) -> None:
    assert shown_beside_the_list(sentence) == []


@pytest.mark.parametrize(
    ("note", "approved"), [("内存按256GB配置即可。", "内存：≥512GB"), ("实际采购数量以8台为准。", "数量：12台")]
)
def test_a_note_is_about_the_row_that_refers_to_it(note: str, approved: str) -> None:
    (shown,) = shown_beside_the_list(note, "表1 第2行")
    assert (shown.item, shown.approved) == ("应用服务器", approved)
    assert shown_beside_the_list("内存按1TB配置。", "表1 第3行") == []


def test_what_stands_in_a_listed_row_without_a_column_of_its_own_is_about_that_row() -> None:
    clause = Clause("批注：内存256GB", "表1 第2行")
    found = [one for one in review(table(*LISTED), table(*LISTED, clauses=(clause,))).findings if one.is_deviation]
    assert [(one.item, one.approved) for one in found] == [("应用服务器", "内存：≥512GB")]


def test_every_differing_term_is_cited_and_the_reason_says_whom_a_sentence_is_about() -> None:
    (everything,) = shown_beside_the_list("全部设备质保1年。")
    assert "全部内容" in everything.reason
    assert all(text in everything.reason for text in ("“质保：3年”", "“质保：5年”"))
    (one,) = shown_beside_the_list("注：数据库服务器质保期为1年。")
    assert ("“数据库服务器”" in one.reason, "全部内容" in one.reason, one.approved) == (True, False, "质保：5年")


def test_a_ceiling_for_one_device_above_the_approved_price_exceeds_it() -> None:
    listed = (item("应用服务器", ASKED, unit_price=6_800_000, total=None, quantity="12台"),)
    found = []
    for price in ("7.5万元/台", "6.8万元/台"):
        tender = table(*listed, clauses=(Clause(f"最高限价：应用服务器{price}。", "第9段"),))
        found.append([one.verdict for one in review(table(*listed), tender).findings if one.is_deviation])
    assert found == [[Verdict.AMOUNT], []]


def test_the_number_of_a_clause_is_no_quantity_of_what_is_bought() -> None:
    approved = table(item("互联网专线", ("带宽：≥500Mbps",), quantity="20条"))
    clause = Clause("第4条 所有系统须与共享交换平台对接，接口规范由采购人提供。", "第9段")
    tender = ParameterTable(approved.file_name, approved.sha256, approved.items, clauses=(clause,))

    assert review(approved, tender).overall is Overall.SAME


def test_sentences_of_a_long_paragraph_are_read_one_by_one() -> None:
    long = "投标人应当逐条响应本章的各项要求。" * 30
    (shown,) = shown_beside_the_list(f"{long}应用服务器内存按256GB配置。{long}")
    assert shown.tender == "应用服务器内存按256GB配置。"
