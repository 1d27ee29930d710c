"""The project's total: proved from every row's money, or left to a person; printed sums prove nothing."""

from dataclasses import replace

import pytest

from domain.documents import Item, Money
from domain.parameters import Finding, Verdict, review
from domain.parameters.verdicts import PROJECT
from tests.domain.builders import item, table

SERVER = item(place="设备清单!C4")
FIREWALL = item(
    "防火墙", ("吞吐量：≥10Gbps",), quantity="1台", unit_price=8_000_000, total=8_000_000, place="设备清单!C5"
)


def unread(one: Item) -> Item:
    assert one.unit_price is not None
    return replace(one, unit_price=Money("另行通知", None, one.unit_price.place), total=None)


def total(approved: tuple[Item, ...], tender: tuple[Item, ...]) -> Finding:
    found = review(table(*approved), table(*tender, file_name="招标.docx")).findings
    (one,) = [finding for finding in found if finding.item == PROJECT]
    return one


def test_equal_rows_prove_an_equal_total() -> None:
    assert total((SERVER, FIREWALL), (SERVER, FIREWALL)).verdict is Verdict.SAME


@pytest.mark.parametrize(
    ("approved", "tender"),
    [
        ((SERVER, FIREWALL), (SERVER, unread(FIREWALL))),
        ((SERVER, unread(FIREWALL)), (SERVER, FIREWALL)),
        ((SERVER, unread(FIREWALL)), (SERVER, unread(FIREWALL))),
    ],
    ids=["tender unread", "approved unread", "both unread"],
)
def test_a_row_whose_money_cannot_be_read_leaves_the_total_to_a_person(
    approved: tuple[Item, ...], tender: tuple[Item, ...]
) -> None:
    found = total(approved, tender)
    assert found.verdict is Verdict.MANUAL
    assert found.reason.endswith("合计不完整，需人工核对")


def test_an_excess_of_what_can_be_read_is_an_excess_all_the_same() -> None:
    dearer = replace(
        SERVER, unit_price=Money("300000元", 30_000_000, "招标"), total=Money("3000000元", 300_000_000, "招标")
    )
    assert total((SERVER, FIREWALL), (dearer, unread(FIREWALL))).verdict is Verdict.AMOUNT


def test_dearer_and_cheaper_rows_net_out_in_the_total_and_each_is_told() -> None:
    dearer = replace(
        SERVER, unit_price=Money("130000元", 13_000_000, "一"), total=Money("1300000元", 130_000_000, "一")
    )
    cheaper = replace(FIREWALL, unit_price=Money("30000元", 3_000_000, "二"), total=Money("30000元", 3_000_000, "二"))
    found = review(table(SERVER, FIREWALL), table(dearer, cheaper, file_name="招标.docx")).findings
    verdicts = {(one.item, one.parameter): one.verdict for one in found}
    assert verdicts["应用服务器", "单价"] is verdicts["应用服务器", "合价"] is Verdict.AMOUNT
    assert verdicts["防火墙", "单价"] is Verdict.SAME
    assert verdicts[PROJECT, "合价"] is Verdict.SAME
