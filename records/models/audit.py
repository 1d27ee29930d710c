"""The audit trail's two tables. Triggers of the first migration refuse every change to a written event."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base


class AuditEvent(Base, kw_only=True):
    """Who did what to what, chained by SHA-256 to the event before it. `payload` is the JSON text that was hashed."""

    __tablename__ = "audit_event"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(index=True)
    payload: Mapped[str]
    prev_hash: Mapped[str]
    hash: Mapped[str]


class AuditHead(Base, kw_only=True):
    """The chain's last link: one row, locked by whoever appends so that writers queue, moved by a trigger."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str]
