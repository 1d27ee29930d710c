"""What nobody asks for is done all the same: cancelled reviews, deadlines under a new calendar, the audit trail."""

import asyncio
import contextlib
import logging
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from domain.calendars import published
from domain.workdays import Unit, calendar_of
from records import audit, chain
from records.database import Database
from records.deadlines import Deadlines, NewDeadline
from records.models import AuditEvent, ReviewState
from records.projects import NewProject, Projects
from records.reviews import Request, Reviews
from workers.upkeep import Chore, check_audit_trail, follow_cancellations, recount_deadlines

NOW = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)
YEARS = [
    {"year": 2026, "basis": "试", "off": [], "make_up": []},
    {"year": 2027, "basis": "试", "off": [], "make_up": []},
]


class FakeInstances:
    """An engine that knows which instances were cancelled, and notes what it was asked."""

    def __init__(self, *cancelled: int) -> None:
        self.cancelled = set(cancelled)
        self.asked: list[list[int]] = []

    def terminated(self, keys: Iterable[int]) -> set[int]:
        self.asked.append(list(keys))
        return self.cancelled & set(self.asked[-1])


def open_review(database: Database, key: int) -> None:
    with database.session() as session:
        project = Projects(session).register(NewProject("P-1", "平台", "csyx", "单位"), NOW)
        Reviews(session).open(Request(key, project.id, "全部", "文号", date(2026, 3, 2), "单位"), NOW)


def set_deadline(database: Database, key: int) -> None:
    new = NewDeadline(f"parameter_review:{key}", "初审", "第十八条", "配置", date(2026, 12, 28), 5, Unit.WORKING_DAY)
    with database.session() as session:
        Deadlines(session).set(new, published(), NOW)


def state(database: Database, key: int) -> tuple[ReviewState, datetime | None]:
    with database.reading() as session:
        review = Reviews(session).of_instance(key)
        return review.state, review.ended_at


def actions(database: Database) -> list[tuple[str, str, str]]:
    with database.reading() as session:
        return [(e.action, e.subject, e.payload) for e in session.scalars(select(AuditEvent).order_by(AuditEvent.seq))]


def test_a_cancelled_instance_ends_its_review_once_and_nothing_of_it_stays_due(database: Database) -> None:
    for key in (7, 8):
        open_review(database, key)
        set_deadline(database, key)
    engine = FakeInstances(7)
    follow_cancellations(database, engine, NOW)
    follow_cancellations(database, engine, NOW)
    assert state(database, 7) == (ReviewState.CANCELLED, NOW)
    assert state(database, 8) == (ReviewState.CHECKING, None)
    assert engine.asked == [[7, 8], [8]]
    assert actions(database) == [
        ("review.cancelled", "parameter_review:7", '{"stood":"核对中","withdrawn":["初审"]}'),
    ]
    with database.reading() as session:
        assert [each.subject for each in Deadlines(session).due_through(date(2030, 1, 1))] == ["parameter_review:8"]


def test_a_request_cancelled_before_anything_was_registered_is_due_no_longer(database: Database) -> None:
    set_deadline(database, 9)
    follow_cancellations(database, FakeInstances(9), NOW)
    assert [action for action, _, _ in actions(database)] == ["review.cancelled"]


def test_nothing_under_way_asks_the_engine_nothing(database: Database) -> None:
    engine = FakeInstances()
    follow_cancellations(database, engine, NOW)
    assert engine.asked == []


def test_a_deadline_into_a_year_without_holidays_is_final_once_they_are_published(database: Database) -> None:
    set_deadline(database, 7)
    with database.reading() as session:
        assert [each.provisional for each in Deadlines(session).of_subject("parameter_review:7")] == [True]
    recount_deadlines(database, calendar_of(YEARS), NOW)
    recount_deadlines(database, calendar_of(YEARS), NOW)
    with database.reading() as session:
        assert Deadlines(session).provisional() == []
    assert [action for action, _, _ in actions(database)] == ["deadline.recounted"]


def append(database: Database, count: int) -> None:
    with database.session() as session:
        for number in range(count):
            audit.append(session, "li_qiang", "review.signed", f"parameter_review:{number}", {}, NOW)


def test_the_head_of_the_audit_trail_is_anchored_when_it_has_moved(database: Database, tmp_path: Path) -> None:
    anchors = tmp_path / "audit" / "anchors.jsonl"
    append(database, 2)
    for _ in range(2):
        check_audit_trail(database, anchors, NOW)
    append(database, 1)
    check_audit_trail(database, anchors, NOW)
    assert [noted.seq for noted in chain.read_anchors(anchors)] == [2, 3]


def test_an_anchor_half_written_at_a_power_cut_is_passed_over_and_cut(database: Database, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.jsonl"
    append(database, 1)
    check_audit_trail(database, anchors, NOW)
    with anchors.open("a") as file:
        file.write('{"seq": 1, "ha')
    append(database, 1)
    check_audit_trail(database, anchors, NOW)
    assert [noted.seq for noted in chain.read_anchors(anchors)] == [1, 2]


def test_a_broken_audit_trail_is_told_and_never_anchored(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    anchors = tmp_path / "anchors.jsonl"
    append(database, 3)
    with database.session() as session:
        session.execute(text("DROP TRIGGER audit_event_no_update"))
        session.execute(text("UPDATE audit_event SET actor = 'zhao_min' WHERE seq = 2"))
    with caplog.at_level(logging.ERROR):
        check_audit_trail(database, anchors, NOW)
    assert not anchors.exists()
    assert "broken at event 2" in caplog.text
    assert actions(database)[-1] == ("audit.broken", "audit_trail", '{"reason":"内容与校验值不符","seq":2}')


def test_a_chore_is_done_again_and_again() -> None:
    done: list[datetime] = []
    chore = Chore("test", timedelta(milliseconds=20), done.append)
    with contextlib.suppress(TimeoutError):
        asyncio.run(asyncio.wait_for(chore.repeat(), 0.3))
    assert len(done) > 2
