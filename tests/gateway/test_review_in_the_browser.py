"""The findings in Debian's Chromium: walked by keys, filtered in place, usable without scripts and on a phone."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from domain.parameters.verdicts import Finding, Subject, Verdict, identify
from records.database import Database
from records.findings import PAGE
from records.reviews import Reviews
from tests.gateway.fake_engine import FakeEngine, a_user_task
from tests.gateway.recorded import NOW, Recorder
from tests.gateway.screenshots import sign_in
from tests.gateway.walk import Walker

pytestmark = pytest.mark.browser
FINDING = Finding(
    Subject.PARAMETER, "计算资源", "应用服务器", "应用服务器", "内存", "内存：≥256GB DDR4", "内存：≥512GB DDR4",
    Verdict.RAISED, "批复“≥256GB”，招标“≥512GB”，要求提高", "设备清单!D5 第3条", "表1 第3行 第3条",
)  # fmt: skip


@pytest.fixture
def long_review(record_review: Recorder, database: Database) -> str:
    """The address of a review of a page and a half, in which the second, third and the last finding deviate."""
    count = PAGE + PAGE // 2
    findings = [
        replace(FINDING, parameter=f"参数{at}", verdict=Verdict.RAISED if at in {2, 3, count} else Verdict.SAME)
        for at in range(1, count + 1)
    ]
    return _recorded(record_review, database, findings)


def _recorded(record_review: Recorder, database: Database, findings: list[Finding]) -> str:
    made = record_review()
    with database.session() as session:
        review = Reviews(session).with_id(made.review_id)
        assert review is not None
        Reviews(session).start_round(review, 2, NOW)
        Reviews(session).add_findings(review, identify(findings), {})
    return f"/reviews/{made.review_id}"


def in_hand(page: Page) -> str:
    """The finding whose row has the focus."""
    return str(page.evaluate("document.activeElement.id"))


def test_rows_are_walked_by_keys_and_n_goes_to_the_next_deviation_over_the_page(
    browser: Browser, address: str, long_review: str
) -> None:
    person = Walker(browser, address, "li_qiang")
    person.go(f"{long_review}?verdict=")
    keys = person.page.keyboard
    for key, row in (
        ("j", "n1"),
        ("j", "n2"),
        ("ArrowDown", "n3"),
        ("k", "n2"),
        ("ArrowUp", "n1"),
        ("n", "n2"),
        ("n", "n3"),
    ):
        keys.press(key)
        assert in_hand(person.page) == row, key
    expect(person.page.locator("#n3")).to_be_in_viewport()
    keys.press("n")
    person.page.wait_for_url(f"**verdict=&page=2#n{PAGE + PAGE // 2}")
    assert in_hand(person.page) == f"n{PAGE + PAGE // 2}"
    keys.press("[")
    person.page.wait_for_url("**verdict=")
    keys.press("1")
    person.page.wait_for_url(f"**{long_review}?")
    expect(person.page.locator("[data-row]")).to_have_count(3)
    assert person.complaints == []


def test_f_searches_and_letters_typed_there_are_no_commands(browser: Browser, address: str, long_review: str) -> None:
    person = Walker(browser, address, "li_qiang")
    person.go(f"{long_review}?verdict=")
    person.page.keyboard.press("f")
    person.page.keyboard.type("参数1 knj")
    assert person.page.evaluate("document.activeElement.name") == "q"
    person.page.locator("[name=q]").fill("参数12")
    person.page.keyboard.press("Enter")
    person.page.wait_for_url("**verdict=&round=2&q=*12")
    assert "subsystem" not in person.page.url  # what is not filtered by stays out of the address
    expect(person.page.locator("[data-row]")).to_have_count(1)


def test_the_question_mark_tells_the_keys_and_escape_closes_them(
    browser: Browser, address: str, long_review: str
) -> None:
    person = Walker(browser, address, "li_qiang")
    person.go(long_review)
    help_text = person.page.get_by_role("dialog", name="键盘操作")
    expect(help_text).to_be_hidden()
    person.page.keyboard.press("?")
    expect(help_text).to_be_visible()
    person.page.keyboard.press("j")
    assert in_hand(person.page) != "n2"
    person.page.keyboard.press("Escape")
    expect(help_text).to_be_hidden()


def test_without_scripts_everything_is_there_with_a_button_to_press(
    browser: Browser, address: str, long_review: str
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    sign_in(page, address, "li_qiang")
    page.goto(f"{address}{long_review}")
    expect(page.locator("[data-row]")).to_have_count(3)
    page.get_by_label("查找名称、参数、文字或位置").fill(f"参数{PAGE + PAGE // 2}")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator("[data-row]")).to_have_count(1)
    page.get_by_role("link", name="全部").first.click()
    expect(page.locator("[data-row]")).to_have_count(1)
    with page.expect_download() as taken:
        page.get_by_role("link", name="导出 .xlsx").click()
    assert taken.value.suggested_filename.endswith("第2轮.xlsx")
    context.close()


def test_on_a_phone_a_deviation_takes_a_quarter_of_the_screen_and_nothing_sticks_out(
    browser: Browser, address: str, record_review: Recorder, database: Database
) -> None:
    findings = [
        replace(FINDING, parameter=f"参数{at}", item=f"设备{at // 3}", tender_item=f"设备{at // 3}") for at in range(36)
    ]
    path = _recorded(record_review, database, findings)
    person = Walker(browser, address, "li_qiang", width=390)
    person.go(path)
    table = person.page.locator("[data-rows]").bounding_box()
    assert table is not None
    assert table["height"] < 36 * 844 / 4
    assert person.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert person.complaints == []


def test_on_a_phone_a_long_form_shows_both_sides_and_unfolds_the_fields_in_their_turn(
    browser: Browser, address: str, engine: FakeEngine
) -> None:
    line = {"item": "应用服务器", "parameter": "内存", "approved": "≥256GB", "tender": "≥512GB", "verdict": "提高"}
    engine.variables["deviations"] = [{"no": at, "reason": "要求提高", **line} for at in range(1, 37)]
    engine.variables["deviation_count"] = 36
    key = engine.add(a_user_task(assignee="li_qiang"))["userTaskKey"]
    person = Walker(browser, address, "li_qiang", width=390)
    person.go(f"/tasks/{key}")
    rows = person.page.locator(".finding-row")
    expect(rows).to_have_count(36)
    boxes = [row.bounding_box() for row in rows.all()]
    assert sum(box["height"] for box in boxes if box) < 36 * 160
    expect(rows.nth(4).get_by_text("要求提高")).to_be_hidden()
    rows.nth(4).get_by_role("button", name="填写").click()
    expect(rows.nth(4).get_by_text("要求提高")).to_be_visible()
    person.page.get_by_role("button", name="下一项").click()
    expect(rows.nth(5).get_by_text("要求提高")).to_be_visible()
    assert person.complaints == []
