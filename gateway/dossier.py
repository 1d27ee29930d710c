"""What the registry knows about projects and reviews, narrowed to what a person may read and shaped for the pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from gateway.filing import Folder, file_documents
from gateway.people import Person
from gateway.refusals import NothingHereError
from records.changes import latest_agreed, opinion_number, running_change
from records.dictionary import Dictionary
from records.findings import Findings, Overview
from records.models import (
    AuditEvent,
    Deadline,
    Document,
    ParameterReview,
    Project,
    ReviewerOpinion,
    ReviewKind,
    ReviewState,
    RoundRules,
)
from records.projects import Projects
from records.reviews import Reviews
from records.tables import Tables


@dataclass(frozen=True)
class Amounts:
    """Totals of the detail rows of both tables in fen; None where the table is not read yet."""

    approved: int | None
    tender: int | None

    @property
    def excess(self) -> int | None:
        """Return by how much the tender exceeds the approval in fen; negative when it stays below."""
        return None if self.approved is None or self.tender is None else self.tender - self.approved


@dataclass(frozen=True)
class Summary:
    """One round of a review in figures: findings by verdict, and the totals."""

    counts: dict[str, int]
    amounts: Amounts

    @property
    def rows(self) -> int:
        """Return how many findings there are."""
        return sum(self.counts.values())

    @property
    def deviations(self) -> int:
        """Return how many of them are not 一致."""
        return self.rows - self.counts.get("一致", 0)


@dataclass(frozen=True)
class Dossier:
    """Everything a project's page shows; the amounts are those of the newest review's current round."""

    project: Project
    reviews: Sequence[ParameterReview]
    folders: Sequence[Folder]
    deadlines: Sequence[Deadline]
    history: Sequence[AuditEvent]
    amounts: Amounts

    @property
    def newest(self) -> ParameterReview | None:
        """Return the newest review, None before there is one."""
        return self.reviews[0] if self.reviews else None

    @property
    def documents(self) -> Sequence[Document]:
        """Return all files of the project."""
        return [document for folder in self.folders for document in folder.documents]


@dataclass(frozen=True)
class Round:
    """Everything a review's page shows about one of its rounds."""

    review: ParameterReview
    number: int
    overview: Overview
    opinions: Sequence[ReviewerOpinion]
    summary: Summary
    rules: RoundRules | None
    files: Sequence[tuple[str, Document]]


def read_project(session: Session, person: Person, code: str) -> Dossier:
    """Return a project's dossier.

    Raises:
        NothingHereError: there is no such project, or it is another unit's.
    """
    projects = Projects(session)
    project = projects.with_code(code)
    if project is None or not person.may_read_projects_of(project.organisation.code):
        raise NothingHereError
    reviews, history = Reviews(session).of_project(project.id), projects.history(project.id)
    folders = file_documents(session, project.id, reviews, history)
    amounts = _amounts(session, reviews[0], reviews[0].round) if reviews else Amounts(None, None)
    return Dossier(project, reviews, folders, projects.deadlines(project.id), history, amounts)


def read_round(session: Session, person: Person, review_id: int, number: int | None) -> Round:
    """Return a round of a review, the current one without a number.

    Raises:
        NothingHereError: there is no such review or round, or it is another unit's.
    """
    review = read_review(session, person, review_id)
    number = number or review.round
    if not 1 <= number <= review.round:
        raise NothingHereError
    overview = Findings(session, review_id, number).overview()
    summary = Summary(overview.verdicts, _amounts(session, review, number))
    rules = Dictionary(session).pinned(review_id, number)
    files = _files(session, review, number)
    return Round(review, number, overview, Reviews(session).opinions(review_id), summary, rules, files)


def read_review(session: Session, person: Person, review_id: int) -> ParameterReview:
    """Return a review, with its project.

    Raises:
        NothingHereError: there is no such review, or it is another unit's.
    """
    review = Reviews(session).with_id(review_id)
    if review is None or not person.may_read_projects_of(review.project.organisation.code):
        raise NothingHereError
    return review


def change_of(session: Session, person: Person, review_id: int) -> dict[str, str]:
    """Return what the start form of a change knows already from the agreed review that is to be changed.

    Raises:
        NothingHereError: there is no such review, it is another unit's, or it has not been agreed.
    """
    review = Reviews(session).with_id(review_id)
    if review is None or review.state is not ReviewState.AGREED:
        raise NothingHereError
    unit = review.project.organisation
    if not person.is_admin and unit.code not in person.units:
        raise NothingHereError
    return {
        "review_kind": ReviewKind.CORRECTION.value,
        "project_code": review.project.code,
        "project_name": review.project.name,
        "unit_code": unit.code,
        "unit_name": unit.name,
        "package_name": review.package,
        "earlier_opinion": opinion_number(review),
    }


def changeable(person: Person, found: Dossier) -> frozenset[int]:
    """Return the reviews of a project whose agreed tender the person may ask to change: of each package the latest."""
    if not person.is_clerk or not (person.is_admin or found.project.organisation.code in person.units):
        return frozenset()
    packages = {review.package for review in found.reviews}
    by_package = [[review for review in found.reviews if review.package == package] for package in packages]
    idle = [reviews for reviews in by_package if running_change(reviews) is None]
    return frozenset(review.id for reviews in idle for review in latest_agreed(reviews))


def find_review(session: Session, person: Person, instance_key: int) -> ParameterReview | None:
    """Return the review of a process instance, if there is one that the person may read."""
    review = Reviews(session).find_instance(instance_key)
    if review is None or not person.may_read_projects_of(review.project.organisation.code):
        return None
    return review


def unit_of_instance(session: Session, instance_key: int) -> str | None:
    """Return the code of the unit whose review an instance is, or None before its first step ran."""
    review = Reviews(session).find_instance(instance_key)
    return review.project.organisation.code if review else None


def summarise(session: Session, review: ParameterReview, number: int) -> Summary:
    """Return a round of a review in figures."""
    return Summary(Reviews(session).verdict_counts(review.id, number), _amounts(session, review, number))


def _amounts(session: Session, review: ParameterReview, number: int) -> Amounts:
    return Amounts(*Tables(session).totals(review.baseline_table_id, review.id, number))


def _files(session: Session, review: ParameterReview, number: int) -> list[tuple[str, Document]]:
    """Return the compared files with what each is called on the pages; none before it was read."""
    approved, tender = Tables(session).files(review.baseline_table_id, review.id, number)
    side = "变更文件" if tender is not None and tender.kind == "change_notice" else "招标文件"
    return [(name, document) for name, document in (("审批后方案", approved), (side, tender)) if document]
