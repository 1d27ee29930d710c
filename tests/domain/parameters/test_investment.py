"""The approved investment: any excess, amounts that prove nothing, and other packages."""

from dataclasses import replace

from domain.documents import Clause, Item, Money, ParameterTable
from domain.parameters import Verdict, align, check_amounts
from domain.parameters.investment import Investment, prove_investment
from tests.domain.builders import item, table

APPROVED = table(item(place="批复!C4"))
TOTAL = APPROVED.total_fen


def prove(changed: ParameterTable, approved: ParameterTable = APPROVED, others: int = 0) -> Investment:
    check = check_amounts(approved, changed, align(approved, changed))
    return prove_investment(approved, changed, check, others)


def priced(fen: int | None) -> Item:
    return replace(item(), unit_price=None, total=Money("金额", fen, "招标!H4"))


def test_up_to_the_approved_total_a_change_is_inside() -> None:
    assert prove(table(item())) == Investment(0)
    assert prove(table(priced(TOTAL - 1))) == Investment(0)


def test_one_fen_above_is_an_excess() -> None:
    assert prove(table(priced(TOTAL + 1))) == Investment(1)


def test_a_budget_in_words_counts_where_it_is_higher() -> None:
    stated = table(item(), clauses=(Clause(f"采购预算金额：{(TOTAL + 500) / 100}元", "正文"),))
    assert prove(stated) == Investment(500)


def test_an_amount_that_cannot_be_read_proves_nothing() -> None:
    for changed in (table(priced(None)), table(item(), replace(item("防火墙"), unit_price=None, total=None))):
        proved = prove(changed)
        assert proved.excess_fen is None
    (asked,) = proved.findings
    assert (asked.verdict, asked.item, asked.parameter) == (Verdict.MANUAL, "项目合计", "投资额度")
    assert "不适用10%的幅度" in asked.convention


def test_a_row_agreed_without_a_price_proves_no_less_than_before() -> None:
    free = replace(item("培训"), unit_price=None, total=None)
    agreed = table(item(), free)
    check = check_amounts(APPROVED, agreed, align(APPROVED, agreed))
    assert prove_investment(agreed, agreed, check) == Investment(0)


def test_an_approved_table_without_amounts_proves_nothing() -> None:
    approved = table(replace(item(), unit_price=None, total=None))
    proved = prove(table(item()), approved)
    assert (proved.excess_fen, len(proved.findings)) == (None, 1)


def test_other_packages_are_asked_about_where_all_together_exceed() -> None:
    assert prove(table(priced(TOTAL - 100)), others=100) == Investment(0)
    asked = prove(table(priced(TOTAL - 100)), others=101)
    assert asked.excess_fen == 0
    assert [one.verdict for one in asked.findings] == [Verdict.MANUAL]
