"""Tables that have one device a column, with a parameter in every row."""

import pytest

from domain.documents import ParameterTable
from tests.domain.builders import text_document
from tests.domain.documents.whole import all_text, names, p, parameters, raw_document, read, tbl, tc, tr

ROWS = [
    ("内存", "≥256GB", "/"),
    ("吞吐量", "—", "≥10Gbps"),
    ("质保", "3年", "3年"),
    ("数量", "12台", "2台"),
    ("单价（万元）", "6.8", "8"),
]
BOTH = {"应用服务器": ["内存：≥256GB", "质保：3年"], "防火墙": ["吞吐量：≥10Gbps", "质保：3年"]}
LIST = [("序号", "设备名称", "技术参数", "数量"), ("1", "服务器", "CPU≥16核", "2")]


def document(*table: tuple[str, ...]) -> ParameterTable:
    return read(text_document(list(table)), "招标文件.docx")


@pytest.mark.parametrize(
    "title", ["指标", "指标项", "参数", "参数名称", "项目", "设备名称", "设备", "名称", "技术参数"]
)
def test_every_device_of_a_column_is_an_item(title: str) -> None:
    table = document((title, "应用服务器", "防火墙"), *ROWS)
    assert parameters(table) == BOTH
    assert [item.quantity.text for item in table.items if item.quantity] == ["12台", "2台"]
    assert [item.amount_fen for item in table.items] == [81_600_000, 16_000_000]


def test_a_column_of_numbers_before_the_parameters_changes_nothing() -> None:
    numbered = [(str(number), *row) for number, row in enumerate(ROWS, start=1)]
    assert parameters(document(("序号", "指标项", "应用服务器", "防火墙"), *numbered)) == BOTH


def test_bare_values_tell_devices_where_no_row_counts_them() -> None:
    assert parameters(document(("指标", "应用服务器", "防火墙"), *ROWS[:3])) == BOTH


def test_a_single_device_is_told_by_its_quantity() -> None:
    table = document(("指标", "应用服务器"), ("内存", "≥256GB"), ("数量", "2台"))
    assert parameters(table) == {"应用服务器": ["内存：≥256GB"]}


def test_a_note_over_all_columns_is_kept() -> None:
    note = tr(tc("注：以上参数均为最低要求。", '<w:gridSpan w:val="3"/>'))
    table = read(
        raw_document(p("设备参数"), tbl(tr("指标", "应用服务器", "防火墙"), *(tr(*row) for row in ROWS), note))
    )
    assert parameters(table) == BOTH
    assert "注：以上参数均为最低要求。" in all_text(table)


@pytest.mark.parametrize(
    "other",
    [
        [("项目", "第一阶段", "第二阶段"), ("时间", "30天", "60天"), ("付款", "30%", "70%")],
        [("项目", "要求"), ("质保", "3年"), ("到场", "2小时")],
        [("指标", "招标要求", "投标响应"), ("内存", "≥256GB", "≥512GB")],
        [("项目", "分值", "评分标准"), ("方案", "10", "优得10分")],
    ],
)
def test_columns_that_are_no_devices_make_no_items(other: list[tuple[str, ...]]) -> None:
    assert names(read(text_document(LIST, "附表", other))) == ["服务器"]


def test_parameters_as_columns_are_not_turned() -> None:
    table = document(("设备名称", "内存", "硬盘", "数量"), ("应用服务器", "≥256GB", "≥4块", "12台"))
    assert parameters(table) == {"应用服务器": ["内存：≥256GB", "硬盘：≥4块"]}
