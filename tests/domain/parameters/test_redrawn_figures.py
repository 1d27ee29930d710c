"""The judged pairs with every figure drawn anew on both sides: whatever the wording, other figures are never 一致."""

import csv
import random
import re

import pytest

from domain.parameters.pairs import judge_pair
from tests.domain.builders import DATA, PAIRS

JUDGED = [*PAIRS, *csv.DictReader((DATA / "challenge_pairs.tsv").read_text("utf-8").splitlines(), delimiter="\t")]
FIGURE = re.compile(r"\d+")


def redrawn(text: str, chance: random.Random) -> str:
    return FIGURE.sub(lambda _: str(chance.randrange(2, 9_999)), text)


@pytest.mark.parametrize("seed", range(4))
def test_other_figures_are_never_called_consistent(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  (repeatable, not secret)
    called_consistent, compared = [], 0
    for pair in JUDGED:
        approved, tender = redrawn(pair["approved_value"], chance), redrawn(pair["tender_value"], chance)
        # An amount below the approved one is inside it, and no figure on either side says nothing.
        if "元" in approved + tender or sorted(FIGURE.findall(approved)) == sorted(FIGURE.findall(tender)):
            continue
        compared += 1
        judgement = judge_pair(pair["item"], pair["approved_name"], approved, pair["tender_name"], tender)
        if judgement.verdict.value == "一致":
            called_consistent.append((pair["item"], approved, tender, judgement.reason))
    assert compared > 250
    assert called_consistent == []
