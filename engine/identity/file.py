"""The identity file: one YAML with groups, roles and users, read at start and created at the first one.

    demo: true                                  (only in a demonstration's data folder)
    groups: {bdb_tech: {name: 市大数据局 技术审查}}
    roles: {admin: {name: 管理员}}
    users: [{username: li_qiang, name: 李强, email: …, password_hash: $argon2id$…, groups: [bdb_tech], roles: []}]

The same file is what Camunda's own identity configuration is generated from (`camunda`).
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from engine.identity.directory import Directory, Group, Role, User


class IdentityRefusedError(Exception):
    """The identity file cannot be used; the message is for the person who starts the program."""


def read_directory(path: Path) -> tuple[Directory, bool]:
    """Read the file.

    Returns:
        the people, and whether they are a demonstration's.

    Raises:
        IdentityRefusedError: the file is not what it should be; says where.
    """
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        return _directory(content), bool(content.get("demo", False))
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise IdentityRefusedError(
            f"身份文件 {path} 读不懂（{error}）。没有改动任何内容。请按说明修正该文件后重新启动。"
        ) from error


def write_directory(path: Path, directory: Directory, *, demo: bool) -> None:
    """Write the file whole or not at all, readable by its owner only."""
    content: dict[str, Any] = {"demo": True} if demo else {}
    content["groups"] = {group.group_id: {"name": group.name} for group in directory.groups.values()}
    content["roles"] = {role.role_id: {"name": role.name} for role in directory.roles.values()}
    content["users"] = [_user_entry(user) for user in directory.users.values()]
    write_private(path, yaml.safe_dump(content, allow_unicode=True, sort_keys=False))


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all, and on disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)


def _user_entry(user: User) -> dict[str, Any]:
    return {
        "username": user.username,
        "name": user.name,
        "email": user.email,
        "password_hash": user.password_hash,
        "groups": sorted(user.groups),
        "roles": sorted(user.roles),
    }


def _directory(content: Mapping[str, Any]) -> Directory:
    groups = {key: Group(key, value["name"]) for key, value in (content["groups"] or {}).items()}
    roles = {key: Role(key, value["name"]) for key, value in (content["roles"] or {}).items()}
    users: dict[str, User] = {}
    for entry in content["users"]:
        user = User(
            username=entry["username"],
            name=entry["name"],
            email=entry.get("email", ""),
            password_hash=entry["password_hash"],
            groups=frozenset(entry.get("groups", ())),
            roles=frozenset(entry.get("roles", ())),
        )
        _check_user(user, users, groups, roles)
        users[user.username] = user
    return Directory(groups, roles, users)


def _check_user(user: User, others: Mapping[str, User], groups: Mapping[str, Group], roles: Mapping[str, Role]) -> None:
    if user.username in others:
        raise ValueError(f"用户 {user.username} 出现了两次")
    if ":" in user.username or not user.username:
        raise ValueError(f"用户名 {user.username!r} 不可为空，也不可含冒号")
    if unknown := sorted((user.groups - groups.keys()) | (user.roles - roles.keys())):
        raise ValueError(f"用户 {user.username} 的 {'、'.join(unknown)} 不在组或角色之列")
