"""Workbooks as offices send them: what a person reads in each, and where."""

import datetime as dt
from decimal import Decimal

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests.domain.builders import part, repacked, saved, sheets, workbook
from tests.domain.documents.whole import WAN, all_text, codes, names, parameters, places, read, rows


def test_an_estimate_with_title_caption_and_three_header_rows() -> None:
    table = read(
        workbook(
            [
                ("沈阳市城市运行管理服务平台项目软硬件设备配置及投资概算表",),
                ("编制单位：某某设计院", None, None, None, None, None, None, "单位：万元"),
                ("序号", "建设内容", None, "技术参数及配置要求", "数量及单位", None, "投资概算", None),
                (None, "子系统", "设备名称", None, "单位", "数量", "单价", "合价"),
                ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)=(6)×(7)"),
                (1, "计算资源", "应用服务器", "1、CPU≥2颗；\n2、内存≥256GB", "台", 4, 12.5, 50),
                (2, "计算资源", "数据库服务器", "1、CPU≥4颗；\n2、内存≥512GB", "台", 2, 25, 50),
                (None, None, None, None, None, None, "合计", 100),
            ],
            merged=["A1:H1", "A3:A4", "B3:C3", "D3:D4", "E3:F3", "G3:H3"],
        )
    )
    assert rows(table) == [
        ("计算资源", "应用服务器", ("CPU≥2颗", "内存≥256GB"), "4台", 1250 * WAN // 100, 50 * WAN),
        ("计算资源", "数据库服务器", ("CPU≥4颗", "内存≥512GB"), "2台", 25 * WAN, 50 * WAN),
    ]
    assert places(table)["内存≥512GB"] == "设备清单!D7 第2条"
    assert table.items[1].total
    assert table.items[1].total.place == "设备清单!H7"
    assert [subtotal.fen for subtotal in table.subtotals] == [100 * WAN]


def test_chinese_outline_numbers_make_sections_and_subtotals_do_not_count() -> None:
    table = read(
        workbook(
            [
                ("序号", "名称", "主要技术参数", "单位", "数量", "单价（万元）", "合价（万元）", "备注"),
                ("一", "硬件设备购置费", None, None, None, None, 130, None),
                ("（一）", "机房设备", None, None, None, None, 30, None),
                (1, "UPS", "容量≥20kVA；后备时间≥60分钟", "套", 1, 20, 20, None),
                (1.1, "蓄电池", "12V/100Ah", "节", 32, 0.3125, 10, None),
                ("（二）", "计算设备", None, None, None, None, 100, None),
                (2, "应用服务器", "CPU≥16核", "台", 8, 12.5, 100, "国产化"),
                ("二", "系统集成费", "按硬件的8%计取", "项", 1, 10.4, 10.4, None),
                (None, "小计", None, None, None, None, 140.4, None),
                ("三", "工程建设其他费", None, None, None, None, 15, None),
                (1, "监理费", "全过程监理", "项", 1, 15, 15, None),
                (None, "其中：税金", None, None, None, None, 9, None),
                ("四", "预备费", None, None, None, None, 7.77, None),
                (None, "总计", None, None, None, None, 163.17, None),
            ],
            merged=["A2:A2"],
        )
    )
    assert [(item.subsystem, item.name) for item in table.items] == [
        ("机房设备", "UPS"),
        ("机房设备", "蓄电池"),
        ("计算设备", "应用服务器"),
        ("", "系统集成费"),
        ("工程建设其他费", "监理费"),
        ("", "预备费"),
    ]
    assert table.total_fen == 16317 * WAN // 100
    assert {subtotal.label.strip() for subtotal in table.subtotals} >= {"小计", "总计", "其中：税金"}
    assert table.items[2].remark == "国产化"


def test_a_subsystem_column_spans_rows_without_being_merged() -> None:
    table = read(
        workbook(
            [
                ("序号", "子系统", "设备名称", "技术参数", "单位", "数量"),
                (1, "视频会议系统", "会议终端", "1080P", "套", 2),
                (2, None, "摄像机", "分辨率≥400万像素", "台", 4),
                (3, "网络系统", "交换机", "端口≥24个", "台", 1),
            ]
        )
    )
    assert [(item.subsystem, item.name) for item in table.items] == [
        ("视频会议系统", "会议终端"),
        ("视频会议系统", "摄像机"),
        ("网络系统", "交换机"),
    ]


NUMBERINGS = {
    "1、CPU≥16核；\n2、内存≥256GB；\n3、硬盘≥4TB。": ["CPU≥16核", "内存≥256GB", "硬盘≥4TB"],
    "1) CPU≥16核\n2) 内存≥256GB\n3) 硬盘≥4TB": ["CPU≥16核", "内存≥256GB", "硬盘≥4TB"],
    "①CPU≥16核；②内存≥256GB；③硬盘≥4TB": ["CPU≥16核", "内存≥256GB", "硬盘≥4TB"],
    "(1)CPU≥16核；(2)内存≥256GB；(3)硬盘≥4TB": ["CPU≥16核", "内存≥256GB", "硬盘≥4TB"],
    "（1）CPU≥16核；（2）内存≥256GB；": ["CPU≥16核", "内存≥256GB"],
    "★1、CPU≥16核；\n▲2、内存≥256GB；\n3、硬盘≥4TB": ["★CPU≥16核", "▲内存≥256GB", "硬盘≥4TB"],
    "1、★CPU≥16核；2、▲内存≥256GB；3、硬盘≥4TB": ["★CPU≥16核", "▲内存≥256GB", "硬盘≥4TB"],
    "1.CPU≥16核\n2.内存≥256GB\n3.硬盘≥4TB": ["CPU≥16核", "内存≥256GB", "硬盘≥4TB"],
    "1．CPU≥16核 2．内存≥256GB 3．硬盘≥4TB": ["CPU≥16核", "内存≥256GB", "硬盘≥4TB"],
    "CPU≥16核；内存≥256GB；硬盘≥4TB": ["CPU≥16核", "内存≥256GB", "硬盘≥4TB"],
    "CPU≥16核\n内存≥256GB\n硬盘≥4TB": ["CPU≥16核", "内存≥256GB", "硬盘≥4TB"],
    "\tCPU≥16核\n\t内存≥256GB": ["CPU≥16核", "内存≥256GB"],
    "一、CPU≥16核\n二、内存≥256GB": ["CPU≥16核", "内存≥256GB"],
    "1.1 CPU≥16核\n1.2 内存≥256GB\n1.4 硬盘≥4TB": ["CPU≥16核", "内存≥256GB", "硬盘≥4TB"],
    "●CPU≥16核\n●内存≥256GB": ["CPU≥16核", "内存≥256GB"],
    "- CPU≥16核\n- 内存≥256GB": ["CPU≥16核", "内存≥256GB"],
    "a)CPU≥16核；b)内存≥256GB": ["CPU≥16核", "内存≥256GB"],
    "1、频率≥2.5GHz，核数≥16核；2、内存≥256GB，DDR4 3200MHz": [
        "频率≥2.5GHz",
        "核数≥16核",
        "内存≥256GB",
        "DDR4 3200MHz",
    ],
    "1、支持RAID 0/1/5；2、误差≤0.5%；3、1.5m线缆2根": ["支持RAID 0/1/5", "误差≤0.5%", "1.5m线缆2根"],
    "第1条：CPU≥16核\n第2条：内存≥256GB": ["CPU≥16核", "内存≥256GB"],
    "1 CPU≥16核\n2 内存≥256GB": ["CPU≥16核", "内存≥256GB"],
    "1 台主机\n2 块硬盘": ["1 台主机", "2 块硬盘"],
    "⑴CPU≥16核⑵内存≥256GB": ["CPU≥16核", "内存≥256GB"],
    "（一）CPU≥16核；（二）内存≥256GB": ["CPU≥16核", "内存≥256GB"],
    "主频≥1.1GHz\n1.2米线缆2根": ["主频≥1.1GHz", "1.2米线缆2根"],
    "工作温度-20~60℃\n-20℃可启动": ["工作温度-20~60℃", "-20℃可启动"],
    "\uf0d8CPU≥16核\n\uf0d8内存≥256GB": ["CPU≥16核", "内存≥256GB"],
    "1、CPU≥16核；\n2、内存≥256GB；\n4、硬盘≥4TB": ["CPU≥16核", "内存≥256GB", "硬盘≥4TB"],
    "１、ＣＰＵ≥１６核；２、内存≥２５６ＧＢ": ["ＣＰＵ≥１６核", "内存≥２５６ＧＢ"],
}


def test_one_cell_holds_its_parameters_in_every_usual_numbering() -> None:
    found = {
        cell: [
            parameter.mark + parameter.text.lstrip("★▲")
            for parameter in read(workbook([("序号", "设备名称", "技术参数", "数量"), (1, "服务器", cell, "1台")]))
            .items[0]
            .parameters
        ]
        for cell in NUMBERINGS
    }
    assert found == NUMBERINGS


def test_parameters_one_a_row_with_the_name_only_in_the_first() -> None:
    blank = [
        ("序号", "设备名称", "技术参数", "单位", "数量"),
        (1, "应用服务器", "CPU≥16核", "台", 4),
        (None, None, "内存≥256GB", None, None),
        (None, None, "硬盘≥4TB", None, None),
        (2, "防火墙", "吞吐量≥10Gbps", "台", 2),
        (None, None, "并发连接数≥500万", None, None),
    ]
    expected = [
        ("", "应用服务器", ("CPU≥16核", "内存≥256GB", "硬盘≥4TB"), "4台", None, None),
        ("", "防火墙", ("吞吐量≥10Gbps", "并发连接数≥500万"), "2台", None, None),
    ]
    table = read(workbook(blank))
    assert rows(table) == expected
    assert places(table)["硬盘≥4TB"] == "设备清单!C4"
    merged = ["A2:A4", "B2:B4", "D2:D4", "E2:E4", "A5:A6", "B5:B6", "D5:D6", "E5:E6"]
    assert rows(read(workbook(blank, merged=merged))) == expected


def test_parameter_name_and_requirement_in_separate_columns() -> None:
    table = read(
        workbook(
            [
                ("序号", "设备名称", "指标名称", "指标要求", "单位", "数量"),
                (1, "应用服务器", "CPU核数", "≥16核", "台", 4),
                (None, None, "内存", "≥256GB", None, None),
                (2, "防火墙", "吞吐量", "≥10Gbps", "台", 2),
                (None, None, "★并发连接数", "≥500万", None, None),
            ],
            merged=["A2:A3", "B2:B3", "E2:E3", "F2:F3", "A4:A5", "B4:B5", "E4:E5", "F4:F5"],
        )
    )
    assert parameters(table) == {
        "应用服务器": ["CPU核数：≥16核", "内存：≥256GB"],
        "防火墙": ["吞吐量：≥10Gbps", "★并发连接数：≥500万"],
    }
    assert [parameter.mark for parameter in table.items[1].parameters] == ["", "★"]
    assert places(table)["内存：≥256GB"] == "设备清单!D3"


def test_a_header_of_four_levels() -> None:
    table = read(
        workbook(
            [
                ("序号", "项目内容", None, None, "投资", None, None, None),
                (None, "设备", None, None, "工程量", None, "费用（万元）", None),
                (None, "货物", None, "要求", None, None, None, None),
                (None, "名称", "规格型号", "技术要求", "单位", "数量", "单价", "合价"),
                (1, "堡垒机", "国产", "授权≥200点", "台", 1, 15, 15),
            ],
            merged=["A1:A4", "B1:D1", "E1:H1", "B2:D2", "E2:F3", "G2:H3", "B3:C3"],
        )
    )
    (only,) = table.items
    assert only.name == "堡垒机"
    assert [parameter.text for parameter in only.parameters] == ["国产", "授权≥200点"]
    assert only.total
    assert only.total.fen == 15 * WAN


def test_the_header_and_title_repeat_on_every_printed_page() -> None:
    head = ("序号", "设备名称", "技术参数", "单位", "数量", "单价（元）", "合价（元）")
    table = read(
        workbook(
            [
                ("设备清单（第1页）",),
                head,
                (1, "服务器", "CPU≥16核", "台", 2, 100000, 200000),
                ("本页小计", None, None, None, None, None, 200000),
                ("设备清单（第2页）",),
                head,
                (2, "防火墙", "吞吐量≥1Gbps", "台", 1, 50000, 50000),
                ("本页小计", None, None, None, None, None, 50000),
                ("合计", None, None, None, None, None, 250000),
            ]
        )
    )
    assert [(item.subsystem, item.name) for item in table.items] == [("", "服务器"), ("", "防火墙")]
    assert table.total_fen == 25_000_000
    assert len(table.subtotals) == 3
    assert "subtotal_mismatch" not in codes(table)


def test_notes_under_the_table_are_clauses_not_items() -> None:
    table = read(
        workbook(
            [
                ("序号", "设备名称", "技术参数", "单位", "数量"),
                (1, "服务器", "CPU≥16核", "台", 2),
                ("备注：1. 以上设备均须提供原厂授权函。",),
                ("注：本表数量为暂估。",),
                ("说明：参考品牌为华为。",),
                ("编制人：张三", None, "审核人：李四", None, "日期：2026年1月"),
            ],
            merged=["A3:E3", "A4:E4", "A5:E5"],
        )
    )
    assert names(table) == ["服务器"]
    assert parameters(table) == {"服务器": ["CPU≥16核"]}
    for text in ("原厂授权函", "本表数量为暂估", "参考品牌为华为"):
        assert any(text in clause.text and clause.place.startswith("设备清单!A") for clause in table.clauses), text


def test_a_list_sheet_and_a_parameter_sheet_are_joined_by_name() -> None:
    table = read(
        sheets(
            {
                "设备清单": [
                    ("序号", "设备名称", "单位", "数量", "单价（万元）", "合价（万元）"),
                    (1, "应用服务器", "台", 4, 12.5, 50),
                    (2, "防火墙", "台", 2, 10, 20),
                ],
                "技术参数": [
                    ("序号", "设备名称", "技术参数"),
                    (1, "应用服务器", "1、CPU≥16核；2、内存≥256GB"),
                    (2, "防火墙", "吞吐量≥10Gbps"),
                ],
            }
        )
    )
    assert rows(table) == [
        ("", "应用服务器", ("CPU≥16核", "内存≥256GB"), "4台", 1250 * WAN // 100, 50 * WAN),
        ("", "防火墙", ("吞吐量≥10Gbps",), "2台", 10 * WAN, 20 * WAN),
    ]
    assert places(table)["吞吐量≥10Gbps"] == "技术参数!C3"
    assert table.items[0].place == "设备清单!B2"


def test_a_parameter_sheet_of_one_row_a_parameter_is_joined_too() -> None:
    table = read(
        sheets(
            {
                "报价清单": [
                    ("序号", "标的名称", "计量单位", "数量", "合价（元）"),
                    (1, "应用服务器", "台", 4, 500000),
                    (2, "防火墙", "台", 2, 200000),
                ],
                "技术参数及要求": [
                    ("序号", "标的名称", "指标项", "指标要求"),
                    (1, "应用服务器", "CPU", "≥16核"),
                    (None, None, "内存", "≥256GB"),
                    (2, "防火墙", "吞吐量", "≥10Gbps"),
                ],
            }
        )
    )
    assert rows(table) == [
        ("", "应用服务器", ("CPU：≥16核", "内存：≥256GB"), "4台", None, 50_000_000),
        ("", "防火墙", ("吞吐量：≥10Gbps",), "2台", None, 20_000_000),
    ]


def test_quantities_in_every_writing() -> None:
    written = ["2台", "2 套", "1批", "10+2", "2", "２台", "两台", "10台/套", "按需", "1,000米", "2台（主备）"]
    table = read(
        workbook(
            [
                ("序号", "设备名称", "技术参数", "数量"),
                *((order, f"设备{order}", "国产", text) for order, text in enumerate(written, start=1)),
            ]
        )
    )
    numbers = {item.quantity.text: item.quantity.number for item in table.items if item.quantity}
    assert numbers["2台"] == 2
    assert numbers["2 套"] == 2
    assert numbers["1批"] == 1
    assert numbers["10+2"] in (None, Decimal(12))
    assert numbers["２台"] == 2
    assert numbers["两台"] == 2
    assert numbers["按需"] is None
    assert numbers["1,000米"] == 1000
    assert len(table.items) == len(written)


def test_prices_in_mixed_units_and_in_the_cell() -> None:
    table = read(
        workbook(
            [
                ("序号", "设备名称", "技术参数", "数量", "单价(万元)", "合价(元)"),
                (1, "服务器", "国产", 2, 12.5, 250000),
                (2, "防火墙", "国产", 1, "10万元", "100,000.00"),
                (3, "软件", "国产", 1, "￥8.00", "80000元"),
                (4, "机柜", "国产", 1, "5，000.5元", "5000.5"),
            ]
        )
    )
    assert [(item.unit_price.fen, item.total.fen) for item in table.items if item.unit_price and item.total] == [
        (12_500_000, 25_000_000),
        (10_000_000, 10_000_000),
        (8_000_000, 8_000_000),
        (500_050, 500_050),
    ]
    assert codes(table) == []


def test_formulas_count_by_their_cached_value_and_are_told_without() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "设备清单"
    for row in [
        ("序号", "设备名称", "技术参数", "数量", "单价（万元）", "合价（万元）"),
        (1, "服务器", "CPU≥16核", 2, 12.5, "=D2*E2"),
        (2, "防火墙", "吞吐量≥1Gbps", 1, 5, "=VLOOKUP(B3,$A$1:$B$9,2)"),
        (None, "合计", None, None, None, "=SUM(F2:F3)"),
    ]:
        sheet.append(row)
    content = saved(book)
    data = part(content, "xl/worksheets/sheet1.xml")
    cached = data.replace(b"<f>D2*E2</f><v></v>", b"<f>D2*E2</f><v>25</v>").replace(
        b"<f>D2*E2</f><v />", b"<f>D2*E2</f><v>25</v>"
    )
    assert cached != data
    table = read(repacked(content, {"xl/worksheets/sheet1.xml": cached}))
    assert table.items[0].total
    assert table.items[0].total.fen == 25 * WAN
    assert table.items[1].total
    assert table.items[1].total.fen is None
    assert table.items[1].amount_fen == 5 * WAN
    assert any("F3" in notice.place or "F3" in notice.message for notice in table.notices)


def test_shared_formulas_and_inline_strings_are_read() -> None:
    content = workbook(
        [
            ("序号", "设备名称", "技术参数", "数量", "单价（万元）", "合价（万元）"),
            (1, "服务器", "CPU≥16核", 2, 12.5, 25),
            (2, "防火墙", "吞吐量≥1Gbps", 1, 5, 5),
        ]
    )
    data = part(content, "xl/worksheets/sheet1.xml").decode()
    data = data.replace(
        '<c r="F2" t="n"><v>25</v></c>', '<c r="F2"><f t="shared" ref="F2:F3" si="0">D2*E2</f><v>25</v></c>'
    )
    data = data.replace('<c r="F3" t="n"><v>5</v></c>', '<c r="F3"><f t="shared" si="0"/><v>5</v></c>')
    inline = '<c r="B3" t="inlineStr"><is><r><t>下一代</t></r><r><t>防火墙</t></r></is></c>'
    start = data.index('<c r="B3"')
    data = data[:start] + inline + data[data.index("</c>", start) + 4 :]
    table = read(repacked(content, {"xl/worksheets/sheet1.xml": data.encode()}))
    assert rows(table) == [
        ("", "服务器", ("CPU≥16核",), "2", 1250 * WAN // 100, 25 * WAN),
        ("", "下一代防火墙", ("吞吐量≥1Gbps",), "1", 5 * WAN, 5 * WAN),
    ]


def test_number_formats_are_read_as_shown() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "设备清单"
    for row in [
        ("序号", "设备名称", "指标名称", "指标要求", "数量"),
        (1, "采集终端", "可用性", 0.999, "3"),
        (None, None, "重量", 1.5, None),
        (None, None, "配比", dt.date(2026, 1, 2), None),
        (None, None, "日期", dt.date(2026, 12, 31), None),
        (None, None, "启用", True, None),
        (None, None, "长度", 0.30000000000000004, None),
    ]:
        sheet.append(row)
    sheet["D2"].number_format = "0.0%"
    sheet["D3"].number_format = "0.00"
    sheet["D4"].number_format = 'm"/"d'
    table = read(saved(book))
    found = places(table)
    assert found["可用性：99.9%"] == "设备清单!D2"
    assert "重量：1.50" in found or "重量：1.5" in found
    assert found["启用：是"] if "启用：是" in found else any(text.startswith("启用：") for text in found)
    assert any(text.startswith("长度：0.3") and "0000" not in text for text in found)
    (ratio,) = [parameter for item in table.items for parameter in item.parameters if parameter.place == "设备清单!D4"]
    assert (ratio.text, ratio.readable) == ("配比：1/2", False)
    assert [notice.place for notice in table.notices if notice.code == "date_in_cell"] == ["设备清单!D4"]


def test_struck_out_text_is_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "设备清单"
    for row in [
        ("序号", "设备名称", "技术参数", "数量"),
        (1, "服务器", "CPU≥32核", "2台"),
        (2, "防火墙", "吞吐量≥1Gbps", "1台"),
    ]:
        sheet.append(row)
    sheet["A3"].font = sheet["B3"].font = sheet["C3"].font = sheet["D3"].font = Font(strike=True)
    sheet["C2"] = CellRichText(TextBlock(InlineFont(strike=True), "CPU≥16核"), "CPU≥32核")
    table = read(saved(book))
    assert [notice.place for notice in table.notices if notice.code == "struck_out"] == ["设备清单!C2"]
    assert parameters(table) == {"服务器": ["CPU≥32核"]}
    assert ("（已划去）防火墙", "设备清单!B3") in [(clause.text, clause.place) for clause in table.clauses]


def test_a_picture_and_a_text_box_in_the_sheet_are_told_with_their_places() -> None:
    content = workbook([("序号", "设备名称", "技术参数", "数量"), (1, "服务器", "CPU≥16核", "2台")])
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "<xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col>"
        "<xdr:row>4</xdr:row></xdr:from><xdr:pic/></xdr:twoCellAnchor><xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col>"
        "<xdr:row>9</xdr:row></xdr:from><xdr:sp><xdr:txBody><a:p><a:r><a:t>参考品牌</a:t></a:r><a:r><a:t>：华为</a:t></a:r>"
        "</a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" '
        'Target="../drawings/drawing1.xml"/>'
        "</Relationships>"
    )
    parts = {"xl/drawings/drawing1.xml": drawing.encode(), "xl/worksheets/_rels/sheet1.xml.rels": relations.encode()}
    table = read(repacked(content, dict(parts)))
    assert [notice.place for notice in table.notices if notice.code == "picture"] == ["设备清单!C5"]
    assert [(clause.text, clause.place) for clause in table.clauses] == [("参考品牌：华为", "设备清单!A10")]


def test_a_picture_that_fills_a_cell_in_wps_is_unread_and_told() -> None:
    content = workbook([("序号", "设备名称", "技术参数", "数量"), (1, "服务器", '=_xlfn.DISPIMG("ID_1",1)', "2台")])
    table = read(content)
    assert [parameter.readable for parameter in table.items[0].parameters] == [False]
    assert [notice.place for notice in table.notices if notice.code == "picture"] == ["设备清单!C2"]


def test_a_unit_in_the_number_format_is_the_quantity_s_unit() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(("序号", "设备名称", "技术参数", "数量", "单价"))
    sheet.append((1, "服务器", "CPU≥16核", 4, 12.5))
    sheet["D2"].number_format = '0"台"'
    sheet["E2"].number_format = '#,##0.00"万元"'
    (only,) = read(saved(book)).items
    assert only.quantity
    assert (only.quantity.text, only.quantity.unit) == ("4台", "台")
    assert only.unit_price
    assert only.unit_price.fen == 12_500_000


def test_full_width_writing_and_invisible_characters_do_not_matter() -> None:
    table = read(
        workbook(
            [
                ("序　号", "设备\u00a0名称", "技术\n参数", "单 位", "数\u200b量", "单价（ 万元 ）", "合　　价（万元）"),
                (
                    "１",
                    "应用\u200b服务器\u00a0",
                    "１、ＣＰＵ：≥１６核；\u00ad２、内存：≥２５６ＧＢ",
                    "台",
                    "２",
                    "１２．５",
                    "２５",
                ),
            ]
        )
    )
    (only,) = table.items
    assert only.name.strip() == "应用服务器"
    assert len(only.parameters) == 2
    assert only.quantity
    assert only.quantity.number == 2
    assert only.unit_price
    assert only.unit_price.fen == 12_500_000
    assert only.total
    assert only.total.fen == 25_000_000


def test_traditional_headers_are_known() -> None:
    table = read(
        workbook(
            [
                ("序號", "設備名稱", "技術參數", "單位", "數量", "單價（萬元）"),
                (1, "伺服器", "內存≥256GB", "臺", 2, 12.5),
            ]
        )
    )
    assert rows(table) == [("", "伺服器", ("內存≥256GB",), "2臺", 12_500_000, None)]


def test_escaped_line_ends_are_line_ends() -> None:
    content = workbook([("序号", "设备名称", "技术参数", "数量"), (1, "服务器", "CPU≥16核QQQ内存≥256GB", "2台")])
    name = "xl/worksheets/sheet1.xml"
    table = read(repacked(content, {name: part(content, name).replace(b"QQQ", b"_x000D_\n")}))
    assert parameters(table) == {"服务器": ["CPU≥16核", "内存≥256GB"]}
    table = read(repacked(content, {name: part(content, name).replace(b"QQQ", b"_x000A_")}))
    assert parameters(table) == {"服务器": ["CPU≥16核", "内存≥256GB"]}


def test_a_table_that_starts_far_from_the_corner() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "清单"
    for offset, row in enumerate(
        [
            ("序号", "设备名称", "技术参数", "单位", "数量"),
            (1, "服务器", "CPU≥16核", "台", 2),
            (2, "防火墙", "吞吐≥1G", "台", 1),
        ]
    ):
        for column, value in enumerate(row):
            sheet.cell(12 + offset, 6 + column, value)
    table = read(saved(book))
    assert names(table) == ["服务器", "防火墙"]
    assert places(table)["吞吐≥1G"] == "清单!H14"


def test_two_tables_under_each_other_in_one_sheet() -> None:
    table = read(
        workbook(
            [
                ("一、硬件设备清单（单位：万元）",),
                ("序号", "设备名称", "技术参数", "单位", "数量", "单价", "合价"),
                (1, "服务器", "CPU≥16核", "台", 2, 10, 20),
                ("合计", None, None, None, None, None, 20),
                (),
                ("二、软件清单（单位：元）",),
                ("序号", "软件名称", "功能要求", "数量", "单位", "单价", "合价"),
                (1, "数据库", "支持集群", 1, "套", 80000, 80000),
            ]
        )
    )
    assert [(item.name, item.quantity.text if item.quantity else "", item.amount_fen) for item in table.items] == [
        ("服务器", "2台", 20 * WAN),
        ("数据库", "1套", 8 * WAN),
    ]


def test_two_tables_side_by_side_are_both_read_or_told() -> None:
    table = read(
        workbook(
            [
                ("序号", "设备名称", "技术参数", "数量", None, "序号", "设备名称", "技术参数", "数量"),
                (1, "服务器", "CPU≥16核", "2台", None, 3, "堡垒机", "授权≥50点", "1台"),
                (2, "防火墙", "吞吐≥1G", "1台", None, 4, "交换机", "端口≥24个", "3台"),
            ]
        )
    )
    assert sorted(names(table)) == sorted(["服务器", "防火墙", "堡垒机", "交换机"])
    assert parameters(table)["交换机"] == ["端口≥24个"]


def test_a_transposed_table_with_devices_as_columns() -> None:
    table = read(
        workbook(
            [
                ("设备名称", "应用服务器", "数据库服务器"),
                ("CPU", "≥16核", "≥32核"),
                ("内存", "≥256GB", "≥512GB"),
                ("单位", "台", "台"),
                ("数量", 4, 2),
                ("单价（万元）", 12.5, 25),
            ]
        )
    )
    assert rows(table) == [
        ("", "应用服务器", ("CPU：≥16核", "内存：≥256GB"), "4台", 12_500_000, None),
        ("", "数据库服务器", ("CPU：≥32核", "内存：≥512GB"), "2台", 25_000_000, None),
    ]
    assert places(table)["内存：≥512GB"] == "设备清单!C3"


def test_parameters_as_columns() -> None:
    table = read(
        workbook(
            [
                ("序号", "设备名称", "技术参数", None, None, "单位", "数量"),
                (None, None, "CPU", "内存", "硬盘", None, None),
                (1, "应用服务器", "≥16核", "≥256GB", "≥4TB", "台", 4),
                (2, "数据库服务器", "≥32核", "≥512GB", "≥8TB", "台", 2),
            ],
            merged=["A1:A2", "B1:B2", "C1:E1", "F1:F2", "G1:G2"],
        )
    )
    assert parameters(table) == {
        "应用服务器": ["CPU：≥16核", "内存：≥256GB", "硬盘：≥4TB"],
        "数据库服务器": ["CPU：≥32核", "内存：≥512GB", "硬盘：≥8TB"],
    }


def test_a_business_terms_sheet_gives_no_devices() -> None:
    table = read(
        sheets(
            {
                "采购需求": [
                    ("序号", "标的名称", "技术要求", "数量", "是否核心产品", "所属行业"),
                    (1, "服务器", "CPU≥16核", "2台", "是", "工业"),
                ],
                "商务要求": [
                    ("序号", "商务条款", "要求"),
                    (1, "交货期", "合同签订后30日内"),
                    (2, "质保期", "不少于3年，须提供原厂授权"),
                    (3, "付款方式", "验收后付至95%"),
                ],
                "评分标准": [
                    ("序号", "评分因素", "评分标准", "分值"),
                    (1, "技术参数响应", "全部满足得30分，华为品牌加5分", 30),
                    (2, "业绩", "每个得2分", 10),
                ],
            }
        )
    )
    assert names(table) == ["服务器"]
    assert "所属行业" not in all_text(table) or "工业" not in parameters(table)["服务器"]
    assert any("原厂授权" in clause.text and clause.place == "商务要求!C3" for clause in table.clauses)
    assert any("华为品牌" in clause.text and clause.place == "评分标准!C2" for clause in table.clauses)


def test_a_table_of_wps_with_hidden_parts() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    for row in [
        ("序号", "品名", "规格型号", "技术参数", "数量", "单位", "限价"),
        (1, "球形摄像机", "室外", "分辨率≥400万", 200, "路", "0.35万元"),
    ]:
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["D"].hidden = True
    secret = book.create_sheet("Sheet2")
    secret.sheet_state = "veryHidden"
    secret.append(("序号", "品名", "技术参数", "数量"))
    secret.append((1, "拾音器", "降噪", "10个"))
    table = read(saved(book))
    assert names(table) == ["球形摄像机", "拾音器"]
    assert parameters(table)["球形摄像机"] == ["室外", "分辨率≥400万"]
    told = all_text(table)
    assert "隐藏" in told


def test_comments_of_cells_are_kept_as_clauses() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(("序号", "设备名称", "技术参数", "数量"))
    sheet.append((1, "服务器", "CPU≥16核", "2台"))
    sheet["C2"].comment = openpyxl.comments.Comment("实际按华为鲲鹏采购", "张三")
    table = read(saved(book))
    assert any("华为鲲鹏" in clause.text for clause in table.clauses)


def test_an_item_without_parameters_and_a_row_without_anything_known() -> None:
    table = read(
        workbook(
            [
                ("序号", "设备名称", "技术参数", "单位", "数量"),
                (1, "机柜", None, "台", 2),
                (None, None, None, None, 7),
                (2, "PDU", "8口", "个", 4),
            ]
        )
    )
    assert names(table) == ["机柜", "PDU"]
    assert table.items[0].quantity
    assert table.items[0].quantity.number == 2
    assert any("D3" in n.place or "E3" in n.place or "第3行" in n.message or "A3" in n.place for n in table.notices)


def test_the_summary_sheet_of_an_estimate_is_not_counted_twice() -> None:
    table = read(
        sheets(
            {
                "总概算表": [
                    ("单位：万元",),
                    ("序号", "工程或费用名称", "合价", "备注"),
                    ("一", "工程费用", 70, None),
                    (1, "设备购置费", 70, "见附表"),
                    ("二", "预备费", 3.5, None),
                    ("", "总计", 73.5, None),
                ],
                "设备明细表": [
                    ("单位：万元",),
                    ("序号", "设备名称", "技术参数", "单位", "数量", "单价", "合价"),
                    (1, "应用服务器", "CPU≥16核", "台", 4, 12.5, 50),
                    (2, "防火墙", "吞吐量≥1Gbps", "台", 2, 10, 20),
                    (None, "合计", None, None, None, None, 70),
                ],
            }
        )
    )
    assert {"应用服务器", "防火墙"} <= set(names(table))
    assert table.total_fen == 7350 * WAN // 100 or table.total_fen == 70 * WAN
