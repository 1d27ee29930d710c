"""People, groups and roles as values, and the questions asked of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

ADMIN: Final = "admin"
CONNECTORS: Final = "connectors"


@dataclass(frozen=True, slots=True)
class Group:
    """A group such as `pu_csyx_operator` and its Chinese name."""

    group_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Role:
    """A role such as `admin` and its Chinese name."""

    role_id: str
    name: str


@dataclass(frozen=True, slots=True)
class User:
    """A person or a technical user.

    Attributes:
        username: what one signs in with.
        name: display name.
        email: address, may be empty.
        password_hash: argon2id in PHC form; never leaves the program.
        groups: ids of the groups the user is in.
        roles: ids of the user's roles.
    """

    username: str
    name: str
    email: str
    password_hash: str
    groups: frozenset[str]
    roles: frozenset[str]

    @property
    def is_admin(self) -> bool:
        """Whether the user may do everything."""
        return ADMIN in self.roles

    def has_role(self, *roles: str) -> bool:
        """Whether the user has any of the roles."""
        return not self.roles.isdisjoint(roles)

    def in_group_like(self, *patterns: str) -> bool:
        """Whether any of the user's groups matches any pattern, such as `pu_*_operator`."""
        return any(fnmatchcase(group, pattern) for group in self.groups for pattern in patterns)

    def may_see_task(self, assignee: str | None, candidate_users: list[str], candidate_groups: list[str]) -> bool:
        """Whether a user task is this user's business: assigned, candidate by name or by group, or admin."""
        return (
            self.is_admin
            or assignee == self.username
            or self.username in candidate_users
            or not self.groups.isdisjoint(candidate_groups)
        )


@dataclass(frozen=True, slots=True)
class Directory:
    """All people, groups and roles, each by its id."""

    groups: Mapping[str, Group]
    roles: Mapping[str, Role]
    users: Mapping[str, User]

    def members_of_group(self, group_id: str) -> list[User]:
        """Return the users in a group, by username."""
        return [user for _, user in sorted(self.users.items()) if group_id in user.groups]

    def members_of_role(self, role_id: str) -> list[User]:
        """Return the users who have a role, by username."""
        return [user for _, user in sorted(self.users.items()) if role_id in user.roles]
