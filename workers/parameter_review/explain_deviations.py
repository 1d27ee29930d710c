"""说明偏差: the guard of the unit's task."""

from workers.parameter_review._hand_in import UNCLAIMED, sign
from workers.registry import Registry
from workers.step import TaskEvent, job_type


class ExplainDeviations:
    """Let explanations come from a known person of the unit only (Article 18).

    The name is written under the element instance key, so the same completion asked for twice is one entry.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def judge(self, task: TaskEvent) -> str | None:
        """Deny a completion by nobody; otherwise note who explained."""
        if not task.assignee:
            return UNCLAIMED
        sign(self._registry, task, job_type(self), "说明偏差")
        return None
