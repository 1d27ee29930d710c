import contextlib
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from records import audit, chain
from records.audit import GENESIS, link_hash
from records.chain import Anchor, Break, Check
from records.database import Database
from records.models import AuditHead

UNPROTECT = {
    "sqlite": [
        "DROP TRIGGER audit_event_no_update",
        "DROP TRIGGER audit_event_no_delete",
        "DROP TRIGGER audit_event_no_replace",
    ],
    "postgresql": ["DROP TRIGGER audit_event_no_change ON audit_event"],
}
COLUMNS = ["at", "actor", "action", "subject", "payload", "prev_hash", "hash"]


def append_events(database: Database, now: datetime, count: int = 5) -> None:
    with database.session() as session:
        for number in range(1, count + 1):
            audit.append(session, "li_qiang", "review.judged", f"parameter_review:{number}", {"第": number}, now)


def tamper(database: Database, *statements: str) -> None:
    """Do what only an owner of the database can: take the protection off and change rows."""
    with database.session() as session:
        for statement in [*UNPROTECT[database.engine.dialect.name], *statements]:
            session.execute(text(statement))


def verify(database: Database, *anchors: Anchor) -> Check:
    with database.reading() as session:
        return chain.verify(session, anchors)


def rows(database: Database) -> list[Any]:
    with database.reading() as session:
        return list(session.execute(text("SELECT * FROM audit_event ORDER BY seq")))


def test_events_are_chained_from_the_first_one(database: Database, now: datetime) -> None:
    append_events(database, now, 2)
    with database.reading() as session:
        first, second = session.execute(chain._ALL_EVENTS)
    assert first._asdict() == {
        "seq": 1,
        "at": now,
        "actor": "li_qiang",
        "action": "review.judged",
        "subject": "parameter_review:1",
        "payload": '{"第":1}',
        "prev_hash": GENESIS,
        "hash": link_hash(first._asdict()),
    }
    assert (second.seq, second.prev_hash) == (2, first.hash)
    assert verify(database) == Check(2, None)


def test_the_hash_is_sha256_over_canonical_json_so_that_others_can_check_it() -> None:
    event = {
        "seq": 1,
        "at": datetime(2026, 11, 23, 1, 30, tzinfo=UTC),
        "actor": "li_qiang",
        "action": "review.judged",
        "subject": "parameter_review:1",
        "payload": '{"第":1}',
        "prev_hash": GENESIS,
    }
    # By hand: `printf '%s' '["2026-11-23T01:30:00.000000+00:00",1,"li_qiang","review.judged","parameter_review:1",
    # "{\"第\":1}","000…"]' | sha256sum`, on one line, the zeros written out.
    assert link_hash(event) == "02461ec2c7ae4787955be854225eb26ef0caf0173a579f09ca5ea6882f385c10"


def test_an_empty_trail_is_whole(database: Database) -> None:
    assert verify(database) == Check(0, None)


def test_events_of_a_rolled_back_session_are_not_written(database: Database, now: datetime) -> None:
    with contextlib.suppress(KeyError), database.session() as session:
        audit.append(session, "a", "b.c", "d:1", {}, now)
        raise KeyError
    append_events(database, now, 1)
    assert verify(database) == Check(1, None)


def test_an_event_needs_a_zone_and_a_place_outside_savepoints(database: Database, now: datetime) -> None:
    with database.session() as session:
        with pytest.raises(ValueError, match="needs a zone"):
            audit.append(session, "a", "b.c", "d:1", {}, now.replace(tzinfo=None))
        with session.begin_nested(), pytest.raises(ValueError, match="outside savepoints"):
            audit.append(session, "a", "b.c", "d:1", {}, now)


def test_writers_at_the_same_time_never_fork_the_chain(database: Database, now: datetime) -> None:
    def write(number: int) -> None:
        for turn in range(10):
            with database.session() as session:
                audit.append(session, f"writer{number}", "x.done", f"x:{turn}", {}, now + timedelta(seconds=turn))
                audit.append(session, f"writer{number}", "x.done", f"x:{turn}", {"second": True}, now)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert verify(database) == Check(80, None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor = 'nobody'",
        "DELETE FROM audit_event",
        "UPDATE audit_event SET actor = 'nobody' WHERE seq = 2",
        "DELETE FROM audit_event WHERE seq = 5",
    ],
)
def test_the_database_refuses_to_change_the_trail(database: Database, now: datetime, statement: str) -> None:
    append_events(database, now)
    before = rows(database)
    with pytest.raises(DatabaseError, match="append-only"), database.session() as session:
        session.execute(text(statement))
    assert rows(database) == before


def test_the_database_refuses_the_ways_around_a_delete(database: Database, now: datetime) -> None:
    append_events(database, now)
    before = rows(database)
    around = {
        "sqlite": "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE seq = 2",
        "postgresql": "TRUNCATE audit_event",
    }
    with pytest.raises(DatabaseError, match="append-only"), database.session() as session:
        session.execute(text(around[database.engine.dialect.name]))
    assert rows(database) == before


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_changed_column_is_found_at_its_row(database: Database, now: datetime, column: str, seq: int) -> None:
    append_events(database, now)
    value = "'2020-01-01 00:00:00.000000'" if column == "at" else f"{column} || 'x'"
    tamper(database, f"UPDATE audit_event SET {column} = {value} WHERE seq = {seq}")  # noqa: S608 - names of this file
    reason = "与上一条不衔接" if column == "prev_hash" else "内容与校验值不符"
    assert verify(database) == Check(seq - 1, Break(seq, reason))


@pytest.mark.parametrize("place", range(64))
def test_each_flipped_digit_of_a_hash_is_found(place: int, now: datetime) -> None:
    event = {"seq": 1, "at": now, "actor": "a", "action": "b", "subject": "c", "payload": "{}", "prev_hash": GENESIS}
    honest = link_hash(event)
    flipped = GENESIS[:place] + "1" + GENESIS[place + 1 :]
    assert link_hash(event | {"prev_hash": flipped}) != honest


@pytest.mark.parametrize(
    ("what", "statements", "broken"),
    [
        ("deleted in the middle", ["DELETE FROM audit_event WHERE seq = 3"], Break(3, "记录缺失或次序被改动")),
        ("deleted first", ["DELETE FROM audit_event WHERE seq = 1"], Break(1, "记录缺失或次序被改动")),
        (
            "deleted and renumbered",
            ["DELETE FROM audit_event WHERE seq = 3", "UPDATE audit_event SET seq = 3 WHERE seq = 4"],
            Break(3, "与上一条不衔接"),
        ),
        (
            "swapped",
            [
                "UPDATE audit_event SET seq = 99 WHERE seq = 2",
                "UPDATE audit_event SET seq = 2 WHERE seq = 3",
                "UPDATE audit_event SET seq = 3 WHERE seq = 99",
            ],
            Break(2, "与上一条不衔接"),
        ),
        (
            "added at the end",
            ["INSERT INTO audit_event SELECT 6, at, 'x', 'x', 'x', '{}', hash, hash FROM audit_event WHERE seq = 5"],
            Break(6, "内容与校验值不符"),
        ),
        ("cut off at the end", ["DELETE FROM audit_event WHERE seq = 5"], Break(5, "末尾与链头记录不符")),
        ("emptied", ["DELETE FROM audit_event"], Break(1, "末尾与链头记录不符")),
        ("head removed", ["DELETE FROM audit_head"], Break(6, "末尾与链头记录不符")),
    ],
)
def test_each_kind_of_tampering_is_found_where_it_begins(
    database: Database, now: datetime, what: str, statements: list[str], broken: Break
) -> None:
    append_events(database, now)
    tamper(database, *statements)
    assert verify(database).broken == broken, what


CUT = [
    "DELETE FROM audit_event WHERE seq > 3",
    "UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit_event WHERE seq = 3)",
]


def rewrite(database: Database, now: datetime) -> None:
    """Forge the whole chain from the third event on, head included, as somebody who knows the algorithm can."""
    tamper(database, "DELETE FROM audit_event", "DELETE FROM audit_head")
    with database.session() as session:
        session.add(AuditHead(id=1, seq=0, hash=GENESIS))
    with database.session() as session:
        for number in range(1, 6):
            actor = "li_qiang" if number < 3 else "forger"
            audit.append(session, actor, "review.judged", f"parameter_review:{number}", {"第": number}, now)


@pytest.mark.parametrize(
    ("forge", "broken"),
    [
        (lambda database, _now: tamper(database, *CUT), Break(4, "末尾缺失：存证过的记录不在链上")),
        (rewrite, Break(5, "与存证的校验值不符")),
    ],
)
def test_what_the_chain_alone_cannot_show_an_outside_anchor_does(
    database: Database, now: datetime, tmp_path: Path, forge: Callable[[Database, datetime], None], broken: Break
) -> None:
    append_events(database, now)
    file = tmp_path / "elsewhere" / "anchors.jsonl"
    with database.reading() as session:
        noted = chain.anchor(session, file, now)
    assert (noted.seq, noted.at) == (5, "2026-11-23T01:30:00+00:00")
    assert verify(database, *chain.read_anchors(file)) == Check(5, None)
    forge(database, now)
    assert verify(database).broken is None
    assert verify(database, *chain.read_anchors(file)).broken == broken


def test_anchors_gather_in_the_file_and_old_ones_stay_good(database: Database, now: datetime, tmp_path: Path) -> None:
    file = tmp_path / "anchors.jsonl"
    for _ in range(3):
        with database.reading() as session:
            chain.anchor(session, file, now)
        append_events(database, now, 2)
    assert [anchor.seq for anchor in chain.read_anchors(file)] == [0, 2, 4]
    assert verify(database, *chain.read_anchors(file)) == Check(6, None)


def test_two_anchors_that_contradict_each_other_cannot_both_hold(database: Database, now: datetime) -> None:
    append_events(database, now)
    last = rows(database)[-1].hash
    assert verify(database, Anchor(5, last, ""), Anchor(5, "f" * 64, "")).broken == Break(5, "与存证的校验值不符")
