"""What a step is: a class named for its element, with `handle`; and what a task listener is: one with `judge`.

A step lives in `workers/<process>/<element id>.py`; its job type is computed from that place, so there is no list of
names to keep. A user task that must be guarded has a room too: its class judges each assignment and completion.
"""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class Occasion:
    """The run of a step that is under way.

    `element_instance_key` is the same however often the engine hands the job out: effects are recorded under it (D8).
    """

    element_instance_key: int
    process_instance_key: int
    now: datetime


@dataclass(frozen=True)
class TaskEvent:
    """A user task that is about to be assigned or completed, as the engine tells it.

    `event` is `assigning` or `completing`, `assignee` the user name ("" when there is none). `variables` are the ones
    visible to the task, those sent with the completion included.
    """

    event: str
    assignee: str
    occasion: Occasion
    variables: Mapping[str, Any] = field(repr=False)


class Step(Protocol):
    """A service task's worker. The parameters of `handle` after `at` name the variables it is given."""

    @property
    def handle(self) -> Any:
        """Do the work for an `Occasion` and return new variables only: `handle(at, …) -> dict`."""


class Listener(Protocol):
    """A user task's guard."""

    def judge(self, task: TaskEvent) -> str | None:
        """Return None to let it happen, or the Chinese sentence that tells the user why not."""


def job_type(room: object) -> str:
    """Return `<process>.<element id>` for a step or listener, from where its class is written."""
    return type(room).__module__.removeprefix("workers.")


def wanted_variables(step: Step) -> list[str]:
    """Name the process variables a step is given: the parameters of `handle` after `at`."""
    return list(inspect.signature(step.handle).parameters)[1:]
