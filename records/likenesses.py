"""Items of other projects that are like a review's own: found by their keys, never by reading every table.

Only what the registry may hold is searched: of a classified project (涉密) it has no tables (design D4), and documents
of any other secrecy than 公开 and 内部 are left out all the same.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from domain.documents.table import Item
from domain.formats import CHINA
from domain.plain import from_plain
from domain.reasonableness import EarlierItem, OtherProject, Purchase
from records.models import (
    BaselineRow,
    BaselineTable,
    Document,
    Organisation,
    ParameterReview,
    Project,
    ReviewState,
    Tender,
    TenderRow,
)

AT_A_TIME = 500
MOST_ALIKE = 50
"""Rows that one key brings from one side, the newest: what more projects share is no single project's duplicate."""

OPEN_SECRECY = ("公开", "内部")
GIVEN_UP = (ReviewState.REFUSED, ReviewState.CANCELLED)
"""Reviews whose content was not bought."""


class _Side(NamedTuple):
    """One of the two documents of a project: how people call it, its rows and its tables."""

    name: str
    rows: type[BaselineRow | TenderRow]
    tables: type[BaselineTable | Tender]


Question = Select[*tuple[Any, ...]]
"""A question for any columns."""

_SIDES = (_Side("批复", BaselineRow, BaselineTable), _Side("招标", TenderRow, Tender))


@dataclass(frozen=True)
class Wanted:
    """What is searched for: reduced names of items, and keys of their contents; `common` names in own projects only."""

    names: Collection[str]
    common: Collection[str]
    contents: Collection[str]


@dataclass(frozen=True)
class Alike:
    """What was found, by reduced name and by contents' key."""

    by_name: dict[str, list[EarlierItem]]
    by_content: dict[str, list[EarlierItem]]

    def of(self, names: Iterable[str], content: str) -> list[EarlierItem]:
        """Return the items that have one of these names or these contents, each once."""
        found = [item for name in sorted(names) for item in self.by_name.get(name, ())]
        found += self.by_content.get(content, ()) if content else ()
        return list(dict.fromkeys(found))


class Likenesses:
    """The items of other projects."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def of_other_projects(self, review: ParameterReview, wanted: Wanted, since: datetime) -> Alike:
        """Return the items of other projects with these names or contents, of tables taken in since then.

        Of a project's approved tables the current one counts, of a review's tenders the one of its last round.
        """
        found = Alike({}, {})
        unit = review.project.organisation.code
        searches = (
            ("name_key", wanted.names, False, found.by_name),
            ("name_key", wanted.common, True, found.by_name),
            ("content_key", wanted.contents, False, found.by_content),
        )
        for column, keys, is_own, into in searches:
            for side in _SIDES:
                for some in _portions(sorted(keys)):
                    question = _newest(side, column, some).where(
                        Project.id != review.project_id, side.tables.created_at >= since
                    )
                    question = question.where(Organisation.code == unit) if is_own else question
                    for key, item in self._items(side, column, question, unit):
                        into.setdefault(key, []).append(item)
        return found

    def purchases(self, review: ParameterReview, year: int) -> list[Purchase]:
        """Return what the unit's other projects tender in a calendar year (China's), by name and amount."""
        unit = review.project.organisation.code
        start, end = (datetime(each, 1, 1, tzinfo=CHINA).astimezone(UTC) for each in (year, year + 1))
        tenders = _SIDES[1]
        question = _joined(select(*_DESCRIBED, Tender.created_at, TenderRow.item, TenderRow.amount_fen), tenders).where(
            Organisation.code == unit,
            Project.id != review.project_id,
            Tender.created_at >= start,
            Tender.created_at < end,
            TenderRow.amount_fen.is_not(None),
        )
        rows = self.session.execute(question.order_by(TenderRow.id))
        return [Purchase(_project(row, unit), row.item, row.amount_fen) for row in rows]

    def _items(self, side: _Side, column: str, question: Question, unit: str) -> Iterator[tuple[str, EarlierItem]]:
        """Load what a question found: its keys are looked at first, so that contents are read of few rows only."""
        ranked = question.subquery()
        chosen = self.session.scalars(select(ranked.c.id).where(ranked.c.newest <= MOST_ALIKE)).all()
        for some in _portions(sorted(chosen)):
            wanted = select(*_DESCRIBED, side.tables.created_at, side.rows.content, getattr(side.rows, column))
            for row in self.session.execute(_joined(wanted, side).where(side.rows.id.in_(some)).order_by(side.rows.id)):
                item = from_plain(Item, row.content)
                yield row[-1], EarlierItem(_project(row, unit), side.name, item)


_DESCRIBED = (
    Project.code.label("project_code"),
    Project.name.label("project_name"),
    Organisation.code.label("unit_code"),
    Organisation.name.label("unit_name"),
)


def _newest(side: _Side, column: str, keys: Sequence[str]) -> Question:
    """Ask for the rows with these keys, numbered for each key from the newest on."""
    key = getattr(side.rows, column)
    numbered = func.row_number().over(partition_by=key, order_by=side.rows.id.desc()).label("newest")
    return _joined(select(side.rows.id, numbered), side).where(key.in_(keys))


def _joined(question: Question, side: _Side) -> Question:
    """Join rows to their tables, projects and units; leave out what is superseded, given up or not open."""
    question = question.select_from(side.rows).join(side.tables, side.tables.id == side.rows.table_id)
    if side.tables is Tender:
        question = question.join(ParameterReview, ParameterReview.id == Tender.review_id)
        question = question.join(Project, Project.id == ParameterReview.project_id)
        question = question.where(Tender.round == ParameterReview.round, ParameterReview.state.not_in(GIVEN_UP))
    else:
        question = question.join(Project, Project.id == BaselineTable.project_id)
        question = question.where(BaselineTable.superseded_at.is_(None), _IS_PURSUED)
    question = question.join(Organisation, Organisation.id == Project.organisation_id)
    question = question.join(Document, Document.id == side.tables.document_id)
    return question.where(Document.secrecy.in_(OPEN_SECRECY))


_pursued = aliased(ParameterReview)
_IS_PURSUED = (
    select(_pursued.id)
    .where(_pursued.project_id == Project.id, _pursued.state.not_in(GIVEN_UP))
    .correlate(Project)
    .exists()
)


def _project(row: Row[Any], unit: str) -> OtherProject:
    year = row.created_at.astimezone(CHINA).year
    return OtherProject(row.project_code, row.project_name, row.unit_name, row.unit_code == unit, year)


def _portions(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), AT_A_TIME):
        yield values[start : start + AT_A_TIME]
