"""Names that reviewers find to be one: from the form to the dictionary, and from the dictionary to the next review."""

from datetime import timedelta
from typing import Any

import pytest

from domain.parameters.rules import shipped
from records.dictionary_changes import Acceptance, DictionaryChanges, Hand
from records.suggestions import Suggestions, SuggestionSearch
from tests.desk import NOW
from tests.parameter_review.desk import COMPARING

APPROVED = (("应用服务器", "1、CPU核数≥16核\n2、内存≥256GB", 2, 50_000), ("签约平台", "1、席位容量：≥200个", 1, 80_000))
RENAMED = (APPROVED[0], ("签约平台", "1、坐席容量：≥200个", 1, 80_000))
TODAY = NOW.date()


def suggestions(desk: Any) -> list[tuple[str, str, str, int]]:
    with desk.database.reading() as session:
        found = Suggestions(session).page(SuggestionSearch()).items
        return [(row.section, row.canonical, row.alias, row.confirmations) for row in found]


def settle(desk: Any, **first: Any) -> None:
    """Both reviewers sign with the first deviation answered so; the findings are settled."""
    line = {**desk.variables["deviations"][0], **first}
    assert desk.judge("review_parameters", "completing", "li_qiang", deviations=[line]) is None
    assert desk.judge("confirm_review", "completing", "zhao_min", confirmation="confirmed") is None
    desk.run("settle_findings", dispositions=[line], reasonableness={})


def accept(desk: Any, day: Any = TODAY) -> None:
    with desk.database.session() as session:
        (suggestion,) = Suggestions(session).page(SuggestionSearch()).items
        wanted = Acceptance(suggestion.id, swapped=False, effective_from=day)
        DictionaryChanges(session).accept(wanted, shipped(), Hand("admin", NOW, TODAY))


def test_the_form_tells_which_names_differ(desk: Any) -> None:
    desk.compare(RENAMED, APPROVED)
    (line,) = desk.variables["deviations"]
    assert (line["verdict"], line["names"]) == ("不可比/需人工", "参数名称：席位容量 ／ 坐席容量")


def test_calling_consistent_what_only_its_names_kept_from_it_suggests_them(desk: Any) -> None:
    desk.compare(RENAMED, APPROVED)
    settle(desk, override_verdict="一致", override_reason="同一指标")
    assert suggestions(desk) == [("names", "席位容量", "坐席容量", 1)]
    assert desk.audited_by().count(("synonym.suggested", "li_qiang")) == 1


def test_a_tick_suggests_them_whatever_the_verdict_is(desk: Any) -> None:
    fewer = (APPROVED[0], ("签约平台", "1、坐席容量：≥150个", 1, 80_000))
    desk.compare(fewer, APPROVED)
    settle(desk, disposition="revise", synonym=True)
    assert suggestions(desk) == [("names", "席位容量", "坐席容量", 1)]


@pytest.mark.parametrize("ticked", [False, None, "true", 1])
def test_without_either_nothing_is_suggested(desk: Any, ticked: Any) -> None:
    desk.compare(RENAMED, APPROVED)
    settle(desk, disposition="accepted", synonym=ticked)
    assert suggestions(desk) == []


def test_until_both_reviewers_agree_nothing_is_suggested(desk: Any) -> None:
    desk.compare(RENAMED, APPROVED)
    line = {**desk.variables["deviations"][0], "override_verdict": "一致", "override_reason": "同一指标"}
    assert desk.judge("review_parameters", "completing", "li_qiang", deviations=[line]) is None
    assert desk.judge("confirm_review", "completing", "zhao_min", confirmation="returned") is None
    assert suggestions(desk) == []


def test_what_is_accepted_makes_the_next_review_of_the_same_documents_consistent(desk: Any) -> None:
    desk.compare(RENAMED, APPROVED)
    settle(desk, override_verdict="一致", override_reason="同一指标")
    accept(desk)
    other = desk.another()
    assert other.compare(RENAMED, APPROVED)["deviation_count"] == 0
    assert {row.verdict for row in other.findings()} == {"一致"}
    pinned = [
        each.look(lambda books, each=each: books.dictionary.pinned(each.review().id, 1)) for each in (desk, other)
    ]
    assert [one.dictionary_version for one in pinned] == [0, 1]
    assert pinned[0].rules_version == shipped().version != pinned[1].rules_version


def test_an_entry_of_tomorrow_counts_tomorrow(desk: Any) -> None:
    desk.compare(RENAMED, APPROVED)
    settle(desk, override_verdict="一致", override_reason="同一指标")
    accept(desk, TODAY + timedelta(days=1))
    today, tomorrow = desk.another(), desk.another().another()
    assert today.compare(RENAMED, APPROVED)["deviation_count"] == 1
    tomorrow.submit(RENAMED, APPROVED)
    tomorrow.run("parse_documents", at=tomorrow.occasion(NOW + timedelta(days=1)))
    assert tomorrow.run(*COMPARING)["deviation_count"] == 0


def test_what_is_accepted_while_a_round_is_under_way_does_not_reach_it(desk: Any) -> None:
    desk.compare(RENAMED, APPROVED)
    settle(desk, override_verdict="一致", override_reason="同一指标")
    other = desk.another()
    other.submit(RENAMED, APPROVED)
    other.run("parse_documents")
    accept(desk)
    assert other.run(*COMPARING)["deviation_count"] == 1


APART = (APPROVED[0], ("签约平台", "1、柜员坐位上限：≥200个\n2、话机并线余量：≥200个", 1, 80_000))
"""The approved table with a parameter under so different a name that two of the tender's may be meant."""


def test_what_the_machine_did_not_set_against_each_other_is_joined_by_number(desk: Any) -> None:
    desk.compare(APART, APPROVED)
    lost, added, further = desk.variables["deviations"]  # two of one figure: which is meant, the machine does not guess
    assert (lost["verdict"], added["verdict"]) == ("缺失", "新增")
    same = {"override_verdict": "一致", "override_reason": "同一指标", "same_as": added["no"]}
    also = {"override_verdict": "一致", "override_reason": "同一指标", "same_as": lost["no"]}
    lines = [lost | same, added | also, further | {"disposition": "accepted"}]
    assert desk.judge("review_parameters", "completing", "li_qiang", deviations=lines) is None
    assert desk.judge("confirm_review", "completing", "zhao_min", confirmation="confirmed") is None
    desk.run("settle_findings", dispositions=lines, reasonableness={})
    assert suggestions(desk) == [("names", "席位容量", "柜员坐位上限", 1)]
    with desk.database.reading() as session:
        (suggestion,) = Suggestions(session).page(SuggestionSearch()).items
        (proof,) = Suggestions(session).evidence(suggestion.id)
        assert (proof.finding.approved, proof.tender_side.tender) == ("席位容量：≥200个", "柜员坐位上限：≥200个")
    accept(desk)
    other = desk.another()
    assert other.compare(APART, APPROVED)["deviation_count"] == 1


@pytest.mark.parametrize("other", [1, 99, "8", 2.5, True])
def test_a_number_that_cannot_be_the_other_side_is_refused(desk: Any, other: Any) -> None:
    desk.compare(APART, APPROVED)
    lines = [{**line, "disposition": "accepted", "same_as": other} for line in desk.variables["deviations"]]
    denied = desk.judge("review_parameters", "completing", "li_qiang", deviations=lines)
    assert denied is not None
    assert f"第 {lines[0]['no']} 项不能与“{other}”对应" in denied
