"""Figures a notice states beside its corrections: context when they are the agreed ones, otherwise never unread."""

from decimal import Decimal
from typing import Any

import pytest

from domain.documents import Item
from domain.documents.corrections import ChangeDocument, read_changes
from domain.parameters import Verdict
from domain.parameters.amend import Amended, amend
from tests.domain.builders import item, table, text_document

SERVER = item(place="清单!C4")
FIREWALL = item("防火墙", ("吞吐量：≥10Gbps",), quantity="1台", unit_price=8_000_000, total=8_000_000)
AGREED = table(SERVER, FIREWALL, file_name="招标.xlsx")
TITLES = ["序号", "设备名称", "更正前", "更正后", "数量", "单价（元）", "合价（万元）"]
MEMORY = ["1", "应用服务器", "内存：≥256GB", "内存：≥512GB"]


def notice(*rows: list[str], titles: list[str] = TITLES) -> ChangeDocument:
    return read_changes(text_document("更正公告", [titles, *rows]), "更正.docx")


def laid(*rows: list[str], **titles: Any) -> tuple[Item, Amended]:
    amended = amend(AGREED, notice(*rows, **titles))
    return amended.table.items[0], amended


def test_the_figures_of_a_row_are_read_with_their_titles_and_places() -> None:
    (correction,) = notice([*MEMORY, "10台", "125000", "125"]).corrections
    assert [(one.role, one.title, one.text) for one in correction.beside] == [
        ("quantity", "数量", "10台"),
        ("unit_price", "单价(元)", "125000"),
        ("total", "合价(万元)", "125"),
    ]
    assert all("第2行" in one.place for one in correction.beside)


@pytest.mark.parametrize(
    "figures",
    [("10台", "125000", "125"), ("10", "125,000.00", "1250000元"), ("拾台", "", ""), ("", "12.5万元", "")],
)
def test_figures_that_are_the_agreed_ones_are_context(figures: tuple[str, str, str]) -> None:
    changed, amended = laid([*MEMORY, *figures])
    assert amended.doubts == ()
    assert (changed.quantity, changed.unit_price, changed.total) == (SERVER.quantity, SERVER.unit_price, SERVER.total)
    assert changed.parameters[1].text == "内存：≥512GB"


def test_a_quantity_that_is_another_one_is_a_change_and_the_money_follows() -> None:
    changed, amended = laid([*MEMORY, "12台", "", ""])
    assert changed.quantity is not None
    assert changed.quantity.number == Decimal(12)
    assert changed.amount_fen == 12 * 12_500_000
    assert "更正.docx" in changed.quantity.place
    assert amended.doubts == ()


def test_a_row_without_any_other_change_is_read_for_its_figures() -> None:
    changed, amended = laid(["1", "应用服务器", "内存：≥256GB", "内存：≥256GB", "10", "130000", "130"])
    assert (changed.amount_fen, amended.doubts) == (130_000_000, ())
    assert changed.parameters[1] == SERVER.parameters[1]


def told(amended: Amended) -> list[tuple[str, str, str, str]]:
    assert all(one.verdict is Verdict.MANUAL for one in amended.doubts)
    return [(one.item, one.parameter, one.approved, one.tender) for one in amended.doubts]


@pytest.mark.parametrize(
    ("figures", "doubt"),
    [
        (("10台", "125000", "140"), ("合价", "140万元")),
        (("8台", "125000", "125"), ("合价", "125万元")),
        (("12套", "", ""), ("数量", "12套")),
        (("若干", "", ""), ("数量", "若干")),
        (("", "另行协商", ""), ("单价", "另行协商")),
    ],
)
def test_a_figure_that_cannot_be_taken_for_sure_is_shown_with_the_agreed_one(
    figures: tuple[str, str, str], doubt: tuple[str, str]
) -> None:
    _, amended = laid([*MEMORY, *figures])
    ((name, parameter, agreed, stated),) = told(amended)
    assert (name, parameter) == ("应用服务器", doubt[0])
    assert stated in {doubt[1], doubt[1].removesuffix("万元")}
    kept = {"数量": SERVER.quantity, "单价": SERVER.unit_price, "合价": SERVER.total}[parameter]
    assert kept is not None
    assert agreed == kept.text
    assert agreed in amended.doubts[0].reason
    assert stated in amended.doubts[0].reason


def test_bare_amounts_without_a_unit_are_context_when_equal_and_doubtful_when_not() -> None:
    titles = [*TITLES[:5], "单价"]
    assert laid([*MEMORY, "10", "12.5"], titles=titles)[1].doubts == ()
    assert [one[1:] for one in told(laid([*MEMORY, "10", "13.5"], titles=titles)[1])] == [
        ("单价", "125000.0元", "13.5")
    ]


def test_two_rows_that_state_different_figures_of_one_item_are_asked_about() -> None:
    cores = ["2", "应用服务器", "CPU核数：≥16核", "CPU核数：≥32核"]
    changed, amended = laid([*MEMORY, "12台", "", ""], [*cores, "14台", "", ""])
    assert changed.quantity == SERVER.quantity
    assert [one[3] for one in told(amended)] == ["12台", "14台"]
    assert laid([*MEMORY, "12台", "", ""], [*cores, "12", "", ""])[1].doubts == ()


def test_a_figure_that_contradicts_what_is_corrected_elsewhere_is_asked_about_and_one_that_agrees_is_not() -> None:
    quantity = ["2", "应用服务器 数量", "10台", "12台", "", "", ""]
    changed, amended = laid([*MEMORY, "14台", "", ""], quantity)
    assert changed.quantity is not None
    assert changed.quantity.number == Decimal(12)
    assert [one[3] for one in told(amended)] == ["14台"]
    for agreeing in ("10台", "12台"):
        assert laid([*MEMORY, agreeing, "", ""], quantity)[1].doubts == ()


def test_a_figure_of_an_item_nobody_knows_is_not_dropped() -> None:
    _, amended = laid(["1", "录播主机", "≥4路", "≥8路", "3台", "", ""])
    assert {one[3] for one in told(amended)} == {"≥8路", "3台"}


def test_a_figure_keeps_its_row_when_the_former_wording_alone_says_which() -> None:
    titles = ["序号", "更正事项", "更正前", "更正后", "数量"]
    amended = amend(AGREED, notice(["1", "吞吐能力", "吞吐量：≥10Gbps", "吞吐量：≥20Gbps", "2台"], titles=titles))
    assert amended.doubts == ()
    assert amended.table.items[1].amount_fen == 16_000_000
