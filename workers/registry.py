"""What a step writes into: the records, opened for one run that takes effect once, however often it is repeated (D8).

A step says what to do with `Books`; that it happens once, in one transaction, under the element instance key, is
settled here. `Papers` are what one step hands to the next: too large for variables, kept by hash (D4).
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from domain.plain import from_plain, to_plain
from domain.workdays import Calendar
from records import audit
from records.canonical import canonical_json
from records.changes import Changes
from records.contracts import Contracts
from records.database import Database
from records.deadlines import Deadlines
from records.dictionary import Dictionary
from records.documents import Documents, DocumentStore, NewDocument
from records.hints import Hints
from records.likenesses import Likenesses
from records.outbox import CloudEvent, Outbox
from records.overrides import Overrides
from records.projects import Projects
from records.reviews import Reviews
from records.suggestions import Suggestions
from records.tables import Tables
from workers.periods import Period, due_date, new_deadline
from workers.step import Occasion

Paper = TypeVar("Paper")
Variables = dict[str, Any]


class Books:
    """The records during one run of a step. All of it is written, or none.

    Args:
        session: committed by whoever opened it.
        store: the files.
        calendar: by which working days are counted.
        at: the run.
        step: job type of the step, `<process>.<element id>`.
    """

    def __init__(self, session: Session, store: DocumentStore, calendar: Calendar, at: Occasion, step: str) -> None:
        self.projects = Projects(session)
        self.reviews = Reviews(session)
        self.changes = Changes(session)
        self.overrides = Overrides(session)
        self.dictionary = Dictionary(session)
        self.suggestions = Suggestions(session)
        self.tables = Tables(session)
        self.documents = Documents(session, store)
        self.hints = Hints(session)
        self.contracts = Contracts(session)
        self.likenesses = Likenesses(session)
        self.subject = f"{step.partition('.')[0]}:{at.process_instance_key}"
        self._session = session
        self._calendar = calendar
        self._at = at
        self._step = step

    def note(self, action: str, payload: Mapping[str, Any], actor: str | None = None) -> None:
        """Add an event about this process instance to the audit trail.

        Args:
            action: `<noun>.<past tense>`.
            payload: ids and summaries, plain JSON.
            actor: user name; the step itself when no person did it.
        """
        audit.append(self._session, actor or self._step, action, self.subject, dict(payload), self._at.now)

    def keep_paper(self, name: str, paper: object) -> str:
        """Keep a frozen dataclass as JSON and return its SHA-256, by which a later step finds it."""
        new = NewDocument(
            content=canonical_json(to_plain(paper)).encode(),
            kind="working_paper",
            file_name=f"{name}.json",
            media_type="application/json",
            created_by=self._step,
            created_at=self._at.now,
        )
        return self.documents.add(new).sha256

    def open_period(self, period: Period) -> str:
        """Start a period today and return its last moment as a user task's due date."""
        deadline = new_deadline(period, self.subject, self._at)
        return due_date(Deadlines(self._session).set(deadline, self._calendar, self._at.now))

    def close_period(self, period: Period) -> None:
        """Note that what was due has been done; nothing happens when the period was never opened."""
        Deadlines(self._session).meet(self.subject, period.name, self._at.now)

    def reopen_period(self, period: Period) -> None:
        """Let a period run on whose work was sent back; its last day stays."""
        Deadlines(self._session).reopen(self.subject, period.name)

    def push(self, target: str, event_type: str, data: Mapping[str, Any]) -> None:
        """Put an event up for delivery to `target`; it goes out once this run is committed."""
        key = f"{event_type}:{self._at.element_instance_key}"
        event = CloudEvent(key, "zhengjian", event_type, self.subject, self._at.now, dict(data))
        Outbox(self._session).add(target, event, self._at.now)


@dataclass(frozen=True)
class Registry:
    """The way into the records for all steps."""

    database: Database
    store: DocumentStore
    calendar: Calendar

    def once(self, at: Occasion, step: str, work: Callable[[Books], Variables]) -> Variables:
        """Run `work` unless this element instance has had it; return its result, now or as it was then.

        Keep slow work (reading files, rendering) before the call: on SQLite others wait meanwhile.
        """
        with self.database.session() as session:
            return self.database.once(
                session, at.element_instance_key, step, lambda opened: work(self._books(opened, at, step))
            )

    def finished(self, at: Occasion, step: str) -> Variables | None:
        """Return what `once` returned for this element instance, None when it has not run."""
        return self.database.finished(at.element_instance_key, step)

    @contextmanager
    def reading(self, at: Occasion, step: str) -> Iterator[Books]:
        """Give the books for looking things up; nothing written there is kept."""
        with self.database.reading() as session:
            yield self._books(session, at, step)

    def paper(self, kind: type[Paper], sha256: str) -> Paper:
        """Return what an earlier step kept.

        Raises:
            records.documents.DamagedDocumentError: its file is gone or was changed.
        """
        return from_plain(kind, json.loads(self.store.read(sha256)))

    def _books(self, session: Session, at: Occasion, step: str) -> Books:
        return Books(session, self.store, self.calendar, at, step)
