"""Who looks, and which user tasks they may see."""

from dataclasses import dataclass

from engine.readmodel.translate import Sql, all_of, any_of


@dataclass(frozen=True, slots=True)
class Viewer:
    """The caller of a search.

    Attributes:
        username: who it is.
        groups: ids of their groups.
        is_admin: whether they see everything.
    """

    username: str
    groups: frozenset[str]
    is_admin: bool

    def sees(self) -> Sql:
        """Return the condition of the user tasks `t` that the viewer may see: assigned, candidate, or admin."""
        if self.is_admin:
            return all_of([])
        groups = sorted(self.groups)
        marks = ", ".join("?" * len(groups))
        candidate = Sql(
            "t.user_task_key IN (SELECT c.user_task_key FROM user_task_candidate c WHERE"  # noqa: S608 - values bound
            f" (c.kind = 'user' AND c.name = ?) OR (c.kind = 'group' AND c.name IN ({marks})))",
            [self.username, *groups],
        )
        return any_of([Sql("t.assignee = ?", [self.username]), candidate])
