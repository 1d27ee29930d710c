"""The lists of phrases: each can be looked up, and none finds anything in an empty text."""

import pytest

from domain.parameters.data import load
from domain.parameters.phrases import phrase, phrases


@pytest.mark.parametrize("name", sorted(load("phrases")))
def test_a_list_has_phrases_and_finds_nothing_in_an_empty_text(name: str) -> None:
    assert phrases(name)
    assert phrase(name).search("") is None


@pytest.mark.parametrize(
    ("name", "found", "left"),
    [
        ("put_off", "本次不采购", "本次采购"),
        ("part_of_device", "cpu数量", "数量"),
        ("easing", "技术参数允许负偏离", "不允许负偏离"),
        ("not_qualifying", "每年", "每用户"),
        ("priced_name", "监理费", "收费站"),
    ],
)
def test_a_phrase_is_found_where_it_says_so_and_not_beside(name: str, found: str, left: str) -> None:
    assert phrase(name).search(found)
    assert not phrase(name).search(left)


def test_an_unknown_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        phrase("no_such_list")
