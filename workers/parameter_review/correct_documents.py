"""更正送审材料: the guard of the unit's task."""

from workers.parameter_review._hand_in import UNCLAIMED, sign
from workers.registry import Registry
from workers.step import TaskEvent, job_type


class CorrectDocuments:
    """Let a correction come from a known person only; what it says is read in the step behind it (Article 18).

    The name is written under the element instance key, so the same completion asked for twice is one entry.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def judge(self, task: TaskEvent) -> str | None:
        """Deny a completion by nobody; otherwise note who corrected."""
        if not task.assignee:
            return UNCLAIMED
        sign(self._registry, task, job_type(self), "更正送审材料")
        return None
