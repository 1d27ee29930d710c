"""Delivering the outbox: lease, send outside any transaction, settle. At least once to the receiver, once in effect."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from records import audit
from records.database import Database
from records.models import OutboxEvent, OutboxState
from records.outbox import Outbox, as_cloud_event
from records.sinks import DeliveryError, Sink

logger = logging.getLogger(__name__)

ACTOR = "outbox"
MOST_DOUBLINGS = 30


@dataclass(frozen=True)
class Policy:
    """How patient deliveries are.

    Waiting doubles from `first_wait` to `longest_wait`; after `alarm_after` failures of an event the audit trail gets
    one `outbox.delivery_failing`, and attempts go on. `lease` outlasts a whole batch to the slowest receiver.
    """

    first_wait: timedelta = timedelta(seconds=2)
    longest_wait: timedelta = timedelta(hours=1)
    alarm_after: int = 5
    lease: timedelta = timedelta(minutes=2)
    batch: int = 10

    def wait(self, attempts: int) -> timedelta:
        """Return how long to wait after the `attempts`-th failure."""
        return min(self.longest_wait, self.first_wait * (1 << min(attempts - 1, MOST_DOUBLINGS)))


@dataclass(frozen=True)
class Outcome:
    """What one round of deliveries did."""

    delivered: int
    failed: int


class Delivery:
    """Carries events from the outbox to the sinks; any number of them may run at the same time.

    Args:
        database: the records.
        sinks: a receiver for each target.
        policy: how patient it is.
        wanted: conditions on `OutboxEvent`; none means all. A delivery for each target keeps a receiver that is slow
            or gone from holding up the others.
    """

    def __init__(
        self, database: Database, sinks: Mapping[str, Sink], policy: Policy, *wanted: ColumnElement[bool]
    ) -> None:
        self.database = database
        self.sinks = sinks
        self.policy = policy
        self.wanted = wanted

    def deliver(self, now: datetime) -> Outcome:
        """Try every event that is due at `now`, until none is left, and return how it went."""
        delivered = failed = 0
        while leased := self._lease(now):
            for event in leased:
                if self._attempt(event, now):
                    delivered += 1
                else:
                    failed += 1
        return Outcome(delivered, failed)

    def _lease(self, now: datetime) -> list[OutboxEvent]:
        with self.database.session() as session:
            return list(Outbox(session).lease(now, self.policy.lease, self.policy.batch, *self.wanted))

    def _attempt(self, event: OutboxEvent, now: datetime) -> bool:
        try:
            receipt = self._send(event)
        except DeliveryError as error:
            self._note_failure(event.id, str(error), now)
            return False
        except Exception as error:
            # A bug in one event's sink must neither stop the others nor go unnoticed: it fails, waits and alarms.
            logger.exception("event %d could not be handed over", event.id)
            self._note_failure(event.id, f"推送程序出错：{type(error).__name__}", now)
            return False
        with self.database.session() as session:
            settled = session.get_one(OutboxEvent, event.id)
            settled.state, settled.receipt = OutboxState.DELIVERED, receipt
            settled.delivered_at, settled.last_error = now, None
        return True

    def _send(self, event: OutboxEvent) -> str:
        sink = self.sinks.get(event.target)
        if sink is None:
            raise DeliveryError(f"没有配置推送目标 {event.target}")
        return sink.deliver(as_cloud_event(event))

    def _note_failure(self, event_id: int, error: str, now: datetime) -> None:
        with self.database.session() as session:
            event = session.get_one(OutboxEvent, event_id, with_for_update=True)
            if event.state is OutboxState.DELIVERED:
                return  # Our lease had run out and somebody else succeeded meanwhile.
            event.last_error = error
            event.next_attempt_at = now + self.policy.wait(event.attempts)
            if event.attempts >= self.policy.alarm_after and event.alarmed_at is None:
                event.alarmed_at = now
                _raise_alarm(session, event, now)


def _raise_alarm(session: Session, event: OutboxEvent, now: datetime) -> None:
    payload = {
        "id": event.idempotency_key,
        "target": event.target,
        "attempts": event.attempts,
        "error": event.last_error,
    }
    audit.append(session, ACTOR, "outbox.delivery_failing", event.subject, payload, now)
