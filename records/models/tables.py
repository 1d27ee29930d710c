"""The two tables a review compares: the approved one (the baseline) and the tender's, row by row as they were read.

Rows keep the words of the document (`specification`), the money in fen, and `ref`, their place in the file.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from records.base import Base


class BaselineTable(Base, kw_only=True):
    """The approved table of a project. A new version supersedes the one before; both stay (design D7)."""

    __tablename__ = "baseline_table"
    __table_args__ = (UniqueConstraint("project_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    version: Mapped[int]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    rows_sha256: Mapped[str]
    total_fen: Mapped[int | None]
    created_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)

    rows: Mapped[list["BaselineRow"]] = relationship(
        lazy="raise", order_by="BaselineRow.position", default_factory=list
    )


class BaselineRow(Base, kw_only=True):
    """One approved item. `quantity` is an exact decimal as text; `parameters` were read from the specification."""

    __tablename__ = "baseline_row"
    __table_args__ = (UniqueConstraint("baseline_table_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    baseline_table_id: Mapped[int] = mapped_column(ForeignKey("baseline_table.id"), init=False)
    position: Mapped[int]
    subsystem: Mapped[str]
    item: Mapped[str]
    specification: Mapped[str]
    parameters: Mapped[list[dict[str, Any]]]
    unit: Mapped[str]
    quantity: Mapped[str | None]
    unit_price_fen: Mapped[int | None]
    amount_fen: Mapped[int | None]
    remark: Mapped[str]
    ref: Mapped[str]


class Tender(Base, kw_only=True):
    """The tender document of one round of a review, as it was submitted or, in the last round, published."""

    __tablename__ = "tender"
    __table_args__ = (UniqueConstraint("review_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    review_id: Mapped[int] = mapped_column(ForeignKey("parameter_review.id"))
    round: Mapped[int]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    rows_sha256: Mapped[str]
    total_fen: Mapped[int | None]
    created_at: Mapped[datetime]

    rows: Mapped[list["TenderRow"]] = relationship(lazy="raise", order_by="TenderRow.position", default_factory=list)


class TenderRow(Base, kw_only=True):
    """One tendered item; `mark` is ★, ▲ or empty."""

    __tablename__ = "tender_row"
    __table_args__ = (UniqueConstraint("tender_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"), init=False)
    position: Mapped[int]
    subsystem: Mapped[str]
    item: Mapped[str]
    specification: Mapped[str]
    parameters: Mapped[list[dict[str, Any]]]
    unit: Mapped[str]
    quantity: Mapped[str | None]
    unit_price_fen: Mapped[int | None]
    amount_fen: Mapped[int | None]
    mark: Mapped[str]
    remark: Mapped[str]
    ref: Mapped[str]
