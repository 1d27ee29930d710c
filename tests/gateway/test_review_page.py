"""The findings of a round: what stands in a row, filters in the address, pages, the workbook, who may take it."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote

import openpyxl
import pytest

from domain.documents import Notice
from domain.parameters.verdicts import Finding, FindingKind, Subject, Verdict, identify
from domain.reasonableness import Hint, Topic
from domain.reasonableness import identify as identify_hints
from records.database import Database
from records.findings import PAGE
from records.hints import Answer, Hints
from records.models import AuditEvent, Document, ReviewStage
from records.overrides import Overrides, Stated, Statement
from records.reviews import Reviews
from records.tables import Tables
from tests.gateway.browser import OpenBrowser
from tests.gateway.recorded import NOW, Recorder, a_table

ReviewOf = Callable[..., int]
FINDING = Finding(
    Subject.PARAMETER, "计算资源", "应用服务器", "业务服务器", "内存", "≥256GB", "≥512GB", Verdict.RAISED, "要求提高",
    "设备清单!D2", "表1 第2行", "内存按 1024 进制", "第十八条", confidence=0.61,
)  # fmt: skip


def numbered(count: int) -> list[Finding]:
    """Findings in the order of a document, one in seven of them a deviation."""
    return [
        replace(
            FINDING,
            item=f"设备{at // 4}",
            tender_item=f"设备{at // 4}",
            parameter=f"参数{at}",
            verdict=Verdict.SAME if at % 7 else Verdict.LOWERED,
        )
        for at in range(count)
    ]


@pytest.fixture
def review_of(record_review: Recorder, database: Database) -> ReviewOf:
    """Return what puts findings into a second round of a review and gives the review's id."""

    def record(*findings: Finding) -> int:
        made = record_review()
        with database.session() as session:
            reviews = Reviews(session)
            review = reviews.with_id(made.review_id)
            assert review is not None
            reviews.start_round(review, 2, NOW)
            reviews.add_findings(review, identify(findings), {})
        return made.review_id

    return record


def parameters(page: str) -> list[str]:
    return re.findall(r'<td class="what"><b>(.*?)</b>', page)


def test_a_row_tells_verdict_reason_convention_basis_evidence_places_kind_and_confidence(
    open_browser: OpenBrowser, review_of: ReviewOf
) -> None:
    brand = replace(
        FINDING,
        verdict=Verdict.BRAND,
        kind=FindingKind.EXCLUSIVITY,
        tender="采用鲲鹏920",
        evidence="鲲鹏",
        confidence=1.0,
    )
    page = open_browser("li_qiang").get(f"/reviews/{review_of(FINDING, brand)}").text
    for expected in (
        "≥<mark>256</mark>GB", "≥<mark>512</mark>GB", '<mark class="evidence">鲲鹏</mark>', "要求提高",
        "判读：内存按 1024 进制", "依据：第十八条", "证据：鲲鹏", "设备清单!D2", "表1 第2行", "招标名称：业务服务器",
        "排他性", "把握 61%，请核对", "把握 100%", "计算资源</span>应用服务器",
    ):  # fmt: skip
        assert expected in page


def test_rows_stand_under_their_item_in_the_documents_order(open_browser: OpenBrowser, review_of: ReviewOf) -> None:
    page = open_browser("li_qiang").get(f"/reviews/{review_of(*numbered(9))}?verdict=").text
    assert parameters(page) == [f"参数{at}" for at in range(9)]
    assert re.findall(r'scope="rowgroup">.*?</span>(.*?)</th>', page) == ["设备0", "设备1", "设备2"]
    assert re.findall(r'<tr id="(n\d+)"', page) == [f"n{at}" for at in range(1, 10)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("verdict=提高", ["甲"]),
        ("kind=合规性", ["乙"]),
        ("subsystem=网络", ["丙"]),
        ("q=特征词", ["乙"]),
        ("q=ABC", ["丙"]),
        ("q=特征词 网络", []),
        ("q=100%25", []),
        ("open=1", ["甲", "乙", "丙"]),
        ("verdict=一致&open=1", []),
        ("verdict=", ["甲", "乙", "丙", "丁"]),
    ],
)
def test_each_filter_stands_in_the_address(
    open_browser: OpenBrowser, review_of: ReviewOf, query: str, found: list[str]
) -> None:
    review = review_of(
        replace(FINDING, parameter="甲"),
        replace(FINDING, parameter="乙", verdict=Verdict.ADDED, kind=FindingKind.COMPLIANCE, tender="含特征词"),
        replace(FINDING, parameter="丙", verdict=Verdict.LOWERED, subsystem="网络", tender_ref="Sheet!abc"),
        replace(FINDING, parameter="丁", verdict=Verdict.SAME),
    )
    page = open_browser("li_qiang").get(f"/reviews/{review}?{query}").text
    assert parameters(page) == found
    assert found or "没有符合条件的条目" in page


def test_what_was_dealt_with_is_not_open(open_browser: OpenBrowser, record_review: Recorder) -> None:
    page = open_browser("li_qiang").get(f"/reviews/{record_review().review_id}?open=1").text
    assert "DDR5" not in page
    assert "80TB" in page.replace("<mark>", "").replace("</mark>", "")


def test_the_verdicts_to_choose_from_keep_the_other_filters(open_browser: OpenBrowser, review_of: ReviewOf) -> None:
    page = open_browser("li_qiang").get(f"/reviews/{review_of(FINDING)}?subsystem=计算资源&q=内存").text
    links = [unquote(link) for link in re.findall(r'<a href="\?([^"]*)"', page)]
    assert "verdict=提高&amp;subsystem=计算资源&amp;q=内存" in links


def test_a_long_round_is_shown_page_by_page(open_browser: OpenBrowser, review_of: ReviewOf) -> None:
    browser, review = open_browser("li_qiang"), review_of(*numbered(2 * PAGE + 3))
    first = browser.get(f"/reviews/{review}?verdict=").text
    assert parameters(first) == [f"参数{at}" for at in range(PAGE)]
    assert f"第 1 页，共 3 页，{2 * PAGE + 3} 项" in first
    assert 'rel="next" href="?verdict=&amp;page=2"' in first
    assert 'rel="prev"' not in first
    assert 'data-further="?verdict=&amp;page=2#n57"' in first  # the first deviation of the second page
    assert parameters(browser.get(f"/reviews/{review}?verdict=&page=3").text) == ["参数100", "参数101", "参数102"]
    assert parameters(browser.get(f"/reviews/{review}?verdict=&page=900").text) == ["参数100", "参数101", "参数102"]


def test_a_verdict_put_in_the_machines_place_is_told_with_person_and_reason(
    open_browser: OpenBrowser, review_of: ReviewOf, database: Database
) -> None:
    review_id = review_of(FINDING, replace(FINDING, parameter="硬盘"))
    with database.session() as session:
        review = Reviews(session).with_id(review_id)
        assert review is not None
        wanted = Reviews(session).findings(review_id, 2)[0].finding_id
        said = Statement(wanted, "一致", "写法不同")
        Overrides(session).add(review, [said], Stated(ReviewStage.FIRST, "li_qiang", 1), NOW)
    browser = open_browser("li_qiang")
    assert "初审改判为“一致”，复核同意后生效：写法不同（李强）" in browser.get(f"/reviews/{review_id}").text
    with database.session() as session:
        review = Reviews(session).with_id(review_id)
        assert review is not None
        Overrides(session).settle(review)
    assert parameters(browser.get(f"/reviews/{review_id}").text) == ["硬盘"]
    page = browser.get(f"/reviews/{review_id}?verdict=一致").text
    assert "系统判定：提高" in page
    assert "初审改判为“一致”：写法不同（李强）" in page
    assert "系统理由：要求提高" in page
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"/reviews/{review_id}/findings.xlsx").content))
    told = [row[8:11] for row in book["全部比对"].iter_rows(values_only=True)]
    assert told[0] == ("判定", "系统判定", "审查人员改判")
    assert ("一致", "提高", "初审改判为“一致”：写法不同（李强）") in told


def test_a_change_shows_what_was_agreed_before_with_its_own_marks(
    open_browser: OpenBrowser, review_of: ReviewOf, database: Database
) -> None:
    review_id = review_of(FINDING, replace(FINDING, parameter="硬盘"))
    with database.session() as session:
        first, second = Reviews(session).findings(review_id, 2)
        first.agreed, second.agreed = "≥384GB", second.tender
    page = open_browser("li_qiang").get(f"/reviews/{review_id}").text
    assert "原审定：≥<mark>384</mark>GB" in page
    assert page.count("原审定") == 1


def test_hints_on_reasonableness_stand_below_with_their_answers(
    open_browser: OpenBrowser, review_of: ReviewOf, database: Database
) -> None:
    review_id = review_of(FINDING)
    hints = identify_hints(
        [Hint("low", Topic.PRICE, "", "应用服务器", "单价", "低于批复单价四成", figure="经验默认值40%")]
    )
    with database.session() as session:
        review = Reviews(session).with_id(review_id)
        assert review is not None
        Hints(session).add(review, hints, {})
        session.flush()
        Hints(session).answer(review, {hints[0].hint_id: Answer("dismissed", "市场降价")})
    browser = open_browser("li_qiang")
    page = browser.get(f"/reviews/{review_id}").text
    for expected in ("合理性提示", "低于批复单价四成", "经验默认值40%", "不采纳：市场降价"):
        assert expected in page
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"/reviews/{review_id}/findings.xlsx").content))
    assert [cell.value for cell in book["合理性提示"][2]][-1] == "不采纳：市场降价"


def test_the_findings_are_taken_as_a_workbook_and_the_trail_tells_by_whom(
    open_browser: OpenBrowser, review_of: ReviewOf, database: Database
) -> None:
    review_id, browser = review_of(FINDING, replace(FINDING, verdict=Verdict.SAME)), open_browser("wang_fang")
    answer = browser.get(f"/reviews/{review_id}/findings.xlsx?round=2")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    named = answer.headers["content-disposition"]
    assert named.startswith(f"attachment; filename=\"findings-{review_id}-2.xlsx\"; filename*=UTF-8''")
    assert unquote(named.rpartition("''")[2]) == "比对结果 城市运行一网统管平台 01包 硬件设备 第2轮.xlsx"
    assert answer.headers["cache-control"] == "private, no-store"
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert [len(list(book[name].iter_rows())) for name in ("偏差", "全部比对")] == [2, 3]
    facts = {row[0]: row[1] for row in book["汇总"].iter_rows(max_col=2, values_only=True)}
    assert facts["项目代码"] == "2412-210100-17-01-140662"
    assert facts["批复合计"] == 12_345_678
    with database.reading() as session:
        event = session.query(AuditEvent).filter_by(action="findings.exported").one()
    assert event.actor == "wang_fang"
    assert json.loads(event.payload)["round"] == 2
    history = browser.get("/projects/2412-210100-17-01-140662").text
    assert "第2轮：导出比对结果（.xlsx）" in history


def test_what_the_readers_noticed_stands_in_the_workbooks_summary(
    open_browser: OpenBrowser, record_review: Recorder, database: Database
) -> None:
    made = record_review()
    with database.session() as session:
        review = Reviews(session).with_id(made.review_id)
        assert review is not None
        Reviews(session).start_round(review, 2, NOW)
        document = session.get_one(Document, made.tender_id)
        noticed = replace(a_table(document, 100), notices=(Notice("no_header", "没有表头，未比对", "表2"),))
        Tables(session).store_tender(review.id, 2, document, noticed, NOW)
    content = open_browser("li_qiang").get(f"/reviews/{made.review_id}/findings.xlsx").content
    said = [row[0] for row in openpyxl.load_workbook(io.BytesIO(content))["汇总"].values]
    assert said[-2:] == ["读取提示", "招标文件：没有表头，未比对（表2）"]


def test_a_round_before_its_files_were_read_gives_a_workbook_too(
    open_browser: OpenBrowser, review_of: ReviewOf
) -> None:
    answer = open_browser("li_qiang").get(f"/reviews/{review_of()}/findings.xlsx")
    facts = {row[0]: row[1] for row in openpyxl.load_workbook(io.BytesIO(answer.content))["汇总"].values}
    assert facts["招标合计"] == "未读出"
    assert facts["规则版本"] == "比对时尚未登记规则版本"


def test_another_units_findings_are_nobodys_to_take(open_browser: OpenBrowser, record_review: Recorder) -> None:
    review = record_review(code="2501-210100-17-01-000001", unit_code="other", instance_key=7)
    for person, status in (("wang_fang", 404), ("chen_jing", 404), ("li_qiang", 200)):
        assert open_browser(person).get(f"/reviews/{review.review_id}/findings.xlsx").status_code == status
    assert open_browser("li_qiang").get(f"/reviews/{review.review_id}/findings.xlsx?round=9").status_code == 404
