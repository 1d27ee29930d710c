"""Who does which task in the demonstration."""

from dataclasses import dataclass
from typing import Any

import pytest

from admin.walkthrough import UntoldTaskError, samples, work_on


@dataclass
class Task:
    element_id: str
    name: str


@dataclass
class Waiting:
    """A person for whom one task waits."""

    task: Task

    def open_tasks(self, _instance_key: str) -> list[Task]:
        return [self.task]


def test_a_task_nobody_was_told_to_do_is_named_with_the_place_that_tells_it() -> None:
    people: Any = {"wang_fang": Waiting(Task("confirm_funds", "确认资金来源"))}
    with pytest.raises(UntoldTaskError, match=r"「确认资金来源」\(confirm_funds\).*admin/walkthrough.py"):
        work_on(people, next(iter(samples().values())), "1")
