"""汇总审查结果: what the decision table is given."""

from typing import Any

import pytest

COUNTS = ("adjusted_count", "refused_count", "required_change_count", "unreasonable_count", "overrun_percent")


@pytest.mark.parametrize(
    ("disposition", "counts"),
    [
        ("accepted", (0, 0, 0, 0, 0.0)),
        ("revise", (0, 0, 1, 0, 0.0)),
        ("refused", (0, 1, 0, 0, 0.0)),
        ("adjust", (1, 0, 0, 0, 0.0)),
    ],
)
def test_dispositions_are_written_and_counted(
    desk: Any, more_memory: Any, disposition: str, counts: tuple[float, ...]
) -> None:
    desk.compare(more_memory)
    desk.sign(disposition)
    returned = desk.run("settle_findings")
    assert tuple(returned[name] for name in COUNTS) == counts
    assert [row.disposition for row in desk.findings() if row.tender == "内存≥512GB"] == [disposition]
    assert desk.audited()[-1] == "findings.settled"


def test_what_must_be_changed_is_listed_for_the_unit(desk: Any, more_memory: Any) -> None:
    desk.compare(more_memory)
    desk.sign("revise")
    number = desk.variables["dispositions"][0]["no"]
    said = [{"no": number, "disposition": "revise", "disposition_note": "改回256GB"}]
    returned = desk.run("settle_findings", dispositions=said)
    assert [(line["no"], line["tender"], line["requirement"]) for line in returned["revisions"]] == [
        (number, "内存≥512GB", "改回256GB")
    ]
    assert returned["revisions_note"] == ""


def test_unreasonable_answers_are_counted(desk: Any) -> None:
    desk.compare()
    desk.sign()
    answers = {"supply": "unreasonable", "price": "unreasonable", "reuse": "reasonable", "opinion": "unreasonable?"}
    assert desk.run("settle_findings", reasonableness=answers)["unreasonable_count"] == 2


@pytest.mark.parametrize(
    ("approved", "tender", "percent"),
    [(100_00, 110_00, 10.0), (100_00, 110_01, 10.01), (100_00, 90_00, -10.0), (0, 1, None), (1, 0, None)],
)
def test_the_overrun_is_exact_at_ten_percent_and_unknown_without_both_totals(
    desk: Any, approved: int, tender: int, percent: float | None
) -> None:
    desk.compare()
    desk.sign()
    returned = desk.run("settle_findings", approved_total_fen=approved, tender_total_fen=tender)
    assert returned["overrun_percent"] == percent


def test_a_deviation_confirmed_without_a_judgement_is_a_bug_not_an_approval(desk: Any, more_memory: Any) -> None:
    desk.compare(more_memory)
    desk.sign()
    with pytest.raises(ValueError, match="1 findings were confirmed without a judgement"):
        desk.run("settle_findings", dispositions=[])


def test_a_second_run_changes_nothing(desk: Any, more_memory: Any) -> None:
    desk.compare(more_memory)
    desk.sign("revise")
    at = desk.occasion()
    assert desk.run("settle_findings", at=at) == desk.run("settle_findings", at=at)
    assert desk.audited().count("findings.settled") == 1
