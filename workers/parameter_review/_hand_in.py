"""What the unit's user tasks have in common when they are completed: somebody holds them, and it is kept who did it."""

from typing import Any

from workers.parameter_review._uploads import Refusal, only_file
from workers.registry import Books, Registry, Variables
from workers.step import TaskEvent

UNCLAIMED = "请先领取任务再提交：办理人要有署名。填写的内容没有提交。"
NOT_SUBMITTED = "填写的内容没有提交。"


def missing_file(given: Any, side: str) -> str | None:
    """Return why a variable does not hold one file, as the person is told; None when it does."""
    try:
        only_file(given, side)
    except Refusal as refusal:
        return f"{refusal}{NOT_SUBMITTED}"
    return None


def sign(registry: Registry, task: TaskEvent, room: str, name: str) -> None:
    """Note in the audit trail who completed the task, once under its element instance key.

    Args:
        registry: the records.
        task: being completed by its assignee.
        room: job type of the guard.
        name: the task as people call it.
    """

    def note(books: Books) -> Variables:
        books.note("task.completed", {"task": name}, actor=task.assignee)
        return {}

    registry.once(task.occasion, room, note)
