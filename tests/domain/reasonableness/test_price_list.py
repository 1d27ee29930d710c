"""Lists of contract prices: what is read, what refuses a line, and that the place is always named."""

from collections.abc import Sequence
from datetime import date

import pytest

from domain.documents.grid import Cell, Grid, Row
from domain.reasonableness.price_list import ContractLine, PriceList, read_price_list

TODAY = date(2026, 11, 23)
HEADER = ("合同编号", "项目代码", "项目名称", "设备名称", "单价（元）", "签订日期", "数量", "单位", "供应商", "含税")
ROW = ("HT-1", "2025-01", "政务网改造", "防火墙", "80,000.50", "2025-06-30", "2", "台", "某科技公司", "")


def read(*rows: Sequence[str], header: Sequence[str] = HEADER) -> PriceList:
    grid = [
        Row(tuple(Cell(text, f"价格!{column}{number}") for column, text in enumerate(cells)), f"价格!第{number}行")
        for number, cells in enumerate((header, *rows), 1)
    ]
    return read_price_list(Grid("价格", grid), TODAY)


def changed(**cells: str) -> tuple[str, ...]:
    return tuple(cells.get(name.partition("（")[0], text) for name, text in zip(HEADER, ROW, strict=True))


def test_a_line_is_read_in_fen_with_tax_included_unless_it_says_otherwise() -> None:
    found = read(ROW, changed(含税="否", 签订日期="2025年7月1日"))
    assert found.problems == ()
    assert found.lines[0] == ContractLine(
        project_code="2025-01", project_name="政务网改造", contract_number="HT-1", line=1, supplier="某科技公司",
        item="防火墙", specification="", unit="台", unit_price_fen=8_000_050, quantity="2", tax="含税",
        signed_on=date(2025, 6, 30),
    )  # fmt: skip
    second = found.lines[1]
    assert (second.line, second.tax, second.signed_on) == (2, "不含税", date(2025, 7, 1))


def test_lines_are_known_by_their_own_number_where_there_is_one() -> None:
    header = (*HEADER, "行号")
    assert [line.identity for line in read((*ROW, "7"), (*ROW, "9"), header=header).lines] == [("HT-1", 7), ("HT-1", 9)]
    assert "行号“0”不是正整数" in read((*ROW, "0"), header=header).problems[0]
    repeated = read((*ROW, "7"), (*ROW, "7"), header=header).problems
    assert repeated[0] == "价格!第2行：合同“HT-1”第7行在文件里出现了2次。"
    assert len(repeated) == 2


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"单价": "面议"}, "单价“面议”不是一个金额。"),
        ({"单价": "1万至2万"}, "单价“1万至2万”不是一个金额。"),
        ({"单价": "0"}, "单价“0”须大于零。"),
        ({"签订日期": "2025-02-30"}, "签订日期“2025-02-30”不是日历上的日期，请写成 2025-06-30。"),
        ({"签订日期": "2026-11-24"}, "签订日期“2026-11-24”还没有到。"),
        ({"数量": "-1"}, "数量“-1”不是正数。"),
        ({"含税": "大概"}, "含税“大概”须是“含税”或“不含税”。"),
        ({"设备名称": ""}, "设备名称是空的。"),
        ({"供应商": "张三 13912345678"}, "供应商里像有个人的电话或身份证号"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_with_its_row(cells: dict[str, str], told: str) -> None:
    found = read(ROW, changed(**cells))
    assert len(found.lines) == 1
    assert found.problems[0].startswith(f"价格!第3行：{told}")


def test_a_price_signed_today_is_taken() -> None:
    assert read(changed(签订日期="2026/11/23")).problems == ()


def test_a_price_without_a_unit_of_money_is_refused_and_ten_thousands_are_understood() -> None:
    bare = tuple("单价" if name.startswith("单价") else name for name in HEADER)
    assert "没有货币单位" in read(ROW, header=bare).problems[0]
    assert read(changed(单价="8万元"), header=bare).lines[0].unit_price_fen == 8_000_000


def test_a_table_without_the_needed_columns_says_which() -> None:
    assert "没有找到表头" in read(ROW, header=("甲",) * 10).problems[0]
    header = tuple("备注" if name == "签订日期" else name for name in HEADER)
    assert read(ROW, header=header).problems == ("表头（价格!第1行）缺少列：签订日期。",)


def test_columns_that_are_not_kept_are_named() -> None:
    assert read((*ROW, "李四"), header=(*HEADER, "联系人")).ignored == ("联系人",)
