"""Formulas without a cached value: simple arithmetic is recomputed and said, all else stays unread, never zero."""

from decimal import Decimal

import openpyxl
import pytest

from domain.documents import Parameter, read_document
from domain.documents.formulas import compute
from tests.domain.builders import saved


def nothing(_row: int, _column: int, _depth: int) -> Decimal | None:
    return None


def place_value(row: int, column: int, _depth: int) -> Decimal | None:
    return Decimal(row * 10 + column)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=1+2*3", "7"),
        ("=(1+2)*3", "9"),
        ("=-2+5", "3"),
        ("=10/4", "2.5"),
        ("=A1*B2", "242"),
        ("=SUM(A1:B2)", "66"),
        ("=SUM(A1,B2,1)", "34"),
        ("=ROUND(2.345,2)", "2.35"),
        ("=PRODUCT(A1:A2)", "231"),
        ("=$A$1", "11"),
        ("= 1 + 1", "2"),
    ],
)
def test_simple_arithmetic_is_computed(formula: str, value: str) -> None:
    assert compute(formula, place_value) == Decimal(value)


@pytest.mark.parametrize(
    "formula",
    [
        "=VLOOKUP(A1,B:C,2)",
        "=IF(A1>1,2,3)",
        "=Sheet2!A1",
        "=A1&B1",
        "=1/0",
        "=SUM(A1:A999999)",
        "=(1",
        "=1+",
        "=",
        "=HYPERLINK(1)",
        "=" + "(" * 300 + "1" + ")" * 300,
        "=" + "1+" * 600 + "1",
        "=ROUND(1,99)",
        "=ROUND(1)",
        "=[1]Book!A1",
        '="10"',
        "=SUM(,)",
    ],
)
def test_everything_else_is_left_alone(formula: str) -> None:
    assert compute(formula, place_value) is None


def test_a_reference_to_no_number_leaves_the_formula_alone() -> None:
    assert compute("=A1+1", nothing) is None


def filled(**cells: object) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "清单"
    for row in (
        ("设备名称", "技术参数", "数量", "单价（万元）", "合价（万元）"),
        ("服务器", "内存：≥1GB", 3, 2.5, None),
    ):
        book.active.append(row)
    for place, value in cells.items():
        book.active[place] = value
    return saved(book)


def test_a_formula_without_result_is_recomputed_with_a_warning() -> None:
    table = read_document(filled(E2="=C2*D2", A3="合计", E3="=SUM(E2:E2)"), "x.xlsx")
    assert table.items[0].total is not None
    assert table.items[0].total.fen == 7_500_000
    assert [(notice.code, notice.place) for notice in table.notices] == [("formula_recomputed", "清单!E2")]
    assert "E2、E3" in table.notices[0].message


def test_a_formula_that_cannot_be_had_is_unknown_and_never_zero() -> None:
    table = read_document(filled(E2="=VLOOKUP(A2,X:Y,2)", C2="=附表!C2", B2='=CONCATENATE("内存")'), "x.xlsx")
    (item,) = table.items
    assert item.total is not None
    assert item.total.fen is None
    assert item.quantity is not None
    assert item.quantity.number is None
    assert item.amount_fen is None
    assert item.parameters == (Parameter('（公式未计算：=CONCATENATE("内存")）', "清单!B2", readable=False),)
    assert [notice.code for notice in table.notices] == ["formula_unread", "money_unit_unknown"]


def test_formulas_that_go_round_in_a_circle_end() -> None:
    table = read_document(filled(E2="=E2+1", D2="=E2"), "x.xlsx")
    assert table.items[0].amount_fen is None


def test_cached_errors_are_not_values() -> None:
    book = openpyxl.Workbook()
    book.active.append(("设备名称", "技术参数", "数量"))
    book.active.append(("服务器", "内存：≥1GB", "#REF!"))
    book.active["C2"].data_type = "e"
    (item,) = read_document(saved(book), "x.xlsx").items
    assert item.quantity is not None
    assert item.quantity.number is None
