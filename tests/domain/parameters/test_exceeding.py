"""A sum that exceeds names the price or the number that makes it exceed, in one unit of money."""

import pytest

from domain.formats import amounts_alike
from domain.parameters import review
from domain.parameters.verdicts import Finding, Verdict
from tests.domain.builders import item, table

APPROVED = item("汇聚交换机", (), quantity="3台", unit_price=5_200_000, total=15_600_000)


def row_sum(price: int, total: int, quantity: str = "3台") -> Finding:
    tender = item("汇聚交换机", (), quantity=quantity, unit_price=price, total=total)
    found = review(table(APPROVED), table(tender)).findings
    (one,) = (finding for finding in found if finding.parameter == "合价" and finding.item == "汇聚交换机")
    return one


@pytest.mark.parametrize(
    ("price", "total", "quantity", "cause"),
    [
        (5_510_000, 16_530_000, "3台", "，由单价超出引起"),
        (5_200_000, 20_800_000, "4台", "，由数量增加引起"),
        (5_510_000, 22_040_000, "4台", "，由单价超出、数量增加引起"),
    ],
)
def test_a_sum_that_exceeds_names_its_cause(price: int, total: int, quantity: str, cause: str) -> None:
    found = row_sum(price, total, quantity)
    assert found.verdict is Verdict.AMOUNT
    assert found.reason.endswith(cause)


def test_a_sum_that_neither_price_nor_number_explains_names_none() -> None:
    assert "引起" not in row_sum(5_200_000, 16_000_000).reason
    assert "引起" not in row_sum(5_200_000, 15_600_000).reason


def test_the_amounts_of_one_sentence_are_in_one_unit() -> None:
    assert "招标 16.53万元，超出批复 15.60万元，超出 0.93万元" in row_sum(5_510_000, 16_530_000).reason


@pytest.mark.parametrize(
    ("fens", "told"),
    [
        ((5_510_000, 5_200_000, 310_000), ("5.51万元", "5.20万元", "0.31万元")),
        ((5_510_050, 5_200_000, 310_050), ("55,100.50元", "52,000.00元", "3,100.50元")),
        ((99_900, 90_000), ("999.00元", "900.00元")),
        ((12_345_600, 0), ("12.3456万元", "0.00万元")),
    ],
)
def test_amounts_side_by_side_share_a_unit_that_says_each_exactly(fens: tuple[int, ...], told: tuple[str, ...]) -> None:
    assert amounts_alike(*fens) == told
