"""Printed sums against the rows they stand behind."""

import pytest

from domain.documents.sums import check_subtotals
from domain.documents.table import Item, Money, Subtotal


def row(fen: int | None, subsystem: str = "", package: str = "") -> Item:
    total = None if fen is None else Money("", fen, "")
    return Item("服务器", "清单!B3", subsystem=subsystem, package=package, total=total)


def warned(items: list[Item], *subtotals: tuple[str, int | None, int]) -> list[str]:
    """The labels' places of the sums that fit nothing; each is (label, fen, rows before it)."""
    printed = [(Subtotal(label, fen, f"{label} {rows}"), rows) for label, fen, rows in subtotals]
    return [notice.place for notice in check_subtotals(tuple(items), printed)]


@pytest.mark.parametrize("printed", [30_000, 30_100, 29_900])
def test_a_sum_of_all_rows_before_it_fits_but_for_rounding(printed: int) -> None:
    assert warned([row(10_000), row(20_000)], ("合计", printed, 2)) == []


def test_a_sum_of_nothing_that_stands_before_it_is_told_with_the_sum_of_its_sub_system() -> None:
    items = [row(10_000, "计算"), row(20_000, "网络"), row(5_000, "网络")]

    (notice,) = check_subtotals(tuple(items), [(Subtotal("小计", 40_000, "清单!F9"), 3)])

    assert (notice.code, notice.place) == ("subtotal_differs", "清单!F9")
    assert "所列 400.00元，与其上明细之和 250.00元 不符" in notice.message


def test_a_run_may_begin_behind_any_earlier_sum() -> None:
    items = [row(10_000), row(20_000), row(40_000)]

    assert warned(items, ("小计", 10_000, 1), ("小计", 20_000, 2), ("合计", 60_000, 3)) == []
    assert warned(items, ("小计", 10_000, 1), ("合计", 40_000, 3)) == ["合计 3"]


def test_a_sum_of_one_package_or_sub_system_fits_wherever_its_rows_stand() -> None:
    items = [row(10_000, "甲", "包1"), row(20_000, "乙", "包2"), row(40_000, "甲", "包2")]

    assert warned(items, ("小计", 50_000, 3)) == []
    assert warned(items, ("小计", 60_000, 3)) == []


def test_what_cannot_be_read_or_is_a_part_is_not_checked() -> None:
    assert warned([row(10_000)], ("合计", None, 1), ("其中：设备费", 1, 1)) == []


def test_rows_that_were_joined_since_do_not_matter() -> None:
    assert warned([row(10_000)], ("合计", 10_000, 4)) == []


def test_a_sum_behind_every_other_of_twenty_thousand_rows_is_checked_in_time() -> None:
    items = [row(100 * (order + 1)) for order in range(20_000)]

    assert len(warned(items, *(("小计", 7, rows) for rows in range(1, 20_001, 2)))) == 9_999
