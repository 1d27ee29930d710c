"""Variants of one item (服务器A, 服务器B) and rows under one merged price."""

from collections.abc import Sequence

import pytest

from domain.documents import read_document
from domain.parameters import Verdict, review
from tests.domain.builders import item, table, workbook

FULL, LESS = ("CPU≥32核", "内存≥256GB"), ("CPU≥32核", "内存≥128GB")
Row = tuple[str, tuple[str, ...], int]
Told = list[tuple[str, str, str]]


def deviations(mine: Sequence[Row], theirs: Sequence[Row]) -> Told:
    """The tender's name, parameter and verdict of each row that is not 一致."""
    tables = [
        table(*(item(name, asked, quantity=f"{count}台", unit_price=None, total=None) for name, asked, count in rows))
        for rows in (mine, theirs)
    ]
    found = review(tables[0], tables[1]).findings
    return [(one.tender_item, one.parameter, str(one.verdict)) for one in found if one.verdict is not Verdict.SAME]


@pytest.mark.parametrize("names", [("A", "B"), ("甲", "乙"), ("1型", "2型"), ("一", "二")])
def test_variants_that_come_to_the_approved_quantity_are_its_parts(names: tuple[str, str]) -> None:
    parts = [(f"应用服务器{names[0]}", FULL, 6), (f"应用服务器{names[1]}", LESS, 4)]
    assert deviations([("应用服务器", FULL, 10)], parts) == [(parts[1][0], "内存", "降低")]


def test_three_variants_are_parts_and_too_many_are_not() -> None:
    parts = [(f"应用服务器{name}", FULL, count) for name, count in (("A", 4), ("B", 4), ("C", 2))]
    assert deviations([("应用服务器", FULL, 10)], parts) == []
    more = [("应用服务器A", FULL, 6), ("应用服务器B", FULL, 9)]
    assert ("应用服务器B", "整项", "新增") in deviations([("应用服务器", FULL, 10)], more)


def test_variants_that_both_sides_tell_apart_and_other_items_stay_apart() -> None:
    both = [("应用服务器A", FULL, 6), ("应用服务器B", LESS, 4)]
    assert deviations(both, both) == []
    assert deviations(both, both[::-1]) == []
    other = [("应用服务器A", FULL, 6), ("数据库服务器B", FULL, 4)]
    assert ("应用服务器A", "数量", "数量变更") in deviations([("应用服务器", FULL, 10)], other)


HEAD = ("序号", "设备名称", "技术参数", "单位", "数量", "合价（万元）")
UPS = [(1, "UPS主机", "60kVA", "台", 1), (2, "蓄电池", "12V/100Ah", "节", 64), (3, "电池柜", "钢制", "台", 2)]


@pytest.mark.parametrize(
    ("prices", "verdict", "excess"),
    [((8, 8.1, 0.4), "一致", ""), ((8, 8, 0.4), "一致", ""), ((8, 9.6, 0.4), "金额超出", "超出 1.50万元")],
)
def test_rows_under_one_merged_price_are_compared_with_it_together(
    prices: tuple[float, ...], verdict: str, excess: str
) -> None:
    merged = workbook([HEAD, (*UPS[0], 16.5), (*UPS[1], None), (*UPS[2], None)], merged=["F2:F4"])
    listed = workbook([HEAD, *((*row, price) for row, price in zip(UPS, prices, strict=True))])
    found = review(read_document(merged, "批复.xlsx"), read_document(listed, "招标.xlsx")).findings
    sums = [one for one in found if one.parameter == "合价" and one.item != "项目合计"]
    assert [(one.item, one.approved, str(one.verdict)) for one in sums] == [("UPS主机", "16.5万元", verdict)]
    assert excess in sums[0].reason
    back = review(read_document(listed, "批复.xlsx"), read_document(merged, "招标.xlsx")).findings
    assert len([one for one in back if one.parameter == "合价" and one.item != "项目合计"]) == 1
