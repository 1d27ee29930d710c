"""The user tasks of a person as the pages show them: project, due date in working days, holder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.calendars import published
from gateway.people import Names, Person
from gateway.presentation import Urgency, local_day, urgency
from gateway.sign_in import Visit
from records.deadlines import Deadlines
from records.models import Deadline

ABOUT = ["project_code", "project_name", "package_name"]
"""Variables by which a process says which project it is about; one without packages leaves the last away."""


@dataclass(frozen=True)
class Task:
    """One user task.

    Attributes:
        key, name, process_name, element_id, instance_key: the engine's.
        project_code, project_name, package_name: from the instance's variables, "" where it has none.
        due: the day it is due, or None; the registry's, which counts again under new holidays, before the engine's.
        provisional: that day lies beyond the published holidays.
        urgency: that day seen from today, in working days.
        holder: name of who holds it, "" when nobody does.
        group_names: names of the groups that may take it.
        is_mine, is_free: the person holds it; nobody does.
    """

    key: str
    name: str
    process_name: str
    element_id: str
    instance_key: str
    definition_key: str
    project_code: str
    project_name: str
    package_name: str
    due: date | None
    provisional: bool
    urgency: Urgency
    holder: str
    group_names: tuple[str, ...]
    is_mine: bool
    is_free: bool

    @property
    def scope(self) -> str:
        """Return which tab of the inbox it belongs to."""
        return "mine" if self.is_mine else "free" if self.is_free else "others"

    def matches(self, words: str, due: str) -> bool:
        """Whether it has all words, and is `overdue`, due `soon` (three working days), undated (`none`) or any (``)."""
        text = f"{self.name} {self.process_name} {self.project_code} {self.project_name} {self.package_name}".casefold()
        fits = {
            "overdue": self.urgency.level == "overdue",
            "soon": self.urgency.level == "soon",
            "none": self.due is None,
        }
        return all(word in text for word in words.casefold().split()) and fits.get(due, True)


Clock = Mapping[tuple[str, str], Deadline]
"""The registry's deadlines by subject (`<process>:<instance key>`) and name, which is the task's."""


def clock(session: Session, rows: Iterable[dict[str, Any]]) -> Clock:
    """Return the registry's deadlines of the instances that these tasks of the engine belong to."""
    kept = Deadlines(session).of_subjects({_subject(row) for row in rows})
    return {(deadline.subject, deadline.name): deadline for deadline in kept}


def read(visit: Visit, session: Session, names: Names, now: datetime) -> list[Task]:
    """Return the open tasks a person holds or may take, and those that colleagues of a group hold, earliest due first.

    Each question names what it wants, so the answer is the same on an engine that shows every user all tasks.
    """
    rows = {
        row["userTaskKey"]: row for wanted in _questions(visit.person) for row in visit.engine.search_user_tasks(wanted)
    }
    about = visit.engine.variables_of(sorted({row["processInstanceKey"] for row in rows.values()}), ABOUT)
    kept = clock(session, rows.values())
    tasks = [from_row(row, about[row["processInstanceKey"]], visit.person, names, now, kept) for row in rows.values()]
    return sorted(tasks, key=lambda task: (task.due or date.max, int(task.key)))


def read_about(visit: Visit, instance_key: str) -> dict[str, str]:
    """Return what an instance is about, by the names of `ABOUT`; "" for what it does not say."""
    said = visit.engine.variables_of([instance_key], ABOUT)[instance_key]
    return {name: str(said.get(name) or "") for name in ABOUT}


def from_row(  # noqa: PLR0913, PLR0917 - everything a task is told from
    row: dict[str, Any], about: dict[str, Any], person: Person, names: Names, now: datetime, kept: Clock
) -> Task:
    """Return a task from the engine's answer, the instance's variables and the registry's deadlines."""
    deadline = kept.get((_subject(row), row.get("name") or ""))
    told = local_day(datetime.fromisoformat(row["dueDate"])) if row.get("dueDate") else None
    due = deadline.due if deadline else told
    assignee = row.get("assignee") or ""
    return Task(
        key=row["userTaskKey"],
        name=row.get("name") or row["elementId"],
        process_name=row.get("processName") or row["processDefinitionId"],
        element_id=row["elementId"],
        instance_key=row["processInstanceKey"],
        definition_key=row["processDefinitionKey"],
        project_code=str(about.get("project_code") or ""),
        project_name=str(about.get("project_name") or ""),
        package_name=str(about.get("package_name") or ""),
        due=due,
        provisional=deadline.provisional if deadline else False,
        urgency=urgency(due, local_day(now), published()),
        holder=names.person(assignee),
        group_names=tuple(names.group(group) for group in row.get("candidateGroups") or ()),
        is_mine=assignee == person.username,
        is_free=not assignee,
    )


def _subject(row: dict[str, Any]) -> str:
    return f"{row['processDefinitionId']}:{row['processInstanceKey']}"


def _questions(person: Person) -> Iterable[dict[str, Any]]:
    if person.is_admin:
        return [{"state": "CREATED"}]
    questions: list[dict[str, Any]] = [{"state": "CREATED", "assignee": person.username}]
    if person.groups:
        questions.append({"state": "CREATED", "candidateGroup": {"$in": list(person.groups)}})
    return questions
