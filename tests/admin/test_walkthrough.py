"""One review by the official SDK and our pyzeebe workers: three people, and a fourth who sees nothing of it."""

import contextlib
import time
import zipfile
from pathlib import Path

import pytest

from admin.walkthrough import PERFORMERS, Person, samples, work_on
from records.database import open_database
from records.documents import DocumentStore
from records.models import Conclusion, ReviewState
from records.reviews import Reviews
from tests.system import running_system

pytestmark = pytest.mark.engine

PATIENCE = 120


def test_three_people_bring_a_review_to_its_opinion_and_a_fourth_sees_none_of_their_tasks(tmp_path: Path) -> None:
    sample = samples()["city_management"]
    seen_by_the_fourth, done = [], []
    with running_system(tmp_path / "data") as system, contextlib.ExitStack() as signed_in:
        people = {
            name: signed_in.enter_context(contextlib.closing(Person(system.rest_address, name, "demo")))
            for name in sorted({*PERFORMERS.values(), "chen_jing"})
        }
        fourth = people.pop("chen_jing")
        instance = people["wang_fang"].start("parameter_review", sample.request(people["wang_fang"]))
        until = time.monotonic() + PATIENCE
        while people["wang_fang"].state(instance) == "ACTIVE":
            assert time.monotonic() < until, system.last_words()
            seen_by_the_fourth += fourth.open_tasks(instance)
            done += [(name, str(task.element_id)) for name, task, _ in work_on(people, sample, instance)]
            time.sleep(0.05)
        assert people["wang_fang"].state(instance) == "COMPLETED"

    round_of_review = [
        ("wang_fang", "explain_deviations"),
        ("li_qiang", "review_parameters"),
        ("zhao_min", "confirm_review"),
    ]
    assert done == [
        *round_of_review,
        ("wang_fang", "revise_tender"),
        *round_of_review,
        ("wang_fang", "submit_published_tender"),
    ]
    assert seen_by_the_fourth == []
    database = open_database(f"sqlite:///{tmp_path / 'data' / 'records.db'}")
    with contextlib.closing(database), database.reading() as session:
        review = Reviews(session).of_instance(int(instance))
        assert (review.state, review.conclusion, review.round) == (ReviewState.AGREED, Conclusion.AGREE, 2)
        assert review.opinion_document is not None
        opinion = DocumentStore(tmp_path / "data" / "documents").path(review.opinion_document.sha256)
        words = zipfile.ZipFile(opinion).read("word/document.xml").decode("utf-8")
    assert [name for name in ("智慧城管指挥平台建设项目", "李强", "赵敏", "业务槽位") if name not in words] == []
