"""Items of other projects that are like a review's own: found by their keys, never by reading every table.

Only what the registry may hold is searched: of a classified project (涉密) it has no tables (design D4), and documents
of any other secrecy than 公开 and 内部 are left out all the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from domain.formats import CHINA
from domain.reasonableness import EarlierItem, OtherProject, Purchase
from domain.reasonableness.alike import contents
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
        for side in _SIDES:
            others = (Project.id != review.project_id, side.tables.created_at >= since)
            for column, keys, into in (
                (side.rows.name_key, wanted.names, found.by_name),
                (side.rows.content_key, wanted.contents, found.by_content),
            ):
                for some in _portions(sorted(keys)):
                    chosen = self.session.scalars(_newest(side, column, some, others)).all()
                    self._take(side, column, chosen, unit, into)
            chosen = self._own_rows(side, wanted.common, (*others, Organisation.code == unit))
            self._take(side, side.rows.name_key, chosen, unit, found.by_name)
        return found

    def purchases(self, review: ParameterReview, year: int) -> list[Purchase]:
        """Return what the unit's other projects tender in a calendar year (China's), by name and amount."""
        unit, tenders = review.project.organisation.code, _SIDES[1]
        start, end = (datetime(each, 1, 1, tzinfo=CHINA).astimezone(UTC) for each in (year, year + 1))
        own = Organisation.code == unit, Project.id != review.project_id
        question = _of_tables(tenders, *own, Tender.created_at >= start, Tender.created_at < end)
        found = {row.id: _project(row, unit) for row in self.session.execute(question)}
        bought = []
        for some in _portions(sorted(found)):
            question = select(TenderRow.id, TenderRow.table_id, TenderRow.item, TenderRow.amount_fen)
            question = question.where(TenderRow.table_id.in_(some), TenderRow.amount_fen.is_not(None))
            bought += [
                (row.id, Purchase(found[row.table_id], row.item, row.amount_fen))
                for row in self.session.execute(question)
            ]
        return [purchase for _, purchase in sorted(bought, key=itemgetter(0))]

    def _own_rows(self, side: _Side, names: Collection[str], conditions: tuple[ColumnElement[bool], ...]) -> list[int]:
        """Return the newest rows of some tables with these names.

        What every project buys has too many rows to begin with the names: the unit's own tables are far fewer.
        """
        tables = [row.id for row in self.session.execute(_of_tables(side, *conditions))] if names else []
        by_name: dict[str, list[int]] = defaultdict(list)
        for some in _portions(sorted(tables)):
            question = select(side.rows.id, side.rows.name_key).where(side.rows.table_id.in_(some))
            for row in self.session.execute(question):
                if row.name_key in names:
                    by_name[row.name_key].append(row.id)
        return [row for rows in by_name.values() for row in sorted(rows)[-MOST_ALIKE:]]

    def _take(
        self,
        side: _Side,
        column: InstrumentedAttribute[str],
        chosen: Sequence[int],
        unit: str,
        into: dict[str, list[EarlierItem]],
    ) -> None:
        """Load chosen rows, whose keys were looked at first, so that contents are read of few rows only."""
        for some in _portions(sorted(chosen)):
            question = _of_tables(side).add_columns(side.rows.content, column.label("key"))
            question = question.join(side.rows, side.rows.table_id == side.tables.id).where(side.rows.id.in_(some))
            for row in self.session.execute(question.order_by(side.rows.id)):
                told = contents(parameter["text"] for parameter in row.content["parameters"])
                item = EarlierItem(_project(row, unit), side.name, row.content["name"], row.content["place"], told)
                into.setdefault(row.key, []).append(item)


_DESCRIBED = (
    Project.code.label("project_code"),
    Project.name.label("project_name"),
    Organisation.code.label("unit_code"),
    Organisation.name.label("unit_name"),
)


def _newest(
    side: _Side,
    column: InstrumentedAttribute[str],
    keys: Sequence[str],
    conditions: tuple[ColumnElement[bool], ...],
) -> Select[int]:
    """Ask for the newest rows with each of these keys, at most `MOST_ALIKE` for one."""
    numbered = func.row_number().over(partition_by=column, order_by=side.rows.id.desc()).label("newest")
    ranked = _of_tables(side, *conditions).with_only_columns(side.rows.id.label("row_id"), numbered)
    ranked = ranked.join(side.rows, side.rows.table_id == side.tables.id).where(column.in_(keys))
    found = ranked.subquery()
    return select(found.c.row_id).where(found.c.newest <= MOST_ALIKE)


def _of_tables(side: _Side, *conditions: ColumnElement[bool]) -> Question:
    """Ask for tables with their projects and units; what is superseded, given up or not open is left out."""
    question: Question = select(side.tables.id, *_DESCRIBED, side.tables.created_at).select_from(side.tables)
    if side.tables is Tender:
        question = question.join(ParameterReview, ParameterReview.id == Tender.review_id)
        question = question.join(Project, Project.id == ParameterReview.project_id)
        question = question.where(Tender.round == ParameterReview.round, ParameterReview.state.not_in(GIVEN_UP))
    else:
        question = question.join(Project, Project.id == BaselineTable.project_id)
        question = question.where(BaselineTable.superseded_at.is_(None), _IS_PURSUED)
    question = question.join(Organisation, Organisation.id == Project.organisation_id)
    question = question.join(Document, Document.id == side.tables.document_id)
    return question.where(Document.secrecy.in_(OPEN_SECRECY), *conditions)


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
