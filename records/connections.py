"""Engines for the two databases. A transaction says beforehand whether it writes, so SQLite never deadlocks."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from records.canonical import canonical_json

BUSY_TIMEOUT_MS = 30_000
READING = "records_reading"


def address(env: Mapping[str, str], data: Path) -> str:
    """Tell where the records are: `ZHENGJIAN_DATABASE_URL`, else a SQLite file in the data folder."""
    return env.get("ZHENGJIAN_DATABASE_URL", f"sqlite:///{data / 'records.db'}")


def create(url: str, *, sync_each_commit: bool = True) -> Engine:
    """Return an engine for `sqlite:///path` or `postgresql://…` (driven by psycopg 3).

    Args:
        url: of the database.
        sync_each_commit: of SQLite; without it the caller sees to it that commits reach the disk
            (`records.durability`).

    Raises:
        ValueError: for any other database.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, json_serializer=canonical_json)
        event.listen(engine, "connect", _prepare_synced if sync_each_commit else _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
        return create_engine(address, json_serializer=canonical_json, pool_pre_ping=True)
    raise ValueError(f"Records live in SQLite or PostgreSQL, not in {address.get_backend_name()}")


def reading(engine: Engine) -> Engine:
    """Return a view of `engine` whose transactions see one snapshot and take no write lock."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine.execution_options(**{READING: True})


def _prepare_synced(connection: Any, record: Any) -> None:
    _prepare_sqlite(connection, record)
    connection.execute("PRAGMA synchronous = FULL").close()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: BEGIN is ours to choose (see _begin_sqlite).
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "recursive_triggers = ON",  # INSERT OR REPLACE then fires the delete triggers that guard the audit trail
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer waits for the lock here. One that first read and then wrote would be refused without waiting.
    mode = "DEFERRED" if connection.get_execution_options().get(READING) else "IMMEDIATE"
    # Straight to the driver: SQLAlchemy's own way of running a statement would cost a tenth of a small transaction.
    connection.connection.cursor().execute(f"BEGIN {mode}").close()
