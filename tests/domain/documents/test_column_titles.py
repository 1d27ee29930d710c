"""Titles of columns that mislead: levels of modules, stages of a change, groups, quantities and marks."""

import pytest

from domain.documents import ParameterTable
from tests.domain.builders import sheets, text_document
from tests.domain.documents.whole import all_text, codes, names, parameters, read, rows

SIGNED = "支持在线签发，签发时间≤2秒"


def document(*table: tuple[str, ...]) -> ParameterTable:
    return read(text_document(list(table)), "招标文件.docx")


@pytest.mark.parametrize(
    ("outer", "inner", "demand"),
    [
        ("一级模块", "二级模块", "功能要求"),
        ("一级功能", "二级功能", "功能要求/说明"),
        ("一级菜单", "二级菜单", "功能描述"),
        ("子系统", "二级模块", "功能说明"),
        ("一级系统", "三级模块", "建设要求"),
    ],
)
def test_levels_of_modules_are_sub_system_and_name(outer: str, inner: str, demand: str) -> None:
    table = document(("序号", outer, inner, demand, "最高限价（元）"), ("1", "证照", "证照签发", SIGNED, "600000"))
    assert rows(table) == [("证照", "证照签发", (SIGNED,), "", None, 60_000_000)]


def test_the_same_module_name_in_two_upper_modules_is_told_apart() -> None:
    header = ("序号", "一级模块", "二级模块", "三级模块", "功能说明")
    table = document(
        header,
        ("1", "平台", "用户管理", "查询", "支持按姓名查询"),
        ("2", "平台", "日志管理", "查询", "支持按时间查询"),
        ("3", "平台", "日志管理", "归档", "支持归档"),
    )
    assert [(item.subsystem, item.name) for item in table.items] == [
        ("平台／用户管理", "查询"),
        ("平台／日志管理", "查询"),
        ("平台", "归档"),
    ]


def test_levels_beside_a_device_name_are_its_sub_system() -> None:
    table = document(("序号", "一级分类", "设备名称", "技术参数", "数量"), ("1", "计算", "服务器", "CPU≥16核", "2"))
    assert rows(table) == [("计算", "服务器", ("CPU≥16核",), "2", None, None)]


def test_levels_of_a_scoring_table_list_nothing() -> None:
    table = read(
        text_document(
            [("序号", "一级指标", "二级指标", "评分标准", "分值"), ("1", "技术", "方案", "优", "5")],
            [("序号", "设备名称", "技术参数", "数量"), ("1", "服务器", "CPU≥16核", "2")],
        )
    )
    assert names(table) == ["服务器"]


@pytest.mark.parametrize(
    ("naming", "value"), [("指标名称", "指标值"), ("名称", "数值"), ("项目", "要求值"), ("指标", "下限")]
)
def test_the_lower_header_of_a_group_names_the_parameters(naming: str, value: str) -> None:
    content = sheets(
        {
            "清单": [
                ("序号", "设备名称", "技术指标", None, "单位", "数量"),
                (None, None, naming, value, None, None),
                (1, "应用服务器", "内存", "≥512GB", "台", 12),
                (None, None, "质保", "3年", None, None),
            ]
        },
        merged=("A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2", "A3:A4", "B3:B4", "E3:E4", "F3:F4"),
    )
    assert rows(read(content)) == [("", "应用服务器", ("内存：≥512GB", "质保：3年"), "12台", None, None)]


def test_a_group_of_parameters_named_each_by_its_own_title_keeps_the_titles() -> None:
    content = sheets(
        {
            "清单": [
                ("序号", "设备名称", "技术指标", None, "数量"),
                (None, None, "CPU", "内存", None),
                (1, "应用服务器", "≥16核", "≥512GB", 12),
            ]
        },
        merged=("A1:A2", "B1:B2", "C1:D1", "E1:E2"),
    )
    assert parameters(read(content)) == {"应用服务器": ["CPU：≥16核", "内存：≥512GB"]}


def test_two_columns_that_both_demand_are_both_demands() -> None:
    table = document(
        ("序号", "设备名称", "基本参数", "扩展要求", "数量"),
        ("1", "应用服务器", "1、内存：≥256GB\n2、硬盘：≥4块", "质保：3年", "12"),
        ("2", "防火墙", "吞吐量：≥10Gbps", "并发连接数：≥500万", "2"),
    )
    assert parameters(table) == {
        "应用服务器": ["内存：≥256GB", "硬盘：≥4块", "质保：3年"],
        "防火墙": ["吞吐量：≥10Gbps", "并发连接数：≥500万"],
    }


def test_a_column_of_long_parameter_names_still_names() -> None:
    table = document(
        ("序号", "设备名称", "参数名称", "参数要求", "数量"),
        ("1", "防火墙", "支持的最大并发会话连接数量（IPv4、IPv6双栈环境）", "≥500万", "2"),
        ("", "", "4K随机读IOPS", "≥30万", ""),
    )
    assert parameters(table) == {
        "防火墙": ["支持的最大并发会话连接数量（IPv4、IPv6双栈环境）：≥500万", "4K随机读IOPS：≥30万"]
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("批复参数", "招标参数"),
        ("原参数", "现参数"),
        ("变更前技术参数", "变更后技术参数"),
        ("概算批复技术要求", "招标技术要求"),
        ("原招标要求", "修改后要求"),
        ("送审参数", "审定参数"),
        ("原配置", "现配置"),
        ("调整前规格", "调整后规格"),
    ],
)
def test_of_two_stages_the_last_counts_and_the_other_is_told(before: str, after: str) -> None:
    header = ("序号", "设备名称", before, after, "数量")
    table = document(header, ("1", "应用服务器", "内存：≥512GB", "内存：≥256GB", "12台"))
    assert parameters(table) == {"应用服务器": ["内存：≥256GB"]}
    assert codes(table) == ["columns_not_compared"]
    assert f"{before}：内存：≥512GB" in all_text(table)


@pytest.mark.parametrize(
    ("name", "above", "demands"),
    [
        ("招标文件.docx", "", ["内存：≥256GB"]),
        ("初步设计批复附表.docx", "", ["内存：≥512GB"]),
        ("附件1.docx", "公开招标文件：供应商须知，投标人应当……", ["内存：≥256GB"]),
        ("附件1.docx", "关于某项目初步设计及概算的批复", ["内存：≥512GB"]),
        ("附件1.docx", "", ["内存：≥512GB", "内存：≥256GB"]),
        ("批复与招标参数对照表.docx", "", ["内存：≥512GB", "内存：≥256GB"]),
    ],
)
def test_the_column_of_the_documents_own_stage_counts_and_both_where_it_tells_none(
    name: str, above: str, demands: list[str]
) -> None:
    row = ("1", "应用服务器", "内存：≥512GB", "内存：≥256GB", "5", "6")
    header = ("序号", "设备名称", "批复参数", "招标参数", "批复单价（万元）", "招标单价（万元）")
    table = read(text_document(*([above] if above else []), [header, row]), name)
    assert parameters(table) == {"应用服务器": demands}
    assert "内存：≥512GB" in all_text(table)
    assert "内存：≥256GB" in all_text(table)


def test_the_price_of_the_approved_stage_is_the_approvals() -> None:
    header = ("序号", "设备名称", "技术参数", "数量", "批复单价（万元）", "招标单价（万元）")
    table = read(text_document([header, ("1", "服务器", "内存≥512GB", "2", "5", "6")]), "概算批复.docx")
    assert rows(table) == [("", "服务器", ("内存≥512GB",), "2", 5_000_000, None)]


def test_stages_are_told_beside_a_column_of_parameter_names() -> None:
    table = document(("设备名称", "指标", "原要求", "现要求"), ("服务器", "内存", "≥512GB", "≥256GB"))
    assert parameters(table) == {"服务器": ["内存：≥256GB"]}


def test_columns_of_which_only_one_tells_a_stage_are_both_read() -> None:
    header = ("序号", "设备名称", "技术参数", "原厂服务要求", "现场服务要求", "采购要求")
    table = document(header, ("1", "服务器", "内存≥512GB", "原厂3年", "驻场2人", "国产"))
    assert parameters(table) == {"服务器": ["内存≥512GB", "原厂3年", "驻场2人", "国产"]}


def test_what_is_there_already_takes_nothing_from_what_is_bought() -> None:
    table = document(("设备名称", "现配置", "采购配置", "数量"), ("服务器", "内存128GB", "内存≥512GB", "2"))
    assert "内存≥512GB" in parameters(table)["服务器"]


def test_the_price_of_the_last_stage_is_the_price() -> None:
    header = ("序号", "设备名称", "技术参数", "数量", "批复单价（万元）", "招标单价（万元）")
    table = document(header, ("1", "服务器", "内存≥512GB", "2", "5", "6"))
    assert rows(table) == [("", "服务器", ("内存≥512GB",), "2", 6_000_000, None)]


def test_a_quantity_merged_over_two_devices_is_each_ones_with_its_unit() -> None:
    content = sheets(
        {"清单": [("设备名称", "技术参数", "单位", "数量"), ("主机", "≥16核", "台", 2), ("备机", "≥16核", "台", None)]},
        merged=("D2:D3",),
    )
    assert [item.quantity.text if item.quantity else "" for item in read(content).items] == ["2台", "2台"]


@pytest.mark.parametrize("title", ["数量/单位", "单位/数量", "数量及单位", "数量（台/套）", "数量（台）"])
def test_quantity_and_unit_in_one_column_are_a_quantity(title: str) -> None:
    table = document(("序号", "货物名称", "技术参数", title), ("1", "服务器", "内存≥512GB", "10台"))
    assert [(item.quantity.text, int(item.quantity.number or 0)) for item in table.items if item.quantity] == [
        ("10台", 10)
    ]


def test_a_title_with_several_units_gives_none_to_the_number() -> None:
    table = document(("序号", "货物名称", "技术参数", "数量（台/套）"), ("1", "服务器", "内存≥512GB", "10"))
    assert [item.quantity.unit for item in table.items if item.quantity] == [""]


def test_quantities_of_places_are_added_and_their_printed_sum_is_no_money() -> None:
    header = ("序号", "标的名称", "技术要求", "单位", "市本级数量", "区县数量", "合计")
    table = document(
        header,
        ("1", "服务器", "内存≥512GB", "台", "4", "6", "10"),
        ("2", "防火墙", "吞吐量≥1Gbps", "台", "1", "1", "3"),
    )
    assert [(item.quantity.text, item.quantity.number) for item in table.items if item.quantity] == [
        ("市本级数量4台，区县数量6台", 10),
        ("市本级数量1台，区县数量1台，合计3台", None),
    ]
    assert [item.total for item in table.items] == [None, None]


def test_quantities_of_two_stages_are_left_to_a_person() -> None:
    table = document(("设备名称", "技术参数", "批复数量", "采购数量"), ("服务器", "内存≥512GB", "12", "10"))
    assert [item.quantity.number for item in table.items if item.quantity] == [None]


def test_a_sum_behind_quantities_that_is_none_of_theirs_stays_money() -> None:
    header = ("设备名称", "技术参数", "市级数量", "区县数量", "合计")
    table = read(text_document("单位：万元", [header, ("服务器", "内存≥512GB", "4", "6", "25.5")]))
    assert rows(table) == [("", "服务器", ("内存≥512GB",), "市级数量4，区县数量6", None, 25_500_000)]


@pytest.mark.parametrize(
    ("title", "said", "mark"),
    [
        ("是否实质性条款", "是", "★"),
        ("是否实质性条款", "否", ""),
        ("是否★", "√", "★"),
        ("是否重要参数", "是", "▲"),
        ("重要程度", "重要", "▲"),
        ("重要程度", "一般", ""),
        ("重要程度", "★", "★"),
        ("条款性质", "实质性条款", "★"),
        ("条款性质", "不可偏离", "★"),
        ("重要性", "／", ""),
    ],
)
def test_a_column_of_marks_is_read_in_words(title: str, said: str, mark: str) -> None:
    table = document(("设备名称", "指标", "要求", "数量", title), ("服务器", "内存", "≥512GB", "2", said))
    assert [(one.text, one.mark) for one in table.items[0].parameters] == [("内存：≥512GB", mark)]


@pytest.mark.parametrize(
    ("title", "said"), [("重要程度", "#"), ("重要程度", "核心"), ("是否关键指标", "是"), ("标识", "P1")]
)
def test_a_mark_that_nobody_can_read_is_compared_as_written(title: str, said: str) -> None:
    table = document(("设备名称", "指标", "要求", "数量", title), ("服务器", "内存", "≥512GB", "2", said))
    assert [one.text for one in table.items[0].parameters] == [f"内存：≥512GB（标记：{said}）"]


def test_a_column_that_asks_whether_it_is_the_core_product_marks_nothing() -> None:
    table = document(("设备名称", "技术参数", "数量", "是否核心产品"), ("服务器", "内存≥512GB", "2", "是"))
    assert [(one.text, one.mark) for one in table.items[0].parameters] == [("内存≥512GB", "")]
