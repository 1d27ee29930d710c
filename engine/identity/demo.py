"""The people of the demonstration, all with the password `demo`; they exist only where somebody asked for them.

A data folder with real people refuses a demonstration, and one with demonstration people a real start: see `file`.
"""

from typing import Final

from engine.identity.directory import ADMIN, Directory, Group, Role, User

DEMO_PASSWORD: Final = "demo"  # noqa: S105 - it is meant to be known

ROLES: Final = {
    "admin": Role("admin", "管理员"),
    "connectors": Role("connectors", "自动化程序"),
}
"""The roles every installation has."""

_GROUPS: Final = (
    Group("pu_csyx_operator", "沈阳市城市运行服务中心 经办"),
    Group("bdb_tech", "市大数据局 技术审查"),
    Group("mof_budget", "市财政局 预算"),
)

_PEOPLE: Final = (
    ("wang_fang", "王芳", "pu_csyx_operator"),
    ("li_qiang", "李强", "bdb_tech"),
    ("zhao_min", "赵敏", "bdb_tech"),
    ("chen_jing", "陈静", "mof_budget"),
)


def demo_directory(password_hash: str) -> Directory:
    """Return the demonstration's people; `password_hash` is that of `DEMO_PASSWORD`."""
    people = [
        User(username, name, f"{username}@example.org", password_hash, frozenset({group}), frozenset())
        for username, name, group in _PEOPLE
    ]
    people.append(User("admin", "管理员", "admin@example.org", password_hash, frozenset(), frozenset({ADMIN})))
    return Directory(
        groups={group.group_id: group for group in _GROUPS},
        roles=ROLES,
        users={user.username: user for user in people},
    )
