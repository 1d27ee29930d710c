from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.formats import amount, day, document_number, moment, official_brackets, wan_yuan, yuan


@pytest.mark.parametrize(
    ("fen", "in_yuan", "in_wan", "for_people"),
    [
        (0, "0.00元", "0.00万元", "0.00元"),
        (1, "0.01元", "0.000001万元", "0.01元"),
        (123_456_789, "1,234,567.89元", "123.456789万元", "1,234,567.89元"),
        (123_460_000, "1,234,600.00元", "123.46万元", "123.46万元"),
        (1_000_000, "10,000.00元", "1.00万元", "1.00万元"),
        (990_000, "9,900.00元", "0.99万元", "9,900.00元"),
        (1_234_567_000_000, "12,345,670,000.00元", "1,234,567.00万元", "1,234,567.00万元"),
        (-150_000_000, "-1,500,000.00元", "-150.00万元", "-150.00万元"),
    ],
)
def test_amounts_are_written_as_the_bureaus_write_them(fen: int, in_yuan: str, in_wan: str, for_people: str) -> None:
    assert (yuan(fen), wan_yuan(fen), amount(fen)) == (in_yuan, in_wan, for_people)


def test_an_amount_that_could_not_be_read_is_never_zero() -> None:
    assert amount(None) == "未填写"


@given(st.integers(-(10**15), 10**15))
def test_no_fen_is_ever_rounded_away(fen: int) -> None:
    shown = amount(fen).replace(",", "")
    factor = 1_000_000 if shown.endswith("万元") else 100
    assert Fraction(shown.removesuffix("元").removesuffix("万")) * factor == fen


def test_dates_are_written_without_leading_zeros() -> None:
    assert day(date(2026, 1, 5)) == "2026年1月5日"


def test_a_point_in_time_is_shown_as_the_clock_in_china_has_it() -> None:
    assert day(datetime(2026, 11, 22, 16, 30, tzinfo=UTC)) == "2026年11月23日"
    assert moment(datetime(2026, 11, 23, 1, 5, tzinfo=UTC)) == "2026年11月23日 09:05"


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        moment(datetime(2026, 11, 23, 9, 5))  # noqa: DTZ001 - the point of the test


def test_document_numbers_have_hexagonal_brackets() -> None:
    assert document_number("沈数技审", 2026, 12) == "沈数技审〔2026〕12号"


@pytest.mark.parametrize(
    "typed",
    [
        "沈发改审字[2026]12号",
        "沈发改审字(2026)12号",
        "沈发改审字（2026） 12号",
        " 沈发改审字【2026】12号",
        "沈发改审字〔2026〕12号",
    ],
)
def test_other_brackets_around_the_year_are_put_right(typed: str) -> None:
    assert official_brackets(typed) == "沈发改审字〔2026〕12号"


def test_brackets_around_anything_else_are_left_alone() -> None:
    assert official_brackets("政务云(二期)") == "政务云(二期)"
