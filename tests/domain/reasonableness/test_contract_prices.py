"""Unit prices against earlier contracts."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.reasonableness import EarlierPrice, Hint, check_contract_prices, priced_items, shipped
from domain.reasonableness.contracts import median
from tests.domain.builders import item, table

TODAY = date(2026, 11, 23)


def earlier(number: int, fen: int = 10_000_000, **changes: Any) -> EarlierPrice:
    usual: dict[str, Any] = {
        "project_name": f"项目{number}", "contract_number": f"HT-{number}", "item": "服务器", "specification": "",
        "unit": "台", "unit_price_fen": fen, "quantity": Decimal(10), "tax": "含税",
        "signed_on": date(2025, 1, number),
    }  # fmt: skip
    return EarlierPrice(**(usual | changes))


def hints(price: int, *known: EarlierPrice, quantity: str = "10台", tax: str = "") -> list[Hint]:
    tender = table(item(unit_price=price, quantity=quantity, tax=tax))
    return list(check_contract_prices(tender, {0: known}, TODAY, shipped()))


def rules(price: int, *known: EarlierPrice, quantity: str = "10台", tax: str = "") -> list[str]:
    return [hint.rule for hint in hints(price, *known, quantity=quantity, tax=tax)]


THREE = (earlier(1, 8_000_000), earlier(2, 10_000_000), earlier(3, 20_000_000))
FEW, HIGH, LOW = ["contract_samples"], ["above_contracts", "contract_samples"], ["below_contracts", "contract_samples"]


@pytest.mark.parametrize(
    ("price", "expected"),
    [(13_000_000, FEW), (13_000_001, HIGH), (5_000_000, FEW), (4_999_999, LOW), (10_000_000, FEW)],
)
def test_a_price_is_hinted_at_beyond_the_shares_of_the_median_and_not_at_them(price: int, expected: list[str]) -> None:
    assert rules(price, *THREE) == expected


def test_a_hint_names_median_range_dates_and_contracts() -> None:
    hint = hints(30_000_000, *THREE)[0]
    assert hint.reason == (
        "招标单价30.00万元为3份历史合同中位价10.00万元的300%（合同价8.00万元至20.00万元，"
        "签订于2025年1月1日至2025年1月3日），请说明价格依据"
    )
    assert hint.evidence.split("；")[0] == "HT-3（项目3）服务器 20.00万元，2025年1月3日"
    assert hint.figure.startswith("经验默认值130%")


def test_too_few_contracts_are_said_and_judge_nothing() -> None:
    found = hints(99_000_000, *THREE[:2])
    assert [hint.rule for hint in found] == FEW
    assert found[0].informs
    assert found[0].reason == "1项单价与登记的历史合同比对：0项有可比样本；1项样本不足，未作判断（应用服务器）"
    assert "HT-2" in found[0].evidence


def test_three_lines_of_one_contract_are_one_sample() -> None:
    assert rules(99_000_000, *(earlier(1, fen) for fen in (1_000, 2_000, 3_000))) == FEW


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": "套"},
        {"quantity": Decimal(101)},
        {"quantity": Decimal("0.9")},
        {"tax": "不含税"},
        {"signed_on": date(2021, 11, 22)},
        {"signed_on": date(2026, 11, 24)},
    ],
)
def test_what_cannot_be_compared_is_no_sample(changes: dict[str, Any]) -> None:
    assert rules(99_000_000, *THREE[:2], earlier(3, **changes)) == FEW


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": "台/套"},
        {"unit": ""},
        {"quantity": None},
        {"quantity": Decimal(100)},
        {"quantity": Decimal(1)},
        {"signed_on": date(2021, 11, 23)},
    ],
)
def test_what_can_be_compared_is_a_sample(changes: dict[str, Any]) -> None:
    assert rules(99_000_000, *THREE[:2], earlier(3, **changes)) == HIGH


def test_prices_without_tax_are_compared_with_their_like() -> None:
    net = [earlier(number, 10_000_000, tax="不含税") for number in (1, 2, 3)]
    assert rules(20_000_000, *net, tax="不含税") == HIGH
    assert rules(20_000_000, *THREE, tax="不含税") == FEW


def test_a_lump_sum_is_not_compared() -> None:
    tender = table(item("系统集成", quantity="1项"), item("培训", unit_price=None))
    assert priced_items(tender) == {}
    assert list(check_contract_prices(tender, {}, TODAY, shipped())) == []


def test_the_median_is_whole_fen() -> None:
    assert median([3, 1, 2]) == 2
    assert median([1, 2, 4, 8]) == 3
    assert median([1, 2]) == 1


def test_the_oldest_day_is_reckoned_in_a_leap_year_too() -> None:
    tender = table(item(unit_price=99_000_000))
    known = [earlier(number, signed_on=date(2019, 3, 1)) for number in (1, 2, 3)]
    found = check_contract_prices(tender, {0: known}, date(2024, 2, 29), shipped())
    assert [hint.rule for hint in found] == HIGH
