"""The registry of projects: who builds what, and where its reviews stand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, Text, and_, cast, literal, select, update
from sqlalchemy.orm import Session, joinedload

from records.insertion import insert_if_new
from records.models import (
    AuditEvent,
    BaselineTable,
    Deadline,
    Document,
    Organisation,
    ParameterReview,
    Project,
    Tender,
)


@dataclass(frozen=True)
class NewProject:
    """A project as its unit names it. The versions are those in force when it is first registered (design D9)."""

    code: str
    name: str
    unit_code: str
    unit_name: str
    regulation_version: str = "沈阳2018试行"
    configuration_version: str = "1"


class Projects:
    """The projects and their organisations."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def register(self, new: NewProject, at: datetime) -> Project:
        """Register a project and its unit; one that is registered already is returned as it is.

        Only a project of which nothing was ever taken in may still change name and unit: its code may have been a slip.
        """
        organisation = self.current_organisation(new.unit_code, new.unit_name, at)
        values = {
            "code": new.code,
            "name": new.name,
            "organisation_id": organisation.id,
            "regulation_version": new.regulation_version,
            "configuration_version": new.configuration_version,
            "created_at": at,
            "last_worked_at": at,
        }
        insert_if_new(self.session, Project, values, ["code"])
        belongs = Project.code == new.code
        stated = {"name": new.name, "organisation_id": organisation.id}
        self.session.execute(update(Project).where(belongs, ~_HAS_BASELINE).values(**stated))
        return self.session.scalars(select(Project).where(belongs).execution_options(populate_existing=True)).one()

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

    def is_settled(self, project: Project) -> bool:
        """Tell whether a table of the project was ever taken in, which makes its name and unit final."""
        return bool(self.session.scalar(select(_HAS_BASELINE).where(Project.id == project.id)))

    def with_code(self, code: str) -> Project | None:
        """Return the project with this code, with its unit."""
        wanted = select(Project).where(Project.code == code).options(joinedload(Project.organisation))
        return self.session.scalars(wanted).one_or_none()

    def documents(self, project_id: int) -> Sequence[Document]:
        """Return the documents of a project's reviews (tables, tenders, opinions, published files), oldest first."""
        return self.session.scalars(
            select(Document).where(Document.id.in_(_document_ids(project_id))).order_by(Document.id)
        ).all()

    def opinions(self, hashes: Collection[str]) -> Sequence[Document]:
        """Return the opinions with these SHA-256 hashes; a review itself names only the one of its last round."""
        if not hashes:
            return []
        wanted = select(Document).where(Document.kind == "opinion", Document.sha256.in_(hashes)).order_by(Document.id)
        return self.session.scalars(wanted).all()

    def tender_documents(self, project_id: int) -> dict[tuple[int, int], int]:
        """Return the document of each tender of a project's reviews, by review and round."""
        wanted = select(Tender.review_id, Tender.round, Tender.document_id)
        wanted = wanted.join(ParameterReview, ParameterReview.id == Tender.review_id)
        found = self.session.execute(wanted.where(ParameterReview.project_id == project_id))
        return {(review_id, number): document_id for review_id, number, document_id in found}

    def baseline_documents(self, project_id: int) -> dict[int, int]:
        """Return the document of each approved table of a project, superseded ones too, by the table's id."""
        wanted = select(BaselineTable.id, BaselineTable.document_id).where(BaselineTable.project_id == project_id)
        return dict(iter(self.session.execute(wanted)))

    def deadlines(self, project_id: int) -> Sequence[Deadline]:
        """Return the current deadlines of a project's reviews, the next one first."""
        subjects = _review_subjects(project_id)
        wanted = select(Deadline).where(Deadline.subject.in_(subjects), Deadline.superseded_at.is_(None))
        return self.session.scalars(wanted.order_by(Deadline.due, Deadline.id)).all()

    def history(self, project_id: int) -> Sequence[AuditEvent]:
        """Return what the audit trail has about a project's reviews, oldest first."""
        wanted = select(AuditEvent).where(AuditEvent.subject.in_(_review_subjects(project_id)))
        return self.session.scalars(wanted.order_by(AuditEvent.seq)).all()


_HAS_BASELINE = select(BaselineTable.id).where(BaselineTable.project_id == Project.id).correlate(Project).exists()


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
