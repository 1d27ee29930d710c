"""Legal deadlines as records of their own (design D5): computed by the rules, recomputed when a calendar is loaded."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from records.base import Base


class Deadline(Base, kw_only=True):
    """A deadline of a `subject` (`<process>:<process instance key>`), its article, and the calendar that counted it.

    A recomputed deadline is a new row; the old one gets `superseded_at`.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        Index("ix_deadline_subject", "subject"),
        Index("ix_deadline_due", "due"),
        CheckConstraint("unit IN ('日', '工作日', '月', '年')", name="unit_is_known"),
        CheckConstraint("amount > 0", name="amount_is_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    subject: Mapped[str]
    name: Mapped[str]
    article: Mapped[str]
    basis: Mapped[str]
    start: Mapped[date]
    amount: Mapped[int]
    unit: Mapped[str]
    due: Mapped[date]
    provisional: Mapped[bool]
    calendar_version: Mapped[str]
    created_at: Mapped[datetime]
    met_at: Mapped[datetime | None] = mapped_column(default=None)
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)

    pauses: Mapped[list["DeadlinePause"]] = relationship(
        lazy="raise", order_by="DeadlinePause.paused_on", default_factory=list
    )


class DeadlinePause(Base, kw_only=True):
    """An interval in which the clock stands still, open while `resumed_on` is empty. That day counts again."""

    __tablename__ = "deadline_pause"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadline.id"), index=True, init=False)
    reason: Mapped[str]
    paused_on: Mapped[date]
    resumed_on: Mapped[date | None] = mapped_column(default=None)
