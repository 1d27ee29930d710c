"""The outbox: events written in the transaction of the fact they tell, delivered later, as often as it takes (D8).

A push that fails never blocks a decision. Events of one subject for one target are delivered in the order written.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from records.canonical import canonical_json
from records.insertion import insert_unless_there
from records.models import OutboxEvent, OutboxState

_PENDING = "outbox_pending"


@dataclass(frozen=True, slots=True)
class CloudEvent:
    """A CloudEvents 1.0 event. `id` is the idempotency key: the same fact has the same id in every attempt.

    `type` is `<process>.<past tense>`, `subject` what it is about (`parameter_review:<key>`), `data` plain JSON.
    """

    id: str
    source: str
    type: str
    subject: str
    time: datetime
    data: dict[str, Any]

    def attributes(self) -> dict[str, str]:
        """Return the context attributes as text, in the spelling of the CloudEvents specification."""
        return {
            "specversion": "1.0",
            "id": self.id,
            "source": self.source,
            "type": self.type,
            "subject": self.subject,
            "time": self.time.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "datacontenttype": "application/json",
        }


class Outbox:
    """The events to be pushed, seen from one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, target: str, event: CloudEvent, at: datetime) -> None:
        """Put an event up for delivery; it is written when, and only if, the session commits.

        An id that is there already is left as it is.
        """
        if self.session.in_nested_transaction():
            raise ValueError("Put events up outside savepoints, whose roll-back the outbox could not follow")
        values = {
            "idempotency_key": event.id,
            "target": target,
            "source": event.source,
            "type": event.type,
            "subject": event.subject,
            "time": event.time,
            "data": canonical_json(event.data),
            "next_attempt_at": at,
        }
        self.session.info.setdefault(_PENDING, []).append(values)

    def alarming(self) -> Sequence[OutboxEvent]:
        """Return the undelivered events that have failed so often that somebody should look after them."""
        is_alarming = (OutboxEvent.state == OutboxState.PENDING) & OutboxEvent.alarmed_at.is_not(None)
        return self.session.scalars(select(OutboxEvent).where(is_alarming).order_by(OutboxEvent.id)).all()

    def of_subject(self, subject: str) -> Sequence[OutboxEvent]:
        """Return all events about a subject, delivered or not, oldest first."""
        belongs = OutboxEvent.subject == subject
        return self.session.scalars(select(OutboxEvent).where(belongs).order_by(OutboxEvent.id)).all()

    def lease(self, now: datetime, until: timedelta, limit: int, *wanted: ColumnElement[bool]) -> Sequence[OutboxEvent]:
        """Take up to `limit` events that are due for one attempt; nobody else gets them before `now + until`.

        `wanted` are conditions on `OutboxEvent`, such as its target.
        """
        earlier = aliased(OutboxEvent)
        stands_before = (
            select(earlier.id)
            .where(
                earlier.target == OutboxEvent.target,
                earlier.subject == OutboxEvent.subject,
                earlier.id < OutboxEvent.id,
                earlier.state == OutboxState.PENDING,
            )
            .exists()
        )
        is_due = (OutboxEvent.state == OutboxState.PENDING) & (OutboxEvent.next_attempt_at <= now)
        due = select(OutboxEvent).where(is_due, ~stands_before, *wanted).order_by(OutboxEvent.id).limit(limit)
        leased = self.session.scalars(due.with_for_update(skip_locked=True)).all()
        for event in leased:
            event.next_attempt_at = now + until
            event.attempts += 1
        return leased


def write_pending(session: Session) -> None:
    """Write the session's events. `Database` calls this before each commit."""
    if session.in_nested_transaction() or not session.info.get(_PENDING):
        return
    session.flush()
    connection = session.connection()
    statement = insert_unless_there(connection.dialect.name, OutboxEvent, ("idempotency_key",))
    connection.execute(statement, session.info.pop(_PENDING))


def forget_pending(session: Session) -> None:
    """Drop the session's events. `Database` calls this after each roll-back."""
    session.info.pop(_PENDING, None)


def as_cloud_event(row: OutboxEvent) -> CloudEvent:
    """Return a stored event in the form it is sent in."""
    return CloudEvent(row.idempotency_key, row.source, row.type, row.subject, row.time, json.loads(row.data))
