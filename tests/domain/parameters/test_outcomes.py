"""Pieces become a verdict whose conventions are those that decided it, not those of pieces that are alike."""

import pytest

from domain.parameters.outcomes import Effect, Outcome, conclude
from domain.parameters.pairs import judge_pair
from domain.parameters.verdicts import Verdict

ALIKE = Outcome(Effect.SAME, "相同", "甲口径")
LOOSER = Outcome(Effect.LOWERED, "要求降低", "乙口径")


def test_a_deviation_names_the_conventions_of_what_deviates() -> None:
    judgement = conclude([ALIKE, LOOSER])
    assert (judgement.verdict, judgement.convention) == (Verdict.LOWERED, "乙口径")


def test_what_is_alike_throughout_names_the_conventions_it_rests_on() -> None:
    assert conclude([ALIKE, ALIKE]).convention == "甲口径"


@pytest.mark.parametrize(
    ("approved", "tender"), [("5年，2小时到场", "3年，2小时到场"), ("3年，4小时到场", "5年，4小时到场")]
)
def test_the_time_of_arrival_beside_a_warranty_does_not_say_how_the_warranty_was_read(
    approved: str, tender: str
) -> None:
    assert judge_pair("应用服务器", "质保", approved, "质保", tender).convention == "裸值按下限理解"
