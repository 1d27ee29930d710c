"""Changes during procurement (Article 18): what the review of a change is about, and what was agreed before it."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base


class ReviewKind(StrEnum):
    """What is reviewed: a tender before procurement, or one of the two changes during it."""

    TENDER = "采购前审查"
    CORRECTION = "更正公告"
    REPLACEMENT = "替代型号"


class ParameterChange(Base, kw_only=True):
    """The change that a review is about; a review before procurement has none.

    `kind` is 更正公告 or 替代型号, `scope` tells whether its document is the whole requirement or names only what
    changes. `agreed_review_id` and `agreed_round` name the tender that was agreed last: what the change changes.
    """

    __tablename__ = "parameter_change"
    __table_args__ = (UniqueConstraint("review_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    review_id: Mapped[int] = mapped_column(ForeignKey("parameter_review.id"))
    kind: Mapped[str]
    scope: Mapped[str]
    reason: Mapped[str]
    notice_number: Mapped[str]
    notice_date: Mapped[date]
    agreed_review_id: Mapped[int] = mapped_column(ForeignKey("parameter_review.id"), index=True)
    agreed_round: Mapped[int]
