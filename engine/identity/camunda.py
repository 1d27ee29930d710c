"""Camunda's own identity configuration, generated from the same people, groups and roles.

The result goes into Camunda's `application.yaml` as `camunda.security`. Hashes cannot be handed over, so each password
is a placeholder that Camunda fills from the environment (`ZHENGJIAN_PASSWORD_WANG_FANG`). Camunda reads the entries
only when an id does not exist yet: later changes are made in its own administration.
"""

import re
from pathlib import Path
from typing import Any, Final

import yaml

from engine.identity.directory import ADMIN, CONNECTORS, Directory
from engine.identity.file import read_directory

_PROCESS: Final = "PROCESS_DEFINITION"
_EVERY_GROUP: Final = (
    ("COMPONENT", "tasklist", ("ACCESS",)),
    (_PROCESS, "*", ("READ_PROCESS_DEFINITION",)),
    ("DOCUMENT", "*", ("READ",)),
)
_STARTERS: Final = ((_PROCESS, "*", ("CREATE_PROCESS_INSTANCE",)), ("DOCUMENT", "*", ("CREATE",)))
TASK_WORKER: Final = "task-worker"
"""Camunda's own role (8.9) for who may see, claim and complete the tasks assigned or offered to them."""
_PROGRAMS: Final = (("RESOURCE", "*", ("CREATE",)), (_PROCESS, "*", ("CREATE_PROCESS_INSTANCE",)))
"""What Camunda's own role for programs lacks of what they may do here: deploy and start."""
_OWN_ROLES: Final = {ADMIN, CONNECTORS}


def camunda_yaml(identity_file: Path) -> str:
    """Return the configuration for an identity file as the YAML that Camunda's `application.yaml` takes.

    Raises:
        IdentityRefusedError: the identity file is not what it should be.
    """
    directory, _ = read_directory(identity_file)
    content = {"camunda": {"security": camunda_configuration(directory)}}
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


def password_variable(username: str) -> str:
    """Return the name of the environment variable from which Camunda takes a user's first password."""
    return "ZHENGJIAN_PASSWORD_" + re.sub(r"[^A-Z0-9]", "_", username.upper())


def camunda_configuration(directory: Directory) -> dict[str, Any]:
    """Return the `camunda.security` section for Camunda 8.9 and later.

    Args:
        directory: people, groups and roles of the identity file.

    Returns:
        plain values, ready for YAML: users, groups and roles with their members, authorizations.
    """
    users = [
        {
            "username": user.username,
            "password": f"${{{password_variable(user.username)}}}",
            "name": user.name,
            "email": user.email,
        }
        for user in directory.users.values()
    ]
    groups = [
        {"groupId": group.group_id, "name": group.name, "users": _names(directory, group=group.group_id)}
        for group in directory.groups.values()
    ]
    roles = [
        {"roleId": role.role_id, "name": role.name, "users": _names(directory, role=role.role_id)}
        for role in directory.roles.values()
        if role.role_id not in _OWN_ROLES
    ]
    initialization = {
        "users": users,
        "groups": groups,
        "roles": roles,
        "defaultRoles": {
            **{role: {"users": _names(directory, role=role)} for role in sorted(_OWN_ROLES)},
            TASK_WORKER: {"groups": list(directory.groups)},
        },
        "authorizations": _authorizations(directory),
    }
    return {
        "authentication": {"method": "basic", "unprotectedApi": False},
        "authorizations": {"enabled": True},
        "initialization": initialization,
    }


def _names(directory: Directory, *, group: str = "", role: str = "") -> list[str]:
    members = directory.members_of_group(group) if group else directory.members_of_role(role)
    return [user.username for user in members]


def _authorizations(directory: Directory) -> list[dict[str, Any]]:
    granted = [_grant("ROLE", CONNECTORS, *right) for right in _PROGRAMS]
    for group in directory.groups:
        rights = _EVERY_GROUP + (_STARTERS if re.fullmatch(r"pu_.+_operator", group) else ())
        granted += [_grant("GROUP", group, *right) for right in rights]
    return granted


def _grant(
    owner_type: str, owner: str, resource_type: str, resource: str, permissions: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "ownerType": owner_type,
        "ownerId": owner,
        "resourceType": resource_type,
        "resourceId": resource,
        "permissions": list(permissions),
    }
