"""Fifty times `kill -9` at random moments: every review ends exactly once, with what an undisturbed run gives."""

import contextlib
import io
import random
import re
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from camunda_orchestration_sdk.errors import ApiError
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from admin.walkthrough import SAMPLES, Person, Sample, samples, work_on
from records.database import open_database
from records.documents import DocumentStore
from records.models import AuditEvent, Document, OutboxEvent, ParameterFinding, ParameterReview, ReviewerOpinion
from tests.system import PROGRAMS, System, running_system

pytestmark = [pytest.mark.engine, pytest.mark.timeout(1800)]

KILLS = 50
AT_ONCE = 4
PEOPLE = ("wang_fang", "li_qiang", "zhao_min")
SEED = 20261123

CHANGE = {
    "review_kind": "更正公告",
    "change_reason": "质疑成立",
    "change_scope": "仅列变更条目",
    "change_notice_number": "JH26-210100-00001-1",
    "change_notice_date": "2026-11-20",
}

REPEAT = (httpx.TransportError, ApiError)
"""What a person sees of a program that has just been killed: no connection, or an answer that says «again later»."""

Work = list[Sample]
"""Reviews of one package, one after the other."""


@dataclass(frozen=True)
class Change(Sample):
    """A correction notice: the approved table and the agreed tender are those of the review before it."""

    def request(self, unit: Person) -> dict[str, Any]:
        return {**self.facts, "tender_document": [unit.upload(self.tender)]}


@dataclass
class Driver(threading.Thread):
    """Carries one review after the other to its end, however often the ground is pulled away."""

    system: System
    work: list[Work]
    ended: dict[str, list[str]] = field(default_factory=dict)
    troubles: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        people = {name: Person(self.system.rest_address, name, "demo") for name in PEOPLE}
        try:
            while self.work:
                reviews = self.work.pop()
                ended = self.ended.setdefault(reviews[0].facts["package_name"], [])
                for sample in reviews:
                    ended.append(self.carry(people, sample, ended))
        except BaseException as error:
            self.troubles.append(error)
            raise
        finally:
            for person in people.values():
                person.close()

    def carry(self, people: Mapping[str, Person], sample: Sample, before: list[str]) -> str:
        instance = self.start_once(people["wang_fang"], sample, before)
        while True:
            try:
                if people["wang_fang"].state(instance) != "ACTIVE":
                    return instance
                work_on(people, sample, instance)
            except REPEAT:
                time.sleep(0.2)
            time.sleep(0.05)

    def start_once(self, unit: Person, sample: Sample, before: list[str]) -> str:
        """Start the review; after an answer that got lost, look whether it has begun before starting again."""
        while True:
            try:
                known = unit.instances_with("package_name", sample.facts["package_name"])
                begun = [instance for instance in known if instance not in before]
                return begun[0] if begun else unit.start("parameter_review", sample.request(unit))
            except REPEAT:
                time.sleep(0.3)


def copies(count: int) -> list[Work]:
    """Return that many reviews over the sample projects, told apart by the package's name."""
    projects = list(samples().values())
    chosen = [projects[number % len(projects)] for number in range(count)]
    return [
        [
            replace(
                each,
                facts={**each.facts, "unit_code": "csyx", "package_name": f"{each.facts['project_code']}#{number:03d}"},
            )
        ]
        for number, each in enumerate(chosen)
    ]


def changed(count: int) -> list[Work]:
    """Return that many reviews that are agreed, each with the review of the correction notice that changes its tender.

    The packages of a project share its money, which a change must not exceed; so each has a project of its own.
    """
    sample, notice = samples()["city_management"], SAMPLES / "city_management" / "correction_notice.docx"
    works: list[Work] = []
    for number in range(count):
        own = {"unit_code": "csyx", "project_code": f"{sample.facts['project_code']}-C{number:03d}"}
        facts = {**sample.facts, **own, "package_name": f"变更#{number:03d}"}
        stated = {name: facts[name] for name in ("project_code", "project_name", "unit_code", "unit_name")}
        change = Change({**stated, "package_name": facts["package_name"], **CHANGE}, sample.approved, notice)
        works.append([replace(sample, facts=facts), change])
    return works


def traces(system: System) -> dict[str, dict[str, Any]]:
    """Return what each review has left behind, by package and kind, without keys and times, which differ by run."""
    database = open_database(f"sqlite:///{system.data / 'records.db'}")
    try:
        with database.reading() as session:
            reviews = session.scalars(select(ParameterReview).options(joinedload(ParameterReview.change))).all()
            assert len({_name(review) for review in reviews}) == len(reviews), "a review was begun twice"
            store = DocumentStore(system.data / "documents")
            return {_name(review): _trace(session, store, review) for review in reviews}
    finally:
        database.close()


def _name(review: ParameterReview) -> str:
    return f"{review.package} {review.kind}"


def _trace(session: Session, store: DocumentStore, review: ParameterReview) -> dict[str, Any]:
    subject = f"parameter_review:{review.process_instance_key}"
    findings = select(ParameterFinding).where(ParameterFinding.review_id == review.id).order_by(ParameterFinding.id)
    opinions = select(ReviewerOpinion).where(ReviewerOpinion.review_id == review.id).order_by(ReviewerOpinion.id)
    events = select(AuditEvent).where(AuditEvent.subject == subject).order_by(AuditEvent.seq)
    pushes = select(OutboxEvent).where(OutboxEvent.subject == subject).order_by(OutboxEvent.id)
    issued = session.get_one(Document, review.opinion_document_id)
    return {
        "state": (review.round, review.state, review.conclusion),
        "findings": [
            (row.round, row.finding_id, row.verdict, row.reason, row.explanation, row.disposition, row.carried_over)
            for row in session.scalars(findings)
        ],
        "opinions": [(row.round, row.stage, row.person, row.decision, row.note) for row in session.scalars(opinions)],
        "events": [(row.actor, row.action, _plain(row.payload)) for row in session.scalars(events)],
        "pushes": [(row.target, row.type, _plain(row.data)) for row in session.scalars(pushes)],
        "opinion": _words(store.read(issued.sha256)),
    }


def _plain(text: str) -> str:
    """Take out what tells two reviews of one project apart: the copy's mark, numbers, the opinion's hash."""
    text = re.sub(r"(#|-C)[0-9]{3}", "", text)
    text = re.sub(r"〔[0-9]{4}〕[0-9]+", "〔〕N", text)
    text = re.sub(r'"agreed_review":[0-9]+', '"agreed_review":N', text)
    return re.sub(r'"(opinion_)?sha256":"[0-9a-f]{64}"', '"sha256":"…"', text)


def _words(opinion: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(opinion)) as archive:
        return {name: _plain(archive.read(name).decode("utf-8", "replace")) for name in archive.namelist()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Return the traces of one review of each project, which nobody disturbed."""
    with running_system(tmp_path_factory.mktemp("undisturbed") / "data") as system:
        driver = Driver(system, copies(len(samples())) + changed(1))
        driver.run()
        return {_plain(name): trace for name, trace in traces(system).items()}


def test_reviews_end_exactly_once_and_alike_however_often_the_programs_are_killed(
    undisturbed: dict[str, dict[str, Any]], tmp_path: Path, record_testsuite_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret hangs on it
    with running_system(tmp_path / "data") as system:
        work = copies(400) + changed(1)
        drivers = [Driver(system, work) for _ in range(AT_ONCE)]
        for driver in drivers:
            driver.start()
        kills = Counter(_kill_some(system, chance) for _ in range(KILLS))
        work.clear()  # what is under way goes on to its end
        for driver in drivers:
            driver.join(300)
        assert [driver.troubles for driver in drivers if driver.troubles] == []
        assert not any(driver.is_alive() for driver in drivers), system.last_words()
        ended = {package: instances for driver in drivers for package, instances in driver.ended.items()}
        with contextlib.closing(Person(system.rest_address, "admin", "demo")) as person:
            begun = {package: person.instances_with("package_name", package) for package in ended}
        left = traces(system)

    record_testsuite_property("kills", str(dict(kills)))
    record_testsuite_property("reviews", sum(map(len, ended.values())))
    assert sum(kills.values()) == KILLS
    assert begun == {package: sorted(instances) for package, instances in ended.items()}
    assert {_plain(name) for name in left} <= undisturbed.keys()
    assert "更正公告" in {name.split()[1] for name in left}
    assert len(left) == sum(map(len, ended.values()))
    for name, trace in left.items():
        assert trace == undisturbed[_plain(name)], name


def _kill_some(system: System, chance: random.Random) -> str:
    time.sleep(chance.uniform(0.1, 4.0))
    program = chance.choice(PROGRAMS)
    system.kill(program)
    time.sleep(chance.uniform(0.0, 1.0))
    system.start(program)
    return program
