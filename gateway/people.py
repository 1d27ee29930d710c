"""Who is signed in, what of the registry they may read, and under which names people and groups are shown."""

import re
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gateway.engine_api import CallersEngine
from gateway.engine_errors import EngineRefusalError

UNIT_GROUP = re.compile(r"pu_(?P<unit>.+)_(?P<duty>operator|leader|finance)")
DUTIES = {"operator": "经办", "leader": "负责人", "finance": "财务"}
JOB_TYPE = re.compile(r"[a-z_]+\.[a-z_]+")
SYSTEM = "系统"
READS_ALL_PROJECTS = frozenset(
    {
        "bdb_tech",  # reviews the technical parameters (Article 18)
        "bdb_planning",  # plans and follows every project (Article 5)
        "bdb_acceptance",  # accepts what was reviewed (Article 21)
        "ndrc_approval",  # decides on adjusted estimates that a review hands over (Article 19)
    }
)
"""Bureau groups whose duties span all units' projects; a group that is not here reads none."""


@dataclass(frozen=True)
class Person:
    """A signed-in user of the engine.

    Attributes:
        username, name: the engine's user name, and the name shown.
        groups, roles: their ids.
    """

    username: str
    name: str
    groups: tuple[str, ...]
    roles: tuple[str, ...]

    @classmethod
    def from_engine(cls, me: dict[str, Any]) -> "Person":
        """Return the person that `authentication/me` describes."""
        username = str(me["username"])
        return cls(username, me.get("displayName") or username, tuple(me["groups"]), tuple(me["roles"]))

    @property
    def is_admin(self) -> bool:
        """Whether the person sees all tasks and projects."""
        return "admin" in self.roles

    @property
    def units(self) -> frozenset[str]:
        """Return the codes of the project units the person works for."""
        return frozenset(found["unit"] for group in self.groups if (found := UNIT_GROUP.fullmatch(group)))

    @property
    def is_clerk(self) -> bool:
        """Whether the person hands in matters for a project unit."""
        return self.is_admin or any(re.fullmatch(r"pu_.+_operator", group) for group in self.groups)

    @property
    def reads_all_projects(self) -> bool:
        """Whether the person's duties span all units."""
        return self.is_admin or not READS_ALL_PROJECTS.isdisjoint(self.groups)

    def may_read_projects_of(self, unit: str) -> bool:
        """Whether projects of this unit are shown to the person."""
        return self.reads_all_projects or unit in self.units


@dataclass(frozen=True)
class Names:
    """Names to show for ids; an id the engine tells no name for is shown as it is."""

    people: dict[str, str]
    groups: dict[str, str]

    def person(self, username: str | None) -> str:
        """Return a person's name."""
        return self.people.get(username or "", username or "")

    def signer(self, actor: str) -> str:
        """Return the name of who signed a record: a person, or 系统 for a step, which signs with its job type."""
        return SYSTEM if JOB_TYPE.fullmatch(actor) and actor not in self.people else self.person(actor)

    def group(self, group_id: str) -> str:
        """Return a group's name; a unit's group that the engine has no name for is told by the unit's code and duty."""
        found = UNIT_GROUP.fullmatch(group_id)
        return self.groups.get(group_id) or (f"项目单位 {found['unit']} {DUTIES[found['duty']]}" if found else group_id)


class NameBook:
    """The engine's names of people and groups, asked again when older than `lifetime`."""

    def __init__(self, lifetime: timedelta) -> None:
        self._lifetime = lifetime
        self._lock = threading.Lock()
        self._names = Names({}, {})
        self._read_at: datetime | None = None

    def read(self, engine: CallersEngine, now: datetime) -> Names:
        """Return the names, asking the engine with the caller's credentials when they are old.

        An engine that does not let ordinary people search its directory (Camunda's own, by default) gives no names; ids
        are shown then, which is plain to see and loses nothing.
        """
        with self._lock:
            if self._read_at is not None and now - self._read_at < self._lifetime:
                return self._names
        try:
            names = Names(engine.people(), engine.groups())
        except EngineRefusalError:
            names = Names({}, {})
        with self._lock:
            self._names, self._read_at = names, now
        return names
