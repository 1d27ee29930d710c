"""Items of other projects that are like a review's own: found by their keys, never by reading every table."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from domain.formats import CHINA
from domain.reasonableness import EarlierItem, OtherProject, Purchase
from domain.reasonableness.alike import contents
from records.models import Organisation, ParameterReview, Project, Tender, TenderRow
from records.searched_tables import APPROVED, MOST_ALIKE, TENDERED, Side, newest, of_tables

AT_A_TIME = 500
"""Values in one question; databases bound how many they take."""


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
        for side in (APPROVED, TENDERED):
            others = (Project.id != review.project_id, side.tables.created_at >= since)
            for column, keys, into in (
                (side.rows.name_key, wanted.names, found.by_name),
                (side.rows.content_key, wanted.contents, found.by_content),
            ):
                for some in _portions(sorted(keys)):
                    chosen = self.session.scalars(newest(side, column, some, others)).all()
                    self._take(side, column, chosen, unit, into)
            chosen = self._own_rows(side, wanted.common, (*others, Organisation.code == unit))
            self._take(side, side.rows.name_key, chosen, unit, found.by_name)
        return found

    def purchases(self, review: ParameterReview, year: int) -> list[Purchase]:
        """Return what the unit's other projects tender in a calendar year (China's), by name and amount."""
        unit = review.project.organisation.code
        start, end = (datetime(each, 1, 1, tzinfo=CHINA).astimezone(UTC) for each in (year, year + 1))
        own = Organisation.code == unit, Project.id != review.project_id
        question = of_tables(TENDERED, *own, Tender.created_at >= start, Tender.created_at < end)
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

    def _own_rows(self, side: Side, names: Collection[str], conditions: tuple[ColumnElement[bool], ...]) -> list[int]:
        """Return the newest rows of some tables with these names.

        What every project buys has too many rows to begin with the names: the unit's own tables are far fewer.
        """
        tables = [row.id for row in self.session.execute(of_tables(side, *conditions))] if names else []
        by_name: dict[str, list[int]] = defaultdict(list)
        for some in _portions(sorted(tables)):
            question = select(side.rows.id, side.rows.name_key).where(side.rows.table_id.in_(some))
            for row in self.session.execute(question):
                if row.name_key in names:
                    by_name[row.name_key].append(row.id)
        return [row for rows in by_name.values() for row in sorted(rows)[-MOST_ALIKE:]]

    def _take(
        self,
        side: Side,
        column: InstrumentedAttribute[str],
        chosen: Sequence[int],
        unit: str,
        into: dict[str, list[EarlierItem]],
    ) -> None:
        """Load chosen rows, whose keys were looked at first, so that contents are read of few rows only."""
        for some in _portions(sorted(chosen)):
            question = of_tables(side).add_columns(side.rows.content, column.label("key"))
            question = question.join(side.rows, side.rows.table_id == side.tables.id).where(side.rows.id.in_(some))
            for row in self.session.execute(question.order_by(side.rows.id)):
                told = contents(parameter["text"] for parameter in row.content["parameters"])
                item = EarlierItem(_project(row, unit), side.name, row.content["name"], row.content["place"], told)
                into.setdefault(row.key, []).append(item)


def _project(row: Row[Any], unit: str) -> OtherProject:
    year = row.created_at.astimezone(CHINA).year
    return OtherProject(row.project_code, row.project_name, row.unit_name, row.unit_code == unit, year)


def _portions(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), AT_A_TIME):
        yield values[start : start + AT_A_TIME]
