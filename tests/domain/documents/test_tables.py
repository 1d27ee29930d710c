"""Tables as real people make them, read into rows with their places."""

from decimal import Decimal

import docx
import openpyxl
import pytest

from domain.documents import Money, Notice, Parameter, ParameterTable, Quantity, read_document
from domain.plain import from_plain, to_plain
from tests.domain.builders import (
    HEADER,
    ROW,
    TENDER_HEADER,
    TENDER_ROW,
    part,
    repacked,
    saved,
    sheets,
    text_document,
    workbook,
)


def read(content: bytes, name: str = "清单.xlsx") -> ParameterTable:
    return read_document(content, name)


def codes(table: ParameterTable) -> list[str]:
    return [notice.code for notice in table.notices]


def test_every_field_of_a_workbook_row_is_read_with_its_place() -> None:
    table = read(workbook([("某项目设备清单",), ("单位：万元",), HEADER, ROW]))
    (item,) = table.items
    assert item.name == "应用服务器"
    assert item.place == "设备清单!C4"
    assert item.subsystem == "计算资源"
    assert item.package == ""
    assert item.remark == ""
    assert item.parameters == (
        Parameter("CPU核数：≥16核", "设备清单!D4 第1条"),
        Parameter("内存：≥256GB", "设备清单!D4 第2条"),
    )
    assert item.quantity == Quantity("10台", Decimal(10), "台", "设备清单!F4")
    assert item.unit_price == Money("12.5万元", 12_500_000, "设备清单!G4")
    assert item.total == Money("125万元", 125_000_000, "设备清单!H4")
    assert item.amount_fen == 125_000_000
    assert table.total_fen == 125_000_000
    assert table.notices == ()
    assert table.file_name == "清单.xlsx"
    assert len(table.sha256) == 64


def test_every_field_of_a_text_document_row_is_read_with_its_place() -> None:
    table = read(
        text_document("第三章 采购需求", "包1：硬件", [TENDER_HEADER, TENDER_ROW], "评分办法"), "招标文件.docx"
    )
    (item,) = table.items
    assert item.name == "应用服务器"
    assert item.place == "表1 第2行"
    assert item.package == "包1"
    assert [parameter.place for parameter in item.parameters] == ["表1 第2行 第1条", "表1 第2行 第2条"]
    assert item.quantity == Quantity("10台", Decimal(10), "台", "表1 第2行")
    assert item.unit_price == Money("125000元", 12_500_000, "表1 第2行")
    assert [clause.text for clause in table.clauses] == ["第三章 采购需求", "包1：硬件", "评分办法"]
    assert [clause.place for clause in table.clauses] == ["第1段", "第2段", "第3段"]


def test_a_table_survives_the_way_through_json() -> None:
    table = read(workbook())
    assert from_plain(ParameterTable, to_plain(table)) == table


def test_a_subsystem_column_merged_down_names_every_row() -> None:
    rows = [
        HEADER,
        ROW,
        (2, None, "数据库服务器", "内存：≥1TB", "台", 2, 20, 40, ""),
        (3, "网络", "防火墙", "吞吐量：≥10Gbps", "台", 1, 5, 5, ""),
    ]
    table = read(workbook(rows, merged=["B2:B3"]))
    assert [item.subsystem for item in table.items] == ["计算资源", "计算资源", "网络"]


def test_section_rows_name_the_subsystem_and_packages_in_every_wording() -> None:
    rows = [
        HEADER[:1] + HEADER[2:],
        ("一、指挥调度子系统",),
        (1, "服务器", "内存：≥1GB", "台", 1, 1, 1, ""),
        ("（二）视频子系统",),
        (2, "摄像机", "分辨率：≥400万像素", "台", 1, 1, 1, ""),
        ("第二包：安全设备",),
        (3, "防火墙", "吞吐量：≥1Gbps", "台", 1, 1, 1, ""),
        ("采购包3",),
        (4, "堡垒机", "授权：≥50点", "台", 1, 1, 1, ""),
    ]
    table = read(workbook(rows))
    assert [(item.name, item.subsystem, item.package) for item in table.items] == [
        ("服务器", "指挥调度子系统", ""),
        ("摄像机", "视频子系统", ""),
        ("防火墙", "", "包2"),
        ("堡垒机", "", "包3"),
    ]


def test_numbered_section_rows_with_an_amount_are_no_items() -> None:
    rows = [
        HEADER,
        ("一", "硬件", "", "", "", "", "", 60, ""),
        (1, "", "服务器", "内存：≥1GB", "台", 2, 10, 20, ""),
        (2, "", "防火墙", "吞吐量：≥1Gbps", "台", 2, 20, 40, ""),
        ("二", "服务", "", "", "", "", "", 5, ""),
        (3, "", "培训", "培训20人次", "项", 1, 5, 5, ""),
    ]
    table = read(workbook(rows))
    assert [(item.name, item.subsystem) for item in table.items] == [
        ("服务器", "硬件"),
        ("防火墙", "硬件"),
        ("培训", "服务"),
    ]
    assert table.total_fen == 65_000_000


def test_printed_sums_are_recognised_checked_and_never_counted() -> None:
    rows = [
        HEADER,
        ROW,
        ("", "小计", "", "", "", "", "", 125, ""),
        ("", "合  计", "", "", "", "", "", 125, ""),
        ("合计（大写）：壹佰贰拾伍万元整",),
    ]
    table = read(workbook(rows))
    assert len(table.items) == 1
    assert table.total_fen == 125_000_000
    assert [subtotal.fen for subtotal in table.subtotals] == [125_000_000] * 3
    assert table.notices == ()


def test_a_printed_sum_that_does_not_fit_is_warned_of() -> None:
    table = read(workbook([HEADER, ROW, ("", "合计", "", "", "", "", "", 130, "")]))
    assert table.total_fen == 125_000_000
    assert codes(table) == ["subtotal_differs"]
    assert "130.00万元" in table.notices[0].message
    assert "125.00万元" in table.notices[0].message


def test_quantity_times_unit_price_is_proved() -> None:
    table = read(workbook([HEADER, (1, "", "服务器", "内存：≥1GB", "台", 3, 10, 40, "")]))
    assert codes(table) == ["row_sum_differs"]
    rounded = read(workbook([HEADER, (1, "", "服务器", "内存：≥1GB", "台", 3, 12.33, 37, "")]))
    assert rounded.notices == ()


@pytest.mark.parametrize(
    ("header", "value", "fen"),
    [
        ("单价（万元）", "12.5", 12_500_000),
        ("单价(元)", "125,000.00", 12_500_000),
        ("单价", "12.5万元", 12_500_000),
        ("单价", "￥125000元", 12_500_000),
        ("单价（元）", "12.5万元", 12_500_000),
        ("单价（万元）", "0.0001", 100),
        ("单价（元）", "0.015", 2),
    ],
)
def test_prices_are_integer_fen_whatever_they_are_written_in(header: str, value: str, fen: int) -> None:
    rows = [("设备名称", "技术参数", "数量", header), ("服务器", "内存：≥1GB", "1台", value)]
    (item,) = read(workbook(rows)).items
    assert item.unit_price is not None
    assert item.unit_price.fen == fen


def test_the_unit_of_money_may_stand_in_a_caption_a_paragraph_or_the_file_name() -> None:
    rows = [("设备名称", "技术参数", "数量", "合价"), ("服务器", "内存：≥1GB", "1台", "12.5")]
    assert read(workbook([("单位：万元",), *rows])).total_fen == 12_500_000
    assert read(text_document("金额单位：人民币元", rows)).total_fen == 1_250
    assert read(workbook(rows), "设备清单（万元）.xlsx").total_fen == 12_500_000


def test_an_amount_without_a_unit_is_unknown_and_said_so() -> None:
    table = read(workbook([("设备名称", "技术参数", "数量", "合价"), ("服务器", "内存：≥1GB", "1台", "12.5")]))
    assert table.items[0].total == Money("12.5", None, "设备清单!D2")
    assert table.total_fen == 0
    assert codes(table) == ["money_unit_unknown"]


def test_tax_wording_of_a_column_or_a_cell_is_kept() -> None:
    rows = [
        ("设备名称", "技术参数", "数量", "单价（元，不含税）", "合价（元）"),
        ("服务器", "内存：≥1GB", "1台", "100", "113元（含税）"),
    ]
    (item,) = read(workbook(rows)).items
    assert item.unit_price is not None
    assert item.total is not None
    assert (item.unit_price.tax, item.total.tax) == ("不含税", "含税")


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("10", 10, ""),
        ("10台", 10, "台"),
        ("两套", 2, "套"),
        ("1,200", 1200, ""),
        ("0", 0, ""),
        ("若干", None, ""),
        ("36㎡", 36, "m2"),
    ],
)
def test_quantities_are_numbers_or_stay_texts(text: str, number: int | None, unit: str) -> None:
    (item,) = read(workbook([("设备名称", "技术参数", "数量"), ("服务器", "内存：≥1GB", text)])).items
    assert item.quantity == Quantity(text, None if number is None else Decimal(number), unit, "设备清单!C2")


def test_tables_over_pages_repeat_their_header_or_have_none() -> None:
    second = ("2", "防火墙", "吞吐量：≥1Gbps", "台", "1", "1", "1")
    third = ("3", "堡垒机", "授权：≥50点", "台", "1", "1", "1")
    table = read(
        text_document("单位：元", [TENDER_HEADER, TENDER_ROW], "续表", [TENDER_HEADER, second], "", [third]), "t.docx"
    )
    assert [(item.name, item.place) for item in table.items] == [
        ("应用服务器", "表1 第2行"),
        ("防火墙", "表2 第2行"),
        ("堡垒机", "表3 第1行"),
    ]


def test_a_header_repeated_inside_a_table_is_no_item() -> None:
    table = read(workbook([HEADER, ROW, HEADER, (2, "", "防火墙", "吞吐量：≥1Gbps", "台", 1, 1, 1, "")]))
    assert [item.name for item in table.items] == ["应用服务器", "防火墙"]


def test_rows_without_a_name_continue_the_item_above() -> None:
    rows = [
        TENDER_HEADER,
        ("1", "服务器", "CPU核数：≥16核", "台", "1", "1", "1"),
        ("", "", "内存：≥256GB", "", "", "", ""),
    ]
    (item,) = read(text_document(rows), "t.docx").items
    assert [(p.text, p.place) for p in item.parameters] == [
        ("CPU核数：≥16核", "表1 第2行"),
        ("内存：≥256GB", "表1 第3行"),
    ]


def test_a_name_merged_over_several_parameter_rows_is_one_item() -> None:
    rows = [
        ("设备名称", "指标项", "指标要求", "数量"),
        ("服务器", "CPU核数", "≥16核", "2台"),
        (None, "内存", "≥256GB", None),
        ("防火墙", "吞吐量", "≥1Gbps", "1台"),
    ]
    table = read(workbook(rows, merged=["A2:A3", "D2:D3"]))
    assert [[p.text for p in item.parameters] for item in table.items] == [
        ["CPU核数：≥16核", "内存：≥256GB"],
        ["吞吐量：≥1Gbps"],
    ]


def test_one_table_for_each_device_takes_its_name_from_the_line_above() -> None:
    table = read(
        text_document(
            "（一）应用服务器技术参数要求",
            [("序号", "指标项", "技术要求"), ("1", "CPU核数", "≥16核"), ("2", "★内存", "≥256GB")],
            "（二）防火墙",
            [("序号", "指标项", "技术要求"), ("1", "吞吐量", "≥10Gbps")],
        ),
        "t.docx",
    )
    assert [(item.name, [p.text for p in item.parameters]) for item in table.items] == [
        ("应用服务器", ["CPU核数：≥16核", "★内存：≥256GB"]),
        ("防火墙", ["吞吐量：≥10Gbps"]),
    ]


def test_a_list_of_quantities_and_a_table_for_each_device_are_one_item_each() -> None:
    table = read(
        text_document(
            "采购清单（单位：元）",
            [
                ("序号", "标的名称", "数量", "合价"),
                ("1", "应用服务器", "10台", "100"),
                ("2", "防火墙", "2台", "60"),
            ],
            "1、应用服务器技术参数",
            [("序号", "指标项", "技术要求"), ("1", "CPU核数", "≥16核"), ("2", "内存", "≥256GB")],
            "2、堡垒机技术参数",
            [("序号", "指标项", "技术要求"), ("1", "授权", "≥200点")],
        ),
        "t.docx",
    )
    assert [(item.name, item.total and item.total.fen, len(item.parameters)) for item in table.items] == [
        ("应用服务器", 10_000, 2),
        ("防火墙", 6_000, 0),
        ("堡垒机", None, 1),
    ]


def test_a_list_and_parameter_tables_that_both_give_quantities_count_once() -> None:
    table = read(
        text_document(
            "采购一览表（单位：元）",
            [
                ("序号", "标的名称", "数量", "合价"),
                ("1", "应用服务器", "10台", "100"),
                ("2", "防火墙", "2台", "60"),
            ],
            "技术参数及要求",
            [
                ("序号", "标的名称", "技术参数", "数量"),
                ("1", "应用服务器", "内存：≥256GB", "10台"),
                ("2", "防火墙", "吞吐量：≥1Gbps", "3台"),
            ],
        ),
        "t.docx",
    )
    assert [(item.name, item.quantity and item.quantity.number, item.amount_fen) for item in table.items] == [
        ("应用服务器", Decimal(10), 10_000),
        ("防火墙", None, 6_000),
    ]
    assert table.items[1].quantity is not None
    assert table.items[1].quantity.text == "2台（参数表中为 3台）"


def test_an_overview_of_the_detail_tables_is_not_counted_again() -> None:
    content = sheets(
        {
            "汇总表": [
                ("单位：万元",),
                ("序号", "建设内容", "金额"),
                (1, "计算资源", 125),
                (2, "网络安全", 40),
                (3, "监理费", 5),
            ],
            "设备清单": [
                HEADER,
                ROW,
                (2, "网络安全", "防火墙", "吞吐量：≥10Gbps", "台", 2, 20, 40, ""),
            ],
        }
    )
    table = read(content)
    assert [item.name for item in table.items] == ["监理费", "应用服务器", "防火墙"]
    assert table.total_fen == 170_000_000
    assert codes(table) == ["overview_left_out"]


def test_a_parameter_table_inside_a_cell_belongs_to_the_row_it_stands_in() -> None:
    document = docx.Document()
    document.add_paragraph("单位：元")
    outer = document.add_table(rows=0, cols=4)
    for row in (
        ("序号", "标的名称", "技术参数", "数量"),
        ("1", "应用服务器", "", "10台"),
        ("2", "防火墙", "吞吐量：≥1Gbps", "2台"),
    ):
        for cell, text in zip(outer.add_row().cells, row, strict=True):
            cell.text = text
    inner = outer.cell(1, 2).add_table(rows=0, cols=2)
    for row in (("指标项", "技术要求"), ("CPU核数", "≥16核"), ("内存", "≥256GB")):
        for cell, text in zip(inner.add_row().cells, row, strict=True):
            cell.text = text
    table = read(saved(document), "t.docx")
    assert [(item.name, [p.text for p in item.parameters]) for item in table.items] == [
        ("应用服务器", ["CPU核数：≥16核", "内存：≥256GB"]),
        ("防火墙", ["吞吐量：≥1Gbps"]),
    ]


def test_a_parameter_table_of_nobody_is_left_to_a_person() -> None:
    content = text_document(
        [TENDER_HEADER, TENDER_ROW], "技术参数要求如下：", [("序号", "指标项", "技术要求"), ("1", "CPU核数", "≥16核")]
    )
    table = read(content, "t.docx")
    assert [item.name for item in table.items] == ["应用服务器"]
    assert codes(table) == ["table_not_compared"]


def test_headers_in_two_rows_with_groups_are_read() -> None:
    rows = [
        ("序号", "设备名称", "技术参数", "数量", "概算", None),
        (None, None, None, None, "单价（万元）", "合价（万元）"),
        (1, "服务器", "内存：≥1GB", "2台", 10, 20),
    ]
    (item,) = read(workbook(rows, merged=["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"])).items
    assert item.unit_price == Money("10万元", 10_000_000, "设备清单!E3")
    assert item.total == Money("20万元", 20_000_000, "设备清单!F3")


def test_the_narrower_of_two_names_is_the_item() -> None:
    rows = [
        ("序号", "建设内容", "设备（货物）名称", "技术参数", "数量"),
        (1, "指挥大厅", "LED大屏", "亮度：≥600nit", "36㎡"),
    ]
    (item,) = read(workbook(rows)).items
    assert (item.subsystem, item.name) == ("指挥大厅", "LED大屏")


def test_several_sheets_are_read_and_sheets_of_packages_named() -> None:
    table = read(sheets({"包1 硬件": [TENDER_HEADER, TENDER_ROW], "包2 软件": [TENDER_HEADER, TENDER_ROW]}))
    assert [(item.package, item.place) for item in table.items] == [("包1", "包1 硬件!B2"), ("包2", "包2 软件!B2")]


def test_a_table_that_is_no_list_is_named_and_its_text_kept_for_the_scan() -> None:
    content = text_document([TENDER_HEADER, TENDER_ROW], "评分", [("评分因素", "分值"), ("须提供原厂授权函", "5")])
    table = read(content, "t.docx")
    assert codes(table) == ["table_not_compared"]
    assert "表2" in table.notices[0].message
    assert "须提供原厂授权函" in [clause.text for clause in table.clauses]


def test_hidden_sheets_rows_and_columns_are_read_and_said() -> None:
    book = openpyxl.Workbook()
    for row in (HEADER, ROW):
        book.active.append(row)
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["I"].hidden = True
    extra = book.create_sheet("附表")
    extra.append(HEADER)
    extra.append((2, "", "防火墙", "吞吐量：≥1Gbps", "台", 1, 1, 1, ""))
    extra.sheet_state = "hidden"
    table = read(saved(book))
    assert [item.name for item in table.items] == ["应用服务器", "防火墙"]
    assert codes(table) == ["hidden_rows", "hidden_columns", "hidden_sheet"]


def test_macros_are_never_run_and_said() -> None:
    table = read(repacked(workbook(), {"xl/vbaProject.bin": b"\x00macro"}), "清单.xlsm")
    assert table.items[0].name == "应用服务器"
    assert codes(table) == ["macros_ignored"]


def test_embedded_objects_and_outside_links_are_not_followed_and_said() -> None:
    table = read(
        repacked(workbook(), {"xl/embeddings/oleObject1.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<x/>"})
    )
    assert codes(table) == ["embedded_objects", "external_links"]
    content = text_document([TENDER_HEADER, TENDER_ROW])
    where = b'Target="http://evil/x.dotm" TargetMode="External"'
    relation = b'<Relationship Id="rId99" Type="http://x/attachedTemplate" ' + where + b"/></Relationships>"
    name = "word/_rels/document.xml.rels"
    outside = repacked(content, {name: part(content, name).replace(b"</Relationships>", relation)})
    assert codes(read(outside, "t.docx")) == ["external_links"]


def test_text_inserted_in_review_counts_and_deleted_text_does_not() -> None:
    content = text_document([TENDER_HEADER, TENDER_ROW])
    xml = part(content, "word/document.xml")
    old = "内存：≥256GB。".encode()
    assert old in xml
    xml = xml.replace(
        b"<w:t>" + "2、内存：≥256GB。".encode() + b"</w:t>",
        "<w:t>2、内存：≥</w:t></w:r><w:ins w:id='1' w:author='a'><w:r><w:t>512</w:t></w:r></w:ins>"
        "<w:del w:id='2' w:author='a'><w:r><w:delText>256</w:delText></w:r></w:del><w:r><w:t>GB</w:t>".encode(),
    )
    table = read(repacked(content, {"word/document.xml": xml}), "t.docx")
    assert table.items[0].parameters[1].text == "内存：≥512GB"
    assert codes(table) == ["tracked_changes"]


def test_merged_cells_of_a_text_document_are_spread() -> None:
    document = docx.Document()
    document.add_paragraph("单位：元")
    table = document.add_table(rows=0, cols=4)
    for row in (
        ("子系统", "设备名称", "技术参数", "数量"),
        ("计算", "服务器", "内存：≥1GB", "1台"),
        ("", "防火墙", "吞吐量：≥1Gbps", "1台"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    cells = table.add_row().cells
    cells[0].merge(cells[3]).text = "二、网络"
    last = table.add_row().cells
    for cell, text in zip(last, ("", "交换机", "端口：24个千兆电口", "2台"), strict=True):
        cell.text = text
    found = read(saved(document), "t.docx")
    assert [(item.name, item.subsystem) for item in found.items] == [
        ("服务器", "计算"),
        ("防火墙", "计算"),
        ("交换机", "网络"),
    ]


def test_a_price_merged_over_two_rows_counts_once() -> None:
    rows = [
        ("设备名称", "技术参数", "数量", "合价（元）"),
        ("音箱", "功率：≥200W", "2只", 1000),
        ("功放", "通道数：≥4个", "1台", None),
    ]
    table = read(workbook(rows, merged=["D2:D3"]))
    assert table.total_fen == 100_000
    assert table.items[1].total == Money("（与上一行合并计价）", 0, "设备清单!D2")


def test_percentages_and_long_fractions_are_shown_as_people_see_them() -> None:
    book = openpyxl.Workbook()
    book.active.append(("设备名称", "技术参数", "数量", "单价（万元）"))
    book.active.append(("软件", 0.999, 1, 0.1 + 0.2))
    book.active["B2"].number_format = "0.0%"
    (item,) = read(saved(book)).items
    assert item.parameters[0].text == "99.9%"
    assert item.unit_price == Money("0.3万元", 300_000, "Sheet!D2")


@pytest.mark.parametrize(
    ("price", "number_format"),
    [(0.86, "0%"), (0.86, "0.00%_ "), (12, "#,##0%;[Red]-0%"), ("86%", "@"), ("1,200%", "@"), ("8.6折", "@")],
)
def test_a_share_in_a_column_of_money_is_no_amount(price: float | str, number_format: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(("设备名称", "技术参数", "数量", "单价（万元）"))
    book.active.append(("软件", "授权：永久", 1, price))
    book.active["D2"].number_format = number_format
    table = read(saved(book))
    assert table.items[0].unit_price
    assert table.items[0].unit_price.fen is None
    assert [(notice.code, notice.place) for notice in table.notices] == [("money_unit_unknown", "Sheet!D2")]


def test_notices_carry_code_message_and_place() -> None:
    table = read(repacked(workbook(), {"xl/vbaProject.bin": b"x"}))
    assert table.notices == (Notice("macros_ignored", "文件含宏，仅读取了数据，宏未被执行也不会保存到结果中。", ""),)


CEILING = [("序号", "标的名称", "技术要求", "数量", "最高限价（元）"), ("1", "服务器", "内存：≥256GB", "10台", "100")]


def test_a_lone_ceiling_beside_a_quantity_is_the_price_of_one() -> None:
    (server,) = read(text_document(CEILING), "t.docx").items
    assert (server.unit_price and server.unit_price.fen, server.total, server.amount_fen) == (10_000, None, 100_000)


def test_a_lone_ceiling_whose_printed_sum_adds_the_rows_up_is_the_rows_sum() -> None:
    rows = [*CEILING, ("2", "交换机", "端口：≥24个", "2台", "60"), ("合计", "", "", "", "160")]
    table = read(text_document(rows), "t.docx")
    assert [(item.unit_price, item.total and item.total.fen) for item in table.items] == [(None, 10_000), (None, 6_000)]
    assert not [notice for notice in table.notices if notice.code == "subtotal_differs"]
