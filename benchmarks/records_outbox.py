"""One audit and one outbox event through the records, against the raw SQLite driver doing the same on the same schema.

Both fsync every commit (WAL, synchronous FULL), hash the same chain and write the same rows; they take turns on the
same disk. Target: at least 0.5 of the raw driver with one pair a transaction, at least 0.8 with a hundred.
"""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from records import audit
from records.audit import link_hash
from records.canonical import canonical_json
from records.database import Database, open_database
from records.migrations import upgrade
from records.outbox import CloudEvent, Outbox

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
DATA = {"conclusion": "修改后同意", "round": 2, "findings": 37, "opinion": "ab" * 32}
ROUNDS = 5


def through_records(database: Database, first: int, batch: int) -> None:
    """Write one batch as a worker step does."""
    with database.session() as session:
        outbox = Outbox(session)
        for number in range(first, first + batch):
            subject = f"parameter_review:{number}"
            audit.append(session, "worker", "review.concluded", subject, DATA, NOW)
            event = CloudEvent(f"a{number}", "/zhengjian", "parameter_review.concluded", subject, NOW, DATA)
            outbox.add("platform", event, NOW)


def through_driver(connection: sqlite3.Connection, first: int, batch: int) -> None:
    """Write the same rows with the driver alone."""
    connection.execute("BEGIN IMMEDIATE")
    seq, prev_hash = connection.execute("SELECT seq, hash FROM audit_head").fetchone()
    events, pushes = [], []
    for number in range(first, first + batch):
        seq += 1
        subject = f"parameter_review:{number}"
        at = NOW.isoformat(" ", "microseconds").removesuffix("+00:00")
        event = {"seq": seq, "at": NOW, "actor": "worker", "action": "review.concluded", "subject": subject}
        event |= {"payload": canonical_json(DATA), "prev_hash": prev_hash}
        previous, prev_hash = prev_hash, link_hash(event)
        row = (seq, at, "worker", "review.concluded", subject, event["payload"], previous, prev_hash)
        events.append(row)
        push = (f"b{number}", "platform", "/zhengjian", "parameter_review.concluded", subject, at)
        pushes.append((*push, canonical_json(DATA), at))
    connection.executemany("INSERT INTO audit_event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", events)
    connection.executemany(
        "INSERT INTO outbox_event (idempotency_key, target, source, type, subject, time, data, next_attempt_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        pushes,
    )
    connection.execute("COMMIT")


def seconds(work: Callable[[int, int], None], start: int, batch: int, batches: int) -> float:
    """Time a number of batches."""
    began = time.perf_counter()
    for number in range(batches):
        work(start + number * batch, batch)
    return time.perf_counter() - began


def main() -> None:
    """Print both ratios, as median and range of rounds that alternate."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.db"
        upgrade(f"sqlite:///{path}")
        database = open_database(f"sqlite:///{path}")
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        try:
            for batch, batches, target in ((1, 400, 0.5), (100, 40, 0.8)):
                compare(database, connection, batch, batches, target)
        finally:
            connection.close()
            database.close()


def compare(database: Database, connection: sqlite3.Connection, batch: int, batches: int, target: float) -> None:
    """Print the ratio of pairs per second at one batch size."""
    ratios, rates, start = [], [], batch * 10_000_000
    for turn in range(ROUNDS + 1):
        ours = seconds(lambda first, size: through_records(database, first, size), start, batch, batches)
        raw = seconds(lambda first, size: through_driver(connection, first, size), start, batch, batches)
        start += batch * batches
        if turn:  # The first round warms caches.
            ratios.append(raw / ours)
            rates.append(batch * batches / ours)
    print(
        f"   batch {batch:>3}: {statistics.median(ratios):.2f} of the raw driver"
        f" ({min(ratios):.2f} to {max(ratios):.2f}), {statistics.median(rates):,.0f} pairs/s, target {target}"
    )


if __name__ == "__main__":
    main()
