"""Generated tenders whose every change is known: none may be called consistent, little else may be called anything."""

import pytest

from benchmarks.mutations import as_text, run


@pytest.mark.parametrize("seed", [3, 7, 11])
def test_no_real_change_is_called_consistent_and_rewording_raises_no_alarm(seed: int) -> None:
    result = run(200, seed)
    assert len(result.real) >= 25
    assert sum(tally.cases for tally in result.real.values()) >= 150
    assert result.undetected == 0, [miss for miss in result.misses if miss.expected and set(miss.verdicts) <= {"一致"}]
    assert result.alarms <= 0.01 * result.rewritten, as_text(result)


def test_a_list_held_against_itself_in_other_words_keeps_what_was_copied() -> None:
    result = run(120, 5)
    assert result.silent["verbatim"].cases > 50
    assert result.silent["verbatim"].alarms == 0
