"""What every match of a pattern holds, and the rules of rewriting that are skipped by it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.parameters.data import load
from domain.parameters.patterns import indispensable

_INNER = r"(?:\[[^\]]*\]|\\.|[^()\[\\])*"
LOOKING_AROUND = re.compile(rf"\(\?<?[=!]{_INNER}(?:\({_INNER}\){_INNER})*\)")
RULES = [pattern for pattern, _ in load("levels")["rewrites"]["rules"]]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"(?:甲|乙)+丙{0,2}丁", "丁"),
        (r"\d万?个A", "个"),
        (r"[甲乙]B*c", "c"),
        (r"甲?", ""),
        (r"甲|乙", ""),
        (r"x\|y", "x"),
        (r"(甲(乙)丙)", ""),
    ],
)
def test_a_character_is_indispensable_only_outside_choices_and_options(pattern: str, needed: str) -> None:
    assert indispensable(pattern) == needed


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_every_match_of_a_rule_holds_what_the_rule_is_skipped_without(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(RULES))
    bare = LOOKING_AROUND.sub("", pattern)
    written = data.draw(st.from_regex(re.compile(bare, re.IGNORECASE), fullmatch=True))
    assert indispensable(pattern) in written.casefold()
