"""Order and pages: nothing twice, nothing left out, whatever the order."""

import base64
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.readmodel import Page, Query, ReadModel, search
from engine.readmodel.entities.user_tasks import USER_TASK
from engine.readmodel.paging import UnknownCursorError, cursor, key_of

DUE = ("", "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z")


def keys(page: Page) -> list[int]:
    return [row["userTaskKey"] for row in page.rows]


@pytest.fixture(scope="module")
def hundred(tmp_path_factory: pytest.TempPathFactory, new_records: Any) -> ReadModel:
    """A hundred tasks with many equal priorities and missing due dates."""
    model = ReadModel.open(Path(tmp_path_factory.mktemp("model")) / "read-model.db")
    records = new_records()
    for key in range(1, 101):
        records.user_task("CREATED", key, priority=key * 7 % 5, due=DUE[key * 11 % 3])
    model.apply(records.written)
    return model


def expected(sort: list[dict[str, str]], model: ReadModel) -> list[int]:
    """Sort in Python, one stable pass a field, missing values last."""
    rows = search(model, USER_TASK, Query(page={"limit": 1000})).rows
    for each in reversed(sort):
        name, down = each["field"], each["order"] == "DESC"
        there = sorted((row for row in rows if row[name] is not None), key=lambda row: row[name], reverse=False)
        if down:
            groups = sorted({row[name] for row in there}, reverse=True)
            there = [row for value in groups for row in there if row[name] == value]
        rows = there + [row for row in rows if row[name] is None]
    return [row["userTaskKey"] for row in rows]


SORTS = st.lists(
    st.fixed_dictionaries(
        {"field": st.sampled_from(["priority", "dueDate", "creationDate"]), "order": st.sampled_from(["ASC", "DESC"])}
    ),
    max_size=3,
    unique_by=lambda each: each["field"],
)


@settings(max_examples=40, deadline=None)
@given(sort=SORTS, limit=st.integers(1, 60))
def test_walking_forward_and_back_by_cursors_shows_each_task_once_and_in_order(
    hundred: ReadModel, sort: list[dict[str, str]], limit: int
) -> None:
    whole = expected(sort, hundred)
    seen: list[int] = []
    page = search(hundred, USER_TASK, Query(sort=sort, page={"limit": limit}))
    while page.rows:
        assert page.total == 100
        seen += keys(page)
        page = search(hundred, USER_TASK, Query(sort=sort, page={"after": page.end_cursor, "limit": limit}))
    assert seen == whole
    back: list[int] = []
    edge = cursor(whole[-1])
    while (page := search(hundred, USER_TASK, Query(sort=sort, page={"before": edge, "limit": limit}))).rows:
        back = keys(page) + back
        assert page.start_cursor
        edge = page.start_cursor
    assert back == whole[:-1]


def test_offset_pages_cut_the_same_order(hundred: ReadModel) -> None:
    sort = [{"field": "priority", "order": "DESC"}]
    whole = expected(sort, hundred)
    page = search(hundred, USER_TASK, Query(sort=sort, page={"from": 30, "limit": 7}))
    assert keys(page) == whole[30:37]
    assert (page.total, page.start_cursor, page.end_cursor) == (100, cursor(whole[30]), cursor(whole[36]))


def test_a_page_holds_a_hundred_when_nothing_is_said(hundred: ReadModel, model: ReadModel, records: Any) -> None:
    assert len(search(hundred, USER_TASK, Query()).rows) == 100
    for key in range(1, 103):
        records.user_task("CREATED", key)
    model.apply(records.written)
    assert len(search(model, USER_TASK, Query()).rows) == 100
    assert len(search(model, USER_TASK, Query(page={"limit": 102})).rows) == 102


def test_the_order_ascends_when_nothing_is_said(hundred: ReadModel) -> None:
    assert keys(search(hundred, USER_TASK, Query(sort=[{"field": "priority"}])))[:2] == [5, 10]


def test_an_empty_page_has_no_cursors(hundred: ReadModel) -> None:
    page = search(hundred, USER_TASK, Query(filter={"state": "FAILED"}))
    assert (page.rows, page.total, page.start_cursor, page.end_cursor) == ([], 0, None, None)


def test_a_cursor_survives_that_its_row_no_longer_matches(model: ReadModel, records: Any) -> None:
    for key in (1, 2, 3):
        records.user_task("CREATED", key)
    records.user_task("COMPLETED", 2)
    model.apply(records.written)
    page = search(model, USER_TASK, Query(filter={"state": "CREATED"}, page={"after": cursor(2)}))
    assert keys(page) == [3]


def test_a_cursor_is_short_base64_whatever_the_row_holds() -> None:
    assert len(cursor(2**63 - 1)) <= 300
    assert base64.b64decode(cursor(7), validate=True) == b"[7]"
    assert key_of(cursor("7-1")) == "7-1"


@pytest.mark.parametrize("text", ["%%%", "Zm9v", "e30=", "W10=", "WzEsMl0=", "WzEuNV0="])
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(UnknownCursorError):
        key_of(text)


def test_a_cursor_of_a_row_that_is_not_there_is_refused(hundred: ReadModel) -> None:
    with pytest.raises(UnknownCursorError):
        search(hundred, USER_TASK, Query(page={"after": cursor(101)}))
