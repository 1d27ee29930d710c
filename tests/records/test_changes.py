"""Changes of a package: what was agreed last, what runs, what was stated; on both databases."""

from datetime import date, timedelta

import pytest

from records.changes import Changes, NewChange, last_of, latest_agreed, opinion_number, plain_change, running_change
from records.database import Database
from records.models import ParameterReview, ReviewKind, ReviewState
from records.projects import NewProject, Projects
from records.reviews import Request, Reviews
from tests.records.conftest import NOW


def stated(agreed: int, kind: str = "更正公告") -> NewChange:
    return NewChange(kind, "仅列变更条目", "质疑成立", "JH26-1", date(2026, 11, 20), agreed, 1)


@pytest.fixture
def project_id(database: Database) -> int:
    with database.session() as session:
        return Projects(session).register(NewProject("2026-1", "项目", "csyx", "单位"), NOW).id


def add(
    database: Database,
    project_id: int,
    key: int,
    state: ReviewState,
    *,
    changes: int | None = None,
    package: str = "全部",
) -> int:
    with database.session() as session:
        request = Request(key, project_id, package, "沈发改审批[2026]18号", None, "csyx")
        review = Reviews(session).open(request, NOW + timedelta(minutes=key))
        if changes is not None:
            Changes(session).record(review, stated(changes))
        Reviews(session).move(review, state, NOW)
        return review.id


def of_package(database: Database, project_id: int) -> list[ParameterReview]:
    with database.reading() as session:
        return list(Changes(session).of_package(project_id, "全部"))


def test_each_agreed_change_takes_the_place_of_what_it_goes_on_from(database: Database, project_id: int) -> None:
    first = add(database, project_id, 1, ReviewState.AGREED)
    second = add(database, project_id, 2, ReviewState.AGREED, changes=first)
    third = add(database, project_id, 3, ReviewState.AGREED, changes=second)
    add(database, project_id, 4, ReviewState.REFUSED, changes=third)
    add(database, project_id, 5, ReviewState.TRANSFERRED, changes=third)
    add(database, project_id, 6, ReviewState.AGREED, package="包2")
    reviews = of_package(database, project_id)
    assert [review.id for review in latest_agreed(reviews)] == [third]
    oldest = next(review for review in reviews if review.id == first)
    assert last_of(reviews, oldest).id == third
    assert running_change(reviews) is None


def test_two_reviews_that_were_agreed_side_by_side_are_both_the_latest(database: Database, project_id: int) -> None:
    first = add(database, project_id, 1, ReviewState.AGREED)
    second = add(database, project_id, 2, ReviewState.AGREED)
    assert [review.id for review in latest_agreed(of_package(database, project_id))] == [second, first]


def test_a_change_runs_until_it_has_ended_for_everybody_but_itself(database: Database, project_id: int) -> None:
    first = add(database, project_id, 1, ReviewState.AGREED)
    running = add(database, project_id, 2, ReviewState.REVISING, changes=first)
    reviews = of_package(database, project_id)
    found = running_change(reviews, process_instance_key=9)
    assert found is not None
    assert found.id == running
    assert running_change(reviews, process_instance_key=2) is None
    add(database, project_id, 3, ReviewState.REVIEWING)
    assert running_change(of_package(database, project_id), process_instance_key=2) is None


def test_what_a_change_states_is_kept_once_and_may_be_corrected(database: Database, project_id: int) -> None:
    first = add(database, project_id, 1, ReviewState.AGREED)
    change = add(database, project_id, 2, ReviewState.CORRECTING, changes=first)
    with database.session() as session:
        review = Reviews(session).with_id(change)
        assert review is not None
        Changes(session).record(review, stated(first, "替代型号"))
    with database.reading() as session:
        stored = Changes(session).of_review(change)
        assert stored is not None
        assert plain_change(stored) == {
            "kind": "替代型号",
            "scope": "仅列变更条目",
            "reason": "质疑成立",
            "notice_number": "JH26-1",
            "notice_date": "2026-11-20",
            "agreed_review": first,
            "agreed_round": 1,
        }
        kinds = {review.id: review.kind for review in Reviews(session).of_project(project_id)}
        assert kinds == {first: ReviewKind.TENDER, change: ReviewKind.REPLACEMENT}
        assert Changes(session).of_review(first) is None


def test_before_there_is_an_opinion_there_is_no_number(database: Database, project_id: int) -> None:
    add(database, project_id, 1, ReviewState.REVIEWING)
    assert opinion_number(of_package(database, project_id)[0]) == ""
