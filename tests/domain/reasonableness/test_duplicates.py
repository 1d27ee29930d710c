"""The same content in other projects, and purchases spread over them."""

import pytest

from domain.documents import Item
from domain.parameters.rules import shipped as rules
from domain.reasonableness import EarlierItem, Hint, OtherProject, Purchase, check_duplicates, check_split, shipped
from domain.reasonableness.alike import content_key, contents, likeness, name_key, name_keys
from domain.reasonableness.duplicates import check_repeated, kind_of
from tests.domain.builders import item, table

OWN = OtherProject("P-1", "便民平台", "城运中心", is_own=True, year=2025)
OTHERS = OtherProject("P-2", "一网通办", "政务中心", is_own=False, year=2024)
TEN = [f"支持功能{number}" for number in range(10)]


def portal(kept: int, name: str = "统一办事门户") -> Item:
    return item(name, [*TEN[:kept], *(f"另一功能{number}" for number in range(kept, 10))], place="批复!B3")


def theirs(project: OtherProject, side: str, one: Item) -> EarlierItem:
    return EarlierItem(project, side, one.name, one.place, contents(each.text for each in one.parameters))


def hints(mine: Item, *others: EarlierItem) -> list[Hint]:
    return list(check_duplicates(table(mine), {0: others}, shipped()))


@pytest.mark.parametrize(("project", "same", "count"), [(OWN, 9, 1), (OWN, 8, 0), (OTHERS, 10, 1), (OTHERS, 9, 0)])
def test_items_are_hinted_at_from_the_set_share_of_like_parameters_on(
    project: OtherProject, same: int, count: int
) -> None:
    # Nine of ten in common are 9 of 11 together: 81 %; eight of ten are 8 of 12: 66 %.
    assert len(hints(portal(10), theirs(project, "批复", portal(same)))) == count


def test_a_hint_names_the_project_the_items_the_places_and_the_likeness() -> None:
    (hint,) = hints(portal(10), theirs(OWN, "招标", portal(10, "办事门户")))
    assert hint.reason == ("1项内容与本单位2025年审查的“便民平台”（P-1）相同或相近（统一办事门户），请核实是否重复建设")
    assert hint.evidence == "“统一办事门户”（批复!B3）与该项目招标文件“办事门户”（批复!B3）参数相同100%"
    assert hint.figure.startswith("经验默认值80%")


def test_a_device_that_every_project_has_is_no_duplicate_of_another_units() -> None:
    server = item("应用服务器", TEN)
    assert hints(server, theirs(OTHERS, "批复", server)) == []
    assert len(hints(server, theirs(OWN, "批复", server))) == 1


def test_of_a_projects_items_the_likest_counts_once() -> None:
    found = hints(portal(10), theirs(OWN, "批复", portal(9)), theirs(OWN, "招标", portal(10)))
    assert len(found) == 1
    assert "参数相同100%" in found[0].evidence


def test_a_system_without_a_word_about_it_is_known_by_its_name_and_a_device_is_not() -> None:
    assert len(hints(item("统一办事门户", []), theirs(OTHERS, "批复", item("统一办事门户", [])))) == 1
    assert hints(item("应用服务器", []), theirs(OWN, "批复", item("应用服务器", []))) == []


def test_names_and_contents_are_alike_whatever_their_width_and_brackets() -> None:
    assert name_key("统一门户（含移动端）") == name_key("统一門户".replace("門", "门"))
    assert "防火墙" in name_keys("NGFW", rules())
    assert contents(["支持 SM2", "支持ＳＭ２；"]) == contents(["支持SM2"])
    assert content_key(item("门户", TEN)) == content_key(item("平台", TEN[::-1])) != ""
    assert content_key(item("门户", TEN[:2])) == ""
    assert likeness(frozenset(), frozenset()) == 0


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        (item("统一门户", TEN), item("服务门户", TEN), 1),
        (item("统一门户", TEN, subsystem="甲"), item("统一门户", TEN, subsystem="乙"), 1),
        (item("统一门户", TEN, package="1"), item("统一门户", TEN, package="2"), 0),
        (item("应用服务器", TEN, subsystem="甲"), item("应用服务器", TEN, subsystem="乙"), 0),
        (item("统一门户", TEN), item("服务门户", TEN[:9]), 0),
        (item("统一门户", TEN[:2]), item("服务门户", TEN[:2]), 0),
    ],
)
def test_what_the_tender_itself_lists_twice_is_asked_about(first: Item, second: Item, count: int) -> None:
    found = list(check_repeated(table(first, second)))
    assert len(found) == count
    assert all("参数完全相同，请核实是否重复计列" in hint.reason for hint in found)


def purchase(fen: int, name: str = "数据库服务器", project: OtherProject = OWN) -> Purchase:
    return Purchase(project, name, fen)


@pytest.mark.parametrize(
    ("own", "others", "count"),
    [
        (200_000_000, (200_000_000,), 1),
        (200_000_000, (199_999_999,), 0),
        (400_000_000, (200_000_000,), 0),
        (200_000_000, (400_000_000,), 0),
        (200_000_000, (), 0),
    ],
)
def test_purchases_below_the_threshold_that_reach_it_together_are_hinted_at(
    own: int, others: tuple[int, ...], count: int
) -> None:
    tender = table(item("应用服务器", total=own))
    assert len(list(check_split(tender, [purchase(fen) for fen in others], shipped()))) == count


def test_purchases_of_another_kind_are_not_added_up() -> None:
    tender = table(item("应用服务器", total=200_000_000))
    assert list(check_split(tender, [purchase(300_000_000, "交换机")], shipped())) == []


def test_a_split_purchase_names_projects_and_amounts() -> None:
    tender = table(item("应用服务器", total=200_000_000))
    (hint,) = check_split(tender, [purchase(150_000_000), purchase(100_000_000)], shipped())
    assert hint.evidence == "“便民平台”（P-1）250.00万元"
    assert hint.basis == "《政府采购法实施条例》第二十八条"
    assert "以当年集中采购目录和采购限额标准为准" in hint.figure


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("数据库服务器", "服务器"),
        ("签名验签服务器", "签名验签服务器"),
        ("NGFW防火墙", "安全设备"),
        ("无人机", "无人机"),
    ],
)
def test_the_kind_of_a_purchase_comes_from_its_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind
