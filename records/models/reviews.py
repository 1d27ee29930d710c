"""Technical parameter review 技术参数审查 (Article 18): reviews, their findings per round, the reviewers' opinions."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Enum, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.parameters.verdicts import Verdict
from records.base import Base
from records.models.changes import ParameterChange, ReviewKind
from records.models.registry import Document, Project


class ReviewState(StrEnum):
    """Where a review stands; the value is what the pages show."""

    CHECKING = "核对中"
    CORRECTING = "待更正材料"
    EXPLAINING = "待说明偏差"
    REVIEWING = "初审中"
    CONFIRMING = "复核中"
    REVISING = "待修改招标文件"
    AWAITING_PUBLICATION = "待提交公告文件"
    AGREED = "已同意"
    REFUSED = "不同意"
    TRANSFERRED = "已转概算调整"
    CANCELLED = "已取消"


ENDED = frozenset({ReviewState.AGREED, ReviewState.REFUSED, ReviewState.TRANSFERRED, ReviewState.CANCELLED})
"""States in which nothing more is to be done."""


class Conclusion(StrEnum):
    """What the opinion says (DMN decision `decide_conclusion`)."""

    AGREE = "同意"
    AGREE_AFTER_CHANGES = "修改后同意"
    REFUSE = "不同意"
    TRANSFER = "转概算调整"


class ReviewStage(StrEnum):
    """Four eyes: 初审 by reviewer A, 复核 by reviewer B, who is another person."""

    FIRST = "初审"
    SECOND = "复核"


def by_value(kind: type[StrEnum]) -> Enum:
    """Return the column type that stores an enumeration by its values, as text every database knows."""
    return Enum(kind, native_enum=False, length=32, values_callable=lambda members: [m.value for m in members])


class ParameterReview(Base, kw_only=True):
    """One review: exactly one row for one process instance, whatever is repeated."""

    __tablename__ = "parameter_review"
    __table_args__ = (
        UniqueConstraint("process_instance_key"),
        Index("ix_parameter_review_project_id_id", "project_id", "id"),
        Index("ix_parameter_review_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    process_instance_key: Mapped[int]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    package: Mapped[str]
    approval_number: Mapped[str]
    approval_date: Mapped[date | None]
    submitted_by: Mapped[str]
    round: Mapped[int] = mapped_column(default=1)
    state: Mapped[ReviewState] = mapped_column(by_value(ReviewState), default=ReviewState.CHECKING)
    conclusion: Mapped[Conclusion | None] = mapped_column(by_value(Conclusion), default=None)
    baseline_table_id: Mapped[int | None] = mapped_column(ForeignKey("baseline_table.id"), index=True, default=None)
    opinion_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True, default=None)
    published_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True, default=None)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)

    project: Mapped[Project] = relationship(lazy="raise", init=False)
    opinion_document: Mapped[Document | None] = relationship(
        lazy="raise", init=False, foreign_keys=[opinion_document_id]
    )
    published_document: Mapped[Document | None] = relationship(
        lazy="raise", init=False, foreign_keys=[published_document_id]
    )
    change: Mapped[ParameterChange | None] = relationship(
        lazy="raise", init=False, viewonly=True, foreign_keys=[ParameterChange.review_id]
    )

    @property
    def kind(self) -> ReviewKind:
        """What is reviewed; asks for `change` to be loaded."""
        return ReviewKind(self.change.kind) if self.change else ReviewKind.TENDER

    @property
    def subject(self) -> str:
        """What the audit trail, deadlines and pushed events call this review."""
        return f"parameter_review:{self.process_instance_key}"


class ParameterFinding(Base, kw_only=True):
    """One compared row of one round, as `domain.parameters.verdicts.Finding` has it, and what people said to it.

    `finding_id` is the same in every round as long as what was written is. `carried_over` says that the row did not
    change since the round before and keeps the judgement it got there. `agreed` is what the tender that was agreed last
    said in this row; None in a review that is not about a change. `verdict` is the machine's and never changes;
    `overruled` is the verdict that both reviewers put in its place.
    """

    __tablename__ = "parameter_finding"
    __table_args__ = (
        UniqueConstraint("review_id", "round", "finding_id"),
        UniqueConstraint("review_id", "round", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    review_id: Mapped[int] = mapped_column(ForeignKey("parameter_review.id"))
    round: Mapped[int]
    position: Mapped[int]
    finding_id: Mapped[str]
    subject: Mapped[str]
    subsystem: Mapped[str]
    item: Mapped[str]
    tender_item: Mapped[str]
    parameter: Mapped[str]
    approved: Mapped[str]
    tender: Mapped[str]
    verdict: Mapped[str]
    reason: Mapped[str]
    approved_ref: Mapped[str]
    tender_ref: Mapped[str]
    convention: Mapped[str] = mapped_column(default="")
    basis: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(default="")
    confidence: Mapped[float] = mapped_column(default=1.0)
    kind: Mapped[str] = mapped_column(default="一致性", server_default="一致性")
    carried_over: Mapped[bool] = mapped_column(default=False)
    explanation: Mapped[str | None] = mapped_column(default=None)
    disposition: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)
    overruled: Mapped[str | None] = mapped_column(default=None)
    agreed: Mapped[str | None] = mapped_column(default=None)

    @property
    def effective_verdict(self) -> str:
        """The verdict that counts: what both reviewers put in its place, else the machine's."""
        return self.overruled or self.verdict

    @property
    def is_deviation(self) -> bool:
        """Whether the verdict that counts is any but 一致."""
        return self.effective_verdict != Verdict.SAME


class ReviewerOpinion(Base, kw_only=True):
    """What a reviewer decided at one stage of one round; a repeated stage adds a row."""

    __tablename__ = "reviewer_opinion"
    __table_args__ = (Index("ix_reviewer_opinion_review_id_round", "review_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    review_id: Mapped[int] = mapped_column(ForeignKey("parameter_review.id"))
    round: Mapped[int]
    stage: Mapped[ReviewStage] = mapped_column(by_value(ReviewStage))
    person: Mapped[str]
    decision: Mapped[str]
    note: Mapped[str]
    at: Mapped[datetime]
