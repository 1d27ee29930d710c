"""The assignment is the best there is, whichever way it is solved."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from domain.parameters.assignment import assign, assign_pairs, worth

EDGES = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 11)), st.integers(1, 20).map(lambda n: n / 20), min_size=1, max_size=60
)


@settings(max_examples=200, deadline=None)
@given(edges=EDGES)
def test_taking_the_certain_pairs_first_loses_nothing(edges: dict[tuple[int, int], float]) -> None:
    ordered = sorted(edges)
    left, right = (np.array(column, np.int64) for column in zip(*ordered, strict=True))
    gain = np.array([edges[pair] for pair in ordered])
    chosen = assign_pairs(left, right, gain)
    matrix = np.zeros((12, 12))
    matrix[left, right] = gain
    best = matrix[linear_sum_assignment(matrix, maximize=True)].sum()
    assert gain[chosen].sum() == pytest.approx(best)
    assert len(set(left[chosen])) == len(set(right[chosen])) == len(chosen)


def test_nobody_is_assigned_outside_the_given_pairs() -> None:
    assert assign({}) == {}
    assert assign({0: [], 1: []}) == {}
    assert assign({0: [(3, 0.9)], 1: [(3, 0.8)]}) == {0: 3}
    assert assign({0: [(3, 0.9), (4, 0.2)], 1: [(3, 0.8)]}) == {0: 4, 1: 3}


def test_one_sure_pair_is_worth_more_than_two_that_are_half_sure() -> None:
    sure, half = worth(np.array([1.0, 0.7]))
    assert sure > half + half
