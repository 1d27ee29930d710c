"""Dataclasses to JSON values and back."""

import json
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import pytest

from domain.plain import from_plain, to_plain


class Colour(StrEnum):
    RED = "红"


@dataclass(frozen=True)
class Inner:
    number: Decimal
    colour: Colour = Colour.RED


@dataclass(frozen=True)
class Outer:
    name: str
    inner: Inner | None
    many: tuple[Inner, ...] = ()
    pair: tuple[int, str] = (0, "")
    named: dict[str, Inner] | None = None
    share: float = 0.0


FULL = Outer(
    "甲", Inner(Decimal("1.50")), (Inner(Decimal(2)), Inner(Decimal(3))), (1, "乙"), {"丙": Inner(Decimal(4))}, 0.5
)


@pytest.mark.parametrize("value", [FULL, Outer("甲", None)])
def test_what_goes_out_comes_back_equal_through_real_json(value: Outer) -> None:
    assert from_plain(Outer, json.loads(json.dumps(to_plain(value)))) == value


def test_decimals_stay_exact_and_enums_are_their_words() -> None:
    assert to_plain(FULL)["inner"] == {"number": "1.50", "colour": "红"}


def test_tuples_of_dataclasses_come_back_too() -> None:
    several = (Inner(Decimal(1)), Inner(Decimal(2)))
    assert from_plain(tuple[Inner, ...], to_plain(several)) == several


def test_a_field_that_is_absent_takes_its_default() -> None:
    assert from_plain(Inner, {"number": "1"}) == Inner(Decimal(1))


def test_an_unknown_word_of_an_enum_is_an_error() -> None:
    with pytest.raises(ValueError, match="蓝"):
        from_plain(Inner, {"number": "1", "colour": "蓝"})
