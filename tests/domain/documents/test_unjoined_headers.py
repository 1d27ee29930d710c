"""Headers whose groups were never joined, as in every delimited file, and columns without a title."""

import pytest

from domain.documents import read_document
from tests.domain.builders import workbook
from tests.domain.documents.whole import WAN, all_text, codes, names, parameters, read, rows


def test_titles_under_an_unjoined_group_belong_to_it() -> None:
    table = read(
        workbook(
            [
                ("序号", "设备名称", "技术参数", None, "数量", None, "投资（万元）", None),
                (None, None, "CPU", "内存", "市级", "区县级", "单价", "合价"),
                (1, "应用服务器", "≥32核", "≥256GB", 2, 3, 5, 25),
            ]
        )
    )
    assert rows(table) == [("", "应用服务器", ("CPU：≥32核", "内存：≥256GB"), "市级2，区县级3", 5 * WAN, 25 * WAN)]
    assert table.items[0].quantity
    assert table.items[0].quantity.number == 5
    assert codes(table) == []


def test_a_delimited_file_has_such_headers_too() -> None:
    text = "序号,设备名称,技术参数,单位,数量,,,单价（元）\n,,,,市级,区县级,合计,\n1,防火墙,冗余电源,台,2,3,5,6.8\n"
    table = read_document(text.encode(), "清单.csv")
    assert [item.quantity.number for item in table.items if item.quantity] == [5]


@pytest.mark.parametrize(
    "below",
    [
        (None, None, "冗余电源", "热插拔", 2),
        (None, None, "CPU", "≥32核", 2),
        ("一", "计算设备", None, None, None),
        (1, "防火墙", "冗余电源", "热插拔", 2),
    ],
)
def test_rows_are_not_taken_for_a_second_header(below: tuple[object, ...]) -> None:
    head = ("序号", "设备名称", "技术参数", None, "数量")
    table = read(workbook([head, below, (2, "应用服务器", "CPU", "≥16核", 2)]))
    assert parameters(table)["应用服务器"] == ["CPU：≥16核"]
    assert "数量" in head


def test_text_below_a_blank_title_goes_on_with_the_parameters_beside_it() -> None:
    table = read(
        workbook(
            [
                ("序号", "设备名称", "技术参数", None, "数量"),
                (1, "应用服务器", "CPU", "≥32核", 2),
                (None, None, "内存", "≥256GB", None),
            ]
        )
    )
    assert parameters(table) == {"应用服务器": ["CPU：≥32核", "内存：≥256GB"]}


def test_other_columns_without_a_title_are_told_and_a_running_number_is_none() -> None:
    head = ("序号", "设备名称", "技术参数", "数量")
    aside = read(workbook([head, (1, "防火墙", "冗余电源", 2, None, "须带支架")]))
    assert names(aside) == ["防火墙"]
    assert codes(aside) == ["columns_not_compared"]
    assert "须带支架" in all_text(aside)
    assert codes(read(workbook([(None, *head[1:]), (1, "防火墙", "冗余电源", 2), (2, "交换机", "24口", 2)]))) == []
