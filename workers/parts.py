"""What the rooms of a process are made of, and what they are made into: steps and task listeners.

Each process package has `rooms(parts)`, the one place that knows what each of its rooms needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from domain.documents import Limits, ParameterTable
from domain.documents.corrections import ChangeDocument
from domain.reasonableness import Criteria, shipped
from intake import Intake, IntakeSettings
from workers.registry import Registry
from workers.step import Listener, Step

MODELS = Path(__file__).resolve().parents[1] / "bpmn"

Reference = Mapping[str, Any]
"""A Camunda document reference, as a file picker leaves it in a variable."""


class Uploads(Protocol):
    """The files users uploaded to the engine."""

    def fetch(self, reference: Reference, limit: int) -> bytes | None:
        """Return at most `limit` + 1 bytes of a file, or None when the engine has no such file."""

    def delete(self, reference: Reference) -> None:
        """Remove a file for good."""


class People(Protocol):
    """The names of people and groups."""

    def name(self, username: str) -> str:
        """Return a person's name, the user name itself when the engine knows no other."""

    def group_name(self, group: str) -> str | None:
        """Return a group's name, "" where groups are kept elsewhere, None when there is no such group."""


class Documents(Protocol):
    """What reads the documents that are handed in."""

    @property
    def limits(self) -> Limits:
        """How large a document may be."""

    def read(self, content: bytes, file_name: str) -> ParameterTable:
        """Return the table of a document; raise `DocumentRefused` when it cannot be taken in."""

    def read_changes(self, content: bytes, file_name: str) -> ChangeDocument:
        """Return what a document changes; raise `DocumentRefused` when it cannot be taken in."""


@dataclass(frozen=True)
class Parts:
    """Everything that rooms may be given from outside.

    Attributes:
        registry: the records.
        uploads: files in the engine.
        people: names of its users.
        models: folder of the processes' models and document templates.
        criteria: the figures of the reasonableness check.
        documents: what reads the files; without settings it converts nothing.
    """

    registry: Registry
    uploads: Uploads
    people: People
    models: Path = MODELS
    criteria: Criteria = field(default_factory=shipped)
    documents: Documents = field(default_factory=lambda: Intake(IntakeSettings()))


@dataclass(frozen=True)
class Rooms:
    """The steps and the task listeners of a process, or of all."""

    steps: tuple[Step, ...]
    listeners: tuple[Listener, ...] = ()
