"""One name under several headings, tables with a column of scores, and cells of columns nobody knows."""

import pytest

from tests.domain.builders import sheets, text_document, workbook
from tests.domain.documents.whole import all_text, codes, names, parameters, read, rows

HEAD = ("序号", "设备名称", "技术参数", "单位", "数量")
COOLER = (1, "精密空调", "制冷量≥40kW；风量≥9000m³/h", "台", 2)
WEAKER = (1, "精密空调", "制冷量≥40kW；风量≥8000m³/h", "台", 2)


def subsystems(content: bytes, name: str = "清单.xlsx") -> list[str]:
    """The sub-system of each item."""
    return [item.subsystem for item in read(content, name).items]


@pytest.mark.parametrize(
    "titles",
    [
        ("灾备中心", "主数据中心"),
        ("灾备中心设备清单", "主数据中心设备清单"),
        ("灾备中心采购清单", "主数据中心（一期）"),
    ],
)
def test_one_name_in_two_sheets_has_the_sheet_for_its_subsystem(titles: tuple[str, str]) -> None:
    content = sheets({titles[0]: [HEAD, WEAKER], titles[1]: [HEAD, COOLER]})
    assert subsystems(content) == ["灾备中心", "主数据中心"]


def test_the_line_above_the_table_says_it_before_the_sheet_does() -> None:
    content = sheets(
        {
            "Sheet1": [("表1 灾备中心软硬件设备清单",), HEAD, WEAKER],
            "Sheet2": [("表2 主数据中心软硬件设备清单",), HEAD, COOLER],
        }
    )
    assert subsystems(content) == ["灾备中心", "主数据中心"]
    paragraphs = ["一、灾备中心设备清单", [HEAD, tuple(map(str, WEAKER))], "二、主数据中心设备清单"]
    assert subsystems(text_document(*paragraphs, [HEAD, tuple(map(str, COOLER))]), "t.docx") == [
        "灾备中心",
        "主数据中心",
    ]


@pytest.mark.parametrize("titles", [("Sheet1", "Sheet2"), ("清单", "设备清单（2）"), ("灾备中心", "Sheet2")])
def test_sheets_that_say_nothing_tell_nothing_apart(titles: tuple[str, str]) -> None:
    assert subsystems(sheets({titles[0]: [HEAD, WEAKER], titles[1]: [HEAD, COOLER]})) == ["", ""]


def test_other_names_packages_and_told_subsystems_stay_as_they_are() -> None:
    other = sheets({"网络": [HEAD, (1, "防火墙", "冗余电源", "台", 1)], "机房": [HEAD, COOLER]})
    packages = sheets({"包1": [HEAD, WEAKER], "包2": [HEAD, COOLER]})
    told = sheets(
        {"网络": [("子系统", *HEAD[1:]), ("甲", *COOLER[1:])], "机房": [("子系统", *HEAD[1:]), ("乙", *COOLER[1:])]}
    )
    assert subsystems(other) == subsystems(packages) == ["", ""]
    assert subsystems(told) == ["甲", "乙"]


def test_a_list_and_its_parameters_in_sheets_of_their_own_are_one() -> None:
    table = read(
        sheets({"采购清单": [(*HEAD[:2], *HEAD[3:]), (1, "精密空调", "台", 2)], "技术要求": [HEAD[:3], COOLER[:3]]})
    )
    assert [(item.name, item.subsystem) for item in table.items] == [("精密空调", "")]


@pytest.mark.parametrize("title", ["证明材料", "分值", "得分", "权重"])
def test_parameters_beside_a_column_of_scores_or_proofs_are_read(title: str) -> None:
    table = read(
        sheets(
            {
                "采购清单": [(*HEAD[:2], *HEAD[3:]), (1, "精密空调", "台", 2)],
                "参数": [(*HEAD[:3], title), (1, "精密空调", "制冷量≥40kW", "检测报告")],
            }
        )
    )
    assert parameters(table) == {"精密空调": ["制冷量≥40kW"]}
    assert codes(table) == ["columns_not_compared"]


def test_points_given_for_items_that_the_list_describes_are_no_items() -> None:
    table = read(
        sheets({"采购清单": [HEAD, COOLER], "评审": [(*HEAD[:3], "分值"), (1, "精密空调", "制冷量≥60kW", "5")]})
    )
    assert parameters(table) == {"精密空调": ["制冷量≥40kW", "风量≥9000m³/h"]}
    assert "制冷量≥60kW" in all_text(table)


@pytest.mark.parametrize(
    "head",
    [
        ("序号", "评审因素", "评审标准", "分值"),
        ("序号", "资格条件", "要求", "证明材料"),
        ("序号", "名称", "要求", "证明材料"),
        ("序号", "评分项", "技术参数", "分值"),
    ],
)
def test_scores_and_qualifications_are_no_lists(head: tuple[str, ...]) -> None:
    table = read(sheets({"采购清单": [HEAD, COOLER], "附表": [head, (1, "营业执照", "具有独立法人资格", "复印件")]}))
    assert names(table) == ["精密空调"]
    assert "具有独立法人资格" in all_text(table)


def test_places_that_add_up_to_a_sum_are_quantities() -> None:
    head = ("序号", "设备名称", "市局", "和平区", "合计", "单价（元）")
    table = read(workbook([head, (1, "防火墙", 2, 1, 3, 500), (2, "交换机", 1, 1, 2, 100)]))
    assert [row[3] for row in rows(table)] == ["市局2，和平区1", "市局1，和平区1"]
    assert [item.quantity.number for item in table.items if item.quantity] == [3, 2]
    assert table.total_fen == 170_000


def test_kinds_of_cost_that_add_up_to_a_sum_are_money() -> None:
    head = ("序号", "工程或费用名称", "建筑工程", "设备购置", "合计")
    table = read(workbook([head, (1, "机房", 10, 20, 30), (2, "网络", 5, 25, 30)]))
    assert all(item.quantity is None and item.total for item in table.items)


def test_cells_of_unknown_columns_stay_with_their_row() -> None:
    table = read(workbook([(*HEAD, "安装地点"), (*COOLER, "3楼机房"), (2, "机柜", "42U", "台", 1, "")]))
    assert [[(aside.text, aside.place) for aside in item.asides] for item in table.items] == [
        [("安装地点：3楼机房", "设备清单!F2")],
        [],
    ]


def test_the_unit_of_work_in_a_title_counts_whatever_the_row_is_called_by() -> None:
    head = ("序号", "功能模块", "功能描述", "单位", "工作量（人月）")
    table = read(workbook([head, (1, "用户登录", "支持扫码登录", "项", 2)]))
    assert [item.quantity.text for item in table.items if item.quantity] == ["2人月"]
    counted = read(
        workbook([("序号", "设备名称", "技术参数", "单位", "数量（台）"), (1, "防火墙", "冗余电源", "套", 2)])
    )
    assert [item.quantity.text for item in counted.items if item.quantity] == ["2套"]


def test_a_quantity_merged_over_rows_with_units_is_not_said_again() -> None:
    head = ("序号", "设备名称", "技术参数", "单位", "数量")
    table = read(
        workbook(
            [head, (1, "防火墙", "冗余电源", "台", 2), (None, None, "吞吐量≥20Gbps", None, None)],
            merged=["E2:E3", "D2:D3"],
        )
    )
    assert [(item.name, item.quantity.text) for item in table.items if item.quantity] == [("防火墙", "2台")]
