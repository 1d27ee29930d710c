"""What the opinion says, before it becomes a document."""

from dataclasses import replace
from typing import Any

import pytest

from admin.checks.templates import _FINDING, _OPINION
from domain.parameters import Subject, Verdict
from domain.parameters.verdicts import FindingKind
from domain.reports import OpinionContent, OpinionLine, opinion_words
from domain.reports.opinion import MOST_ROWS

PLAIN = replace(_FINDING, subject=Subject.PARAMETER, kind=FindingKind.CONSISTENCY)


def line(number: int, verdict: Verdict, **changes: Any) -> OpinionLine:
    return OpinionLine(number, replace(PLAIN, verdict=verdict, **changes), verdict, "理由", "", "须修改", f"改{number}")


def content(*lines: OpinionLine, **changes: Any) -> OpinionContent:
    return replace(_OPINION, lines=lines, **changes)


def test_only_deviations_are_in_the_table_and_everything_in_the_details() -> None:
    words = opinion_words(content(line(1, Verdict.SAME), line(2, Verdict.RAISED), line(3, Verdict.MISSING)))
    assert [row["no"] for row in words["deviations"]] == [2, 3]
    assert [row["no"] for row in words["details"]] == [1, 2, 3]
    assert words["counted"] == "共核对 3 项：一致 1 项、提高 1 项、缺失 1 项。"
    assert [(row["no"], row["note"]) for row in words["required"]] == [(2, "改2"), (3, "改3")]
    assert (words["deviations_note"], words["details_note"]) == ("", "")


def test_exclusive_are_named_brands_and_what_is_of_their_kind() -> None:
    lines = [
        line(1, Verdict.BRAND),
        line(2, Verdict.ADDED, kind=FindingKind.EXCLUSIVITY),
        line(3, Verdict.MANUAL, subject=Subject.EXCLUSIVITY),
        line(4, Verdict.RAISED),
        line(5, Verdict.SAME, subject=Subject.EXCLUSIVITY),
    ]
    assert [row["no"] for row in opinion_words(content(*lines))["exclusive"]] == [1, 2, 3]


@pytest.mark.parametrize(
    ("verdicts", "note", "shown"),
    [
        ((), "两侧没有可逐项核对的分项金额。", []),
        ((Verdict.SAME, Verdict.SAME), "概算分项与采购预算逐项核对 2 处，全部一致。", []),
        (
            (Verdict.SAME, Verdict.AMOUNT),
            "概算分项与采购预算逐项核对 2 处，一致 1 处，下列 1 处不一致：",
            [2],
        ),
    ],
)
def test_amounts_are_told_item_by_item(verdicts: tuple[Verdict, ...], note: str, shown: list[int]) -> None:
    lines = [line(at, verdict, subject=Subject.AMOUNT) for at, verdict in enumerate(verdicts, 1)]
    words = opinion_words(content(*lines, line(9, Verdict.RAISED)))
    assert words["amounts_note"] == note
    assert [row["no"] for row in words["amounts"]] == shown


@pytest.mark.parametrize(
    ("tender", "told"), [(1_000_000, "相等"), (1_200_000, "超出 2,000.00元"), (900_000, "节约 1,000.00元")]
)
def test_the_totals_tell_their_difference(tender: int, told: str) -> None:
    words = opinion_words(content(approved_fen=1_000_000, tender_fen=tender))
    assert words["totals"]["difference"] == told


def test_a_document_of_thousands_of_rows_says_where_the_rest_is() -> None:
    words = opinion_words(content(*(line(at, Verdict.RAISED) for at in range(1, MOST_ROWS + 8))))
    assert len(words["details"]) == len(words["deviations"]) == MOST_ROWS
    assert words["deviations_note"] == f"本表列出前 {MOST_ROWS} 项，另有 7 项见随附的比对结果工作簿（.xlsx）。"
