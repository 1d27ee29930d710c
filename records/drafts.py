"""Drafts of forms: hundreds of rows are filled in over days, at more than one desk."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from records.insertion import insert_if_new
from records.models import TaskDraft


class TaskDrafts:
    """The unsubmitted forms. Notes, not records: the last one of a person counts, and none outlives its task."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def keep(self, task_key: int, username: str, content: str, at: datetime) -> None:
        """Keep what a person has filled in, in the place of what was kept before."""
        values = {"task_key": task_key, "username": username, "content": content, "saved_at": at}
        if not insert_if_new(self.session, TaskDraft, values, ["task_key", "username"]):
            belongs = (TaskDraft.task_key == task_key) & (TaskDraft.username == username)
            self.session.execute(update(TaskDraft).where(belongs).values(content=content, saved_at=at))

    def of(self, task_key: int, username: str) -> TaskDraft | None:
        """Return what a person has filled in, if anything."""
        return self.session.get(TaskDraft, (task_key, username))

    def discard(self, task_key: int) -> None:
        """Forget everybody's drafts of a task that is done."""
        self.session.execute(delete(TaskDraft).where(TaskDraft.task_key == task_key))

    def discard_older(self, than: datetime) -> None:
        """Forget drafts that nobody has touched since."""
        self.session.execute(delete(TaskDraft).where(TaskDraft.saved_at < than))
