"""The two tables a review compares: the approved one (the baseline) and the tender's, row by row as they were read.

`content` is the row as the reader understood it (`domain.documents.table.Item` as JSON), so the rules can take it up
again in a later step without opening the file; the other columns are for queries.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, MappedAsDataclass, mapped_column

from records.base import Base


class _TableRead(MappedAsDataclass, kw_only=True):
    """What both tables have: `surroundings` is the table without its items: subtotals, prose, the reader's notices."""

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    items_sha256: Mapped[str]
    total_fen: Mapped[int]
    surroundings: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class _RowRead(MappedAsDataclass, kw_only=True):
    """What the rows of both tables have: `ref` is the row's place in its file, `amount_fen` is None when not known.

    `name_key` and `content_key` are what an item of another project would share (`domain.reasonableness.alike`).
    """

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    position: Mapped[int]
    package: Mapped[str]
    subsystem: Mapped[str]
    item: Mapped[str]
    amount_fen: Mapped[int | None]
    ref: Mapped[str]
    content: Mapped[dict[str, Any]]
    name_key: Mapped[str] = mapped_column(index=True)
    content_key: Mapped[str] = mapped_column(index=True)


class BaselineTable(_TableRead, Base, kw_only=True):
    """The approved table of a project. A new version supersedes the one before; both stay (design D7)."""

    __tablename__ = "baseline_table"
    __table_args__ = (UniqueConstraint("project_id", "version"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    version: Mapped[int]
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)


class BaselineRow(_RowRead, Base, kw_only=True):
    """One approved item."""

    __tablename__ = "baseline_row"
    __table_args__ = (UniqueConstraint("table_id", "position"),)

    table_id: Mapped[int] = mapped_column(ForeignKey("baseline_table.id"))


class Tender(_TableRead, Base, kw_only=True):
    """The tender document of one round of a review, as it was submitted or, in the last round, published."""

    __tablename__ = "tender"
    __table_args__ = (UniqueConstraint("review_id", "round"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("parameter_review.id"))
    round: Mapped[int]


class TenderRow(_RowRead, Base, kw_only=True):
    """One tendered item."""

    __tablename__ = "tender_row"
    __table_args__ = (UniqueConstraint("table_id", "position"),)

    table_id: Mapped[int] = mapped_column(ForeignKey("tender.id"))


class RowAlignment(Base, kw_only=True):
    """Which approved items one round of a review set against which tendered ones, and how sure that is (0 to 1).

    `approved` and `tendered` are lists of row positions; an empty one says that the other side stands alone.
    """

    __tablename__ = "row_alignment"
    __table_args__ = (UniqueConstraint("review_id", "round", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    review_id: Mapped[int] = mapped_column(ForeignKey("parameter_review.id"))
    round: Mapped[int]
    position: Mapped[int]
    approved: Mapped[list[int]]
    tendered: Mapped[list[int]]
    confidence: Mapped[float]
    note: Mapped[str] = mapped_column(default="")
