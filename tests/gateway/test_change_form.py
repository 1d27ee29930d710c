"""The start form of a change in Debian's Chromium: what a change does not need is not asked for, nor sent."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from records.database import Database
from records.models import Document, ReviewState
from records.reviews import Reviews
from tests.gateway.fake_engine import FakeEngine
from tests.gateway.recorded import NOW, Recorder
from tests.gateway.walk import Walker, write_table

pytestmark = pytest.mark.browser


def test_a_change_is_filled_in_from_what_was_agreed_and_asks_for_the_notice_only(  # noqa: PLR0917 - fixtures
    browser: Browser,
    address: str,
    engine: FakeEngine,
    database: Database,
    record_review: Recorder,
    tmp_path: Path,
) -> None:
    recorded = record_review()
    with database.session() as session:
        review = Reviews(session).with_id(recorded.review_id)
        assert review is not None
        session.get_one(Document, recorded.opinion_id).file_name = "技术参数审查意见 沈数技审〔2026〕12号.docx"
        Reviews(session).move(review, ReviewState.AGREED, NOW)
    person = Walker(browser, address, "wang_fang")
    person.go(f"/projects/{recorded.project_code}")
    person.page.get_by_role("link", name="发起变更审查").click()
    form = person.page.locator("[data-role=form]")
    expect(form.get_by_label("项目名称")).to_have_value("城市运行一网统管平台")
    expect(form.get_by_label("批复文号")).to_have_count(0)
    expect(person.page.locator("input[type=file]")).to_have_count(1)
    person.type_into("公告或函件文号", "JH26-210100-00001-1")
    form.get_by_label("公告或函件日期").last.fill("2026/11/20")
    person.page.keyboard.press("Enter")
    for label, choice in {"变更原因": "质疑成立", "变更文件的内容": "仅列变更条目"}.items():
        field = form.locator(".fjs-form-field-select", has_text=label)
        field.locator(".fjs-input-group").click()
        field.get_by_text(choice, exact=True).click()
    person.page.locator("input[type=file]").set_input_files(write_table(tmp_path / "更正公告.xlsx"))
    person.page.get_by_role("button", name="提交送审").click()
    person.page.wait_for_url("**/instances/*")
    (created,) = engine.created
    sent = created["variables"]
    assert {name: value for name, value in sent.items() if isinstance(value, str)} == {
        "review_kind": "更正公告",
        "project_code": recorded.project_code,
        "project_name": "城市运行一网统管平台",
        "unit_code": "csyx",
        "unit_name": "沈阳市城市运行服务中心",
        "package_name": "01包 硬件设备",
        "earlier_opinion": "沈数技审〔2026〕12号",
        "change_reason": "质疑成立",
        "change_scope": "仅列变更条目",
        "change_notice_number": "JH26-210100-00001-1",
        "change_notice_date": "2026-11-20",
        "submitted_by": "wang_fang",
    }
    assert [reference["metadata"]["fileName"] for reference in sent["tender_document"]] == ["更正公告.xlsx"]
    assert person.complaints == []
