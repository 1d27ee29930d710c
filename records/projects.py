"""The registry of projects: who builds what, and where its reviews stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, literal, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from records.insertion import insert_if_new
from records.models import (
    AuditEvent,
    BaselineTable,
    Deadline,
    Document,
    Organisation,
    ParameterReview,
    Project,
    ReviewState,
    Tender,
)
from records.pages import Page


@dataclass(frozen=True)
class NewProject:
    """A project as its unit names it. The versions are those in force when it is first registered (design D9)."""

    code: str
    name: str
    unit_code: str
    unit_name: str
    regulation_version: str = "沈阳2018试行"
    configuration_version: str = "1"


@dataclass(frozen=True)
class ProjectSearch:
    """Which projects to list. `units` limits them to some project units; None means all."""

    words: str = ""
    state: ReviewState | None = None
    units: frozenset[str] | None = None
    number: int = 1
    size: int = 20


@dataclass(frozen=True)
class ProjectLine:
    """A project in the list, with its newest review if it has one."""

    project: Project
    unit_name: str
    review: ParameterReview | None


class Projects:
    """The projects and their organisations."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def register(self, new: NewProject, at: datetime) -> Project:
        """Register a project and its unit; one that is registered already is returned as it is."""
        organisation = self.current_organisation(new.unit_code, new.unit_name, at)
        values = {
            "code": new.code,
            "name": new.name,
            "organisation_id": organisation.id,
            "regulation_version": new.regulation_version,
            "configuration_version": new.configuration_version,
            "created_at": at,
        }
        insert_if_new(self.session, Project, values, ["code"])
        return self.session.scalars(select(Project).where(Project.code == new.code)).one()

    def current_organisation(self, code: str, name: str, at: datetime) -> Organisation:
        """Return the organisation under its current name; a new name supersedes the old one, which stays on record."""
        is_current = and_(Organisation.code == code, Organisation.superseded_at.is_(None))
        current = self.session.scalars(select(Organisation).where(is_current).with_for_update()).one_or_none()
        if current is not None and current.name == name:
            return current
        if current is not None:
            current.superseded_at = at
        values = {"code": code, "name": name, "created_at": at}
        insert_if_new(self.session, Organisation, values, ["code"], where="superseded_at IS NULL")
        return self.session.scalars(select(Organisation).where(is_current)).one()

    def with_code(self, code: str) -> Project | None:
        """Return the project with this code, with its unit."""
        wanted = select(Project).where(Project.code == code).options(joinedload(Project.organisation))
        return self.session.scalars(wanted).one_or_none()

    def page(self, search: ProjectSearch) -> Page[ProjectLine]:
        """Return one page of the projects that match, the ones last worked on first."""
        matching, shown, last_worked_on = _matching(search)
        total = self.session.scalar(select(func.count()).select_from(matching.subquery()))
        # Only ids and times are sorted; the rows of the one page are then read by their keys.
        first = (search.number - 1) * search.size
        page = shown.order_by(last_worked_on.desc(), Project.id.desc()).limit(search.size).offset(first).subquery()
        lines = (
            select(Project, Organisation.name, ParameterReview)
            .join(page, page.c.id == Project.id)
            .join(Organisation, Organisation.id == Project.organisation_id)
            .outerjoin(ParameterReview, ParameterReview.id == page.c.review_id)
            .order_by(page.c.last_worked_on.desc(), Project.id.desc())
        )
        found = [ProjectLine(*row) for row in self.session.execute(lines)]
        return Page(found, total or 0, search.number, search.size)

    def documents(self, project_id: int) -> Sequence[Document]:
        """Return the documents of a project's reviews (tables, tenders, opinions, published files), oldest first."""
        return self.session.scalars(
            select(Document).where(Document.id.in_(_document_ids(project_id))).order_by(Document.id)
        ).all()

    def deadlines(self, project_id: int) -> Sequence[Deadline]:
        """Return the current deadlines of a project's reviews, the next one first."""
        subjects = _review_subjects(project_id)
        wanted = select(Deadline).where(Deadline.subject.in_(subjects), Deadline.superseded_at.is_(None))
        return self.session.scalars(wanted.order_by(Deadline.due, Deadline.id)).all()

    def history(self, project_id: int) -> Sequence[AuditEvent]:
        """Return what the audit trail has about a project's reviews, oldest first."""
        wanted = select(AuditEvent).where(AuditEvent.subject.in_(_review_subjects(project_id)))
        return self.session.scalars(wanted.order_by(AuditEvent.seq)).all()


def _matching(search: ProjectSearch) -> tuple[Select[int], Select[Any], ColumnElement[datetime]]:
    """Return the ids of the projects that match, the same with newest review and time, and that time to sort by."""
    review = aliased(ParameterReview)
    newest = select(func.max(ParameterReview.id)).where(ParameterReview.project_id == Project.id).scalar_subquery()
    last_worked_on = func.coalesce(review.updated_at, Project.created_at)
    matching = select(Project.id).join(Organisation, Organisation.id == Project.organisation_id)
    matching = matching.where(*_conditions(search))
    with_review = matching.outerjoin(review, review.id == newest)
    if search.state is not None:
        matching = with_review = with_review.where(review.state == search.state)
    shown = with_review.add_columns(review.id.label("review_id"), last_worked_on.label("last_worked_on"))
    return matching, shown, last_worked_on


def _conditions(search: ProjectSearch) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for word in search.words.split():
        columns = (Project.code, Project.name, Organisation.name)
        conditions.append(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    if search.units is not None:
        conditions.append(Organisation.code.in_(search.units))
    return conditions


def _document_ids(project_id: int) -> Select[int | None]:
    reviews = ParameterReview.project_id == project_id
    tenders = select(Tender.document_id).join(ParameterReview, ParameterReview.id == Tender.review_id).where(reviews)
    baselines = select(BaselineTable.document_id).where(BaselineTable.project_id == project_id)
    opinions = select(ParameterReview.opinion_document_id).where(reviews)
    published = select(ParameterReview.published_document_id).where(reviews)
    together = tenders.union_all(baselines, opinions, published).subquery()
    return select(together.c[0])


def _review_subjects(project_id: int) -> Select[str]:
    subject = literal("parameter_review:") + cast(ParameterReview.process_instance_key, Text)
    return select(subject).where(ParameterReview.project_id == project_id)
