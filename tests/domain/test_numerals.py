"""Numbers and amounts as documents write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import find_amounts, tax_wording, to_fen, unit_in
from domain.numerals import chinese_integer, number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("三百二十", 320),
        ("一千零一", 1001),
        ("两万五千", 25_000),
        ("一亿三千万", 130_000_000),
        ("伍佰万", 5_000_000),
        ("壹佰贰拾叁", 123),
        ("二〇二六", 2026),
        ("零", 0),
    ],
)
def test_chinese_integers_are_read(text: str, value: int) -> None:
    assert chinese_integer(text) == value


@pytest.mark.parametrize("text", ["", "三台", "abc", "第三"])
def test_other_words_are_no_integers(text: str) -> None:
    assert chinese_integer(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,200", "1200"), ("500万", "5000000"), ("1.5亿", "150000000"), ("十二", "12"), ("2.5", "2.5"), ("1e3", "1000")],
)
def test_whole_texts_are_numbers(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "约10", "10-20", "10台", "1,2,3", "若干"])
def test_texts_that_are_not_one_number_are_none(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12.5万元", [12_500_000]),
        ("￥125,000.00元", [12_500_000]),
        ("人民币伍佰万元整", [500_000_000]),
        ("伍佰元整", [50_000]),
        ("壹佰贰拾叁元肆角伍分", [12_345]),
        ("1.2亿元", [12_000_000_000]),
        ("包1 180万元；包2 150万元", [180_000_000, 150_000_000]),
        ("380万元(含税)", [380_000_000]),
        ("０．０１元", [1]),
    ],
)
def test_amounts_are_integer_fen(text: str, fen: list[int]) -> None:
    assert [one.fen for one in find_amounts(text) if one.fen is not None] == fen


def test_an_amount_without_a_unit_takes_the_columns_or_stays_unknown() -> None:
    assert [one.fen for one in find_amounts("12.5", "万元")] == [12_500_000]
    assert [one.fen for one in find_amounts("12.5")] == [None]


@given(st.integers(0, 10**12))
def test_no_fen_is_ever_lost(fen: int) -> None:
    yuan = f"{fen // 100}.{fen % 100:02d}"
    assert to_fen(Decimal(yuan), "元") == fen
    assert [one.fen for one in find_amounts(f"{yuan}元")] == [fen]


def test_units_and_tax_wordings_are_told() -> None:
    assert [unit_in(text) for text in ("单价（万元）", "单位:元", "金额", "合价/千元")] == ["万元", "元", "", "千元"]
    assert [tax_wording(text) for text in ("360万元(不含税)", "含税价", "未税", "单价", "含税与不含税")] == [
        "不含税",
        "含税",
        "不含税",
        "",
        "",
    ]
