"""Ladders as data: the signs that spare a search are never missing where a wording would be found."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.parameters.data import load
from domain.parameters.levels import find_levels
from domain.text import fold
from tests.domain.builders import PAIRS

WORDINGS = [
    (ladder["name"], tuple(ladder["signs"]), wording)
    for ladder in load("levels")["ladder"]
    for step in ladder["steps"]
    for wording in step
]


@pytest.mark.parametrize("ladder", [entry["name"] for entry in load("levels")["ladder"]])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_wording_of_a_ladder_holds_one_of_its_signs(ladder: str, data: st.DataObject) -> None:
    _, signs, wording = data.draw(st.sampled_from([one for one in WORDINGS if one[0] == ladder]))
    bare = re.sub(r"\(\?(?:<?[=!])[^()]*(?:\([^()]*\)[^()]*)*\)", "", wording)
    written = data.draw(st.from_regex(re.compile(bare, re.IGNORECASE), fullmatch=True))
    assert any(sign in written.casefold() for sign in signs), (wording, written)


def test_the_levels_of_the_judged_pairs_are_found_through_the_signs() -> None:
    texts = [fold(pair[side]) for pair in PAIRS for side in ("approved_value", "tender_value")]
    found = {level.ladder for text in texts for level in find_levels(text)[0]}
    assert {"以太网速率", "硬盘接口", "约束强度", "实现程度", "容量口径"} <= found
