"""A desk where the steps of a process run on a registry of their own, without an engine."""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from domain.calendars import published
from records.database import Database, open_database
from records.documents import DocumentStore
from records.migrations import upgrade
from records.models import AuditEvent, Deadline, OutboxEvent
from workers.parts import Parts, Rooms
from workers.registry import Books, Registry
from workers.step import Occasion, TaskEvent, job_type, wanted_variables

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def reference(document_id: str, name: str = "招标文件.xlsx") -> dict[str, Any]:
    """A Camunda document reference."""
    metadata = {"fileName": name, "contentType": XLSX}
    return {"camunda.document.type": "camunda", "storeId": "local", "documentId": document_id, "metadata": metadata}


@dataclass
class FakeUploads:
    """The engine's documents, in memory."""

    files: dict[str, bytes] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)

    def fetch(self, reference: Mapping[str, Any], limit: int) -> bytes | None:
        self.fetched.append(reference["documentId"])
        content = self.files.get(reference["documentId"])
        return None if content is None else content[: limit + 1]

    def delete(self, reference: Mapping[str, Any]) -> None:
        self.files.pop(reference["documentId"], None)

    def add(self, content: bytes, name: str) -> list[dict[str, Any]]:
        """Put a file up and return what a file picker leaves in the variable."""
        document_id = f"d{len(self.files) + 1}"
        self.files[document_id] = content
        return [reference(document_id, name)]


class FakePeople:
    """Two people with names, everybody else has a user name only; groups by name, None where no engine keeps them."""

    names = {"li_qiang": "李强", "zhao_min": "赵敏"}  # noqa: RUF012 - never changed

    def __init__(self, groups: Mapping[str, str] | None) -> None:
        self.groups = groups

    def name(self, username: str) -> str:
        return self.names.get(username, username)

    def group_name(self, group: str) -> str | None:
        return "" if self.groups is None else self.groups.get(group)


class Desk:
    """Runs steps on one process instance, handing variables on as the engine does, and looks things up afterwards.

    Args:
        folder: for the registry and its files.
        rooms: the process's own `rooms`.
        variables: what its start form sends.
    """

    def __init__(self, folder: Path, rooms: Callable[[Parts], Rooms], variables: Mapping[str, Any]) -> None:
        url = f"sqlite:///{folder / 'records.db'}"
        upgrade(url)
        self.database: Database = open_database(url)
        self.registry = Registry(self.database, DocumentStore(folder / "documents"), published())
        self.uploads = FakeUploads()
        self.people = FakePeople({"pu_csyx_operator": "沈阳市城市运行服务中心 经办"})
        self.rooms = rooms(Parts(self.registry, self.uploads, self.people))
        self.started_with = dict(variables)
        self.variables: dict[str, Any] = dict(variables)
        self.runs = 100
        self.instance = 7

    def close(self) -> None:
        self.database.close()

    def occasion(self, now: datetime = NOW) -> Occasion:
        """The next run: an element instance nobody has seen."""
        self.runs += 1
        return Occasion(element_instance_key=self.runs, process_instance_key=self.instance, now=now)

    def another(self) -> Self:
        """A desk at the same registry on which the next process instance is worked."""
        other = copy.copy(self)
        other.instance, other.variables = self.instance + 1, dict(self.started_with)
        other.runs = self.runs + 1000
        return other

    def run(self, *elements: str, at: Occasion | None = None, **given: Any) -> dict[str, Any]:
        """Run steps one after the other; return the variables of the last."""
        returned: dict[str, Any] = {}
        for element in elements:
            step = _room(self.rooms.steps, element)
            self.variables |= given
            known = {name: self.variables[name] for name in wanted_variables(step) if name in self.variables}
            returned = step.handle(at or self.occasion(), **known)
            self.variables |= returned
        return returned

    def judge(self, element: str, event: str, assignee: str, **variables: Any) -> str | None:
        """Ask a user task's guard."""
        self.variables |= variables
        reason: str | None = _room(self.rooms.listeners, element).judge(
            TaskEvent(event, assignee, self.occasion(), dict(self.variables))
        )
        return reason

    def look(self, question: Callable[[Books], Any]) -> Any:
        """Look something up."""
        with self.registry.reading(self.occasion(), "desk.look") as books:
            return question(books)

    def audited(self) -> list[str]:
        """The actions of the audit trail, in order."""
        return [action for action, _ in self.audited_by()]

    def audited_by(self) -> list[tuple[str, str]]:
        """Action and actor of each event of the audit trail, in order."""
        with self.database.reading() as session:
            return [(event.action, event.actor) for event in session.query(AuditEvent).order_by(AuditEvent.seq)]

    def pushed(self) -> list[tuple[str, str]]:
        """Target and type of each event in the outbox."""
        with self.database.reading() as session:
            return [(event.target, event.type) for event in session.query(OutboxEvent).order_by(OutboxEvent.id)]

    def deadlines(self) -> dict[str, tuple[str, bool]]:
        """Due date of each current deadline, and whether it was met, by name."""
        with self.database.reading() as session:
            rows = session.query(Deadline).filter(Deadline.superseded_at.is_(None))
            return {row.name: (row.due.isoformat(), row.met_at is not None) for row in rows}


def _room(rooms: Sequence[Any], element: str) -> Any:
    made = {job_type(room).partition(".")[2]: room for room in rooms}
    assert element in made, f"{element} is not made by the `rooms` of its process; these are: {', '.join(made)}"
    return made[element]
