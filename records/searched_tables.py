"""Which tables of the registry are searched for items like a review's own, and the questions that are asked of them.

Only what the registry may hold is searched: of a classified project (涉密) it has no tables (design D4), and documents
of any other secrecy than 公开 and 内部 are left out all the same.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

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

MOST_ALIKE = 50
"""Rows that one key brings from one side, the newest: what more projects share is no single project's duplicate."""

OPEN_SECRECY = ("公开", "内部")
"""Levels of secrecy whose documents may be shown to other units."""

GIVEN_UP = (ReviewState.REFUSED, ReviewState.CANCELLED)
"""Reviews whose content was not bought."""


Question = Select[*tuple[Any, ...]]
"""A question for any columns."""


class Side(NamedTuple):
    """One of the two documents of a project: how people call it, its rows and its tables."""

    name: str
    rows: type[BaselineRow | TenderRow]
    tables: type[BaselineTable | Tender]


APPROVED = Side("批复", BaselineRow, BaselineTable)
TENDERED = Side("招标", TenderRow, Tender)

_DESCRIBED = (
    Project.code.label("project_code"),
    Project.name.label("project_name"),
    Organisation.code.label("unit_code"),
    Organisation.name.label("unit_name"),
)

_pursued = aliased(ParameterReview)
_IS_PURSUED = (
    select(_pursued.id)
    .where(_pursued.project_id == Project.id, _pursued.state.not_in(GIVEN_UP))
    .correlate(Project)
    .exists()
)


def of_tables(side: Side, *conditions: ColumnElement[bool]) -> Question:
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


def newest(
    side: Side,
    column: InstrumentedAttribute[str],
    keys: Sequence[str],
    conditions: tuple[ColumnElement[bool], ...],
) -> Select[int]:
    """Ask for the newest rows with each of these keys, at most `MOST_ALIKE` for one."""
    numbered = func.row_number().over(partition_by=column, order_by=side.rows.id.desc()).label("newest")
    ranked = of_tables(side, *conditions).with_only_columns(side.rows.id.label("row_id"), numbered)
    ranked = ranked.join(side.rows, side.rows.table_id == side.tables.id).where(column.in_(keys))
    found = ranked.subquery()
    return select(found.c.row_id).where(found.c.newest <= MOST_ALIKE)
