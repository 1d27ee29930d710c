# ruff: noqa: E501  (a row of a table is a line)
"""Whole pairs of documents as a bureau meets them: what a reviewer must be shown, and what must not be held against it.

The documents are invented; the deviations in them are the ones that tenders really hide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from domain.documents import read_document
from domain.parameters import Review, review
from tests.domain.builders import text_document, workbook

Row = Sequence[Any]
ESTIMATE = ("序号", "设备名称", "技术参数", "单位", "数量", "单价", "合价", "备注")
LIST = ("序号", "设备名称", "技术参数", "单位", "数量")
TENDER = ("序号", "标的名称", "技术参数及要求", "计量单位", "数量", "单价限价（元）", "最高限价（元）")
TENDER_LIST = ("序号", "标的名称", "技术要求", "单位", "数量")
PRICED = ("序号", "标的名称", "技术要求", "单位", "数量", "单价（元）", "合价（元）")


@dataclass(frozen=True)
class Case:
    """Two documents; `shown` are (item, words of the parameter or its texts, verdicts), `equal` (item, words)."""

    approved: bytes
    tender: bytes
    shown: Sequence[tuple[str, str, str]]
    equal: Sequence[tuple[str, str]] = ()
    tender_name: str = "tender.docx"
    never: Sequence[tuple[str, str]] = field(default=())


def estimate(rows: Sequence[Row], header: Row = LIST, title: str = "设备清单", caption: str = "") -> bytes:
    lead = [(title,), (caption,)] if caption else [(title,)]
    return workbook([*lead, header, *rows])


def texts(header: Row, rows: Sequence[Row]) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in (header, *rows)]


BACKUP = Case(
    estimate(
        [
            (1, "备份一体机", "1、可用容量≥60TB；\n2、RPO≤15分钟；\n3、RTO≤1小时；\n4、支持重删、复制；\n5、授权不限容量；\n6、原厂质保3年。", "台", 1, 85, 85, ""),
            ("", "合计", "", "", "", "", 85, ""),
        ],
        ESTIMATE, "备份扩容概算表", "单位：万元",
    ),
    text_document(
        "第三章 采购需求",
        texts(TENDER, [
            ("1", "备份一体机", "容量：12×8TB（裸容量96TB）", "台", "1", "850000", "850000"),
            ("", "", "RPO：不超过900秒", "", "", "", ""),
            ("", "", "RTO：60分钟", "", "", "", ""),
            ("", "", "支持Deduplication、远程复制", "", "", "", ""),
        ]),
        texts(TENDER, [
            ("", "", "授权：40TB", "", "", "", ""),
            ("", "", "质保：36个月", "", "", "", ""),
            ("", "", "▲提供检测报告加盖原厂公章", "", "", "", ""),
        ]),
    ),
    shown=[
        ("备份一体机", "容量≥60TB", "不可比/需人工 降低"), ("备份一体机", "授权", "降低"), ("备份一体机", "质保", "降低"),
        ("备份一体机", "原厂公章", "新增 指定品牌"),
    ],
    equal=[("备份一体机", "RPO"), ("备份一体机", "RTO"), ("备份一体机", "数量"), ("备份一体机", "单价"), ("备份一体机", "合价")],
)  # fmt: skip

SECURITY = Case(
    estimate([
        (1, "防火墙", "1、吞吐量：网络层≥10Gbps；\n2、★支持国密VPN；\n3、★双机热备；", "台", 2),
        (2, "IPS", "1、吞吐量≥5Gbps；\n2、★满足等保三级入侵防范要求；", "台", 1),
        (3, "WAF", "1、HTTP吞吐≥2Gbps；\n2、支持SQL注入、XSS防护；", "台", 1),
        (4, "堡垒机", "1、授权：≥300资产；\n2、支持双因素认证；", "台", 1),
        (5, "日志审计", "1、★日志留存：应≥6个月；\n2、支持syslog、SNMP采集；", "台", 1),
    ]),
    text_document(texts(TENDER_LIST, [
        ("1", "下一代防火墙", "1、吞吐量：应用层≥10Gbps；\n2、支持国密VPN；", "台", "2"),
        ("2", "入侵防护系统", "1、吞吐量不低于5000Mbps；\n2、★满足网络安全等级保护第三级入侵防范要求；", "台", "1"),
        ("3", "网站应用防护", "1、HTTP吞吐≥2Gbps；\n2、支持SQL注入、跨站脚本防护；", "台", "1"),
        ("4", "运维安全审计", "1、授权：三百点；\n2、支持双因子认证；", "台", "1"),
        ("5", "日志收集与分析系统", "1、★日志留存：宜保存180天以上；\n2、支持syslog、SNMP采集；\n3、★须取得计算机信息系统安全专用产品销售许可证；", "台", "1"),
    ])),
    shown=[
        ("防火墙", "吞吐量", "提高"), ("防火墙", "国密VPN", "降低"), ("防火墙", "双机热备", "缺失"),
        ("日志审计", "日志留存", "降低 不可比/需人工"), ("日志审计", "销售许可证", "新增"),
    ],
    equal=[("IPS", "吞吐量"), ("IPS", "入侵防范"), ("WAF", "HTTP吞吐"), ("WAF", "SQL注入"), ("堡垒机", "授权"), ("堡垒机", "认证")],
    never=[("堡垒机", "缺失"), ("WAF", "缺失"), ("运维安全审计", "新增")],
)  # fmt: skip

PACKAGES = Case(
    estimate(
        [
            (1, "一体化政务服务平台", "1、支持统一受理；\n2、支持统一支付；", "套", 1, 620, 620, ""),
            (2, "应用服务器", "1、CPU核数：≥16核；\n2、内存：≥256GB；", "台", 16, 9.8, 156.8, ""),
            (3, "数据库软件", "1、支持集群部署；", "套", 4, 18, 72, ""),
            (4, "系统集成费", "完成软硬件集成", "项", 1, 40, 40, ""),
        ],
        ESTIMATE, "一体化平台概算", "单位：万元",
    ),
    text_document(
        "包1：服务器采购",
        texts(PRICED, [("1", "应用服务器", "1、CPU核数：≥16核；\n2、内存：≥256GB；", "台", "10", "98000", "980000")]),
        "包2：服务器及数据库采购",
        texts(PRICED, [
            ("1", "应用服务器", "1、CPU核数：≥16核；\n2、内存：≥256GB；", "台", "6", "98000", "588000"),
            ("2", "数据库软件", "1、支持集群部署；", "套", "4", "180000", "720000"),
        ]),
        "包3：平台开发",
        texts(PRICED, [
            ("1", "一体化政务服务平台", "1、支持统一受理；\n2、支持统一支付；", "套", "1", "5800000", "5800000"),
            ("2", "系统集成服务", "完成软硬件集成", "项", "1", "800000", "800000"),
        ]),
    ),
    shown=[("系统集成费", "合价", "金额超出")],
    equal=[("应用服务器", "数量"), ("应用服务器", "合价"), ("应用服务器", "内存"), ("项目合计", "合价")],
)  # fmt: skip

CANCELLED = Case(
    estimate([
        (1, "综合运维平台", "支持监控告警", "套", 1), (2, "漏洞扫描", "支持Web漏洞扫描", "台", 1),
        (3, "数据库审计", "支持SQL审计", "台", 2), (4, "态势感知", "支持资产发现", "套", 1),
        (5, "光模块", "万兆单模", "对", 20), (6, "网线", "六类非屏蔽,305米/箱", "箱", 8),
    ]),
    workbook([
        (*TENDER_LIST, "备注"),
        (1, "综合运维平台", "支持监控告警", "套", 0, ""), (2, "数据安全审计系统", "支持SQL审计", "台", 2, ""),
        (3, "态势感知", "支持资产发现", "套", 1, "列入二期"), (4, "光模块", "万兆单模", "个", 20, ""),
        (5, "六类网线", "六类非屏蔽", "米", 2440, ""),
    ]),
    shown=[
        ("综合运维平台", "数量", "数量变更"), ("漏洞扫描", "整项", "缺失 不可比/需人工"), ("光模块", "数量", "数量变更"),
        ("态势感知", "", "不可比/需人工 缺失 数量变更"),
    ],
    equal=[("数据库审计", "数量"), ("数据库审计", "SQL")],
    tender_name="tender.xlsx",
    never=[("网线", "数量变更"), ("网线", "缺失")],
)  # fmt: skip

NETWORK = Case(
    estimate([
        (1, "核心交换机", "1、交换容量≥600Tbps；\n2、包转发率≥200000Mpps；\n3、业务槽位≥8；\n4、支持横向虚拟化；", "台", 2),
        (2, "接入交换机", "1、≥24个千兆电口，≥4个万兆光口；", "台", 60),
    ]),
    text_document(
        texts((*TENDER_LIST, "品牌"), [
            ("1", "核心交换机", "1、交换容量≥714Tbps；\n2、包转发率≥230400Mpps；\n3、业务槽位≥8；\n4、支持IRF2或CSS；", "台", "2", "无"),
            ("2", "接入交换机", "1、24×10/100/1000BASE-T，4×SFP+；", "台", "60", "无"),
        ]),
        "参考品牌：A、B、C或相当于。",
        "评分标准：本市同类业绩每个得2分，最高6分。",
    ),
    shown=[
        ("核心交换机", "交换容量", "指定品牌"), ("核心交换机", "包转发率", "指定品牌"), ("核心交换机", "IRF2", "指定品牌"),
        ("", "参考品牌", "指定品牌"), ("", "本市同类业绩", "指定品牌 新增"),
    ],
    equal=[("接入交换机", "千兆"), ("核心交换机", "业务槽位")],
    never=[("接入交换机", "缺失"), ("接入交换机", "指定品牌")],
)  # fmt: skip

FACILITY = Case(
    estimate([
        (1, "UPS", "1、容量：40kVA（功率因数0.9）；\n2、输入电压：380V±15%；\n3、输出电压精度：380V±1%；\n4、后备时间：满载≥30分钟；", "套", 1),
        (2, "精密空调", "1、制冷量：≥40kW；\n2、控温精度：±1℃；\n3、噪声：≤68dB；\n4、N+1冗余；", "台", 2),
        (3, "机柜", "1、42U；\n2、静载：≥1000kg；", "台", 10),
        (4, "环境监控主机", "工作温度：0~40℃", "台", 1),
    ]),
    workbook([
        TENDER_LIST,
        (1, "UPS", "1、容量：40kVA/36kW；\n2、输入电压：380V±10%；\n3、输出电压精度：380V±2%；\n4、后备时间：半载≥30分钟；", "套", 1),
        (2, "精密空调", "1、制冷量：≥40000W；\n2、控温精度：±0.5℃；\n3、噪声：≤65dB；\n4、2N冗余；", "台", 2),
        (3, "机柜", "1、42U；\n2、动载：≥1000kg；", "台", 10),
        (4, "环境监控主机", "工作温度：5~35℃", "台", 1),
    ]),
    shown=[
        ("UPS", "输入电压", "降低"), ("UPS", "输出电压", "降低"), ("UPS", "后备时间", "降低"), ("精密空调", "控温", "提高"),
        ("精密空调", "噪声", "提高"), ("精密空调", "冗余", "提高"), ("机柜", "静载", "不可比/需人工 缺失"), ("环境监控", "温度", "降低"),
    ],
    equal=[("精密空调", "制冷量"), ("机柜", "42U"), ("UPS", "数量")],
    tender_name="tender.xlsx",
)  # fmt: skip

MONEY = Case(
    estimate(
        [
            (1, "设备购置", "服务器等硬件设备", "项", 1, "", 480, ""), (2, "软件购置", "基础软件", "项", 1, "", 300, ""),
            (3, "系统集成", "集成服务", "项", 1, "", 60, ""), (4, "工程监理", "全过程监理", "项", 1, "", 15, ""),
            (5, "等保测评", "三级", "项", 1, "", 12, ""), (6, "密评", "三级", "项", 1, "", 10, ""),
            (7, "基本预备费", "", "项", 1, "", 20, ""),
        ],
        ESTIMATE, "投资概算表", "单位：万元（含税）",
    ),
    text_document(
        texts((*TENDER_LIST, "最高限价"), [
            ("1", "设备购置", "服务器等硬件设备", "项", "1", "5000000元（含预备费）"),
            ("2", "软件购置", "基础软件", "项", "1", "300万元（含税6%）"),
            ("3", "系统集成", "集成服务", "项", "1", "56.60万元（不含税6%）"),
            ("4", "工程监理", "全过程监理", "项", "1", "壹拾伍万元整（¥160,000）"),
            ("5", "等保测评及密评", "三级", "项", "1", "220000元"),
        ]),
        "本项目最高限价：8975960元。",
    ),
    shown=[
        ("设备购置", "合价", "金额超出 不可比/需人工"), ("工程监理", "合价", "不可比/需人工 金额超出"),
        ("项目合计", "", "金额超出 不可比/需人工"), ("基本预备费", "", "不可比/需人工 缺失"),
    ],
    equal=[("软件购置", "合价")],
)  # fmt: skip

VIDEO = Case(
    estimate([
        (1, "监控摄像机", "1、400万像素；\n2、工作温度：-30~60℃；\n3、支持PoE；", "台", 200), (2, "NVR", "接入路数：64路", "台", 4),
        (3, "视频会议终端", "支持1080P/60帧", "台", 18), (4, "LED大屏", "1、点间距P1.5；\n2、显示面积：20㎡；", "套", 1),
    ]),
    text_document(
        "包1",
        texts(TENDER_LIST, [("1", "监控摄像机", "1、2560×1440；\n2、工作温度：-20~50℃；\n3、支持802.3af；", "台", "120")]),
        "包2",
        texts(TENDER_LIST, [
            ("1", "监控摄像机", "1、2560×1440；\n2、工作温度：-20~50℃；\n3、支持802.3af；", "台", "60"),
            ("2", "NVR", "接入路数：≥64路", "台", "4"), ("3", "视频会议终端", "支持1920×1080@60fps", "对", "9"),
            ("4", "LED大屏", "1、点间距P1.25；\n2、显示面积：宽5.12m×高3.84m；", "套", "1"),
        ]),
    ),
    shown=[
        ("监控摄像机", "数量", "数量变更"), ("监控摄像机", "温度", "降低"), ("监控摄像机", "2560×1440", "不可比/需人工 新增"),
        ("LED大屏", "点间距", "提高"), ("LED大屏", "显示面积", "降低 不可比/需人工"),
    ],
    equal=[("监控摄像机", "PoE"), ("NVR", "接入路数"), ("视频会议终端", "数量")],
)  # fmt: skip

CASES = {
    "backup": BACKUP, "security": SECURITY, "packages": PACKAGES, "cancelled": CANCELLED, "network": NETWORK,
    "facility": FACILITY, "money": MONEY, "video": VIDEO,
}  # fmt: skip


def reviewed(case: Case) -> Review:
    return review(read_document(case.approved, "approved.xlsx"), read_document(case.tender, case.tender_name))


def rows(result: Review, item: str, words: str) -> list[tuple[str, str]]:
    return [
        (row.verdict.value, f"{row.item}·{row.parameter}：{row.approved} → {row.tender}（{row.reason}）")
        for row in result.findings
        if item in f"{row.item} {row.tender_item}" and words in f"{row.parameter} {row.approved} {row.tender}"
    ]


@pytest.mark.parametrize("name", CASES)
def test_every_deviation_is_shown_with_a_fitting_verdict(name: str) -> None:
    case = CASES[name]
    result = reviewed(case)
    for item, words, verdicts in case.shown:
        found = rows(result, item, words)
        assert {verdict for verdict, _ in found} & set(verdicts.split()), (item, words, found)


@pytest.mark.parametrize("name", CASES)
def test_what_only_reads_differently_is_not_held_against_the_tender(name: str) -> None:
    case = CASES[name]
    result = reviewed(case)
    for item, words in case.equal:
        found = rows(result, item, words)
        assert {verdict for verdict, _ in found} == {"一致"}, (item, words, found)
    for item, verdict in case.never:
        assert verdict not in {said for said, _ in rows(result, item, "")}, (item, verdict)
