"""What each filter of the API finds, asked of a real SQLite."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.readmodel import Query, ReadModel, search
from engine.readmodel.entities.incidents import java_hash
from engine.readmodel.entities.process_instances import PROCESS_INSTANCE
from engine.readmodel.entities.user_tasks import USER_TASK
from engine.readmodel.entities.variables import VARIABLE
from engine.readmodel.translate import like

Finds = Callable[..., list[int]]


@pytest.fixture
def tasks(model: ReadModel, records: Any) -> Finds:
    """Three tasks: 1 for ann of the buyers, urgent and due; 2 for bob; 3 for nobody, candidate cleo of the sellers."""
    records.instance(100)
    records.variable(21, "amount", "120")
    records.variable(22, "place", '"沈阳"')
    records.variable(23, "local", "true", scope=201)
    records.user_task(
        "CREATED", 1, assignee="ann", groups=["buyers", "all"], priority=80, due="2026-03-01T08:00:00+08:00",
        element_instance=201,
    )  # fmt: skip
    records.user_task("CREATED", 2, assignee="bob*", groups=["all"], priority=50)
    records.user_task(
        "CANCELED", 3, users=["cleo"], groups=["sellers"], priority=10, due="2026-03-02T00:00:00Z", instance=1
    )
    model.apply(records.written)

    def finds(**filters: Any) -> list[int]:
        page = search(
            model, USER_TASK, Query(filter={name.replace("_", "$"): value for name, value in filters.items()})
        )
        assert page.total == len(page.rows)
        return [row["userTaskKey"] for row in page.rows]

    return finds


def test_no_filter_finds_everything_in_the_order_of_keys(tasks: Finds) -> None:
    assert tasks() == [1, 2, 3]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("ann", [1]),
        ({"$eq": "ann"}, [1]),
        ({"$neq": "ann"}, [2, 3]),
        ({"$exists": True}, [1, 2]),
        ({"$exists": False}, [3]),
        ({"$in": ["ann", "bob*"]}, [1, 2]),
        ({"$in": []}, []),
        ({"$notIn": ["ann"]}, [2, 3]),
        ({"$like": "a*"}, [1]),
        ({"$like": "?nn"}, [1]),
        ({"$like": "ANN"}, []),
        ({"$like": "*\\*"}, [2]),
        ({"$like": "*", "$neq": "ann"}, [2]),
        ({"$eq": None}, [1, 2, 3]),
    ],
)
def test_a_text_is_found_by_every_operator(tasks: Finds, wanted: Any, found: list[int]) -> None:
    assert tasks(assignee=wanted) == found


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (50, [2]),
        ({"$gt": 50}, [1]),
        ({"$gte": 50}, [1, 2]),
        ({"$lt": 50}, [3]),
        ({"$lte": 50, "$neq": 10}, [2]),
        ({"$in": [10, 80]}, [1, 3]),
    ],
)
def test_a_number_is_found_by_every_operator(tasks: Finds, wanted: Any, found: list[int]) -> None:
    assert tasks(priority=wanted) == found


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("2026-03-01T00:00:00Z", [1]),
        ({"$gte": "2026-03-01T00:00:00.000Z", "$lt": "2026-03-02T00:00:00Z"}, [1]),
        ({"$gt": "2026-03-01T08:00:00+08:00"}, [3]),
        ({"$exists": False}, [2]),
    ],
)
def test_a_date_is_compared_as_a_moment_whatever_its_offset(tasks: Finds, wanted: Any, found: list[int]) -> None:
    assert tasks(dueDate=wanted) == found


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("buyers", [1]),
        ({"$in": ["buyers", "sellers"]}, [1, 3]),
        ({"$neq": "buyers"}, [2, 3]),
        ({"$notIn": ["buyers", "sellers"]}, [2]),
        ({"$like": "*ers"}, [1, 3]),
        ({"$exists": True}, [1, 2, 3]),
    ],
)
def test_a_negated_candidate_group_means_that_no_group_is_the_one(tasks: Finds, wanted: Any, found: list[int]) -> None:
    assert tasks(candidateGroup=wanted) == found


def test_candidate_users_are_not_candidate_groups(tasks: Finds) -> None:
    assert tasks(candidateUser="cleo") == [3]
    assert tasks(candidateUser="all") == []
    assert tasks(candidateUser={"$exists": False}) == [1, 2]


def test_state_and_keys_are_found(tasks: Finds) -> None:
    assert tasks(state="CREATED") == [1, 2]
    assert tasks(state={"$in": ["CANCELED", "COMPLETED"]}) == [3]
    assert tasks(processInstanceKey="100") == [1, 2]
    assert tasks(userTaskKey="2", state="CREATED") == [2]


def test_a_key_with_more_digits_than_a_key_can_have_finds_nothing(tasks: Finds) -> None:
    assert tasks(userTaskKey="9" * 25) == []


def test_variables_are_found_by_name_and_json_value_and_all_must_match(tasks: Finds) -> None:
    amount, place = {"name": "amount", "value": "120"}, {"name": "place", "value": {"$like": '"沈*'}}
    assert tasks(processInstanceVariables=[amount, place]) == [1, 2]
    assert tasks(processInstanceVariables=[amount, {"name": "place", "value": '"大连"'}]) == []
    assert tasks(processInstanceVariables=[{"name": "place", "value": "沈阳"}]) == []
    assert tasks(localVariables=[{"name": "local", "value": "true"}]) == [1]
    assert tasks(processInstanceVariables=[{"name": "local", "value": "true"}]) == []


def test_values_never_become_part_of_the_statement(tasks: Finds) -> None:
    assert tasks(assignee="' OR 1 = 1 --") == []
    assert tasks(candidateGroup={"$like": "'*') OR (1=1"}) == []


@pytest.mark.parametrize(
    ("pattern", "glob"),
    [("a*b?c", "a*b?c"), ("a\\*b\\?", "a[*]b[?]"), ("[x]", "[[]x]"), ("\\\\", "\\"), ("end\\", "end\\")],
)
def test_like_patterns_become_globs(pattern: str, glob: str) -> None:
    assert like(pattern) == glob


@pytest.fixture
def instances(model: ReadModel, records: Any) -> Finds:
    """Instance 100 with an active step in an incident and a finished one; 110, tagged, whose step is active."""
    records.instance(100)
    records.element("ELEMENT_ACTIVATING", 200, element_id="check_stock")
    records.element("ELEMENT_ACTIVATING", 201, element_id="start_order")
    records.element("ELEMENT_COMPLETED", 201, element_id="start_order")
    records.job("FAILED", retries=1)
    records.incident("CREATED")
    records.instance(110, version=2, tags=["urgent", "city"])
    records.element("ELEMENT_ACTIVATING", 210, instance=110, element_id="start_order", scope=110)
    records.variable(41, "amount", "7", scope=210, instance=110)
    model.apply(records.written)

    def finds(**filters: Any) -> list[int]:
        wanted = {name.replace("any_of", "$or"): value for name, value in filters.items()}
        return [row["processInstanceKey"] for row in search(model, PROCESS_INSTANCE, Query(filter=wanted)).rows]

    return finds


def test_element_conditions_must_meet_in_one_element(instances: Finds) -> None:
    assert instances(elementId="start_order") == [100, 110]
    assert instances(elementId="start_order", elementInstanceState="ACTIVE") == [110]
    assert instances(elementId="check_stock", hasElementInstanceIncident=True) == [100]
    assert instances(elementId="start_order", hasElementInstanceIncident=True) == []


def test_instances_are_found_by_incident_retries_tags_and_variables_of_any_scope(instances: Finds) -> None:
    assert instances(hasIncident=True) == [100]
    assert instances(hasIncident=False) == [110]
    assert instances(errorMessage={"$like": "库存*"}) == [100]
    assert instances(incidentErrorHashCode=java_hash("库存系统没有回答")) == [100]
    assert instances(hasRetriesLeft=True) == [100]
    assert instances(tags=["city"]) == [110]
    assert instances(tags=["city", "rural"]) == []
    assert instances(variables=[{"name": "amount", "value": {"$neq": "8"}}]) == [110]


def test_there_are_no_batch_operations(instances: Finds) -> None:
    assert instances(batchOperationId="1") == []
    assert instances(batchOperationId={"$exists": False}) == [100, 110]


def test_alternatives_are_added_to_the_other_conditions(instances: Finds) -> None:
    either = [{"hasIncident": True}, {"processDefinitionVersion": {"$gte": 2}, "tags": ["urgent"]}]
    assert instances(any_of=either) == [100, 110]
    assert instances(any_of=either, processDefinitionVersion=2) == [110]
    assert instances(any_of=[]) == []


def test_a_long_variable_is_known_to_be_truncated(model: ReadModel, records: Any) -> None:
    records.variable(1, "short", '"' + "长" * 8189 + '"')
    records.variable(2, "long", '"' + "长" * 8190 + '"')
    model.apply(records.written)
    assert [row["name"] for row in search(model, VARIABLE, Query(filter={"isTruncated": True})).rows] == ["long"]
