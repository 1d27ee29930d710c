"""How long somebody has for a user task: a period in working days, recorded as a deadline (design D5)."""

from dataclasses import dataclass

from domain.formats import CHINA
from domain.workdays import Unit
from records.deadlines import NewDeadline
from records.models import Deadline
from workers.step import Occasion


@dataclass(frozen=True)
class Period:
    """A period for a user task.

    Attributes:
        name: the user task's name on the diagram.
        working_days: how many; the day it starts does not count.
        article: article of the regulation.
        basis: the legal basis of the number, as people are shown it.
    """

    name: str
    working_days: int
    article: str
    basis: str


def new_deadline(period: Period, subject: str, at: Occasion) -> NewDeadline:
    """Return the deadline of a period that starts today, China's date."""
    return NewDeadline(
        subject=subject,
        name=period.name,
        article=period.article,
        basis=period.basis,
        start=at.now.astimezone(CHINA).date(),
        amount=period.working_days,
        unit=Unit.WORKING_DAY,
    )


def due_date(deadline: Deadline) -> str:
    """Return a deadline's last moment as Camunda reads due dates (ISO 8601, China's zone)."""
    return f"{deadline.due.isoformat()}T23:59:59+08:00"
