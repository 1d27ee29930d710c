"""What the opinion says, before it becomes a document."""

from dataclasses import replace
from typing import Any

import pytest

from admin.checks.templates import _FINDING, _OPINION
from domain.parameters import Subject, Verdict
from domain.parameters.verdicts import FindingKind
from domain.provisions import REVIEW
from domain.reports import OpinionContent, OpinionLine, opinion_words, usual_handling
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
    ("tender", "told"), [(1_000_000, "相等"), (1_200_000, "超出 0.20万元"), (900_000, "节约 0.10万元")]
)
def test_the_totals_tell_their_difference(tender: int, told: str) -> None:
    words = opinion_words(content(approved_fen=1_000_000, tender_fen=tender))
    assert words["totals"]["difference"] == told


def test_a_document_of_thousands_of_rows_says_where_the_rest_is() -> None:
    words = opinion_words(content(*(line(at, Verdict.RAISED) for at in range(1, MOST_ROWS + 8))))
    assert len(words["details"]) == len(words["deviations"]) == MOST_ROWS
    assert words["deviations_note"] == f"本表列出前 {MOST_ROWS} 项，另有 7 项见随附的比对结果工作簿（.xlsx）。"


def test_what_is_not_bought_is_never_called_saved_and_stands_among_the_amounts() -> None:
    missing = line(
        3, Verdict.MISSING, subject=Subject.ITEM, approved="签名验签服务器 2台，合价 25.00万元：国密", tender=""
    )
    words = opinion_words(content(missing, approved_fen=97_600_000, tender_fen=72_600_000))

    told = "招标少 25.00万元；批复有 1 项整项未列入招标，未采购部分的金额不是节约"
    assert words["totals"]["difference"] == told
    (row,) = words["amounts"]
    assert (row["approved"], row["tender"]) == ("签名验签服务器 2台，合价 25.00万元", "（无）")
    assert words["amounts_note"].endswith("另有 1 项只有一侧列出：")


def test_a_smaller_number_makes_a_smaller_total_no_saving() -> None:
    words = opinion_words(content(line(1, Verdict.QUANTITY), approved_fen=2_000_000, tender_fen=1_000_000))
    assert words["totals"]["difference"] == "招标少 1.00万元；有 1 处数量变更，未采购部分的金额不是节约"


def test_a_row_keeps_item_parameter_names_and_places_apart() -> None:
    one = line(
        1, Verdict.LOWERED, subsystem="网络", item="汇聚交换机", tender_item="汇聚层交换机", parameter="端口",
        approved="≥48", tender="≥24", approved_ref="清单!D7", tender_ref="包1!C4 第1条",
    )  # fmt: skip
    (row,) = opinion_words(content(one))["deviations"]
    assert row["what"] == "网络·汇聚交换机：端口"
    assert row["named"] == "网络·汇聚交换机：端口\n招标名称：汇聚层交换机"
    assert (row["approved_at"], row["tender_at"]) == ("≥48\n〔清单!D7〕", "≥24\n〔包1!C4 第1条〕")
    assert row["refs"] == "批复：清单!D7；\n招标：包1!C4 第1条"


def test_the_provision_of_the_review_is_cited_once_for_all_others_with_their_row() -> None:
    rows = opinion_words(content(line(1, Verdict.AMOUNT, basis=REVIEW), line(2, Verdict.BRAND, basis="条例")))[
        "details"
    ]
    assert [row["cited"] for row in rows] == ["", "条例"]


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.SAME])
def test_every_deviation_has_a_usual_handling(verdict: Verdict) -> None:
    assert usual_handling(PLAIN, verdict)
    assert not usual_handling(PLAIN, Verdict.SAME)


def test_an_addition_is_handled_by_its_kind() -> None:
    kinds = (FindingKind.CONSISTENCY, FindingKind.COMPLIANCE, FindingKind.EXCLUSIVITY)
    told = [usual_handling(replace(PLAIN, kind=kind), Verdict.ADDED) for kind in kinds]
    assert told == ["删除，或说明增加的依据和必要性", "保留，补充依据", "删除限制条件，或论证其必要性"]
