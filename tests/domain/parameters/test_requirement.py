"""What one parameter is compared by."""

from domain.parameters.requirement import Requirement
from domain.parameters.rules import shipped


def asked(text: str) -> Requirement:
    return Requirement(text, shipped())


def test_a_figure_under_a_name_is_known_by_both_whatever_their_spelling() -> None:
    mine, theirs = asked("处理器核心数：≥16核"), asked("CPU核数：不少于16核")

    assert mine.name == "处理器核心数"
    assert (mine.name_key, mine.measures[0].low) == (theirs.name_key, theirs.measures[0].low)
    assert mine.dimensions == theirs.dimensions == ("count:核",)
    assert mine.is_figure
    assert mine.rest == ""


def test_words_beside_a_figure_are_what_is_left_of_the_value() -> None:
    mixed = asked("内存：≥256GB，支持热插拔")

    assert not mixed.is_figure
    assert "热插拔" in mixed.rest


def test_a_requirement_in_words_has_no_measures() -> None:
    words = asked("支持双机热备")

    assert (words.measures, words.dimensions, words.is_figure) == ((), (), False)


def test_the_sizes_of_a_unit_do_not_tell_dimensions_apart() -> None:
    assert asked("容量：2TB").dimensions == asked("容量：2048GB").dimensions
