"""What people have filled into a task's form and not yet submitted."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base


class TaskDraft(Base, kw_only=True):
    """A person's unsubmitted form of a user task, as JSON; gone when the task is done or the draft is old."""

    __tablename__ = "task_draft"

    task_key: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    username: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(index=True)
