"""The findings of a round, looked through: filters, pages, what the filters would give, on each database."""

from dataclasses import replace

import pytest

from domain.parameters.verdicts import Finding, FindingKind, Subject, Verdict, identify
from records.database import Database
from records.findings import DEVIATIONS, PAGE, FindingPage, Findings, FindingSearch, Overview
from records.models import ReviewStage
from records.overrides import Overrides, Stated, Statement
from records.projects import NewProject, Projects
from records.reviews import Judgement, Request, Reviews
from tests.records.conftest import NOW

FINDING = Finding(
    Subject.PARAMETER, "机房", "服务器", "服务器", "内存", "≥256GB", "≥512GB", Verdict.RAISED, "要求提高", "A1", "B1"
)
SAME = replace(FINDING, verdict=Verdict.SAME)


def recorded(database: Database, *findings: Finding) -> int:
    """A review of a round with these findings."""
    with database.session() as session:
        project = Projects(session).register(NewProject("2412-210100", "平台", "csyx", "中心"), NOW)
        review = Reviews(session).open(Request(1, project.id, "包", "号", None, "wang_fang"), NOW)
        Reviews(session).add_findings(review, identify(findings), {})
        return review.id


def looked(database: Database, review_id: int, search: FindingSearch, number: int = 1) -> FindingPage:
    with database.reading() as session:
        return Findings(session, review_id, 1).page(search, number)


def overview(database: Database, review_id: int) -> Overview:
    with database.reading() as session:
        return Findings(session, review_id, 1).overview()


def test_the_overview_counts_verdicts_deviations_by_kind_and_what_is_open(database: Database) -> None:
    review_id = recorded(
        database,
        SAME,
        replace(FINDING, parameter="甲", subsystem="网络"),
        replace(FINDING, parameter="乙", verdict=Verdict.ADDED, kind=FindingKind.COMPLIANCE, subsystem="安全"),
        replace(SAME, parameter="丙", subsystem="网络"),
        replace(SAME, parameter="丁", subsystem=""),
    )
    assert overview(database, review_id) == Overview(
        {"一致": 3, "提高": 1, "新增": 1},
        {"一致性": 1, "合规性": 1},
        ["机房", "网络", "安全"],
        2,
        {
            ("一致", "一致性", "机房", False): 1,
            ("一致", "一致性", "网络", False): 1,
            ("一致", "一致性", "", False): 1,
            ("提高", "一致性", "网络", True): 1,
            ("新增", "合规性", "安全", True): 1,
        },
    )
    with database.session() as session:
        review = Reviews(session).of_instance(1)
        decided = Reviews(session).findings(review_id, 1)[1].finding_id
        Reviews(session).judge(review, {decided: Judgement("accepted")})
    assert overview(database, review_id).open == 1
    assert [row.parameter for row in looked(database, review_id, FindingSearch(only_open=True)).rows] == ["乙"]


def test_a_round_without_findings_has_one_empty_page(database: Database) -> None:
    review_id = recorded(database)
    assert overview(database, review_id) == Overview({}, {}, [], 0)
    page = looked(database, review_id, FindingSearch(), 7)
    assert (page.rows, page.found, page.number, page.pages) == ([], 0, 1, 1)


def test_the_verdict_that_counts_is_the_one_reviewers_put_in_the_machines_place(database: Database) -> None:
    review_id = recorded(database, FINDING, replace(FINDING, parameter="甲"))
    with database.session() as session:
        review = Reviews(session).of_instance(1)
        stated = Stated(ReviewStage.FIRST, "li_qiang", 5)
        first = Reviews(session).findings(review_id, 1)[0].finding_id
        Overrides(session).add(review, [Statement(first, "一致", "写法不同")], stated, NOW)
        Overrides(session).settle(review)
    assert overview(database, review_id).verdicts == {"一致": 1, "提高": 1}
    assert [row.parameter for row in looked(database, review_id, FindingSearch(DEVIATIONS)).rows] == ["甲"]
    assert [row.parameter for row in looked(database, review_id, FindingSearch("一致")).rows] == ["内存"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("双活", ["甲"]),
        ("raid", ["乙"]),
        ("RAID 0/1", ["乙"]),
        ("机架 双活", []),
        ("服务器 双活", ["甲"]),
        ("100%", ["丙"]),
        ("%", ["丙"]),
        ("_", []),
        ("   ", ["甲", "乙", "丙"]),
        ("b1", ["甲", "乙", "丙"]),
    ],
)
def test_words_are_found_in_names_texts_and_places_as_they_stand(
    database: Database, words: str, found: list[str]
) -> None:
    review_id = recorded(
        database,
        replace(FINDING, parameter="甲", approved="支持双活"),
        replace(FINDING, parameter="乙", tender="支持RAID 0/1"),
        replace(FINDING, parameter="丙", reason="由90%变为100%"),
    )
    assert [row.parameter for row in looked(database, review_id, FindingSearch(words=words)).rows] == found


@pytest.mark.parametrize("words", ["", "参数"])
def test_pages_hold_fifty_in_the_documents_order_and_end_with_the_last(database: Database, words: str) -> None:
    count = 2 * PAGE + 1
    review_id = recorded(database, *(replace(FINDING, parameter=f"参数{at}") for at in range(count)))
    search = FindingSearch(words=words)
    assert [row.position for row in looked(database, review_id, search, 2).rows] == list(range(PAGE, 2 * PAGE))
    last = looked(database, review_id, search, 99)
    assert ([row.position for row in last.rows], last.found, last.number, last.pages) == ([2 * PAGE], count, 3, 3)


def test_the_next_deviation_is_told_with_its_page(database: Database) -> None:
    findings = [replace(FINDING if at in {1, 70} else SAME, parameter=f"参数{at}") for at in range(90)]
    review_id = recorded(database, *findings)
    with database.reading() as session:
        of_round, every = Findings(session, review_id, 1), FindingSearch()
        assert of_round.next_deviation(every, -1) == 1
        assert of_round.next_deviation(every, 1) == 70
        assert of_round.page_with(every, 70) == 2
        assert of_round.page_with(FindingSearch(DEVIATIONS), 70) == 1
        assert of_round.next_deviation(every, 70) is None
