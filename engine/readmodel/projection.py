"""From records to rows: what a projection is and what it may use.

A projection is a function of one record that writes rows. It runs inside the transaction that also moves the position,
in the order of the log, so each record is applied exactly once to a given state; run again from the same state it
writes the same rows.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class Record(Protocol):
    """One event of the engine's log."""

    @property
    def position(self) -> int:
        """Place in the log."""

    @property
    def key(self) -> int:
        """The engine's key of what the event is about."""

    @property
    def value_type(self) -> str:
        """What it is about, such as `USER_TASK`."""

    @property
    def intent(self) -> str:
        """What happened, such as `CREATED`."""

    @property
    def timestamp(self) -> int:
        """When, in milliseconds since 1970 by the engine's clock."""

    @property
    def value(self) -> Mapping[str, Any]:
        """The event's own data, as the engine writes it in JSON."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What other rows need of a process definition."""

    process_name: str
    version_tag: str | None
    elements: Mapping[str, str]

    def name_of(self, element_id: str) -> str:
        """Return the element's name on the canvas; its id when it has none, as Camunda does."""
        return self.elements.get(element_id, element_id)


class Names:
    """Names of processes and elements, remembered between records."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[int, Definition] = {}

    def of(self, process_definition_key: int, process_id: str) -> Definition:
        """Return the names of a process definition; its id stands for a name it does not have."""
        known = self._known.get(process_definition_key)
        if known is None:
            known = self._known[process_definition_key] = self._read(process_definition_key, process_id)
        return known

    def forget(self, process_definition_key: int) -> None:
        """Read the definition anew when next asked; it has just been deployed."""
        self._known.pop(process_definition_key, None)

    def forget_all(self) -> None:
        """Read everything anew; what was written has been rolled back."""
        self._known.clear()

    def _read(self, key: int, process_id: str) -> Definition:
        row = self._connection.execute(
            "SELECT name, version_tag FROM process_definition WHERE process_definition_key = ?", (key,)
        ).fetchone()
        name, version_tag = row or (None, None)
        elements = self._connection.execute(
            "SELECT element_id, name FROM process_element WHERE process_definition_key = ?", (key,)
        )
        return Definition(name or process_id, version_tag, dict(elements.fetchall()))


@dataclass(frozen=True, slots=True)
class Write:
    """What a projection writes with."""

    execute: Callable[[str, Sequence[Any]], sqlite3.Cursor]
    names: Names


Projection = Mapping[tuple[str, str], Callable[[Write, Record], None]]
"""Functions by value type and intent."""


def insert(table: str, columns: str) -> str:
    """Return the statement that writes a row over the one with the same key; blanks separate the columns."""
    names = columns.split()
    return f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608


def key_or_none(key: int) -> int | None:
    """Return a key, None for the -1 by which the engine says that there is none."""
    return None if key == -1 else key


def text(value: str) -> str | None:
    """Return a text, None for the empty one by which the engine says that there is none."""
    return value or None
