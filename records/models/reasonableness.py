"""The reasonableness check (Article 18): hints of each round and their answers, and what earlier contracts paid."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base


class ReasonablenessHint(Base, kw_only=True):
    """One hint of one round, as `domain.reasonableness.Hint` has it, and what the reviewer answered.

    `hint_id` is the same in every round as long as what was written is. `carried_over` says that the hint was answered
    in the round before and keeps that answer. `answer` is `upheld`, `dismissed` or None where nobody answered.
    """

    __tablename__ = "reasonableness_hint"
    __table_args__ = (
        UniqueConstraint("review_id", "round", "hint_id"),
        UniqueConstraint("review_id", "round", "position"),
        CheckConstraint("answer IN ('upheld', 'dismissed')", name="answer_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    review_id: Mapped[int] = mapped_column(ForeignKey("parameter_review.id"))
    round: Mapped[int]
    position: Mapped[int]
    hint_id: Mapped[str]
    rule: Mapped[str]
    topic: Mapped[str]
    subsystem: Mapped[str]
    item: Mapped[str]
    parameter: Mapped[str]
    reason: Mapped[str]
    approved: Mapped[str]
    tender: Mapped[str]
    approved_ref: Mapped[str]
    tender_ref: Mapped[str]
    figure: Mapped[str]
    basis: Mapped[str]
    evidence: Mapped[str]
    informs: Mapped[bool] = mapped_column(default=False)
    carried_over: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")


class ContractPrice(Base, kw_only=True):
    """What an earlier contract paid for one item. Rows are only added.

    `name_key` is the item's name reduced without the dictionary of synonyms, so that entries accepted later find
    earlier contracts too. `quantity` is a decimal number as text ("" when the contract states none); `tax` is 含税 or
    不含税. `source_sha256` names the file the row was imported from.
    """

    __tablename__ = "contract_price"
    __table_args__ = (
        UniqueConstraint("contract_number", "line"),
        Index("ix_contract_price_name_key_signed_on", "name_key", "signed_on"),
        CheckConstraint("unit_price_fen > 0", name="unit_price_is_positive"),
        CheckConstraint("tax IN ('含税', '不含税')", name="tax_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    project_code: Mapped[str]
    project_name: Mapped[str]
    contract_number: Mapped[str]
    line: Mapped[int]
    supplier: Mapped[str]
    item: Mapped[str]
    name_key: Mapped[str]
    specification: Mapped[str]
    unit: Mapped[str]
    unit_price_fen: Mapped[int]
    quantity: Mapped[str]
    tax: Mapped[str]
    signed_on: Mapped[date]
    source_sha256: Mapped[str]
    recorded_at: Mapped[datetime]
