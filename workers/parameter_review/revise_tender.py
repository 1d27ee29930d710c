"""修改招标文件: the guard of the unit's task."""

from workers.parameter_review._hand_in import UNCLAIMED, missing_file, sign
from workers.registry import Registry
from workers.step import TaskEvent, job_type


class ReviseTender:
    """Let the unit hand in its revised tender, and nothing else in its place (Article 18).

    The name is written under the element instance key, so the same completion asked for twice is one entry.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def judge(self, task: TaskEvent) -> str | None:
        """Deny a completion by nobody or without the one file; otherwise note who handed it in."""
        if not task.assignee:
            return UNCLAIMED
        if missing := missing_file(task.variables.get("revised_tender"), "修改后的招标文件"):
            return missing
        sign(self._registry, task, job_type(self), "修改招标文件")
        return None
