"""Checking the audit trail, and anchoring it where the database's owner cannot reach.

The chain itself shows every changed, missing, added or moved event. A tail that was cut off, or a chain that was
rewritten from some point on, looks whole; an anchor (the chain's head, noted elsewhere at the time) shows it.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.audit import GENESIS, link_hash
from records.canonical import canonical_json
from records.models import AuditEvent, AuditHead

CHUNK = 5_000


@dataclass(frozen=True)
class Anchor:
    """The head of the chain at some time: its number, its hash, and when that was (ISO 8601, UTC)."""

    seq: int
    hash: str
    at: str


@dataclass(frozen=True)
class Break:
    """Where the chain is broken first: the number of the event, and what is wrong there."""

    seq: int
    reason: str


@dataclass(frozen=True)
class Check:
    """How many events were found in order, and the first break if there is one."""

    checked: int
    broken: Break | None


def verify(session: Session, anchors: Iterable[Anchor] = ()) -> Check:
    """Check every event of the trail, its head, and the anchors against it.

    Args:
        session: from `Database.reading()`, so that events and head are of one moment.
        anchors: heads noted earlier, in any order.
    """
    awaited: dict[int, set[str]] = defaultdict(set)
    for noted in anchors:
        awaited[noted.seq].add(noted.hash)
    seq, prev_hash = 0, GENESIS
    with session.execute(_ALL_EVENTS.execution_options(yield_per=CHUNK)) as events:
        for event in events:
            reason = _fault(event._asdict(), seq, prev_hash)
            if reason is None and awaited.pop(event.seq, {event.hash}) != {event.hash}:
                reason = "与存证的校验值不符"
            if reason:
                return Check(seq, Break(seq + 1, reason))
            seq, prev_hash = event.seq, event.hash
    return Check(seq, _missing_tail(session, seq, prev_hash, awaited))


def anchor(session: Session, path: Path, at: datetime) -> Anchor:
    """Note the head of the chain in the file at `path` (one JSON line each time) and return it."""
    head = session.execute(select(AuditHead.seq, AuditHead.hash)).one()
    noted = Anchor(head.seq, head.hash, at.astimezone(UTC).isoformat(timespec="seconds"))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        _cut_torn_line(file)
        file.write(canonical_json(asdict(noted)).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return noted


def read_anchors(path: Path) -> Sequence[Anchor]:
    """Return the anchors noted in a file."""
    whole, _, _ = path.read_text(encoding="utf-8").rpartition("\n")
    return [Anchor(**json.loads(line)) for line in whole.splitlines()]


def _cut_torn_line(file: IO[bytes]) -> None:
    """Remove what a crash left of a line that was never finished."""
    file.seek(0)
    written = file.read()
    file.truncate(written.rfind(b"\n") + 1)
    file.seek(0, os.SEEK_END)


_ALL_EVENTS = select(
    AuditEvent.seq,
    AuditEvent.at,
    AuditEvent.actor,
    AuditEvent.action,
    AuditEvent.subject,
    AuditEvent.payload,
    AuditEvent.prev_hash,
    AuditEvent.hash,
).order_by(AuditEvent.seq)


def _fault(event: Mapping[str, Any], seq: int, prev_hash: str) -> str | None:
    if event["seq"] != seq + 1:
        return "记录缺失或次序被改动"
    if event["prev_hash"] != prev_hash:
        return "与上一条不衔接"
    if event["hash"] != link_hash(event):
        return "内容与校验值不符"
    return None


def _missing_tail(session: Session, seq: int, last_hash: str, awaited: dict[int, set[str]]) -> Break | None:
    head = session.execute(select(AuditHead.seq, AuditHead.hash)).one_or_none()
    if head is None or (head.seq, head.hash) != (seq, last_hash):
        return Break(seq + 1, "末尾与链头记录不符")
    if awaited.pop(0, {GENESIS}) != {GENESIS} or awaited:
        return Break(seq + 1, "末尾缺失：存证过的记录不在链上")
    return None
