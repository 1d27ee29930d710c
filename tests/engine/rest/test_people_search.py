from typing import Any

import pytest

from engine.rest.commands.people_search import search
from engine.rest.problems import ProblemError

ROWS = [
    {"username": "li_qiang", "name": "李强", "email": "li@x"},
    {"username": "wang_fang", "name": "王芳", "email": ""},
    {"username": "zhao*min", "name": "赵敏", "email": "zhao@x"},
]


def names(body: dict[str, Any]) -> list[str]:
    return [row["username"] for row in search(ROWS, "username", body)["items"]]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("li_qiang", ["li_qiang"]),
        ({"$eq": "li_qiang"}, ["li_qiang"]),
        ({"$neq": "li_qiang"}, ["wang_fang", "zhao*min"]),
        ({"$in": ["li_qiang", "nobody"]}, ["li_qiang"]),
        ({"$notIn": ["li_qiang", "nobody"]}, ["wang_fang", "zhao*min"]),
        ({"$like": "*_*"}, ["li_qiang", "wang_fang"]),
        ({"$like": "li?qiang"}, ["li_qiang"]),
        ({"$like": r"zhao\*min"}, ["zhao*min"]),
        ({"$like": "*_*", "$neq": "li_qiang"}, ["wang_fang"]),
        ({"$exists": True}, ["li_qiang", "wang_fang", "zhao*min"]),
    ],
)
def test_a_filter_finds_what_its_operators_say(wanted: Any, found: list[str]) -> None:
    assert names({"filter": {"username": wanted}}) == found


def test_what_is_empty_does_not_exist() -> None:
    assert names({"filter": {"email": {"$exists": False}}}) == ["wang_fang"]


def test_rows_are_sorted_as_asked_and_else_by_key() -> None:
    assert names({"sort": [{"field": "username", "order": "DESC"}]}) == ["zhao*min", "wang_fang", "li_qiang"]
    assert names({}) == ["li_qiang", "wang_fang", "zhao*min"]


def test_pages_follow_each_other_by_offset_and_by_cursor_in_both_directions() -> None:
    first = search(ROWS, "username", {"page": {"limit": 2}})
    assert (len(first["items"]), first["page"]["totalItems"]) == (2, 3)

    assert names({"page": {"from": 2, "limit": 2}}) == ["zhao*min"]
    assert names({"page": {"after": first["page"]["endCursor"]}}) == ["zhao*min"]
    last = search(ROWS, "username", {"page": {"after": first["page"]["endCursor"]}})["page"]["startCursor"]
    assert names({"page": {"before": last, "limit": 1}}) == ["wang_fang"]


@pytest.mark.parametrize("cursor", ["nonsense", "WyJub2JvZHkiXQ==", "e30="])
def test_a_cursor_that_names_nothing_is_refused(cursor: str) -> None:
    with pytest.raises(ProblemError) as refusal:
        names({"page": {"after": cursor}})

    assert refusal.value.status == 400
