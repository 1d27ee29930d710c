"""What an administrator must look after in the records: pushes that do not arrive, damage, deadlines not final."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from records.models import AuditEvent, Deadline, OutboxEvent
from records.outbox import Outbox

BROKEN = "audit.broken"
"""The action under which a broken audit trail is noted when it is found."""


class Operations:
    """Questions across all processes, asked for one page or one command."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def failing_pushes(self) -> Sequence[OutboxEvent]:
        """Return the events that failed so often that somebody should look after them, oldest first."""
        return Outbox(self.session).alarming()

    def audit_damage(self) -> dict[str, Any] | None:
        """Return where the last check found the audit trail broken (`seq`, `reason`), None when none ever did."""
        noted = select(AuditEvent.payload).where(AuditEvent.action == BROKEN).order_by(AuditEvent.seq.desc()).limit(1)
        payload = self.session.scalar(noted)
        return None if payload is None else dict(json.loads(payload))

    def provisional_deadlines(self) -> int:
        """Count the open deadlines that wait for a year's holidays to be published."""
        waits = Deadline.superseded_at.is_(None) & Deadline.met_at.is_(None) & Deadline.provisional.is_(True)
        return self.session.scalar(select(func.count()).select_from(Deadline).where(waits)) or 0
