"""Unit prices against the approved ones."""

from dataclasses import replace

import pytest

from domain.parameters import review
from domain.reasonableness import Hint, shipped
from domain.reasonableness.criteria import Figure
from domain.reasonableness.prices import check_unit_prices
from tests.domain.builders import item, table

SERVER = ("CPU核数：≥16核", "内存：≥256GB")
APPROVED = table(item("应用服务器", SERVER, unit_price=10_000_000, total=None))


def hints(
    parameters: tuple[str, ...] = SERVER, price: int = 10_000_000, tax: str = "", percent: int = 60
) -> list[Hint]:
    tender = table(item("应用服务器", parameters, unit_price=price, total=None, tax=tax))
    criteria = replace(shipped(), low_price_percent=Figure(percent, "测试"))
    return list(check_unit_prices(APPROVED, tender, review(APPROVED, tender).findings, criteria))


@pytest.mark.parametrize(("price", "rules"), [(6_000_000, []), (5_999_999, ["low_unit_price"]), (10_000_000, [])])
def test_a_price_below_the_share_of_the_approved_one_is_hinted_at_and_the_share_itself_is_not(
    price: int, rules: list[str]
) -> None:
    assert [hint.rule for hint in hints(price=price)] == rules


def test_the_hint_names_both_prices_their_places_and_the_figure() -> None:
    hint = hints(price=2_500_000)[0]
    assert (hint.topic, hint.item, hint.parameter) == ("价格", "应用服务器", "单价")
    assert (hint.approved, hint.tender) == ("10.00万元", "2.50万元")
    assert "约为批复单价10.00万元的25%" in hint.reason
    assert (hint.approved_ref, hint.tender_ref) == ("设备清单!C4（单价）", "设备清单!C4（单价）")
    assert hint.figure == "经验默认值60%：测试"


def test_the_share_is_configurable() -> None:
    assert hints(price=6_000_000, percent=61)[0].rule == "low_unit_price"


def test_lowered_parameters_at_the_same_price_are_hinted_at() -> None:
    found = hints(("CPU核数：≥8核", "内存：≥128GB"))
    assert [hint.rule for hint in found] == ["lowered_at_same_price"]
    assert found[0].reason == "1项设备参数降低或减少而单价没有降低（降配不降价），请说明价格依据"
    assert found[0].tender == "应用服务器（10.00万元，降低或减少2项）"


def test_a_parameter_that_was_left_out_at_the_same_price_counts_as_less() -> None:
    assert [hint.rule for hint in hints(("CPU核数：≥16核",))] == ["lowered_at_same_price"]


def test_raised_parameters_at_the_same_price_are_hinted_at_and_at_another_price_not() -> None:
    more = ("CPU核数：≥32核", "内存：≥256GB")
    assert [hint.rule for hint in hints(more)] == ["raised_at_same_price"]
    assert hints(more, price=9_999_999) == []


def test_lowered_parameters_at_a_lower_price_are_no_price_hint() -> None:
    assert hints(("CPU核数：≥8核", "内存：≥256GB"), price=9_000_000) == []


def test_prices_with_and_without_tax_are_not_compared() -> None:
    assert hints(price=1_000_000, tax="不含税") == []
