"""The 65 judged pairs: every one judged as given, and no real deviation ever called consistent."""

import csv
from pathlib import Path

import pytest

from domain.parameters.pairs import judge_pair
from tests.domain.builders import PAIRS


def judged(pair: dict[str, str]) -> str:
    return judge_pair(
        pair["item"], pair["approved_name"], pair["approved_value"], pair["tender_name"], pair["tender_value"]
    ).verdict.value


def test_no_deviation_is_called_consistent() -> None:
    wrong = [pair for pair in PAIRS if judged(pair) == "一致" and pair["verdict"] != "一致"]
    assert wrong == []


def test_every_pair_is_judged_as_given() -> None:
    assert len(PAIRS) == 65
    different = [
        f"{pair['item']}: {pair['approved_value']} | {pair['tender_value']}: {pair['verdict']}, judged {judged(pair)}"
        for pair in PAIRS
        if judged(pair) != pair["verdict"]
    ]
    for line in different:
        print(line)  # noqa: T201  (the list is what a developer wants to see)
    assert different == []


DEVIATIONS = (Path(__file__).parents[2] / "data" / "deviating_pairs.tsv").read_text("utf-8").splitlines()
EQUALS = (Path(__file__).parents[2] / "data" / "equal_pairs.tsv").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", DEVIATIONS)
def test_a_real_deviation_is_never_called_consistent(line: str) -> None:
    assert judge_pair("设备", *line.split("\t")).verdict.value != "一致"


@pytest.mark.parametrize("line", EQUALS)
def test_another_wording_of_the_same_requirement_is_consistent(line: str) -> None:
    judgement = judge_pair("设备", *line.split("\t"))
    assert judgement.verdict.value == "一致", judgement.reason


CHALLENGES = [
    pair
    for name in ("challenge_pairs.tsv", "unseen_pairs.tsv")
    for pair in csv.DictReader(
        (Path(__file__).parents[2] / "data" / name).read_text("utf-8").splitlines(), delimiter="\t"
    )
]


@pytest.mark.parametrize("pair", CHALLENGES, ids=lambda pair: f"{pair['item']} {pair['approved_value']}")
def test_a_further_judged_pair_is_judged_as_given(pair: dict[str, str]) -> None:
    assert judged(pair) == pair["verdict"]
