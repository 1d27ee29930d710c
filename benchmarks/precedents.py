"""Looking a tender up in a registry of 10,000 projects: the items alike, a year's purchases, earlier prices.

The baseline is the plainest question that finds as much: a scan of all rows for the same names.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, text

from domain.documents.table import Item, Money, Parameter
from domain.plain import to_plain
from domain.reasonableness.alike import content_key, name_key
from domain.reasonableness.duplicates import is_common
from domain.reasonableness.price_list import ContractLine
from records.contracts import Contracts
from records.database import Database, open_database
from records.likenesses import Likenesses, Wanted
from records.migrations import upgrade
from records.models import (
    BaselineRow,
    BaselineTable,
    Document,
    Organisation,
    ParameterReview,
    Project,
    Tender,
    TenderRow,
)
from records.reviews import Reviews
from tests.desk import NOW

PROJECTS = 10_000
ROWS = 30
UNITS = 100
PRICES = 50_000
TRIES = 5
COMMON = ("应用服务器", "核心交换机", "防火墙", "集中存储", "系统集成", "培训", "UPS", "机柜", "操作系统", "数据库")
"""Names of a third of all rows: what every project buys."""


def item(project: int, at: int) -> Item:
    """An item: every third a common device, the others systems that few projects share."""
    name = COMMON[at % len(COMMON)] if at % 3 == 0 else f"业务系统{(project * 7 + at) % 20_000}"
    parameters = tuple(Parameter(f"支持功能{(project + at + each) % 5000}", f"设备清单!D{at}") for each in range(8))
    return Item(name, f"设备清单!B{at}", parameters=parameters, total=Money("1", 1_000_000, f"设备清单!G{at}"))


def fill(database: Database) -> None:
    """Register the projects, each with a review, an approved table and a tender."""
    with database.session() as session:
        session.execute(
            insert(Organisation), [{"code": f"u{n}", "name": f"单位{n}", "created_at": NOW} for n in range(UNITS)]
        )
        common = {"regulation_version": "1", "configuration_version": "1", "created_at": NOW, "last_worked_at": NOW}
        session.execute(
            insert(Project),
            [
                {**common, "code": f"P{n}", "name": f"项目{n}", "organisation_id": n % UNITS + 1}
                for n in range(PROJECTS)
            ],
        )
        file = {"sha256": "ab" * 32, "kind": "tender", "file_name": "a.xlsx", "media_type": "x", "size": 1}
        session.execute(insert(Document), [{**file, "secrecy": "内部", "created_by": "u", "created_at": NOW}])
        facts = {"package": "全部", "approval_number": "1", "submitted_by": "u", "created_at": NOW, "updated_at": NOW}
        numbers = range(1, PROJECTS + 1)
        session.execute(
            insert(ParameterReview), [{**facts, "process_instance_key": n, "project_id": n} for n in numbers]
        )
        table = {"document_id": 1, "items_sha256": "x", "total_fen": 0, "surroundings": {}, "created_at": NOW}
        session.execute(insert(BaselineTable), [{**table, "project_id": n, "version": 1} for n in numbers])
        session.execute(insert(Tender), [{**table, "review_id": n, "round": 1} for n in numbers])
        for number in numbers:
            rows = [row(number, at) for at in range(ROWS)]
            session.execute(insert(BaselineRow), rows)
            session.execute(insert(TenderRow), rows)


def row(project: int, at: int) -> dict[str, object]:
    """A row as `records.tables` writes it."""
    one = item(project, at)
    return {
        "table_id": project,
        "position": at,
        "package": "",
        "subsystem": "",
        "item": one.name,
        "amount_fen": one.amount_fen,
        "ref": one.place,
        "content": to_plain(one),
        "name_key": name_key(one.name),
        "content_key": content_key(one),
    }


def fill_prices(database: Database) -> None:
    """Register contract prices: a quarter of them of common devices."""
    day = NOW.date()
    with database.session() as session:
        Contracts(session).add(
            [
                ContractLine(
                    "P",
                    "项目",
                    f"HT-{n}",
                    1,
                    "",
                    COMMON[n % 10] if n % 4 == 0 else f"业务系统{n % 20_000}",
                    "",
                    "台",
                    1_000_000 + n,
                    "1",
                    "含税",
                    day - timedelta(days=n % 1500),
                )
                for n in range(PRICES)
            ],
            "ab" * 32,
            NOW,
        )


def main() -> None:
    """Print the times, and each as a ratio of the scan."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'records.db'}"
        upgrade(url)
        database = open_database(url)
        fill(database)
        fill_prices(database)
        tender = [item(4321, at) for at in range(ROWS)]
        keys = {name_key(each.name) for each in tender}
        wanted = Wanted(
            names={name_key(each.name) for each in tender if not is_common(each.name)},
            common={name_key(each.name) for each in tender if is_common(each.name)},
            contents={content_key(each) for each in tender if not is_common(each.name)},
        )
        scan = best(lambda: scanned(database, keys))
        rows = 2 * PROJECTS * ROWS
        print(f"{PROJECTS} 个项目、{rows} 行，送审 {ROWS} 项")
        print(f"逐行查找（基准）       {scan * 1000:8.1f} ms")
        for name, question in (
            ("其他项目的同类内容", lambda: alike(database, wanted)),
            ("本单位本年度的采购", lambda: purchases(database)),
            ("历史合同单价", lambda: prices(database, keys)),
        ):
            taken = best(question)
            print(f"{name}\t{taken * 1000:8.1f} ms  为基准的 {taken / scan:.3f}")
        database.close()


def best(question: Callable[[], int]) -> float:
    """Return the best of some tries in seconds."""
    times = []
    for _ in range(TRIES):
        start = time.perf_counter()
        question()
        times.append(time.perf_counter() - start)
    return min(times)


def scanned(database: Database, keys: set[str]) -> int:
    """Look at every row's name."""
    found = 0
    with database.reading() as session:
        for table in ("baseline_row", "tender_row"):
            for (content,) in session.execute(text(f"SELECT item FROM {table}")):  # noqa: S608 - two names of our own
                found += name_key(content) in keys
    return found


def alike(database: Database, wanted: Wanted) -> int:
    """Ask for the items alike."""
    with database.reading() as session:
        review = Reviews(session).with_id(4321)
        assert review is not None
        found = Likenesses(session).of_other_projects(review, wanted, NOW - timedelta(days=2000))
        return len(found.by_name)


def purchases(database: Database) -> int:
    """Ask for a year's purchases of the unit."""
    with database.reading() as session:
        review = Reviews(session).with_id(4321)
        assert review is not None
        return len(Likenesses(session).purchases(review, NOW.year))


def prices(database: Database, keys: set[str]) -> int:
    """Ask for earlier prices."""
    with database.reading() as session:
        return len(Contracts(session).prices_of(keys, NOW.date() - timedelta(days=1800)))


if __name__ == "__main__":
    main()
