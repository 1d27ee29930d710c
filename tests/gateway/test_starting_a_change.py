"""A change during procurement is asked for from the project's page, with what is known already filled in."""

import io
from datetime import date, timedelta

import openpyxl
import pytest

from records.changes import Changes, NewChange
from records.database import Database
from records.models import Document, ReviewState
from records.reviews import Request, Reviews
from tests.gateway.browser import OpenBrowser
from tests.gateway.recorded import INSTANCE, NOW, Recorder, Reviewed

CHANGE = NewChange("更正公告", "仅列变更条目", "质疑成立", "JH26-1", date(2026, 11, 20), 1, 1)


@pytest.fixture
def agreed(database: Database, record_review: Recorder) -> Reviewed:
    recorded = record_review()
    with database.session() as session:
        review = Reviews(session).with_id(recorded.review_id)
        assert review is not None
        session.get_one(Document, recorded.opinion_id).file_name = "技术参数审查意见 沈数技审〔2026〕12号.docx"
        Reviews(session).move(review, ReviewState.AGREED, NOW)
    return recorded


def begin_change(database: Database, recorded: Reviewed) -> int:
    with database.session() as session:
        before = Reviews(session).with_id(recorded.review_id)
        assert before is not None
        asked = Request(INSTANCE + 1, before.project_id, before.package, "沈发改审批[2026]18号", None, "wang_fang")
        review = Reviews(session).open(asked, NOW + timedelta(days=1))
        review.baseline_table_id = before.baseline_table_id
        Changes(session).record(review, CHANGE)
        return review.id


def test_a_clerk_of_the_unit_is_offered_the_change_of_what_was_agreed(
    open_browser: OpenBrowser, agreed: Reviewed
) -> None:
    browser = open_browser("wang_fang")
    address = f"/start/parameter_review?change_of={agreed.review_id}"
    assert address in browser.get(f"/projects/{agreed.project_code}").text
    assert f"/api/start/parameter_review/form?change_of={agreed.review_id}" in browser.get(address).text
    assert browser.get(f"/api{address.replace('?', '/form?')}").json()["data"] == {
        "review_kind": "更正公告",
        "project_code": agreed.project_code,
        "project_name": "城市运行一网统管平台",
        "unit_code": "csyx",
        "unit_name": "沈阳市城市运行服务中心",
        "package_name": "01包 硬件设备",
        "earlier_opinion": "沈数技审〔2026〕12号",
    }


def test_it_is_not_offered_to_reviewers_nor_before_the_review_was_agreed_nor_while_a_change_runs(
    open_browser: OpenBrowser, database: Database, agreed: Reviewed
) -> None:
    page = f"/projects/{agreed.project_code}"
    assert "发起变更审查" not in open_browser("li_qiang").get(page).text
    running = begin_change(database, agreed)
    assert "发起变更审查" not in open_browser("wang_fang").get(page).text
    form = open_browser("wang_fang").get(f"/api/start/parameter_review/form?change_of={running}")
    assert form.status_code == 404


def test_what_was_agreed_for_another_unit_is_not_told(open_browser: OpenBrowser, record_review: Recorder) -> None:
    other = record_review("2412-210100-17-01-999999", "jtj", INSTANCE + 5)
    form = open_browser("wang_fang").get(f"/api/start/parameter_review/form?change_of={other.review_id}")
    assert form.status_code == 404


def test_a_changes_page_says_what_it_changes_and_the_approved_table_stays_with_the_first_review(
    open_browser: OpenBrowser, database: Database, agreed: Reviewed
) -> None:
    change = begin_change(database, agreed)
    browser = open_browser("li_qiang")
    page = browser.get(f"/reviews/{change}").text
    assert "采购中变更：更正公告（质疑成立），JH26-1，2026年11月20日" in page
    assert f"/reviews/{agreed.review_id}?round=1" in page
    project = browser.get(f"/projects/{agreed.project_code}").text
    assert project.count("审批后方案参数价格表.xlsx") == 1


def test_a_changes_workbook_has_what_was_agreed_and_another_reviews_has_not(
    open_browser: OpenBrowser, database: Database, agreed: Reviewed
) -> None:
    change, browser = begin_change(database, agreed), open_browser("li_qiang")
    headers = []
    for review_id in (change, agreed.review_id):
        content = browser.get(f"/reviews/{review_id}/findings.xlsx").content
        (header,) = openpyxl.load_workbook(io.BytesIO(content))["偏差"].iter_rows(max_row=1, values_only=True)
        headers.append("原审定" in header)
    assert headers == [True, False]
