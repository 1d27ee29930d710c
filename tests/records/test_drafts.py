"""Drafts of forms: the last one of a person counts, none outlives its task or its time."""

from datetime import datetime, timedelta

from records.database import Database
from records.drafts import TaskDrafts


def kept(database: Database, task_key: int, username: str) -> tuple[str, datetime] | None:
    with database.reading() as session:
        found = TaskDrafts(session).of(task_key, username)
        return (found.content, found.saved_at) if found else None


def test_the_last_draft_of_a_person_counts_and_others_have_their_own(database: Database, now: datetime) -> None:
    later = now + timedelta(hours=1)
    with database.session() as session:
        TaskDrafts(session).keep(1, "li_qiang", '{"a":1}', now)
        TaskDrafts(session).keep(1, "zhao_min", '{"a":3}', now)
        TaskDrafts(session).keep(1, "li_qiang", '{"a":2}', later)
    assert kept(database, 1, "li_qiang") == ('{"a":2}', later)
    assert kept(database, 1, "zhao_min") == ('{"a":3}', now)
    assert kept(database, 2, "li_qiang") is None


def test_drafts_go_with_their_task_and_with_time(database: Database, now: datetime) -> None:
    with database.session() as session:
        for task_key, age in ((1, 0), (2, 0), (3, 90)):
            TaskDrafts(session).keep(task_key, "li_qiang", "{}", now - timedelta(days=age))
    with database.session() as session:
        TaskDrafts(session).discard(1)
        TaskDrafts(session).discard_older(now - timedelta(days=60))
    assert [kept(database, task_key, "li_qiang") is not None for task_key in (1, 2, 3)] == [False, True, False]
