"""The nearest names are the nearest: proved against every pair, whatever the names."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import process
from rapidfuzz.distance import Indel

from benchmarks.names_of_things import names
from domain.parameters.nearest import nearest

WORDS = st.text(alphabet="应用服务器数据库交换机防火墙ABab12 ", max_size=14)


def every_pair(queries: list[str], choices: list[str]) -> list[list[float]]:
    matrix = process.cdist(queries, choices, scorer=Indel.normalized_similarity, dtype=np.float64)
    return [[float(score) for score in row] for row in matrix]


@settings(max_examples=300, deadline=None)
@given(
    queries=st.lists(WORDS, min_size=1, max_size=9),
    choices=st.lists(WORDS, min_size=1, max_size=70),
    wanted=st.integers(1, 5),
    floor=st.sampled_from([0.0, 0.3, 0.6]),
)
def test_every_choice_as_near_as_the_last_one_wanted_is_given_and_no_other(
    queries: list[str], choices: list[str], wanted: int, floor: float
) -> None:
    found = nearest(queries, choices, wanted, floor).by_query(len(queries))
    for row, scores in zip(found, every_pair(queries, choices), strict=True):
        sharing = sorted((score for score in scores if score > 0), reverse=True)
        last = max(sharing[wanted - 1] if len(sharing) >= wanted else 0.0, floor)
        near = {i: score for i, score in enumerate(scores) if score > 0 and score >= last}
        # Two empty names are equal, yet share no character that could be counted.
        assert {i: score for i, score in row if choices[i]} == pytest.approx(
            {i: s for i, s in near.items() if choices[i]}
        )
        assert [score for _, score in row] == sorted((score for _, score in row), reverse=True)


@pytest.mark.parametrize("seed", [1, 2])
def test_of_hundreds_of_realistic_names_each_best_match_is_found(seed: int) -> None:
    mine, theirs = names(600, seed)
    found = nearest(mine, theirs).by_query(len(mine))
    for row, scores in zip(found, every_pair(mine, theirs), strict=True):
        best = max(scores)
        assert {i for i, _ in row} == {i for i, score in enumerate(scores) if score == best}
        assert row[0][1] == pytest.approx(best)


def test_names_longer_than_a_machine_word_are_counted_too() -> None:
    long = "视频会议" * 40
    found = nearest([long], [long[:-1], "视频会议", f"{long}室"])
    assert found.choice.tolist() == [2]
    assert found.score.tolist() == pytest.approx([320 / 321])


def test_nothing_to_compare_gives_nothing() -> None:
    assert nearest([], ["防火墙"]).by_query(0) == []
    assert nearest(["防火墙"], []).by_query(1) == [[]]
    assert nearest(["防火墙"], ["音箱"]).by_query(1) == [[]]


def test_the_same_names_give_the_same_answer_in_the_same_order() -> None:
    mine, theirs = names(300, 3)
    first, second = nearest(mine, theirs, 3), nearest(mine, theirs, 3)
    assert first.choice.tolist() == second.choice.tolist()
    assert first.score.tolist() == second.score.tolist()
