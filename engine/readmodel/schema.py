"""All tables and all projections of the read model, gathered from the entities."""

import sqlite3
from typing import Final

from engine.readmodel.entities import (
    decision_instances,
    decisions,
    element_instances,
    forms,
    incidents,
    jobs,
    message_subscriptions,
    process_definitions,
    process_instances,
    resources,
    user_tasks,
    variables,
)
from engine.readmodel.projection import Projection

SCHEMA_VERSION: Final = 1
"""Raised with every change of tables or projections; a read model of another version is built anew from the log."""

_ROOMS: Final = (
    process_definitions,
    forms,
    decisions,
    resources,
    process_instances,
    element_instances,
    variables,
    user_tasks,
    jobs,
    incidents,
    decision_instances,
    message_subscriptions,
)

_PROGRESS: Final = """
CREATE TABLE progress (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    position INTEGER NOT NULL,
    key INTEGER,
    timestamp INTEGER
);
INSERT INTO progress VALUES (1, 0, NULL, NULL);
"""

PROJECTIONS: Final[Projection] = {intent: apply for room in _ROOMS for intent, apply in room.PROJECTIONS.items()}
"""Every projection by value type and intent; other records do not concern the read model."""


def create(connection: sqlite3.Connection) -> None:
    """Drop whatever is there and create all tables, empty, at position 0, in one transaction."""
    present = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    drops = "".join(f'DROP TABLE "{name}";' for (name,) in present.fetchall())
    tables = "".join(room.TABLES for room in _ROOMS)
    connection.executescript(
        f"BEGIN IMMEDIATE;{drops}{tables}{_PROGRESS}PRAGMA user_version = {SCHEMA_VERSION};COMMIT;"
    )


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the tables are of this program's version."""
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION)
