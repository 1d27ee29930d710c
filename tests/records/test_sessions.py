from datetime import datetime, timedelta

from records.database import Database
from records.sessions import WebSessions

HASH = "5e" * 32


def test_a_sign_in_outlives_the_program_and_is_touched(database: Database, now: datetime) -> None:
    with database.session() as session:
        WebSessions(session).open(HASH, "wang_fang", b"sealed", now, now + timedelta(hours=8))
    with database.session() as session:
        WebSessions(session).touch(HASH, now + timedelta(minutes=1))
    with database.reading() as session:
        found = WebSessions(session).with_hash(HASH)
        assert WebSessions(session).with_hash("00") is None
    assert found is not None
    assert (found.id_hash, found.username, found.credential) == (HASH, "wang_fang", b"sealed")
    assert (found.created_at, found.last_seen_at) == (now, now + timedelta(minutes=1))
    assert (found.expires_at, found.ended_at) == (now + timedelta(hours=8), None)


def test_the_end_of_a_sign_in_erases_its_credential_and_keeps_the_row(database: Database, now: datetime) -> None:
    with database.session() as session:
        sessions = WebSessions(session)
        opened = [sessions.open(f"{n}", "wang_fang", b"sealed", now, now + timedelta(hours=n)) for n in range(4)]
    with database.session() as session:
        sessions = WebSessions(session)
        sessions.end("3", now)
        sessions.end("3", now + timedelta(days=1))
        sessions.end_over(now + timedelta(hours=1), timedelta(hours=8))
    with database.session() as session:
        sessions = WebSessions(session)
        found = [sessions.with_hash(row.id_hash) for row in opened]
        ends = [(row.ended_at, row.credential) for row in found if row]
        assert ends == [
            (now + timedelta(hours=1), None),
            (now + timedelta(hours=1), None),
            (None, b"sealed"),
            (now, None),
        ]
        sessions.end_all_of("wang_fang", now + timedelta(hours=2))
    with database.reading() as session:
        last = WebSessions(session).with_hash("2")
        assert last is not None
        assert (last.ended_at, last.credential) == (now + timedelta(hours=2), None)


def test_a_sign_in_nobody_uses_is_ended_before_its_time(database: Database, now: datetime) -> None:
    with database.session() as session:
        sessions = WebSessions(session)
        for name in ("used", "left"):
            sessions.open(name, "wang_fang", b"sealed", now, now + timedelta(hours=8))
        session.flush()
        sessions.touch("used", now + timedelta(minutes=20))
        sessions.end_over(now + timedelta(minutes=30), timedelta(minutes=30))
    with database.reading() as session:
        found = {name: WebSessions(session).with_hash(name) for name in ("used", "left")}
        assert {name: row.credential for name, row in found.items() if row} == {"used": b"sealed", "left": None}
