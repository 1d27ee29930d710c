"""A correction notice laid over the agreed requirement: what it names changes, the rest stays, nothing is lost."""

from collections.abc import Sequence

import pytest

from domain.documents import Item, Parameter, ParameterTable
from domain.documents.corrections import ChangeDocument, Correction
from domain.parameters import Verdict
from domain.parameters.amend import Amended, amend
from tests.domain.builders import item, table

SERVER = item(place="清单!C4")
FIREWALL = item("防火墙", ("吞吐量：≥10Gbps", "★支持IPv6"), quantity="1台", unit_price=8_000_000, total=8_000_000,
                subsystem="网络安全", place="清单!C5")  # fmt: skip
AGREED = table(SERVER, FIREWALL, file_name="招标.xlsx")


def notice(*items: Item, corrections: Sequence[Correction] = (), **fields: object) -> ChangeDocument:
    return ChangeDocument(ParameterTable("更正.docx", "1" * 64, items, **fields), tuple(corrections))  # type: ignore[arg-type]


def says(subject: str, before: str, after: str, *, is_read: bool = True) -> ChangeDocument:
    return notice(corrections=(Correction(subject, before, after, "正文第3段", is_read=is_read),))


def texts(amended: Amended, index: int) -> list[str]:
    return [one.text for one in amended.table.items[index].parameters]


def test_a_row_states_an_item_anew_and_every_other_row_stays() -> None:
    stated = item(
        "应用服务器", ("内存：≥512GB",), quantity="", unit_price=None, total=None, subsystem="", place="表1 第2行"
    )
    amended = amend(AGREED, notice(stated))
    assert amended.refusals == ()
    assert amended.doubts == ()
    assert amended.table.items == (
        item(parameters=("CPU核数：≥16核", "内存：≥512GB"), place="清单!C4").__class__(
            name="应用服务器",
            place="《更正.docx》表1 第2行",
            subsystem="计算资源",
            parameters=(SERVER.parameters[0], Parameter("内存：≥512GB", "《更正.docx》表1 第2行 第1条")),
            quantity=SERVER.quantity,
            unit_price=SERVER.unit_price,
            total=SERVER.total,
        ),
        FIREWALL,
    )
    assert amended.table.total_fen == AGREED.total_fen
    assert (amended.table.file_name, amended.table.sha256) == ("更正.docx", "1" * 64)
    assert [one.code for one in amended.table.notices] == ["change_overlaid"]


def test_a_changed_quantity_counts_the_total_anew() -> None:
    stated = item("应用服务器", (), quantity="12台", unit_price=None, total=None, place="表1 第2行")
    amended = amend(AGREED, notice(stated))
    assert amended.table.items[0].amount_fen == 12 * 12_500_000
    assert texts(amended, 0) == ["CPU核数：≥16核", "内存：≥256GB"]


def test_a_changed_total_leaves_no_unit_price_that_contradicts_it() -> None:
    stated = item("应用服务器", (), quantity="", unit_price=None, total=130_000_000, place="表1 第2行")
    changed = amend(AGREED, notice(stated)).table.items[0]
    assert (changed.amount_fen, changed.unit_price) == (130_000_000, None)


def test_a_row_nobody_knows_is_new_and_its_money_counts() -> None:
    stated = item(
        "不间断电源", ("容量：≥20kVA",), quantity="1台", unit_price=5_000_000, total=5_000_000, place="表1 第2行"
    )
    amended = amend(AGREED, notice(stated))
    assert [one.name for one in amended.table.items] == ["应用服务器", "防火墙", "不间断电源"]
    assert amended.table.total_fen == AGREED.total_fen + 5_000_000


def test_a_row_that_repeats_something_unchanged_and_leaves_something_out_is_asked_about() -> None:
    stated = item("防火墙", ("吞吐量：≥10Gbps",), quantity="", unit_price=None, total=None, place="表1 第2行")
    amended = amend(AGREED, notice(stated))
    assert texts(amended, 1) == ["吞吐量：≥10Gbps", "★支持IPv6"]
    (doubt,) = amended.doubts
    assert (doubt.item, doubt.approved, doubt.verdict) == ("防火墙", "★支持IPv6", Verdict.MANUAL)
    assert doubt.finding_id


def test_a_row_of_a_name_that_two_subsystems_have_is_refused_unless_it_tells_which() -> None:
    other = item(subsystem="数据资源", place="清单!C9")
    agreed = table(SERVER, other, FIREWALL)
    stated = item("应用服务器", ("内存：≥512GB",), subsystem="", place="表1 第2行")
    (refusal,) = amend(agreed, notice(stated)).refusals
    assert refusal == (
        "变更文件的“应用服务器”（表1 第2行）在审定的招标文件中有 2 处："
        "计算资源·应用服务器（清单!C4）、数据资源·应用服务器（清单!C9），请写明子系统或采购包。"
    )
    told = amend(agreed, notice(item("应用服务器", ("内存：≥512GB",), subsystem="数据资源", place="表1 第2行")))
    assert texts(told, 0) == ["CPU核数：≥16核", "内存：≥256GB"]
    assert texts(told, 1) == ["CPU核数：≥16核", "内存：≥512GB"]


def test_an_item_named_twice_is_refused() -> None:
    stated = item("防火墙", ("吞吐量：≥20Gbps",), place="表1 第2行")
    (refusal,) = amend(AGREED, notice(stated, stated)).refusals
    assert refusal == "变更文件的“防火墙”出现 2 次（表1 第2行、表1 第2行），请合并成一行。"


@pytest.mark.parametrize(
    ("subject", "before", "after", "now"),
    [
        ("应用服务器 内存", "内存：≥256GB", "内存：≥512GB", "内存：≥512GB"),
        ("应用服务器", "内存 ≥ ２５６GB", "内存：≥512GB", "内存：≥512GB"),
        ("应用服务器的内存", "256GB", "512GB", "内存:≥512GB"),
        ("应用服务器", "内存：≥256GB", "≥512GB", "内存：≥512GB"),
        ("", "内存：≥256GB", "内存：≥512GB", "内存：≥512GB"),
    ],
)
def test_a_correction_changes_the_one_parameter_it_quotes(subject: str, before: str, after: str, now: str) -> None:
    amended = amend(AGREED, says(subject, before, after))
    assert amended.doubts == ()
    assert texts(amended, 0) == ["CPU核数：≥16核", now]
    assert amended.table.items[0].parameters[1].place == "《更正.docx》正文第3段"
    assert amended.table.items[1] == FIREWALL


def test_a_figure_is_not_found_inside_a_longer_one() -> None:
    amended = amend(AGREED, says("应用服务器", "6核", "32核"))
    assert amended.table.items == AGREED.items
    assert len(amended.doubts) == 1


@pytest.mark.parametrize(
    ("before", "after", "mark"),
    [("★支持IPv6", "支持IPv6", ""), ("支持IPv6", "支持双栈IPv6", "★"), ("支持IPv6", "▲支持IPv6", "▲")],
)
def test_a_sign_of_importance_goes_only_where_it_is_quoted_and_left_out(before: str, after: str, mark: str) -> None:
    amended = amend(AGREED, says("防火墙", before, after))
    assert amended.table.items[1].parameters[1].mark == mark


def test_a_correction_adds_and_drops_parameters_and_items() -> None:
    added = amend(AGREED, says("防火墙", "", "支持国密SM4"))
    assert texts(added, 1) == ["吞吐量：≥10Gbps", "★支持IPv6", "支持国密SM4"]
    for after in ("", "删除"):
        assert texts(amend(AGREED, says("防火墙", "★支持IPv6", after)), 1) == ["吞吐量：≥10Gbps"]
    assert [one.name for one in amend(AGREED, says("防火墙", "防火墙", "取消")).table.items] == ["应用服务器"]


def test_a_whole_cell_of_parameters_takes_the_place_of_the_one_before() -> None:
    before, after = "1、CPU核数：≥16核\n2、内存：≥256GB", "1、CPU核数：≥32核\n2、内存：≥256GB\n3、硬盘：≥4TB"
    assert texts(amend(AGREED, says("应用服务器", before, after)), 0) == [
        "CPU核数：≥32核",
        "内存：≥256GB",
        "硬盘：≥4TB",
    ]


def test_quantity_and_prices_are_corrected_when_what_was_there_is_quoted_rightly() -> None:
    assert amend(AGREED, says("应用服务器数量", "10台", "12台")).table.items[0].amount_fen == 150_000_000
    priced = amend(AGREED, says("应用服务器单价", "12.5万元", "13万元")).table.items[0]
    assert priced.amount_fen == 130_000_000
    wrong = amend(AGREED, says("应用服务器数量", "11台", "12台"))
    assert wrong.table.items == AGREED.items
    assert [one.verdict for one in wrong.doubts] == [Verdict.MANUAL]


def test_a_price_that_cannot_be_read_is_kept_as_unknown() -> None:
    priced = amend(AGREED, says("应用服务器单价", "12.5万元", "另行通知")).table.items[0]
    assert (priced.unit_price is not None and priced.unit_price.fen, priced.amount_fen) == (None, None)


def test_a_corrected_budget_is_the_stated_one() -> None:
    amended = amend(AGREED, says("采购预算金额", "133万元", "150万元"))
    assert [one.text for one in amended.table.clauses] == ["采购预算金额：150万元"]


@pytest.mark.parametrize(
    "change",
    [
        says("开标时间", "2026年12月1日", "2026年12月8日"),
        says("", "质保：3年", "质保：5年"),
        says("", "", "本次更正删除部分条款", is_read=False),
        says("某设备", "", "支持国密SM4"),
    ],
)
def test_what_has_no_place_is_a_finding_for_a_person_and_changes_nothing(change: ChangeDocument) -> None:
    amended = amend(AGREED, change)
    assert amended.table.items == AGREED.items
    (doubt,) = amended.doubts
    assert doubt.verdict is Verdict.MANUAL
    assert doubt.tender == change.corrections[0].after
    assert doubt.tender_ref == "《更正.docx》正文第3段"
    assert doubt.basis.endswith("第十八条")


def test_wording_that_stands_in_two_items_needs_the_item() -> None:
    agreed = table(SERVER, item("数据库服务器", place="清单!C6"))
    assert len(amend(agreed, says("", "内存：≥256GB", "内存：≥512GB")).doubts) == 1
    assert texts(amend(agreed, says("数据库服务器", "内存：≥256GB", "内存：≥512GB")), 1) == [
        "CPU核数：≥16核",
        "内存：≥512GB",
    ]


def test_hundreds_of_corrections_are_asked_for_as_a_whole_document() -> None:
    many = [Correction("防火墙", "吞吐量：≥10Gbps", f"吞吐量：≥{number}Gbps", "正文") for number in range(501)]
    (refusal,) = amend(AGREED, notice(corrections=many)).refusals
    assert refusal == "变更文件列有 501 条更正，超过 500 条，请改为提交完整修订稿。"
