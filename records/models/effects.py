"""What makes an effect happen once (design D8): which step ran for which element instance, what is to be pushed."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Enum, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base


class StepRecord(Base, kw_only=True):
    """A worker step that ran for an element instance, and what it returned. `recorded_at` is the database's clock."""

    __tablename__ = "step_record"

    element_instance_key: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    step: Mapped[str]
    result: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)


class OutboxState(StrEnum):
    """An event is pending until its receiver has given a receipt."""

    PENDING = "pending"
    DELIVERED = "delivered"


class OutboxEvent(Base, kw_only=True):
    """A CloudEvents 1.0 event to be delivered to `target`, written in the transaction of the fact it tells.

    The idempotency key doubles as the CloudEvents id; `data` is canonical JSON text, the same in every attempt.
    `next_attempt_at` is also the lease of the delivery under way; `alarmed_at` says since when somebody should look
    after it.
    """

    __tablename__ = "outbox_event"
    __table_args__ = (
        UniqueConstraint("idempotency_key"),
        Index(
            "ix_outbox_event_pending",
            "next_attempt_at",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index("ix_outbox_event_target_subject_id", "target", "subject", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    idempotency_key: Mapped[str]
    target: Mapped[str]
    source: Mapped[str]
    type: Mapped[str]
    subject: Mapped[str]
    time: Mapped[datetime]
    data: Mapped[str]
    next_attempt_at: Mapped[datetime]
    state: Mapped[OutboxState] = mapped_column(
        Enum(OutboxState, native_enum=False, length=16, values_callable=lambda states: [s.value for s in states]),
        init=False,
        server_default=OutboxState.PENDING.value,
    )
    attempts: Mapped[int] = mapped_column(init=False, server_default="0")
    last_error: Mapped[str | None] = mapped_column(default=None)
    receipt: Mapped[str | None] = mapped_column(default=None)
    delivered_at: Mapped[datetime | None] = mapped_column(default=None)
    alarmed_at: Mapped[datetime | None] = mapped_column(default=None)
