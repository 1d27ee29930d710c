"""Overruled verdicts from the form to the opinion: what is refused, what both reviewers see, what counts afterwards."""

import io
from typing import Any

import docx
import pytest

from records.models import ReviewStage


def statements(desk: Any, review_round: int = 1) -> list[tuple[Any, ...]]:
    rows = desk.look(lambda books: list(books.overrides.of_round(desk.review().id, review_round)))
    return [(row.stage, row.person, row.verdict_before, row.verdict_after, row.reason) for row in rows]


def line_of(desk: Any, tender: str) -> dict[str, Any]:
    found: dict[str, Any] = next(line for line in desk.variables["deviations"] if line["tender"] == tender)
    return found


def number_of(desk: Any, tender: str) -> int:
    return next(row.position + 1 for row in desk.findings() if row.tender == tender)


def overruling(desk: Any, verdict: str, reason: str, **more: Any) -> list[dict[str, Any]]:
    """The form's list with its first row overruled."""
    first, *others = desk.variables["deviations"]
    decided = [{**line, "disposition": "accepted"} for line in others]
    return [{**first, "override_verdict": verdict, "override_reason": reason, **more}, *decided]


def review(desk: Any, *, person: str = "li_qiang", **answers: Any) -> str | None:
    """Reviewer A completes the task; what the diagram keeps of the form is kept."""
    denied: str | None = desk.judge("review_parameters", "completing", person, **answers)
    if denied is None:
        desk.variables |= {"dispositions": answers.get("deviations"), "overrides": answers.get("overrides", [])}
    return denied


def confirm(desk: Any, confirmation: str = "confirmed", person: str = "zhao_min", **answers: Any) -> str | None:
    answers = {"confirmation": confirmation, "returned_overrides": []} | answers
    denied: str | None = desk.judge("confirm_review", "completing", person, **answers)
    return denied


def test_an_overruled_deviation_needs_no_decision_and_counts_as_consistent_once_both_agree(
    desk: Any, more_memory: Any
) -> None:
    desk.compare(more_memory)
    assert review(desk, deviations=overruling(desk, "一致", "DDR5模组按对计量，容量相同")) is None
    assert statements(desk) == [
        (ReviewStage.FIRST, "li_qiang", "提高", "一致", "DDR5模组按对计量，容量相同"),
    ]
    assert desk.look(lambda books: books.reviews.verdict_counts(desk.review().id, 1))["提高"] == 1
    assert confirm(desk) is None
    returned = desk.run("settle_findings", reasonableness={})
    assert (returned["required_change_count"], returned["refused_count"], returned["adjusted_count"]) == (0, 0, 0)
    row = next(row for row in desk.findings() if row.tender == "内存≥512GB")
    assert (row.verdict, row.overruled, row.disposition) == ("提高", "一致", None)
    assert "提高" not in desk.look(lambda books: books.reviews.verdict_counts(desk.review().id, 1))
    assert desk.audited_by().count(("finding.overruled", "li_qiang")) == 1


@pytest.mark.parametrize(
    ("verdict", "reason", "told"),
    [
        ("一致", "", "第 2 项改判为“一致”，没有写明理由。"),
        ("一致", "  ", "第 2 项改判为“一致”，没有写明理由。"),
        ("通过", "可以", "第 2 项的改判结果“通过”不是九种判定之一。"),
        ("提高", "可以", "第 2 项的改判结果与系统判定相同（提高）；不改判的，请清空改判结果。"),
        ("一致", "长" * 301, "第 2 项的改判理由超过 300 个字，请精简。"),
    ],
)
def test_an_override_that_cannot_be_taken_is_refused_by_its_number(
    desk: Any, more_memory: Any, verdict: str, reason: str, told: str
) -> None:
    desk.compare(more_memory)
    denied = review(desk, deviations=overruling(desk, verdict, reason, disposition="accepted"))
    assert denied == f"{told}填写的内容没有提交，请改正后再提交。"
    assert statements(desk) == []
    assert "review.signed" not in desk.audited()


def test_a_consistent_finding_is_overruled_by_its_number_and_must_be_decided(desk: Any) -> None:
    desk.compare()
    number = number_of(desk, "吞吐量≥10Gbps")
    stated = {"no": number, "override_verdict": "降低", "override_reason": "按最小包长测试仅5Gbps"}
    denied = review(desk, deviations=[], overrides=[stated])
    assert denied == f"还有 1 项偏差没有处理意见（编号 {number}）。填写的内容没有提交，请补全后再提交。"
    decided = {**stated, "disposition": "revise", "disposition_note": "改为混合包长10Gbps"}
    assert review(desk, deviations=[], overrides=[decided]) is None
    assert confirm(desk) is None
    returned = desk.run("settle_findings", reasonableness={})
    assert returned["required_change_count"] == 1
    assert [(line["no"], line["verdict"], line["requirement"]) for line in returned["revisions"]] == [
        (number, "降低", "改为混合包长10Gbps")
    ]


@pytest.mark.parametrize(
    ("overrides", "told"),
    [
        ([{"no": 99, "override_verdict": "降低", "override_reason": "x"}], "没有编号为 99 的条目"),
        ([{"no": 1, "override_reason": "x"}], "第 1 项没有选择改判结果。"),
        ([{"override_verdict": "降低", "override_reason": "x"}], "第 1 行没有写条目编号。"),
        ([{"no": "1", "override_verdict": "降低"}], "第 1 行没有写条目编号。"),
        (["降低"], "第 1 行没有写条目编号。"),
        ("降低", "填写的内容无法识别"),
        ([{"no": 1, "override_verdict": "降低", "override_reason": r} for r in "xy"], "第 1 项写了两次改判"),
    ],
)
def test_what_is_wrong_in_the_list_is_told(desk: Any, overrides: Any, told: str) -> None:
    desk.compare()
    denied = review(desk, deviations=[], overrides=overrides)
    assert denied is not None
    assert told in denied
    assert statements(desk) == []


def test_a_line_added_and_left_empty_says_nothing(desk: Any) -> None:
    desk.compare()
    assert (
        review(desk, deviations=[], overrides=[{"no": None, "override_verdict": None, "override_reason": ""}]) is None
    )


def test_a_sum_is_not_overruled(desk: Any) -> None:
    dearer = (("应用服务器", "1、CPU核数≥16核\n2、内存≥256GB", 2, 60_000), ("防火墙", "1、吞吐量≥10Gbps", 1, 80_000))
    desk.compare(dearer)
    total = next(line for line in desk.variables["deviations"] if line["item"] == "项目合计")
    lines = [{**line, "disposition": "accepted"} for line in desk.variables["deviations"] if line is not total]
    denied = review(desk, deviations=[*lines, {**total, "override_verdict": "一致", "override_reason": "误读"}])
    assert denied is not None
    assert f"第 {total['no']} 项是由明细算出的合计，不能改判" in denied


def test_the_second_reviewer_overrules_only_by_sending_back(desk: Any, more_memory: Any) -> None:
    desk.compare(more_memory)
    assert review(desk, deviations=overruling(desk, "一致", "容量相同")) is None
    number = desk.variables["deviations"][0]["no"]
    proposed = [{"no": number, "override_verdict": "提高", "override_reason": "容量翻倍"}]
    denied = confirm(desk, returned_overrides=proposed)
    assert denied is not None
    assert "一个人不能单独改判" in denied
    unreasoned = [{"no": number, "override_verdict": "降低", "override_reason": ""}]
    denied = confirm(desk, "returned", returned_overrides=unreasoned)
    assert denied is not None
    assert "没有写明理由" in denied
    assert confirm(desk, "returned", returned_overrides=proposed) is None
    assert statements(desk)[-1] == (ReviewStage.SECOND, "zhao_min", "一致", "提高", "容量翻倍")
    # What was sent back is in the first reviewer's form, who signs it.
    returned = overruling(desk, "提高", "容量翻倍", disposition="revise", disposition_note="改回256GB")
    assert review(desk, deviations=returned) is None
    assert statements(desk)[-1] == (ReviewStage.FIRST, "li_qiang", "提高", "提高", "容量翻倍")
    assert confirm(desk) is None
    assert desk.run("settle_findings", reasonableness={})["required_change_count"] == 1
    assert [row.overruled for row in desk.findings() if row.tender == "内存≥512GB"] == [None]


def test_what_the_first_reviewer_takes_out_of_the_form_is_taken_back_on_record(desk: Any, more_memory: Any) -> None:
    desk.compare(more_memory)
    number = number_of(desk, "CPU核数≥16核")
    further = [{"no": number, "override_verdict": "降低", "override_reason": "x", "disposition": "accepted"}]
    assert review(desk, deviations=overruling(desk, "一致", "容量相同"), overrides=further) is None
    assert confirm(desk, "returned", returned_overrides=[]) is None
    again = overruling(desk, "", "", disposition="accepted")
    assert review(desk, person="zhao_min", deviations=again, overrides=[]) is None
    back = "初审人未作此项改判"
    assert sorted(statements(desk)[2:], key=lambda row: row[2]) == [
        (ReviewStage.FIRST, "zhao_min", "一致", "提高", back),
        (ReviewStage.FIRST, "zhao_min", "降低", "一致", back),
    ]


def test_a_list_out_of_which_everything_was_taken_says_so_by_its_count(desk: Any) -> None:
    desk.compare()
    worse = {"no": 1, "override_verdict": "降低", "override_reason": "x", "disposition": "accepted"}
    assert review(desk, deviations=[], overrides=[worse]) is None
    assert confirm(desk, "returned") is None
    assert review(desk, deviations=[], overrides=[worse], overrides_count=0) is None
    assert statements(desk)[-1] == (ReviewStage.FIRST, "li_qiang", "降低", "一致", "初审人未作此项改判")


def test_a_client_without_the_field_leaves_what_stands_under_its_own_name(desk: Any, more_memory: Any) -> None:
    desk.compare(more_memory)
    assert review(desk, deviations=overruling(desk, "一致", "容量相同")) is None
    assert confirm(desk, "returned", returned_overrides=[]) is None
    bare = [{"no": desk.variables["deviations"][0]["no"], "disposition": "accepted"}]
    assert review(desk, person="zhao_min", deviations=bare, overrides=None) is None
    assert statements(desk)[-1] == (ReviewStage.FIRST, "zhao_min", "一致", "一致", "容量相同")


def test_the_same_completion_twice_states_once(desk: Any, more_memory: Any) -> None:
    desk.compare(more_memory)
    form = overruling(desk, "一致", "容量相同")
    assert review(desk, deviations=form) is None
    assert review(desk, deviations=form) is None
    assert len(statements(desk)) == 1


def test_an_override_holds_in_the_next_round_while_the_texts_are_the_same(desk: Any, more_memory: Any) -> None:
    desk.compare(more_memory)
    number = number_of(desk, "吞吐量≥10Gbps")
    worse = {"no": number, "override_verdict": "降低", "override_reason": "按最小包长", "disposition": "revise"}
    assert review(desk, deviations=overruling(desk, "一致", "容量相同"), overrides=[worse]) is None
    assert confirm(desk) is None
    desk.variables["reasonableness"] = {}
    desk.conclude("修改后同意")
    returned = desk.compare(more_memory)
    # What a reviewer found against the machine is up again though the machine sees nothing in it.
    assert [(line["tender"], line["verdict"], line["machine_verdict"]) for line in returned["deviations"]] == [
        ("吞吐量≥10Gbps", "降低", "一致")
    ]
    assert returned["deviations"][0]["override_reason"] == "按最小包长"
    kept = {row.tender: (row.effective_verdict, row.carried_over) for row in desk.findings(2)}
    assert kept["内存≥512GB"] == ("一致", True)
    assert kept["吞吐量≥10Gbps"] == ("降低", False)
    carried = desk.look(lambda books: list(books.overrides.of_round(desk.review().id, 2)))
    assert [row.carried_from is not None for row in carried] == [True, True]


def test_an_override_of_a_text_that_changed_is_gone(desk: Any, more_memory: Any) -> None:
    desk.compare(more_memory)
    assert review(desk, deviations=overruling(desk, "一致", "容量相同")) is None
    assert confirm(desk) is None
    desk.variables["reasonableness"] = {}
    desk.conclude("修改后同意")
    changed = (("应用服务器", "1、CPU核数≥16核\n2、内存≥1024GB", 2, 50_000), more_memory[1])
    lines = desk.compare(changed)["deviations"]
    assert [(line["tender"], line["verdict"], line["override_verdict"]) for line in lines] == [
        ("内存≥1024GB", "提高", "")
    ]
    assert statements(desk, 2) == []


def test_the_opinion_counts_what_counts_and_tells_what_the_machine_said(desk: Any, more_memory: Any) -> None:
    desk.compare(more_memory)
    number = number_of(desk, "吞吐量≥10Gbps")
    worse = {"no": number, "override_verdict": "降低", "override_reason": "按最小包长", "disposition": "revise"}
    assert review(desk, deviations=overruling(desk, "一致", "容量相同"), overrides=[worse]) is None
    assert confirm(desk) is None
    desk.variables |= {"reasonableness": {}, "requirements": ""}
    desk.run("settle_findings", "render_opinion", conclusion="修改后同意")
    content = desk.look(lambda books: books.documents.content(desk.review().opinion_document))
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert "审查人员改判：按最小包长（系统判定：一致，" in text
    assert "提高 1 项" not in text
    assert "降低 1 项" in text
