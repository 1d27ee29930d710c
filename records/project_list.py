"""The list of projects: found by words, state and unit, the ones last worked on first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from records.models import Conclusion, Organisation, ParameterReview, Project, ReviewState
from records.pages import Page


@dataclass(frozen=True)
class ProjectSearch:
    """Which projects to list. `units` limits them to some project units; None means all."""

    words: str = ""
    state: ReviewState | None = None
    units: frozenset[str] | None = None
    number: int = 1
    size: int = 20


@dataclass(frozen=True)
class ReviewLine:
    """Where a project's newest review stands."""

    id: int
    state: ReviewState
    round: int
    conclusion: Conclusion | None


@dataclass(frozen=True)
class ProjectLine:
    """A project in the list, with its newest review if it has one."""

    code: str
    name: str
    unit_name: str
    last_worked_at: datetime
    review: ReviewLine | None


class ProjectList:
    """The projects in lines of a list."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def page(self, search: ProjectSearch) -> Page[ProjectLine]:
        """Return one page of the projects that match, the ones last worked on first."""
        total, ids = self._page_of_ids(search)
        found = self.session.execute(_LINES.where(Project.id.in_(ids)).order_by(*_NEWEST_FIRST)) if ids else ()
        return Page([_line(*row) for row in found], total, search.number, search.size)

    def _page_of_ids(self, search: ProjectSearch) -> tuple[int, list[int]]:
        """Return how many projects match and the ids of one page of them.

        Words make the database look at every project, so that is done once: a window counts what the same pass finds.
        Everything else is counted faster on its own, along an index.
        """
        conditions = _conditions(search, self.session.get_bind().dialect.name)
        number = select(func.count()).select_from(Project).where(*conditions)
        sorted_ids = select(Project.id).where(*conditions).order_by(*_NEWEST_FIRST)
        page = sorted_ids.limit(search.size).offset((search.number - 1) * search.size)
        if not search.words:
            return self.session.scalars(number).one(), list(self.session.scalars(page))
        found = self.session.execute(page.add_columns(func.count().over())).all()
        return found[0][1] if found else self.session.scalars(number).one(), [row[0] for row in found]


_NEWEST_FIRST = (Project.last_worked_at.desc(), Project.id.desc())
_ANY_REVIEW = aliased(ParameterReview)
_NEWEST = select(func.max(_ANY_REVIEW.id)).where(_ANY_REVIEW.project_id == Project.id).scalar_subquery()
_LINES = (
    select(
        Project.code,
        Project.name,
        Organisation.name,
        Project.last_worked_at,
        ParameterReview.id,
        ParameterReview.state,
        ParameterReview.round,
        ParameterReview.conclusion,
    )
    .join(Organisation, Organisation.id == Project.organisation_id)
    .outerjoin(ParameterReview, ParameterReview.id == _NEWEST)
)


def _line(code: str, name: str, unit_name: str, last_worked_at: datetime, *review: Any) -> ProjectLine:
    return ProjectLine(code, name, unit_name, last_worked_at, None if review[0] is None else ReviewLine(*review))


def _conditions(search: ProjectSearch, dialect: str) -> list[ColumnElement[bool]]:
    """Return what a project must be like, as questions to its own row: a list of many projects joins nothing."""
    conditions: list[ColumnElement[bool]] = []
    for word in search.words.split():
        units = select(Organisation.id).where(_has(Organisation.name, word, dialect))
        written = [_has(column, word, dialect) for column in (Project.code, Project.name)]
        conditions.append(or_(*written, Project.organisation_id.in_(units)))
    if search.units is not None:
        conditions.append(
            Project.organisation_id.in_(select(Organisation.id).where(Organisation.code.in_(search.units)))
        )
    if search.state is not None:
        standing = select(ParameterReview.project_id).where(ParameterReview.state == search.state)
        later = aliased(ParameterReview)
        is_newest = ~exists().where(later.project_id == ParameterReview.project_id, later.id > ParameterReview.id)
        conditions.append(Project.id.in_(standing.where(is_newest)))
    return conditions


def _has(column: InstrumentedAttribute[str], word: str, dialect: str) -> ColumnElement[bool]:
    """Return whether a column has a word in either case; SQLite's LIKE needs no lowered copies to say so."""
    same = column.contains if dialect == "sqlite" else column.icontains
    return same(word, autoescape=True)
