"""Estimates of several sheets, requirements by the common template, and tables with columns of their own."""

from tests.domain.builders import sheets, text_document, workbook
from tests.domain.documents.whole import WAN, codes, names, p, parameters, raw_document, read, rows, tbl, tc, tr

START, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_an_estimate_of_a_summary_equipment_and_software_counts_every_amount_once() -> None:
    table = read(
        sheets(
            {
                "总概算表": [
                    ("单位：万元",),
                    ("序号", "费用名称", "投资额", "占比", "备注"),
                    ("一", "工程费用", 130, "90%", "①+②"),
                    (1, "设备购置费", 100, None, "见附表1"),
                    (2, "软件开发费", 30, None, "见附表2"),
                    ("二", "工程建设其他费用", 10, None, None),
                    (1, "监理费", 6, None, "按3%"),
                    (2, "测评费", 4, None, None),
                    ("三", "基本预备费", 7, "5%", None),
                    (None, "总投资", 147, None, None),
                ],
                "附表1 设备购置费": [
                    ("序号", "设备名称", "规格、型号、主要技术参数", "单位", "数量", "单价（万元）", "总价（万元）"),
                    ("一", "计算资源", None, None, None, None, 60),
                    (1, "应用服务器", "1、CPU：2颗；\n2、内存：≥256GB", "台", 6, 10, 60),
                    ("二", "网络设备", None, None, None, None, 40),
                    (1, "核心交换机", "交换容量≥2Tbps", "台", 2, 20, 40),
                    ("合计", None, None, None, None, None, 100),
                ],
                "附表2 软件开发费": [
                    ("序号", "系统名称", "功能模块", "功能描述", "工作量（人月）", "单价（万元/人月）", "金额（万元）"),
                    (1, "指挥调度", "值班管理", "排班、交接班", 5, 1.5, 7.5),
                    (2, None, "事件管理", "事件上报、流转、办结", 10, 1.5, 15),
                    (3, "数据分析", "报表", "统计报表", 5, 1.5, 7.5),
                    ("合计", None, None, None, 20, None, 30),
                ],
            }
        )
    )
    assert [(item.subsystem, item.name, item.quantity and item.quantity.text) for item in table.items] == [
        ("工程建设其他费用", "监理费", None),
        ("工程建设其他费用", "测评费", None),
        ("", "基本预备费", None),
        ("计算资源", "应用服务器", "6台"),
        ("网络设备", "核心交换机", "2台"),
        ("指挥调度", "值班管理", "5人月"),
        ("指挥调度", "事件管理", "10人月"),
        ("数据分析", "报表", "5人月"),
    ]
    assert table.total_fen == 147 * WAN
    assert codes(table) == ["columns_not_compared", "overview_left_out"]
    assert any(clause.text == "占比：5%" and clause.place == "总概算表!D9" for clause in table.clauses)


def test_the_template_of_government_procurement_with_a_summary_and_a_table_for_each_subject() -> None:
    table = read(
        text_document(
            "一、采购标的汇总表",
            "采购包1：",
            [
                ("序号", "标的名称", "数量", "标的金额（元）", "计量单位", "所属行业", "是否涉及采购进口产品"),
                ("1", "应用服务器", "4.00", "500,000.00", "台", "工业", "否"),
                ("2", "下一代防火墙", "2.00", "100,000.00", "台", "工业", "否"),
            ],
            "二、技术商务要求",
            "采购包1：",
            "标的名称：应用服务器",
            [
                ("参数性质", "序号", "技术参数与性能指标"),
                ("★", "1", "CPU≥2颗，每颗≥16核"),
                ("▲", "2", "内存≥256GB"),
                ("", "3", "硬盘≥4TB"),
            ],
            "标的名称：下一代防火墙",
            [("参数性质", "序号", "技术参数与性能指标"), ("", "1", "吞吐量≥10Gbps")],
            "三、商务要求",
            [("参数性质", "序号", "商务要求"), ("★", "1", "交货期：签订后30日"), ("", "2", "3年原厂质保")],
        )
    )
    assert rows(table) == [
        ("", "应用服务器", ("CPU≥2颗，每颗≥16核", "内存≥256GB", "硬盘≥4TB"), "4.00台", None, 50_000_000),
        ("", "下一代防火墙", ("吞吐量≥10Gbps",), "2.00台", None, 10_000_000),
    ]
    assert [parameter.mark for parameter in table.items[0].parameters] == ["★", "▲", ""]
    assert {item.package for item in table.items} == {"包1"}
    assert any(clause.text == "3年原厂质保" and clause.place == "表4 第3行" for clause in table.clauses)


def test_a_mark_before_a_parameter_s_own_number_counts() -> None:
    table = read(
        raw_document(
            tbl(
                tr("序号", "货物名称", "序号", "技术参数", "数量"),
                tr(tc("1", START), tc("服务器", START), "1.1", "CPU≥16核", tc("2台", START)),
                tr(tc("", ON), tc("", ON), "★1.2", "内存≥256GB", tc("", ON)),
            )
        )
    )
    assert [(held.text, held.mark) for held in table.items[0].parameters] == [("CPU≥16核", ""), ("内存≥256GB", "★")]


def test_one_column_may_hold_the_name_and_what_is_required() -> None:
    table = read(
        workbook(
            [
                ("序号", "货物名称及规格型号", "单位", "数量"),
                (1, "服务器 CPU≥16核，内存≥256GB", "台", 2),
                (2, "防火墙（吞吐≥1G）", "台", 1),
                (3, "机柜", "台", 1),
            ]
        )
    )
    assert parameters(table) == {"服务器": ["CPU≥16核", "内存≥256GB"], "防火墙": ["吞吐≥1G"], "机柜": []}


def test_prose_with_groups_fields_and_counts() -> None:
    table = read(
        text_document(
            "一、项目概述",
            "本项目建设城市运行中心。",
            "二、建设内容及技术要求",
            "（一）计算资源",
            "1.应用服务器",
            "数量：4台",
            "技术参数：",
            "（1）处理器：2颗，每颗核心数≥16；",
            "（2）★内存：≥256GB；",
            "2.数据库服务器",
            "数量：2台",
            "技术参数：CPU≥4颗；内存≥512GB",
            "（二）网络安全",
            "1.防火墙 2台",
            "①吞吐量≥10Gbps",
            "三、服务要求",
            "1.质保期3年。",
            "四、付款方式",
            "合同签订后支付30%。",
        )
    )
    assert rows(table) == [
        ("计算资源", "应用服务器", ("处理器：2颗，每颗核心数≥16", "★内存：≥256GB"), "4台", None, None),
        ("计算资源", "数据库服务器", ("CPU≥4颗", "内存≥512GB"), "2台", None, None),
        ("网络安全", "防火墙", ("吞吐量≥10Gbps",), "2台", None, None),
    ]
    assert {"1.质保期3年。", "合同签订后支付30%。"} <= {clause.text for clause in table.clauses}


def test_a_row_that_only_points_elsewhere_takes_what_stands_there() -> None:
    table = read(
        text_document(
            "采购清单",
            [
                ("序号", "名称", "技术参数", "数量"),
                ("1", "服务器", "详见技术参数", "4台"),
                ("2", "UPS", "见附件", "1套"),
            ],
            "技术参数",
            "一、服务器",
            "1、CPU≥16核",
            "2、内存≥256GB",
            "二、打印机（3台）",
            "1、A3幅面",
        )
    )
    assert parameters(table) == {"服务器": ["CPU≥16核", "内存≥256GB"], "UPS": []}
    (told,) = [notice for notice in table.notices if notice.code == "prose_not_compared"]
    assert "打印机" in told.message
    assert told.place == "第6段"


def test_tables_headed_by_their_device_in_a_row() -> None:
    device = tc("应用服务器（数量：4台）", '<w:gridSpan w:val="2"/>')
    table = read(
        raw_document(
            tbl(tr(device), tr("指标项", "指标要求"), tr("CPU", "≥16核"), tr("内存", "≥256GB")),
            p("网络安全设备的具体要求在下表列出，请逐项响应。"),
            tbl(
                tr("序号", "指标项", "指标要求", "数量"),
                tr(tc("一、防火墙", '<w:gridSpan w:val="3"/>'), "2台"),
                tr("1", "吞吐量", "≥10Gbps", ""),
                tr(tc("二、堡垒机", '<w:gridSpan w:val="3"/>'), "1台"),
                tr("1", "授权", "≥50点", ""),
            ),
        )
    )
    assert rows(table) == [
        ("", "应用服务器", ("CPU：≥16核", "内存：≥256GB"), "4台", None, None),
        ("", "防火墙", ("吞吐量：≥10Gbps",), "2台", None, None),
        ("", "堡垒机", ("授权：≥50点",), "1台", None, None),
    ]


def test_several_columns_of_quantity_are_added_or_left_to_a_person() -> None:
    grouped = read(
        workbook(
            [
                ("序号", "设备名称", "技术参数", "数量（台）", None),
                (None, None, None, "市级", "区级"),
                (1, "服务器", "CPU≥16核", 4, 2),
            ],
            merged=["A1:A2", "B1:B2", "C1:C2", "D1:E1"],
        )
    )
    (one,) = grouped.items
    assert one.quantity is not None
    assert one.quantity.number == 6
    apart = read(
        workbook([("序号", "设备名称", "技术参数", "批复数量", "本次采购数量"), (1, "服务器", "CPU≥16核", 10, 6)])
    )
    (other,) = apart.items
    assert other.quantity is not None
    assert (other.quantity.text, other.quantity.number) == ("批复数量10，本次采购数量6", None)


def test_services_say_their_content_as_a_requirement() -> None:
    table = read(
        text_document(
            [
                ("序号", "服务名称", "服务内容", "服务要求", "服务期限", "数量"),
                ("1", "驻场运维", "7×24小时驻场", "不少于5人", "1年", "1项"),
            ]
        )
    )
    assert parameters(table) == {"驻场运维": ["7×24小时驻场", "不少于5人", "服务期限：1年"]}


def test_a_part_of_a_sum_is_no_item_and_no_false_alarm() -> None:
    table = read(
        workbook(
            [
                ("序号", "名称", "技术参数", "数量", "合价（万元）"),
                (1, "服务器", "CPU≥16核", 2, 25),
                (None, "其中：GPU卡", "≥2块", 4, 5),
                (None, "合计", None, None, 25),
            ]
        )
    )
    assert names(table) == ["服务器"]
    assert [subtotal.label for subtotal in table.subtotals] == ["其中：GPU卡", "合计"]
    assert codes(table) == []
    assert [clause.text for clause in table.clauses] == ["≥2块"]


def test_parameters_merged_over_two_devices_belong_to_both() -> None:
    table = read(
        workbook(
            [
                ("序号", "设备名称", "技术参数", "数量"),
                (1, "摄像机A", "分辨率≥400万", "10台"),
                (2, "摄像机B", None, "20台"),
            ],
            merged=["C2:C3"],
        )
    )
    assert parameters(table) == {"摄像机A": ["分辨率≥400万"], "摄像机B": ["分辨率≥400万"]}


def test_columns_without_a_use_are_kept_as_text_and_told() -> None:
    table = read(
        workbook(
            [("序号", "设备名称", "技术参数", "数量", "推荐供应渠道"), (1, "服务器", "CPU≥16核", "2台", "华为沈阳代理")]
        )
    )
    assert [(clause.text, clause.place) for clause in table.clauses] == [("推荐供应渠道：华为沈阳代理", "设备清单!E2")]
    assert codes(table) == ["columns_not_compared"]


def test_amounts_with_rates_or_said_twice_are_read_and_contradictions_are_not() -> None:
    written = ["300万元（含税6%）", "56.60万元（不含税 6 %）", "壹拾伍万元整（¥150,000）", "壹拾伍万元整（¥160,000）"]
    table = read(
        workbook(
            [
                ("序号", "设备名称", "技术参数", "合价（元）"),
                *((order, f"设备{order}", "国产", text) for order, text in enumerate(written, start=1)),
            ]
        )
    )
    assert [(item.total.fen, item.total.tax) for item in table.items if item.total] == [
        (300 * WAN, "含税"),
        (5660 * WAN // 100, "不含税"),
        (15 * WAN, ""),
        (None, ""),
    ]
    assert codes(table) == ["money_unit_unknown"]


def test_a_sheet_of_numbers_and_parameters_belongs_to_the_rows_of_those_numbers() -> None:
    table = read(
        sheets(
            {
                "设备清单": [("序号", "设备名称", "单位", "数量"), (1, "应用服务器", "台", 4), (2, "防火墙", "台", 2)],
                "技术参数": [("序号", "技术参数"), (1, "CPU≥16核"), (None, "内存≥256GB"), (2, "吞吐量≥10Gbps")],
            }
        )
    )
    assert parameters(table) == {"应用服务器": ["CPU≥16核", "内存≥256GB"], "防火墙": ["吞吐量≥10Gbps"]}
    assert table.items[1].parameters[0].place == "技术参数!B4"


def test_numbers_that_fit_no_row_leave_the_parameters_to_a_person() -> None:
    table = read(
        sheets(
            {
                "设备清单": [("序号", "设备名称", "单位", "数量"), (1, "应用服务器", "台", 4)],
                "技术参数": [("序号", "技术参数"), (1, "CPU≥16核"), (7, "吞吐量≥10Gbps")],
            }
        )
    )
    assert parameters(table) == {"应用服务器": []}
    assert codes(table) == ["table_not_compared"]
    assert "吞吐量≥10Gbps" in [clause.text for clause in table.clauses]


def test_headers_in_two_languages_and_groups_that_were_never_joined() -> None:
    table = read(
        workbook(
            [
                ("No.", "设备名称 Name", "技术参数 Specification", "", "数量 Qty", "", "单价 Price(元)"),
                ("", "", "指标", "要求", "单位", "数量", ""),
                (1, "服务器", "CPU", "≥16核", "台", 2, 100),
                ("", "", "内存", "≥256GB", "", "", ""),
            ]
        )
    )
    assert rows(table) == [("", "服务器", ("CPU：≥16核", "内存：≥256GB"), "2台", 10_000, None)]


def test_headings_inside_a_cell_are_no_parameters() -> None:
    cell = "一、硬件参数\n1、CPU≥16核；\n2、内存≥256GB；\n二、软件要求\n1、支持集群；\n2、满足等保三级要求"
    table = read(workbook([("序号", "设备名称", "技术参数", "数量"), (1, "服务器", cell, "2台")]))
    assert parameters(table) == {"服务器": ["CPU≥16核", "内存≥256GB", "支持集群", "满足等保三级要求"]}


def test_modules_between_system_and_function_are_kept_as_text() -> None:
    table = read(
        workbook(
            [
                ("序号", "子系统", "功能模块", "功能点", "功能描述", "合价（万元）"),
                (1, "指挥调度", "值班", "排班管理", "支持自动排班", 10),
                (2, None, None, "交接班", "支持交接班记录", 5),
                (3, "数据分析", "报表", "统计报表", "支持统计", 10),
            ],
            merged=["B2:B3", "C2:C3"],
        )
    )
    assert [(item.subsystem, item.name) for item in table.items] == [
        ("指挥调度", "排班管理"),
        ("指挥调度", "交接班"),
        ("数据分析", "统计报表"),
    ]
    assert [clause.text for clause in table.clauses] == ["值班", "报表"]
    assert codes(table) == []
