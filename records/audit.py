"""The audit trail: events chained by SHA-256, so that a changed, missing, added or moved event is seen and located.

What a chain alone cannot show is a tail cut off or a whole chain rewritten; `anchor` puts its head where the database's
owner cannot reach it, and `records.chain.verify` compares.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from records.canonical import canonical_json, sha256_hex
from records.models import AuditEvent, AuditHead

GENESIS = "0" * 64
"""What the first event names as its predecessor's hash."""

_PENDING = "audit_pending"
_HASHED = itemgetter("seq", "actor", "action", "subject", "payload", "prev_hash")


def append(  # noqa: PLR0913, PLR0917 - an audit event has these parts, and each call names what happened in one line
    session: Session, actor: str, action: str, subject: str, payload: dict[str, Any], at: datetime
) -> None:
    """Add an event to the trail; it is written when, and only if, the session commits.

    Waiting until then keeps the chain's head locked for a moment only, and always after every other lock, so two
    transactions never wait for each other.

    Args:
        session: from `Database.session()`.
        actor: user name, or the program's name for what no person did.
        action: `<noun>.<past tense>`, such as `document.stored`.
        subject: what it was done to: `<kind>:<id>`.
        payload: plain JSON data; ids and summaries, never a document's content.
        at: when it was done; aware.

    Raises:
        ValueError: `at` has no zone, or the session is inside a savepoint, whose roll-back the trail could not follow.
    """
    if at.tzinfo is None:
        raise ValueError("The time of an audit event needs a zone")
    if session.in_nested_transaction():
        raise ValueError("Append audit events outside savepoints")
    event = {"at": at, "actor": actor, "action": action, "subject": subject, "payload": canonical_json(payload)}
    session.info.setdefault(_PENDING, []).append(event)


def link_hash(event: Mapping[str, Any]) -> str:
    """Return the hash of an event (the columns of `audit_event` but `hash`): SHA-256 over their canonical JSON."""
    return sha256_hex(canonical_json([_moment(event["at"]), *_HASHED(event)]).encode())


@lru_cache
def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


_HEAD = select(AuditHead.seq, AuditHead.hash).with_for_update()
_ADD = insert(AuditEvent).inline()


def write_pending(session: Session) -> None:
    """Chain the session's events to the head. `Database` calls this before each commit."""
    if session.in_nested_transaction() or not session.info.get(_PENDING):
        return
    session.flush()
    events: list[dict[str, Any]] = session.info.pop(_PENDING)
    connection = session.connection()
    seq, prev_hash = connection.execute(_HEAD).one()
    for event in events:
        seq += 1
        event["seq"], event["prev_hash"] = seq, prev_hash
        prev_hash = event["hash"] = link_hash(event)
    connection.execute(_ADD, events)


def forget_pending(session: Session) -> None:
    """Drop the session's events. `Database` calls this after each roll-back."""
    session.info.pop(_PENDING, None)
