"""What the registry knows for the reasonableness check: hints, earlier contracts, items of other projects."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain.documents.table import Item, Money, Parameter, ParameterTable
from domain.plain import to_plain
from domain.reasonableness import EarlierItem, Hint, Topic
from domain.reasonableness.alike import content_key, name_key
from domain.reasonableness.price_list import ContractLine
from records import connections
from records.contracts import AT_A_TIME, MOST_PRICES, Contracts
from records.database import Database
from records.documents import Documents, DocumentStore, NewDocument
from records.hints import Answer, Hints
from records.likenesses import Likenesses, Wanted
from records.migrations import configuration
from records.models import Document, ParameterReview, ReviewState
from records.projects import NewProject, Projects
from records.reviews import Request, Reviews
from records.searched_tables import MOST_ALIKE
from records.tables import Tables


def portal(name: str = "统一办事门户", fen: int | None = 30_000_000) -> Item:
    parameters = tuple(Parameter(f"支持功能{number}", f"表1 第{number}行") for number in range(4))
    return Item(name, "设备清单!B2", parameters=parameters, total=None if fen is None else Money("30", fen, "F2"))


@dataclass
class Register:
    """Puts reviews of projects into the records, as the steps do."""

    session: Session
    store: DocumentStore
    now: datetime
    opened: int = 0

    def review(self, code: str, *items: Item, unit: str = "csyx", at: datetime | None = None) -> ParameterReview:
        """Open a review of a project and take both tables in."""
        self.opened += 1
        taken = at or self.now
        project = Projects(self.session).register(NewProject(code, f"项目{code}", unit, f"单位{unit}"), taken)
        request = Request(self.opened, project.id, f"第{self.opened}包", "批复1号", None, f"单位{unit}")
        review = Reviews(self.session).open(request, taken)
        review.baseline_table_id = Tables(self.session).store_baseline(project.id, self.file(), _table(items), taken).id
        Tables(self.session).store_tender(review.id, 1, self.file(), _table(items), taken)
        return review

    def file(self, secrecy: str = "内部") -> Document:
        new = NewDocument(b"x", "tender", "招标.xlsx", "application/octet-stream", "unit", self.now, secrecy)
        return Documents(self.session, self.store).add(new)


def _table(items: Sequence[Item]) -> ParameterTable:
    return ParameterTable("清单.xlsx", "ab" * 32, tuple(items))


@pytest.fixture
def since(now: datetime) -> datetime:
    return now - timedelta(days=5 * 365)


def found(
    session: Session, review: ParameterReview, since: datetime, names: Collection[str] = ("统一办事门户",)
) -> list[EarlierItem]:
    fresh = Reviews(session).with_id(review.id)
    assert fresh is not None
    wanted = Wanted({name_key(name) for name in names}, set(), set())
    alike = Likenesses(session).of_other_projects(fresh, wanted, since)
    return alike.of({name_key(name) for name in names}, "")


def test_items_of_other_projects_are_found_by_name_with_project_unit_and_side(
    database: Database, store: DocumentStore, now: datetime, since: datetime
) -> None:
    with database.session() as session:
        register = Register(session, store, now)
        register.review("P-1", portal("统一办事门户（含移动端）"))
        register.review("P-2", portal(), unit="zwfw")
        mine = register.review("P-3", portal())
    with database.reading() as session:
        items = found(session, mine, since)
        assert [(each.project.code, each.side, each.project.is_own) for each in items] == [
            ("P-1", "批复", True), ("P-2", "批复", False), ("P-1", "招标", True), ("P-2", "招标", False),
        ]  # fmt: skip
        assert (items[0].name, items[0].place) == ("统一办事门户（含移动端）", "设备清单!B2")
        assert items[0].contents == {f"支持功能{number}" for number in range(4)}
        assert (items[1].project.name, items[1].project.unit, items[1].project.year) == ("项目P-2", "单位zwfw", 2026)


def test_own_packages_old_tables_and_what_was_given_up_are_not_found(
    database: Database, store: DocumentStore, now: datetime, since: datetime
) -> None:
    with database.session() as session:
        register = Register(session, store, now)
        register.review("P-1", portal(), at=since - timedelta(days=1))
        for code, state in (("P-2", ReviewState.REFUSED), ("P-3", ReviewState.CANCELLED)):
            Reviews(session).move(register.review(code, portal()), state, now)
        register.review("P-4", portal())
        mine = register.review("P-4", portal())
    with database.reading() as session:
        assert found(session, mine, since) == []


def test_a_common_name_is_searched_in_own_projects_only_and_contents_whatever_the_name(
    database: Database, store: DocumentStore, now: datetime, since: datetime
) -> None:
    with database.session() as session:
        register = Register(session, store, now)
        register.review("P-1", portal("服务器"))
        register.review("P-2", portal("服务器"), unit="zwfw")
        mine = register.review("P-3", portal("办事大厅"))
    with database.reading() as session:
        fresh = Reviews(session).with_id(mine.id)
        assert fresh is not None
        searched = Likenesses(session)
        named = searched.of_other_projects(fresh, Wanted(set(), {"服务器"}, set()), since).of({"服务器"}, "")
        assert {each.project.code for each in named} == {"P-1"}
        key = content_key(portal())
        alike = searched.of_other_projects(fresh, Wanted(set(), set(), {key}), since).of((), key)
        assert {each.project.code for each in alike} == {"P-1", "P-2"}


def test_only_a_reviews_last_tender_and_a_projects_current_table_count(
    database: Database, store: DocumentStore, now: datetime, since: datetime
) -> None:
    with database.session() as session:
        register = Register(session, store, now)
        other = register.review("P-1", portal())
        Reviews(session).start_round(other, 2, now)
        file = register.file()
        Tables(session).store_tender(other.id, 2, file, _table([portal("另一系统")]), now)
        Tables(session).store_baseline(other.project_id, file, _table([portal("第三系统")]), now)
        mine = register.review("P-2", portal())
    with database.reading() as session:
        assert found(session, mine, since) == []
        items = found(session, mine, since, ("另一系统", "第三系统"))
        assert sorted((each.side, each.name) for each in items) == [("批复", "第三系统"), ("招标", "另一系统")]


def test_documents_that_are_not_open_are_never_found_even_if_some_got_in(
    database: Database, store: DocumentStore, now: datetime, since: datetime
) -> None:
    with database.session() as session:
        register = Register(session, store, now)
        secret = register.review("P-1", portal())
        mine = register.review("P-2", portal())
        documents = [Tables(session).baseline(secret.baseline_table_id or 0).document_id]
        tender = Tables(session).tender(secret.id, 1)
        assert tender is not None
        documents.append(tender.document_id)
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text("UPDATE document SET secrecy = '机密'"))
        session.execute(text("UPDATE document SET secrecy = '公开'"))
        _lift_the_constraint(session)
        for document in documents:
            session.execute(text("UPDATE document SET secrecy = '机密' WHERE id = :id"), {"id": document})
    with database.reading() as session:
        assert found(session, mine, since) == []
        fresh = Reviews(session).with_id(mine.id)
        assert fresh is not None
        assert Likenesses(session).purchases(fresh, 2026) == []


def _lift_the_constraint(session: Session) -> None:
    """Do to the database what only somebody with its password can: both know a way around a check."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA ignore_check_constraints = ON"))
    else:
        found = text("SELECT conname FROM pg_constraint WHERE contype = 'c' AND conname LIKE '%secrecy_is_open'")
        session.execute(text(f"ALTER TABLE document DROP CONSTRAINT {session.scalars(found).one()}"))


def test_one_key_brings_the_newest_rows_only(
    database: Database, store: DocumentStore, now: datetime, since: datetime
) -> None:
    with database.session() as session:
        register = Register(session, store, now)
        for number in range(MOST_ALIKE + 5):
            register.review(f"P-{number:03d}", portal())
        mine = register.review("P-mine", portal())
    with database.reading() as session:
        codes = {each.project.code for each in found(session, mine, since)}
        assert len(codes) == MOST_ALIKE
        assert "P-000" not in codes


def test_a_years_purchases_are_those_of_the_units_other_projects_in_chinas_year(
    database: Database, store: DocumentStore, now: datetime
) -> None:
    new_year = datetime.fromisoformat("2025-12-31T16:00:00+00:00")
    with database.session() as session:
        register = Register(session, store, now)
        register.review("P-1", portal(), portal("无价", None), at=new_year)
        register.review("P-2", portal(), at=new_year - timedelta(seconds=1))
        register.review("P-3", portal(), unit="zwfw")
        mine = register.review("P-4", portal())
    with database.reading() as session:
        fresh = Reviews(session).with_id(mine.id)
        assert fresh is not None
        bought = Likenesses(session).purchases(fresh, 2026)
        assert [(each.project.code, each.item, each.fen) for each in bought] == [("P-1", "统一办事门户", 30_000_000)]


def a_line(number: int = 1, **changes: Any) -> ContractLine:
    usual = ContractLine(
        "2025-01", "政务网改造", f"HT-{number}", 1, "某科技公司", "防火墙（万兆）", "吞吐量10Gbps", "台", 8_000_000,
        "2.5", "含税", date(2025, 6, 30),
    )  # fmt: skip
    return replace(usual, **changes)


def test_prices_are_found_by_reduced_name_newest_first(database: Database, now: datetime) -> None:
    with database.session() as session:
        old, new = a_line(1), a_line(2, signed_on=date(2026, 1, 1), quantity="")
        Contracts(session).add([old, new, a_line(3, item="路由器")], "ab" * 32, now)
        assert Contracts(session).recorded({"HT-1", "HT-9"}) == {("HT-1", 1): old}
    with database.reading() as session:
        prices = Contracts(session).prices_of({"防火墙", "没有"}, date(2020, 1, 1))
        assert list(prices) == ["防火墙"]
        assert [price.contract_number for price in prices["防火墙"]] == ["HT-2", "HT-1"]
        assert [str(price.quantity) for price in prices["防火墙"]] == ["None", "2.5"]
        assert prices["防火墙"][0].unit_price_fen == 8_000_000
        assert Contracts(session).prices_of({"防火墙"}, date(2026, 1, 2)) == {}
        assert Contracts(session).count() == 3


def test_many_names_are_asked_for_at_once_and_each_brings_its_newest(database: Database, now: datetime) -> None:
    lines = [a_line(number, signed_on=date(2020, 1, 1) + timedelta(days=number)) for number in range(MOST_PRICES + 3)]
    with database.session() as session:
        Contracts(session).add(lines, "ab" * 32, now)
    with database.reading() as session:
        names = {"防火墙", *(f"名称{number}" for number in range(AT_A_TIME * 2))}
        prices = Contracts(session).prices_of(names, date(2019, 1, 1))["防火墙"]
        assert len(prices) == MOST_PRICES
        assert prices[0].contract_number == f"HT-{MOST_PRICES + 2}"


@pytest.mark.parametrize("changes", [{"unit_price_fen": 0}, {"tax": "未知"}])
def test_the_database_itself_refuses_what_no_price_can_be(
    database: Database, now: datetime, changes: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), database.session() as session:
        Contracts(session).add([a_line(1, **changes)], "ab" * 32, now)


def test_a_contracts_line_is_recorded_once(database: Database, now: datetime) -> None:
    with database.session() as session:
        Contracts(session).add([a_line()], "ab" * 32, now)
    with pytest.raises(IntegrityError), database.session() as session:
        Contracts(session).add([a_line(unit_price_fen=1)], "ab" * 32, now)


def a_hint(hint_id: str, **changes: Any) -> Hint:
    usual = Hint(
        "low_unit_price", Topic.PRICE, "平台", "防火墙", "单价", "约为批复的50%", "8.00万元", "4.00万元", "批复!F2",
        "招标!F2", "经验默认值60%", "第十八条", "佐证", informs=False, hint_id=hint_id,
    )  # fmt: skip
    return replace(usual, **changes)


def test_hints_come_back_in_order_and_keep_what_was_answered(
    database: Database, store: DocumentStore, now: datetime
) -> None:
    with database.session() as session:
        review = Register(session, store, now).review("P-1", portal())
        hints = Hints(session)
        hints.add(review, [a_hint("b"), a_hint("a", topic=Topic.CLOUD, informs=True)], {})
        hints.answer(review, {"b": Answer("dismissed", "已论证"), "x": Answer("upheld")})
        earlier = {row.hint_id: row for row in hints.of_round(review.id, 1)}
        Reviews(session).start_round(review, 2, now)
        hints.add(review, [a_hint("c"), a_hint("b")], {"b": earlier["b"]})
    with database.reading() as session:
        first, second = (Hints(session).of_round(review.id, number) for number in (1, 2))
        assert [(row.hint_id, row.position, row.topic, row.informs) for row in first] == [
            ("b", 0, "价格", False), ("a", 1, "上云", True),
        ]  # fmt: skip
        assert [(row.hint_id, row.answer, row.note, row.carried_over) for row in second] == [
            ("c", None, "", False), ("b", "dismissed", "已论证", True),
        ]  # fmt: skip
        assert (first[0].approved_ref, first[0].figure, first[0].evidence) == ("批复!F2", "经验默认值60%", "佐证")


def test_a_rounds_hint_is_written_once(database: Database, store: DocumentStore, now: datetime) -> None:
    with database.session() as session:
        review = Register(session, store, now).review("P-1", portal())
        Hints(session).add(review, [a_hint("b")], {})
    with pytest.raises(IntegrityError), database.session() as session:
        Hints(session).add(Reviews(session).of_instance(1), [a_hint("b")], {})


def test_rows_read_before_there_were_keys_get_them_when_the_schema_is_upgraded(empty_url: str) -> None:
    engine = connections.create(empty_url)
    config = configuration()
    config.attributes["engine"] = engine
    command.upgrade(config, "0006")
    told = {"at": "2026-01-01 00:00:00", "content": json.dumps(to_plain(portal())), "sha256": "ab" * 32}
    with engine.begin() as connection:
        for statement in OLD_REGISTRY:
            connection.execute(text(statement), told)
    command.upgrade(config, "head")
    with engine.connect() as connection:
        keys = connection.execute(text("SELECT name_key, content_key FROM baseline_row")).one()
        assert tuple(keys) == (name_key("统一办事门户"), content_key(portal()))
    engine.dispose()


OLD_REGISTRY = (
    "INSERT INTO organisation (id, code, name, created_at) VALUES (1, 'csyx', '中心', :at)",
    """INSERT INTO project (id, code, name, organisation_id, regulation_version, configuration_version, created_at,
       last_worked_at) VALUES (1, 'P-1', '项目', 1, '1', '1', :at, :at)""",
    """INSERT INTO document (id, sha256, kind, file_name, media_type, size, secrecy, created_by, created_at)
       VALUES (1, :sha256, 'approved_table', 'a.xlsx', 'x', 1, '内部', 'unit', :at)""",
    """INSERT INTO baseline_table (id, project_id, version, document_id, items_sha256, total_fen, surroundings,
       created_at) VALUES (1, 1, 1, 1, 'x', 0, '{}', :at)""",
    """INSERT INTO baseline_row (id, table_id, position, package, subsystem, item, amount_fen, ref, content)
       VALUES (1, 1, 0, '', '', '统一办事门户', 1, 'B2', :content)""",
)
"""A table that was taken in by the version before."""
