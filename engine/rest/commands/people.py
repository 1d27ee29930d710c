"""Users, groups, roles: search and get. They are read from the identity file; nothing here changes them."""

from collections.abc import Mapping
from typing import Any, Final

from engine.identity.directory import Directory, Group, Role, User
from engine.rest.checks import Check, one_of, record, several, text
from engine.rest.commands.people_search import Row, operators_check, page_check, search
from engine.rest.operation import Call, Handler, Operation
from engine.rest.problems import not_found
from engine.rest.spelling import spelled


def _user(user: User) -> Row:
    return {"username": user.username, "name": user.name, "email": user.email}


def _group(group: Group) -> Row:
    return {"groupId": group.group_id, "name": group.name, "description": ""}


def _role(role: Role) -> Row:
    return {"roleId": role.role_id, "name": role.name, "description": ""}


def _users(call: Call) -> list[Row]:
    return [_user(user) for user in _directory(call).users.values()]


def _groups(call: Call) -> list[Row]:
    return [_group(group) for group in _directory(call).groups.values()]


def _roles(call: Call) -> list[Row]:
    return [_role(role) for role in _directory(call).roles.values()]


def _users_of_group(call: Call) -> list[Row]:
    _existing(call, "groupId", "Group", _directory(call).groups)
    members = _directory(call).members_of_group(call.parameters["groupId"])
    return [{"username": user.username} for user in members]


def _users_of_role(call: Call) -> list[Row]:
    _existing(call, "roleId", "Role", _directory(call).roles)
    members = _directory(call).members_of_role(call.parameters["roleId"])
    return [{"username": user.username} for user in members]


def _roles_of_group(call: Call) -> list[Row]:
    """Return none: here roles belong to people, not to groups."""
    _existing(call, "groupId", "Group", _directory(call).groups)
    return []


def _groups_of_role(call: Call) -> list[Row]:
    """Return none: here roles belong to people, not to groups."""
    _existing(call, "roleId", "Role", _directory(call).roles)
    return []


def get_user(call: Call) -> Row:
    """Return one user."""
    _existing(call, "username", "User", _directory(call).users)
    return _user(_directory(call).users[call.parameters["username"]])


def get_group(call: Call) -> Row:
    """Return one group."""
    _existing(call, "groupId", "Group", _directory(call).groups)
    return _group(_directory(call).groups[call.parameters["groupId"]])


def get_role(call: Call) -> Row:
    """Return one role."""
    _existing(call, "roleId", "Role", _directory(call).roles)
    return _role(_directory(call).roles[call.parameters["roleId"]])


def _directory(call: Call) -> Directory:
    return call.services.sign_in.directory


def _existing(call: Call, parameter: str, kind: str, known: Mapping[str, object]) -> None:
    value = call.parameters[parameter]
    if value not in known:
        raise not_found(f"{kind} with id '{value}' not found")


def _searching(  # noqa: PLR0913 - what the interface description says of one search
    operation_id: str,
    rows: Any,
    key: str,
    *,
    sort: tuple[str, ...],
    filters: Mapping[str, Check] | None = None,
    closed: bool = False,
) -> Operation:
    def handler(call: Call) -> dict[str, Any]:
        answer = search(rows(call), key, call.body)
        return {**answer, "page": spelled(call, answer["page"])}

    properties: dict[str, Check] = {
        "page": page_check,
        "sort": several(
            record({"field": one_of(*sort), "order": one_of("ASC", "DESC")}, required=("field",), closed=False)
        ),
    }
    if filters is not None:
        properties["filter"] = record(filters, closed=False)
    typed: Handler = handler
    return Operation(operation_id, typed, record(properties, closed=closed))


_USER_FILTER: Final = dict.fromkeys(("username", "name", "email"), operators_check)

OPERATIONS: Final = (
    _searching(
        "searchUsers", _users, "username", sort=("username", "name", "email"), filters=_USER_FILTER, closed=True
    ),
    _searching(
        "searchGroups",
        _groups,
        "groupId",
        sort=("name", "groupId"),
        filters={"groupId": operators_check, "name": text()},
        closed=True,
    ),
    _searching(
        "searchRoles",
        _roles,
        "roleId",
        sort=("name", "roleId"),
        filters={"roleId": text(), "name": text()},
        closed=True,
    ),
    _searching("searchUsersForGroup", _users_of_group, "username", sort=("username",)),
    _searching("searchUsersForRole", _users_of_role, "username", sort=("username",)),
    _searching(
        "searchRolesForGroup",
        _roles_of_group,
        "roleId",
        sort=("name", "roleId"),
        filters={"roleId": text(), "name": text()},
        closed=True,
    ),
    _searching("searchGroupsForRole", _groups_of_role, "groupId", sort=("groupId",)),
    Operation("getUser", get_user),
    Operation("getGroup", get_group),
    Operation("getRole", get_role),
)
"""Operations about people."""
