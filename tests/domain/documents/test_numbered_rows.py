"""Rows below others by their numbers: a device and its parameters, a section and its devices, parts that are bought."""

import pytest

from domain.documents import ParameterTable
from domain.documents.refusals import DocumentRefused
from tests.domain.builders import text_document, workbook
from tests.domain.documents.whole import all_text, parameters, read, rows

HEAD = ("序号", "名称", "技术要求", "单位", "数量")
SERVER = {"应用服务器": ["内存：≥512GB", "质保：3年"], "前置服务器": ["内存：≥256GB", "质保：5年"]}


def document(*table: tuple[str, ...]) -> ParameterTable:
    return read(text_document(list(table)), "招标文件.docx")


@pytest.mark.parametrize(
    "numbers",
    [
        ("1", "1.1", "1.2", "2", "2.1", "2.2"),
        ("1.", "1.1.", "1.2.", "2.", "2.1.", "2.2."),
        ("1", "1-1", "1-2", "2", "2-1", "2-2"),
        ("3", "3.1", "3.2", "4", "4.1", "4.2"),
        ("1", "（1）", "（2）", "2", "（1）", "（2）"),
        ("1", "1)", "2)", "2", "1)", "2)"),
        ("1", "①", "②", "2", "①", "②"),
        ("一", "1", "2", "二", "1", "2"),
        ("（一）", "1", "2", "（二）", "1", "2"),
        ("1", "", "", "2", "", ""),
    ],
)
def test_rows_numbered_below_a_device_are_its_parameters(numbers: tuple[str, ...]) -> None:
    told = [
        ("应用服务器", "", "台", "12"),
        ("内存", "≥512GB", "", ""),
        ("质保", "3年", "", ""),
        ("前置服务器", "", "台", "4"),
        ("内存", "≥256GB", "", ""),
        ("质保", "5年", "", ""),
    ]
    table = document(HEAD, *((number, *row) for number, row in zip(numbers, told, strict=True)))
    assert parameters(table) == SERVER
    assert [item.quantity.number for item in table.items if item.quantity] == [12, 4]


def test_the_numbers_may_stand_before_the_names() -> None:
    head = HEAD[1:]
    table = document(
        head, ("1、应用服务器", "", "台", "12"), ("1.1 内存", "≥512GB", "", ""), ("▲1.2 质保", "3年", "", "")
    )
    assert parameters(table) == {"应用服务器": ["内存：≥512GB", "▲质保：3年"]}
    assert [one.mark for one in table.items[0].parameters] == ["", "▲"]


def test_a_quantity_among_the_parameters_counts_the_device() -> None:
    table = document(
        ("序号", "指标项", "技术要求"),
        ("1", "应用服务器", "数量：12台"),
        ("1.1", "内存", "≥512GB"),
        ("1.2", "质保", "3年"),
        ("2", "前置服务器", "数量：4台"),
        ("2.1", "内存", "≥256GB"),
        ("2.2", "质保", "5年"),
    )
    assert parameters(table) == SERVER
    assert [item.quantity.text for item in table.items if item.quantity] == ["12台", "4台"]


def test_a_table_without_quantities_tells_devices_by_the_bare_values_below_them() -> None:
    table = document(
        ("序号", "名称", "技术要求"),
        ("1", "应用服务器", ""),
        ("1.1", "内存", "≥512GB"),
        ("1.2", "质保", "3年"),
        ("2", "前置服务器", ""),
        ("2.1", "内存", "≥256GB"),
        ("2.2", "质保", "5年"),
    )
    assert parameters(table) == SERVER


def test_groups_below_a_device_are_kept_and_their_rows_are_its_parameters() -> None:
    table = document(
        HEAD,
        ("1", "计算资源", "", "", ""),
        ("1.1", "应用服务器", "", "台", "2"),
        ("1.1.1", "硬件", "", "", ""),
        ("1.1.1.1", "内存", "≥512GB", "", ""),
        ("1.1.2", "质保", "3年", "", ""),
    )
    assert rows(table) == [("计算资源", "应用服务器", ("内存：≥512GB", "质保：3年"), "2台", None, None)]
    assert "硬件" in all_text(table)


@pytest.mark.parametrize("again", [(), (HEAD,)])
def test_parameters_go_on_in_the_next_table(again: tuple[tuple[str, ...], ...]) -> None:
    table = read(
        text_document(
            [HEAD, ("1", "应用服务器", "", "台", "12"), ("1.1", "内存", "≥512GB", "", "")],
            "续表",
            [
                *again,
                ("1.2", "质保", "3年", "", ""),
                ("2", "防火墙", "", "台", "1"),
                ("2.1", "吞吐量", "≥1Gbps", "", ""),
            ],
        )
    )
    assert parameters(table) == {"应用服务器": ["内存：≥512GB", "质保：3年"], "防火墙": ["吞吐量：≥1Gbps"]}


def test_a_sum_and_a_note_between_are_no_parameters() -> None:
    table = document(
        HEAD,
        ("1", "应用服务器", "", "台", "12"),
        ("1.1", "内存", "≥512GB", "", ""),
        ("注：以上为最低要求", "", "", "", ""),
        ("", "合计", "", "", "12"),
    )
    assert parameters(table) == {"应用服务器": ["内存：≥512GB"]}


def test_devices_below_a_section_stay_devices() -> None:
    table = document(
        HEAD,
        ("1", "计算资源", "", "", ""),
        ("1.1", "应用服务器", "CPU≥16核", "台", "12"),
        ("1.2", "工作站", "≥32GB", "台", ""),
    )
    assert [(item.subsystem, item.name) for item in table.items] == [("计算资源", "应用服务器"), ("计算资源", "工作站")]


def test_devices_without_quantities_below_a_section_stay_devices() -> None:
    table = document(
        ("序号", "名称", "技术要求"),
        ("1", "计算资源", ""),
        ("1.1", "应用服务器", "2U机架式，内存≥512GB；硬盘≥4块"),
        ("1.2", "交换机", "48口千兆；交换容量≥1Tbps"),
    )
    assert [item.name for item in table.items] == ["应用服务器", "交换机"]


@pytest.mark.parametrize("unit", ["套", "项"])
def test_modules_below_a_platform_stay_rows_of_their_own(unit: str) -> None:
    table = document(
        HEAD,
        ("1", "综合平台", "", unit, "1"),
        ("1.1", "用户管理", "支持用户新增、修改", "", ""),
        ("1.2", "日志管理", "支持日志查询，响应≤3秒", "", ""),
    )
    assert [item.name for item in table.items] == ["综合平台", "用户管理", "日志管理"]


def test_where_rows_below_devices_are_parameters_those_below_software_are_too() -> None:
    table = document(
        HEAD,
        ("1", "应用服务器", "", "台", "2"),
        ("1.1", "内存", "≥512GB", "", ""),
        ("2", "数据库软件", "", "套", "4"),
        ("2.1", "授权方式", "按CPU授权，不限用户数", "", ""),
        ("2.2", "集群能力", "支持读写分离", "", ""),
    )
    assert parameters(table) == {
        "应用服务器": ["内存：≥512GB"],
        "数据库软件": ["授权方式：按CPU授权，不限用户数", "集群能力：支持读写分离"],
    }


def test_parts_that_are_bought_by_the_piece_stay_rows_and_stand_under_their_device() -> None:
    table = document(
        HEAD,
        ("1", "应用服务器", "", "台", "2"),
        ("1.1", "内存", "32GB", "条", "16"),
        ("2", "前置服务器", "", "台", "2"),
        ("2.1", "内存", "64GB", "条", "32"),
    )
    assert [(item.subsystem, item.name) for item in table.items if item.name == "内存"] == [
        ("应用服务器", "内存"),
        ("前置服务器", "内存"),
    ]


def test_a_row_of_a_workbook_whose_number_is_a_decimal_is_below_the_whole_one() -> None:
    table = read(workbook([HEAD, (1, "应用服务器", None, "台", 2), (1.1, "内存", "≥512GB", None, None)]))
    assert parameters(table) == {"应用服务器": ["内存：≥512GB"]}


def test_groups_of_one_devices_parameters_name_no_devices() -> None:
    table = read(
        text_document(
            "应用服务器技术参数",
            [
                ("序号", "指标项", "技术要求"),
                ("1", "硬件参数", ""),
                ("1.1", "内存", "≥512GB"),
                ("2", "处理器", ""),
                ("2.1", "主频", "≥2.4GHz"),
            ],
        )
    )
    assert rows(table) == [("", "应用服务器", ("内存：≥512GB", "主频：≥2.4GHz"), "", None, None)]
    assert "硬件参数" in all_text(table)


def test_groups_of_parameters_without_any_device_are_nobodys() -> None:
    table = [("序号", "指标项", "技术要求"), ("1", "硬件参数", ""), ("1.1", "内存", "≥512GB")]
    with pytest.raises(DocumentRefused) as refused:
        read(text_document(table))
    assert refused.value.code == "no_header"
