"""A total and its factors: so many of a holder, each with so much, in every order and against the product."""

import csv
from pathlib import Path

import pytest

from domain.parameters.factors import in_factors
from domain.parameters.pairs import judge_pair
from domain.parameters.rules import shipped
from domain.parameters.sets import opened, paired

_FILE = Path(__file__).parents[2] / "data" / "factor_pairs.tsv"
PAIRS = list(csv.DictReader(_FILE.read_text("utf-8").splitlines(), delimiter="\t"))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['approved_value']} {pair['tender_value']}")
def test_a_total_and_its_factors_are_judged_as_given(pair: dict[str, str]) -> None:
    judgement = judge_pair(
        pair["item"], pair["approved_name"], pair["approved_value"], pair["tender_name"], pair["tender_value"]
    )
    assert judgement.verdict.value == pair["verdict"], judgement.reason


@pytest.mark.parametrize(
    "written",
    [
        "2组,每组32节",
        "2组×32节",
        "32节×2组",
        "每组32节,共2组",
        "每组32节×2组",
        "32节/组×2组",
        "2组(32节/组)",
        "2组(每组32节)",
        "共64节,2组,每组32节",
        "2组,每组32节,共64节",
        "2组每组为32节",
    ],
)
def test_every_order_of_the_factors_is_one_product(written: str) -> None:
    assert in_factors(written, shipped()).text == "2×32节"


@pytest.mark.parametrize("written", ["2组,每组32节,共60节", "不超过2组,每组32节", "2组,每组不超过32节", "2组,每箱32节"])
def test_what_is_no_plain_product_stays_as_written(written: str) -> None:
    read = in_factors(written, shipped())
    assert (read.text, read.holders) == (written, ())


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("1套(双机,共2台)", "2台"),
        ("1套(含主备2台)", "2台"),
        ("1套(主备各1台)", "2台"),
        ("2套(每套含2台)", "4台"),
        ("2套(共4台)", "4台"),
        ("2套(含4台)", "2套(含4台)"),
        ("1台(含2块)", "1台(含2块)"),
        ("1套(双机热备)", "1套(双机热备)"),
    ],
)
def test_a_set_is_opened_only_where_its_content_is_certain(written: str, held: str) -> None:
    assert opened(paired(written)) == held
