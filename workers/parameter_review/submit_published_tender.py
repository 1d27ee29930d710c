"""提交公告文件: the guard of the unit's task."""

from workers.parameter_review._hand_in import NOT_SUBMITTED, UNCLAIMED, missing_file, sign
from workers.registry import Registry
from workers.step import TaskEvent, job_type
from workers.words import writable


class SubmitPublishedTender:
    """Let the unit hand in the published file with the notice's number, so that it can be compared (Article 18).

    The name is written under the element instance key, so the same completion asked for twice is one entry.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def judge(self, task: TaskEvent) -> str | None:
        """Deny a completion by nobody, without the one file or without the number; otherwise note who handed it in."""
        if not task.assignee:
            return UNCLAIMED
        if missing := missing_file(task.variables.get("published_document"), "公告文件"):
            return missing
        if not writable(task.variables.get("notice_number")).strip():
            return f"请填写公告编号。{NOT_SUBMITTED}"
        sign(self._registry, task, job_type(self), "提交公告文件")
        return None
