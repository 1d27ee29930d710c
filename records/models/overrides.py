"""What reviewers put in the place of the machine's verdicts, and by which rules each round was judged (Article 18)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base
from records.models.reviews import ReviewStage, by_value


class FindingOverride(Base, kw_only=True):
    """A reviewer's statement that a finding's verdict is another one than it stood at, and why.

    Statements are only ever added (triggers refuse every change); the last one about a finding of a round stands.
    `verdict_before` is what stood until then, the machine's verdict or an earlier statement's. `carried_from` names the
    statement of an earlier round that this one repeats because what both sides wrote has not changed.
    """

    __tablename__ = "finding_override"
    __table_args__ = (Index("ix_finding_override_review_id_round", "review_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    review_id: Mapped[int] = mapped_column(ForeignKey("parameter_review.id"))
    round: Mapped[int]
    finding_id: Mapped[str]
    stage: Mapped[ReviewStage] = mapped_column(by_value(ReviewStage))
    person: Mapped[str]
    verdict_before: Mapped[str]
    verdict_after: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    element_instance_key: Mapped[int]
    carried_from: Mapped[int | None] = mapped_column(ForeignKey("finding_override.id"), index=True, default=None)


class RoundRules(Base, kw_only=True):
    """The rules one round of a review was judged by: their version, and the dictionary as it was on the round's day.

    The version of the dictionary and the day together name its entries for ever (see `records.dictionary`).
    """

    __tablename__ = "round_rules"
    __table_args__ = (UniqueConstraint("review_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    review_id: Mapped[int] = mapped_column(ForeignKey("parameter_review.id"))
    round: Mapped[int]
    rules_version: Mapped[str]
    dictionary_version: Mapped[int] = mapped_column(ForeignKey("dictionary_version.number"), index=True)
    dictionary_digest: Mapped[str]
    day: Mapped[date]
    pinned_at: Mapped[datetime]
