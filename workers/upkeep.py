"""What no step does: now and then, beside the jobs, the records are brought in line with the world and looked after."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from domain.workdays import Calendar
from records import audit, chain
from records.database import Database
from records.deadlines import Deadlines
from records.models import ENDED, ReviewState
from records.operations import BROKEN
from records.reviews import Reviews

logger = logging.getLogger(__name__)

FOLLOWED_EVERY = timedelta(seconds=15)
DAILY = timedelta(days=1)
AT_ONCE = 200
"""Process instances asked about in one question."""


class Instances(Protocol):
    """The engine's process instances."""

    def terminated(self, keys: Iterable[int]) -> set[int]:
        """Return which of these were cancelled."""


@dataclass(frozen=True)
class Chore:
    """Something to be done again and again: its name, how often, and what, given the current time."""

    name: str
    every: timedelta
    work: Callable[[datetime], None]

    async def repeat(self) -> None:
        """Do it now and then every so often, until something ends it."""
        while True:
            await asyncio.to_thread(self.work, datetime.now(UTC))
            await asyncio.sleep(self.every.total_seconds())


def chores(database: Database, calendar: Calendar, instances: Instances, anchors: Path) -> list[Chore]:
    """Return everything that must be done now and then; each can fail without holding up the others.

    Args:
        database: the records.
        calendar: by which working days are counted.
        instances: the engine's.
        anchors: file that keeps heads of the audit trail.
    """
    return [
        Chore("cancelled instances", FOLLOWED_EVERY, lambda now: follow_cancellations(database, instances, now)),
        Chore("deadlines", DAILY, lambda now: recount_deadlines(database, calendar, now)),
        Chore("audit trail", DAILY, lambda now: check_audit_trail(database, anchors, now)),
    ]


def follow_cancellations(database: Database, instances: Instances, now: datetime) -> None:
    """Enter as cancelled what an administrator cancelled in the engine: the review ends, nothing of it stays due."""
    with database.reading() as session:
        waiting = {*Reviews(session).open_instances(), *Deadlines(session).open_instances()}
    keys = sorted(waiting)
    for start in range(0, len(keys), AT_ONCE):
        for key in sorted(instances.terminated(keys[start : start + AT_ONCE])):
            _cancel(database, key, now)


def _cancel(database: Database, key: int, now: datetime) -> None:
    with database.session() as session:
        reviews, subject = Reviews(session), f"parameter_review:{key}"
        review = reviews.find_instance(key)
        withdrawn = Deadlines(session).withdraw(subject, now)
        if review is None or review.state in ENDED:
            stood = ""
        else:
            stood = review.state.value
            reviews.move(review, ReviewState.CANCELLED, now)
        if stood or withdrawn:
            payload = {"stood": stood, "withdrawn": withdrawn}
            audit.append(session, "upkeep.cancelled_instances", "review.cancelled", subject, payload, now)


def recount_deadlines(database: Database, calendar: Calendar, now: datetime) -> None:
    """Count open deadlines again, so that a year's holidays take effect with the program that brings them (D5)."""
    with database.session() as session:
        for deadline in Deadlines(session).recount(calendar, now):
            payload = {"name": deadline.name, "due": deadline.due.isoformat(), "provisional": deadline.provisional}
            audit.append(session, "upkeep.deadlines", "deadline.recounted", deadline.subject, payload, now)


def check_audit_trail(database: Database, anchors: Path, now: datetime) -> None:
    """Check the whole audit trail against the anchors, and anchor its head; a broken one is told, never anchored."""
    noted = chain.read_anchors(anchors) if anchors.exists() else []
    with database.reading() as session:
        check = chain.verify(session, noted)
        if check.broken is None:
            if not noted or noted[-1].seq != check.checked:
                chain.anchor(session, anchors, now)
            return
    logger.error("the audit trail is broken at event %d: %s", check.broken.seq, check.broken.reason)
    with database.session() as session:
        payload = {"seq": check.broken.seq, "reason": check.broken.reason}
        audit.append(session, "upkeep.audit_trail", BROKEN, "audit_trail", payload, now)
