"""Which operation is open to whom. What is not in the table is closed to all but administrators.

| who | may |
|---|---|
| everybody, without signing in | ask for status and licence |
| everybody signed in | ask for topology and who they are; search and read; see people, groups and roles |
| everybody, on a user task that is theirs | get it, its form and variables; claim, give back, complete it |
| project units' clerks (`pu_*_operator`) | start a process, upload documents |
| project units and the data bureau (`pu_*`, `bdb_*`) | read documents whose id and content hash they know |
| programs (role `connectors`) | work on jobs, messages, signals, documents, variables; deploy, start, evaluate |
| administrators (role `admin`) | everything: delete, migrate, modify, cancel, resolve, assign, pin the clock |

A user task is a person's when it is assigned to them, or they are a candidate by name or by group
(`User.may_see_task`); any other task does not exist for them (404). What is assigned to somebody else cannot be
completed (403). `engine.rest.commands.user_tasks` asks these.
"""

from collections.abc import Callable
from typing import Final

from engine.identity.directory import CONNECTORS, User

Rule = Callable[[User], bool]

NOBODY: Final = User("", "", "", "", frozenset(), frozenset())
"""Whoever calls an operation that needs no sign-in."""


def everybody(_user: User) -> bool:
    """Anybody who is signed in; what is seen is narrowed by the operation itself."""
    return True


def programs(user: User) -> bool:
    """Programs only (and administrators, whom no rule binds)."""
    return user.has_role(CONNECTORS)


def starters(user: User) -> bool:
    """Programs and the clerks of project units."""
    return programs(user) or user.in_group_like("pu_*_operator")


def readers_of_documents(user: User) -> bool:
    """Programs, project units and the data bureau."""
    return programs(user) or user.in_group_like("pu_*", "bdb_*")


PERMISSIONS: Final[dict[str, Rule]] = {
    **dict.fromkeys(
        (
            "getTopology",
            "getStatus",
            "getLicense",
            "getAuthentication",
            "searchUsers",
            "getUser",
            "searchGroups",
            "getGroup",
            "searchRoles",
            "getRole",
            "searchUsersForGroup",
            "searchRolesForGroup",
            "searchUsersForRole",
            "searchGroupsForRole",
            "assignUserTask",
            "unassignUserTask",
            "completeUserTask",
            "searchUserTasks",
            "getUserTask",
            "getUserTaskForm",
            "searchUserTaskVariables",
            "searchProcessDefinitions",
            "getProcessDefinition",
            "getProcessDefinitionXML",
            "getProcessDefinitionStatistics",
            "getStartProcessForm",
            "searchProcessInstances",
            "getProcessInstance",
            "getProcessInstanceStatistics",
            "getProcessInstanceSequenceFlows",
            "getProcessInstanceCallHierarchy",
            "searchProcessInstanceIncidents",
            "searchElementInstances",
            "getElementInstance",
            "searchVariables",
            "getVariable",
            "searchDecisionDefinitions",
            "getDecisionDefinition",
            "getDecisionDefinitionXML",
            "searchDecisionRequirements",
            "getDecisionRequirements",
            "getDecisionRequirementsXML",
            "searchDecisionInstances",
            "getDecisionInstance",
            "searchIncidents",
            "getIncident",
            "searchMessageSubscriptions",
            "searchCorrelatedMessageSubscriptions",
            "getResource",
            "getResourceContent",
        ),
        everybody,
    ),
    **dict.fromkeys(
        (
            "activateJobs",
            "completeJob",
            "failJob",
            "throwJobError",
            "updateJob",
            "searchJobs",
            "publishMessage",
            "correlateMessage",
            "broadcastSignal",
            "createElementInstanceVariables",
            "evaluateDecision",
            "deleteDocument",
            "createDeployment",
        ),
        programs,
    ),
    **dict.fromkeys(("createProcessInstance", "createDocument", "createDocuments"), starters),
    "getDocument": readers_of_documents,
}
"""Rule by operation id; an operation that is absent is for administrators."""


def may(user: User, operation_id: str) -> bool:
    """Whether the user may call the operation at all."""
    if user.is_admin:
        return True
    rule = PERMISSIONS.get(operation_id)
    return rule is not None and rule(user)
