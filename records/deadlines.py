"""Legal deadlines (design D5): counted by the rules, kept as rows, counted again when a calendar or a pause changes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, selectinload

from domain.workdays import Calendar, Due, Pause, Unit, due
from records.models import Deadline, DeadlinePause


@dataclass(frozen=True)
class NewDeadline:
    """A period to be watched: of what (`subject`), called what, under which article, on which legal basis.

    The day `start` does not count.
    """

    subject: str
    name: str
    article: str
    basis: str
    start: date
    amount: int
    unit: Unit


class Deadlines:
    """The deadlines; of one subject and name only the newest row is current."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def set(self, new: NewDeadline, calendar: Calendar, at: datetime) -> Deadline:
        """Count a deadline and make it the current one of its subject and name."""
        counted = due(new.start, new.amount, new.unit, calendar)
        for earlier in self._current(Deadline.subject == new.subject, Deadline.name == new.name):
            earlier.superseded_at = at
        return self._add(new, counted, [], at)

    def of_subject(self, subject: str) -> Sequence[Deadline]:
        """Return the current deadlines of a subject, the next one first."""
        return self._current(Deadline.subject == subject)

    def of_subjects(self, subjects: Collection[str]) -> Sequence[Deadline]:
        """Return the current deadlines of several subjects in one question."""
        return self._current(Deadline.subject.in_(subjects)) if subjects else []

    def meet(self, subject: str, name: str, at: datetime) -> None:
        """Note that what was due has been done."""
        for deadline in self._current(Deadline.subject == subject, Deadline.name == name):
            deadline.met_at = deadline.met_at or at

    def reopen(self, subject: str, name: str) -> None:
        """Let a deadline run on that was met too early: what was due has to be done again by the same day."""
        for deadline in self._current(Deadline.subject == subject, Deadline.name == name):
            deadline.met_at = None

    def withdraw(self, subject: str, at: datetime) -> list[str]:
        """Take back what is still due of a subject, because nothing more will be done; return the names."""
        withdrawn = self._current(Deadline.subject == subject, Deadline.met_at.is_(None))
        for deadline in withdrawn:
            deadline.superseded_at = at
        return [deadline.name for deadline in withdrawn]

    def open_instances(self) -> list[int]:
        """Return the process instances of which something is still due."""
        is_open = Deadline.superseded_at.is_(None) & Deadline.met_at.is_(None)
        subjects = self.session.scalars(select(Deadline.subject).where(is_open).distinct())
        return [int(subject.rpartition(":")[2]) for subject in subjects]

    def due_through(self, day: date) -> Sequence[Deadline]:
        """Return the deadlines whose last day is `day` or earlier and that are neither met nor paused."""
        return self._current(Deadline.met_at.is_(None), ~_IS_PAUSED, Deadline.due <= day)

    def provisional(self) -> Sequence[Deadline]:
        """Return the open deadlines that wait for a calendar to be published."""
        return self._current(Deadline.met_at.is_(None), Deadline.provisional.is_(True))

    def pause(self, deadline: Deadline, reason: str, on: date) -> None:
        """Stop the clock: `on` and the days after it do not count until `resume`."""
        deadline.pauses.append(DeadlinePause(reason=reason, paused_on=on))

    def resume(self, deadline: Deadline, on: date, calendar: Calendar, at: datetime) -> Deadline:
        """Start the clock again, `on` counting, and return the deadline as counted anew; the old row is superseded."""
        for pause in deadline.pauses:
            pause.resumed_on = pause.resumed_on or on
        return self._count_again(deadline, calendar, at)

    def recount(self, calendar: Calendar, at: datetime) -> Sequence[Deadline]:
        """Count all open deadlines by `calendar`; return the ones that changed, as they are now."""
        changed = []
        for deadline in self._current(Deadline.met_at.is_(None), ~_IS_PAUSED):
            counted = _counted(deadline, calendar)
            if (counted.date, counted.provisional) != (deadline.due, deadline.provisional):
                changed.append(self._count_again(deadline, calendar, at))
        return changed

    def _current(self, *conditions: ColumnElement[bool]) -> Sequence[Deadline]:
        wanted = select(Deadline).where(Deadline.superseded_at.is_(None), *conditions)
        return self.session.scalars(
            wanted.options(selectinload(Deadline.pauses)).order_by(Deadline.due, Deadline.id)
        ).all()

    def _count_again(self, deadline: Deadline, calendar: Calendar, at: datetime) -> Deadline:
        deadline.superseded_at = at
        new = NewDeadline(
            subject=deadline.subject,
            name=deadline.name,
            article=deadline.article,
            basis=deadline.basis,
            start=deadline.start,
            amount=deadline.amount,
            unit=Unit(deadline.unit),
        )
        return self._add(new, _counted(deadline, calendar), deadline.pauses, at)

    def _add(self, new: NewDeadline, counted: Due, pauses: Sequence[DeadlinePause], at: datetime) -> Deadline:
        deadline = Deadline(
            **vars(new),
            due=counted.date,
            provisional=counted.provisional,
            calendar_version=counted.calendar_version,
            created_at=at,
            pauses=[
                DeadlinePause(reason=pause.reason, paused_on=pause.paused_on, resumed_on=pause.resumed_on)
                for pause in pauses
            ],
        )
        self.session.add(deadline)
        self.session.flush()
        return deadline


_IS_PAUSED = exists().where(DeadlinePause.deadline_id == Deadline.id, DeadlinePause.resumed_on.is_(None))


def _counted(deadline: Deadline, calendar: Calendar) -> Due:
    pauses = [Pause(pause.paused_on, pause.resumed_on) for pause in deadline.pauses]
    return due(deadline.start, deadline.amount, Unit(deadline.unit), calendar, pauses)
