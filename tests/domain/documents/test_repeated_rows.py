"""Rows that must not be counted twice: one parameter a row with the name repeated, and hidden sheets."""

import io

import openpyxl
import pytest

from tests.domain.builders import saved, sheets, workbook
from tests.domain.documents.whole import WAN, all_text, codes, names, parameters, read, rows

HEAD = ("序号", "设备名称", "指标名称", "指标要求", "单位", "数量", "单价（万元）")
SERVER = (1, "应用服务器", "CPU", "≥32核", "台", 2, 6.8)
MEMORY = (2, "应用服务器", "内存", "≥256GB", "台", 2, 6.8)


def hidden(content: bytes, *titles: str) -> bytes:
    """The workbook with some of its sheets hidden."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for title in titles:
        book[title].sheet_state = "hidden"
    return saved(book)


def test_quantity_and_price_in_every_row_of_one_item_count_once() -> None:
    table = read(workbook([HEAD, SERVER, MEMORY, (3, "防火墙", "吞吐量", "≥20Gbps", "台", 1, 9.8)]))
    assert rows(table) == [
        ("", "应用服务器", ("CPU：≥32核", "内存：≥256GB"), "2台", 68 * WAN // 10, None),
        ("", "防火墙", ("吞吐量：≥20Gbps",), "1台", 98 * WAN // 10, None),
    ]
    assert table.total_fen == 234 * WAN // 10


@pytest.mark.parametrize(
    "further",
    [
        ("", "应用服务器", "内存", "≥256GB", "", "", ""),
        (1, "应用服务器", "内存", "≥256GB", "台", "", ""),
        ("", "应用服务器", "", "内存≥256GB", "", "", ""),
        ("", "应用服务器", "★内存", "≥256GB", "", "", ""),
    ],
)
def test_a_name_repeated_without_a_quantity_goes_on_with_its_item(further: tuple[object, ...]) -> None:
    table = read(workbook([HEAD, SERVER, further]))
    assert names(table) == ["应用服务器"]
    assert len(table.items[0].parameters) == 2


def test_the_quantity_may_stand_in_the_last_row_or_in_a_row_of_the_name_alone() -> None:
    last = read(workbook([HEAD, ("", "应用服务器", "CPU", "≥32核", "", "", ""), MEMORY]))
    alone = read(
        workbook(
            [
                HEAD,
                (1, "应用服务器", "", "", "台", 2, 6.8),
                ("", "应用服务器", "CPU", "≥32核", "", "", ""),
                ("", "应用服务器", "内存", "≥256GB", "", "", ""),
            ]
        )
    )
    assert rows(last) == rows(alone)


@pytest.mark.parametrize(
    "lots",
    [
        [(1, "交换机", "端口", "≥24口", "台", 10, 0.5), (2, "交换机", "端口", "≥48口", "台", 10, 0.5)],
        [(1, "交换机", "端口", "≥24口", "台", 10, 0.5), (2, "交换机", "PoE", "支持", "台", 4, 0.5)],
        [(1, "交换机", "端口", "≥24口", "台", 10, 0.5), (2, "交换机", "PoE", "支持", "台", 10, 0.7)],
        [(1, "交换机", "端口", "≥24口", "台", 10, 0.5), (2, "交换机", "端口", "≥24口", "台", 10, 0.5)],
        [(1, "交换机", "", "端口≥24口；PoE", "台", 10, 0.5), (2, "交换机", "", "同上", "台", 10, 0.5)],
    ],
)
def test_lots_of_one_item_stay_apart(lots: list[tuple[object, ...]]) -> None:
    assert names(read(workbook([HEAD, *lots]))) == ["交换机", "交换机"]


def test_a_printed_sum_tells_lots_from_repetition() -> None:
    head = (*HEAD[:6], "合价（万元）")
    firewall = (3, "防火墙", "吞吐量", "≥20Gbps", "台", 1, 3)
    once = read(workbook([head, SERVER, MEMORY, firewall, ("合计", "", "", "", "", "", 9.8)]))
    each = read(workbook([head, SERVER, MEMORY, firewall, ("合计", "", "", "", "", "", 16.6)]))
    assert names(once) == ["应用服务器", "防火墙"]
    assert names(each) == ["应用服务器", "应用服务器", "防火墙"]
    assert codes(once) == codes(each) == []


def test_rows_that_may_be_either_are_left_to_a_person() -> None:
    table = read(
        workbook([HEAD, (1, "应用服务器", "", "支持热插拔", "台", 2, 5), (2, "应用服务器", "", "冗余电源", "台", 2, 5)])
    )
    quantity = table.items[0].quantity
    assert quantity is not None
    assert quantity.number is None
    assert codes(table) == ["rows_repeat_quantity"]


def test_a_list_is_joined_with_a_sheet_that_names_the_item_in_every_row() -> None:
    table = read(
        sheets(
            {
                "清单": [("序号", "设备名称", "单位", "数量"), (1, "应用服务器", "台", 2), (2, "防火墙", "台", 1)],
                "参数": [
                    HEAD[:4],
                    (1, "应用服务器", "CPU", "≥32核"),
                    (2, "应用服务器", "内存", "≥256GB"),
                    (3, "防火墙", "吞吐量", "≥20Gbps"),
                ],
            }
        )
    )
    assert parameters(table) == {"应用服务器": ["CPU：≥32核", "内存：≥256GB"], "防火墙": ["吞吐量：≥20Gbps"]}
    assert [item.quantity.text for item in table.items if item.quantity] == ["2台", "1台"]


@pytest.mark.parametrize("order", [("清单", "旧版"), ("旧版", "清单")])
def test_a_hidden_sheet_that_lists_the_same_again_counts_nothing_and_is_told(order: tuple[str, str]) -> None:
    content = {
        "清单": [HEAD, SERVER, ("合计", "", "", "", "", "", 13.6)],
        "旧版": [HEAD, (1, "应用服务器", "CPU", "≥16核", "台", 9, 5), (2, "防火墙", "吞吐量", "≥2G", "台", 1, 3)],
    }
    table = read(hidden(sheets({title: content[title] for title in order}), "旧版"))
    assert rows(table) == [("", "应用服务器", ("CPU：≥32核",), "2台", 68 * WAN // 10, None)]
    assert codes(table) == ["hidden_sheet", "hidden_rows_left_out"]
    assert "吞吐量：≥2G" in all_text(table)


def test_a_hidden_sheet_of_other_items_or_of_the_parameters_is_read() -> None:
    further = {"清单": [HEAD, SERVER], "补充": [HEAD, (1, "防火墙", "吞吐量", "≥20Gbps", "台", 1, 9.8)]}
    assert names(read(hidden(sheets(further), "补充"))) == ["应用服务器", "防火墙"]
    listed = [("序号", "设备名称", "单位", "数量"), (1, "应用服务器", "台", 2)]
    described = sheets({"清单": listed, "参数": [HEAD[:4], SERVER[:4]]})
    assert parameters(read(hidden(described, "参数"))) == {"应用服务器": ["CPU：≥32核"]}
