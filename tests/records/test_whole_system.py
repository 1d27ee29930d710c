"""The whole system over PostgreSQL: one review from upload to the compared notice, as three people work it."""

import contextlib
import time
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from admin.walkthrough import Person, samples, work_on
from records import chain
from records.database import open_database
from records.documents import Documents, DocumentStore
from records.models import Conclusion, OutboxEvent, OutboxState, ParameterFinding, ReviewState
from records.reviews import Reviews
from tests.records.conftest import Cluster
from tests.system import System, running_system

pytestmark = [pytest.mark.engine, pytest.mark.database]
WITHIN = 120.0
PEOPLE = ("wang_fang", "li_qiang", "zhao_min")


def carry_out(system: System) -> str:
    sample = samples()["city_management"]
    with contextlib.ExitStack() as signed_in:
        people = {
            name: signed_in.enter_context(contextlib.closing(Person(system.rest_address, name, "demo")))
            for name in PEOPLE
        }
        instance = people["wang_fang"].start("parameter_review", sample.request(people["wang_fang"]))
        until = time.monotonic() + WITHIN
        while people["wang_fang"].state(instance) == "ACTIVE":
            assert time.monotonic() < until, system.last_words()
            work_on(people, sample, instance)
            time.sleep(0.05)
    return instance


def test_a_review_is_carried_out_over_postgresql(cluster: Cluster, postgres_template: str, tmp_path: Path) -> None:
    url = cluster.create_database(postgres_template)
    with running_system(tmp_path, {"ZHENGJIAN_DATABASE_URL": url}) as system:
        instance = carry_out(system)
        with httpx.Client(base_url=system.gateway_address, trust_env=False) as visitor:
            assert visitor.get("/healthz").json() == {"status": "ok"}
        database = open_database(url)
        until = time.monotonic() + WITHIN
        delivered = select(func.count()).where(OutboxEvent.state == OutboxState.DELIVERED)
        while True:
            with database.reading() as session:
                if session.scalar(delivered) == 3:
                    break
            assert time.monotonic() < until, system.last_words()
            time.sleep(0.1)
    assert not (tmp_path / "records.db").exists()
    with database.reading() as session:
        review = Reviews(session).of_instance(int(instance))
        assert (review.state, review.conclusion, review.round) == (ReviewState.AGREED, Conclusion.AGREE, 2)
        assert session.scalar(select(func.count()).select_from(ParameterFinding)) > 40
        assert chain.verify(session).broken is None
        documents = Documents(session, DocumentStore(tmp_path / "documents"))
        assert (documents.missing(), documents.stray()) == ([], [])
    database.close()
    assert len((tmp_path / "outbox" / "platform.jsonl").read_text("utf-8").splitlines()) == 3
