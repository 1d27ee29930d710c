"""Overruled verdicts: statements that are only added, the one that stands, and when it counts."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from domain.parameters.verdicts import Verdict
from records.database import Database
from records.models import ParameterReview, ReviewStage
from records.overrides import Overrides, Stated, Statement
from records.reviews import Reviews, as_finding
from tests.records.test_reviews import a_finding, open_review

FIRST = Stated(ReviewStage.FIRST, "li_qiang", 101)
BOTH = [Statement("a1", "一致", "同一接口"), Statement("b2", "降低", "下限不同")]
SECOND = Stated(ReviewStage.SECOND, "zhao_min", 102)


def a_round(session: Session, now: datetime) -> ParameterReview:
    review = open_review(session, now)
    found = [a_finding("a1", Verdict.MANUAL), a_finding("b2", Verdict.SAME), a_finding("c3")]
    Reviews(session).add_findings(review, found, {})
    return review


def test_a_statement_tells_who_when_in_which_round_and_task_what_it_replaces_and_why(
    database: Database, now: datetime
) -> None:
    with database.session() as session:
        review = a_round(session, now)
        Overrides(session).add(review, [Statement("a1", "一致", "同一接口")], FIRST, now)
    with database.reading() as session:
        (row,) = Overrides(session).of_round(review.id, 1)
        assert (row.review_id, row.round, row.finding_id, row.stage) == (review.id, 1, "a1", ReviewStage.FIRST)
        assert (row.person, row.element_instance_key, row.at, row.carried_from) == ("li_qiang", 101, now, None)
        assert (row.verdict_before, row.verdict_after, row.reason) == ("不可比/需人工", "一致", "同一接口")


def test_the_last_statement_stands_and_the_same_one_is_not_repeated(database: Database, now: datetime) -> None:
    later = now + timedelta(hours=1)
    with database.session() as session:
        review = a_round(session, now)
        overrides = Overrides(session)
        overrides.add(review, BOTH, FIRST, now)
        overrides.add(review, [Statement("a1", "提高", "要求更严")], SECOND, later)
        repeated = overrides.add(review, [Statement("b2", "降低", "下限不同")], FIRST, later)
        assert repeated == []
        assert [row.finding_id for row in overrides.of_round(review.id, 1)] == ["a1", "b2", "a1"]
        standing = overrides.standing(review.id, 1)
        assert {key: (row.verdict_before, row.verdict_after, row.person) for key, row in standing.items()} == {
            "a1": ("一致", "提高", "zhao_min"),
            "b2": ("一致", "降低", "li_qiang"),
        }


def test_the_machines_verdict_stays_and_the_reviewers_counts_once_it_is_settled(
    database: Database, now: datetime
) -> None:
    with database.session() as session:
        review = a_round(session, now)
        Overrides(session).add(review, BOTH, FIRST, now)
        before = Reviews(session).verdict_counts(review.id, 1)
        assert before == {"不可比/需人工": 1, "一致": 1, "提高": 1}
        assert set(Overrides(session).settle(review)) == {"a1", "b2"}
    with database.reading() as session:
        rows = Reviews(session).findings(review.id, 1)
        assert [(row.verdict, row.overruled, row.effective_verdict, row.is_deviation) for row in rows] == [
            ("不可比/需人工", "一致", "一致", False),
            ("一致", "降低", "降低", True),
            ("提高", None, "提高", True),
        ]
        assert [as_finding(row).verdict for row in rows] == [Verdict.MANUAL, Verdict.SAME, Verdict.RAISED]
        assert Reviews(session).verdict_counts(review.id, 1) == {"一致": 1, "降低": 1, "提高": 1}


def test_a_statement_of_the_machines_own_verdict_takes_the_override_back(database: Database, now: datetime) -> None:
    with database.session() as session:
        review = a_round(session, now)
        overrides = Overrides(session)
        overrides.add(review, [Statement("a1", "一致", "同一接口")], FIRST, now)
        overrides.settle(review)
        overrides.add(review, [Statement("a1", "不可比/需人工", "接口不同")], FIRST, now)
        assert overrides.settle(review) == {}
        assert [row.overruled for row in Reviews(session).findings(review.id, 1)] == [None, None, None]


def test_what_stood_is_repeated_in_the_next_round_and_names_where_it_comes_from(
    database: Database, now: datetime
) -> None:
    later = now + timedelta(days=3)
    with database.session() as session:
        review = a_round(session, now)
        overrides = Overrides(session)
        overrides.add(review, BOTH, FIRST, now)
        overrides.settle(review)
        Reviews(session).start_round(review, 2, later)
        found = [a_finding("a1", Verdict.MANUAL), a_finding("d4", Verdict.SAME)]
        Reviews(session).add_findings(review, found, {}, {"a1": "一致"})
        overrides.carry_over(review, (review.id, 1), {"a1"}, 201, later)
    with database.reading() as session:
        first, second = (Overrides(session).standing(review.id, number) for number in (1, 2))
        (carried,) = second.values()
        assert (carried.carried_from, carried.person, carried.stage) == (first["a1"].id, "li_qiang", ReviewStage.FIRST)
        assert (carried.verdict_after, carried.reason, carried.at) == ("一致", "同一接口", later)
        assert carried.element_instance_key == 201
        assert [row.effective_verdict for row in Reviews(session).findings(review.id, 2)] == ["一致", "一致"]


def test_a_finding_the_round_does_not_have_cannot_be_overruled(database: Database, now: datetime) -> None:
    with database.session() as session:
        review = a_round(session, now)
        with pytest.raises(KeyError, match="z9"):
            Overrides(session).add(review, [Statement("z9", "一致", "没有")], FIRST, now)


CHANGES = {
    "changed": "UPDATE finding_override SET reason = 'x'",
    "removed": "DELETE FROM finding_override",
    "replaced": "INSERT OR REPLACE INTO finding_override SELECT * FROM finding_override",
}


@pytest.mark.parametrize("how", CHANGES)
def test_no_statement_is_ever_changed_or_removed(database: Database, now: datetime, how: str) -> None:
    statement = CHANGES[how]
    if how == "replaced" and database.engine.dialect.name == "postgresql":
        statement = "TRUNCATE finding_override CASCADE"
    with database.session() as session:
        review = a_round(session, now)
        Overrides(session).add(review, [Statement("a1", "一致", "同一接口")], FIRST, now)
    with pytest.raises(DBAPIError, match="append-only"), database.session() as session:
        session.execute(text(statement))
    with database.reading() as session:
        assert [row.reason for row in Overrides(session).of_round(review.id, 1)] == ["同一接口"]
