import pytest

from engine.identity.directory import User
from engine.identity.permissions import PERMISSIONS, may
from engine.rest.catalogue import CATALOGUE


def person(*, groups: tuple[str, ...] = (), roles: tuple[str, ...] = ()) -> User:
    return User("somebody", "某人", "", "", frozenset(groups), frozenset(roles))


CLERK = person(groups=("pu_csyx_operator",))
REVIEWER = person(groups=("bdb_tech",))
BUDGET = person(groups=("mof_budget",))
PROGRAM = person(roles=("connectors",))
ADMIN = person(roles=("admin",))


def test_the_table_names_operations_of_the_api_only() -> None:
    assert PERMISSIONS.keys() <= CATALOGUE.keys()


@pytest.mark.parametrize("operation_id", sorted(CATALOGUE))
def test_an_administrator_may_do_everything(operation_id: str) -> None:
    assert may(ADMIN, operation_id)


@pytest.mark.parametrize(
    "operation_id",
    ["deleteResource", "modifyProcessInstance", "migrateProcessInstance", "pinClock", "resetClock"],
)
def test_only_an_administrator_may_change_models_instances_and_time(operation_id: str) -> None:
    assert not any(may(user, operation_id) for user in (CLERK, REVIEWER, BUDGET, PROGRAM))


@pytest.mark.parametrize(
    "operation_id", ["createDeployment", "activateJobs", "completeJob", "publishMessage", "broadcastSignal"]
)
def test_deployments_jobs_and_messages_are_for_programs(operation_id: str) -> None:
    assert may(PROGRAM, operation_id)
    assert not any(may(user, operation_id) for user in (CLERK, REVIEWER, BUDGET))


def test_processes_are_started_and_files_uploaded_by_clerks_and_programs() -> None:
    for operation_id in ("createProcessInstance", "createDocument", "createDocuments"):
        assert [may(user, operation_id) for user in (CLERK, PROGRAM, REVIEWER, BUDGET)] == [True, True, False, False]


def test_documents_are_read_by_units_the_data_bureau_and_programs() -> None:
    assert [may(user, "getDocument") for user in (CLERK, REVIEWER, PROGRAM, BUDGET)] == [True, True, True, False]


@pytest.mark.parametrize(
    ("assignee", "candidates", "groups", "visible"),
    [
        (None, [], [], False),
        ("somebody", [], [], True),
        ("another", [], [], False),
        ("another", ["somebody"], [], True),
        (None, [], ["bdb_tech"], True),
        (None, [], ["mof_budget"], False),
    ],
)
def test_a_task_is_seen_by_assignee_candidate_and_candidate_group(
    assignee: str | None,
    candidates: list[str],
    groups: list[str],
    visible: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    assert REVIEWER.may_see_task(assignee, candidates, groups) is visible
    assert ADMIN.may_see_task(assignee, candidates, groups)
