"""Between the findings and the task in Debian's Chromium: there and back again, without a number to remember."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.gateway.fake_engine import FakeEngine, a_user_task
from tests.gateway.recorded import Recorder
from tests.gateway.walk import Walker

pytestmark = pytest.mark.browser


def a_deviation(number: int) -> dict[str, Any]:
    line = {"item": "应用服务器", "parameter": "内存", "approved": "≥256GB", "tender": "≥512GB", "verdict": "提高"}
    return {"no": number, "reason": "要求提高", "explanation": "业务增长", **line}


def test_a_finding_named_in_the_address_is_in_hand_when_the_form_is_drawn(
    browser: Browser, address: str, engine: FakeEngine
) -> None:
    engine.variables |= {"deviations": [a_deviation(at) for at in range(3, 40, 3)], "deviation_count": 13}
    key = engine.add(a_user_task(assignee="li_qiang"))["userTaskKey"]
    wanted = 36
    person = Walker(browser, address, "li_qiang")
    person.go(f"/tasks/{key}#no{wanted}")
    row = person.page.locator(".finding-row", has=person.page.locator(":focus"))
    expect(row).to_contain_text(f"{wanted}．")
    expect(row).to_be_in_viewport()
    assert person.complaints == []


def test_a_finding_that_is_not_listed_is_overruled_by_number_with_its_name_beside_it(
    browser: Browser, address: str, engine: FakeEngine, record_review: Recorder
) -> None:
    review = record_review()
    engine.variables |= {"deviations": [a_deviation(2), a_deviation(3)], "deviation_count": 2, "overrides": []}
    key = engine.add(a_user_task(assignee="li_qiang"))["userTaskKey"]
    person = Walker(browser, address, "li_qiang")
    person.go(f"/reviews/{review.review_id}?verdict=")
    person.page.keyboard.press("j")
    person.page.keyboard.press("e")
    person.page.wait_for_url(f"**/tasks/{key}#no1")
    number = person.page.get_by_label("条目编号")
    expect(number).to_have_value("1")
    told = person.page.locator(".numbered")
    expect(told).to_have_text("应用支撑平台·应用服务器·CPU核数一致批复不低于16核招标≥16核")
    number.fill("77")
    expect(told).to_have_text("本轮比对没有第 77 项，请核对编号。")
    assert engine.completed == {}


def test_a_listed_finding_leads_to_itself_among_its_neighbours(
    browser: Browser, address: str, engine: FakeEngine, record_review: Recorder
) -> None:
    review = record_review()
    engine.variables |= {"deviations": [a_deviation(2)], "deviation_count": 1}
    key = engine.add(a_user_task(assignee="li_qiang"))["userTaskKey"]
    person = Walker(browser, address, "li_qiang")
    person.go(f"/tasks/{key}")
    with person.page.context.expect_page() as opened:
        person.page.get_by_role("link", name="第 2 项：在逐项比对中对照前后文").click()
    expect(opened.value.locator("#n2")).to_be_focused()
    assert opened.value.url.endswith(f"/reviews/{review.review_id}?round=1&verdict=&page=1#n2")


def test_whoever_takes_the_task_on_the_way_still_arrives_at_the_finding(
    browser: Browser, address: str, engine: FakeEngine, record_review: Recorder
) -> None:
    review = record_review()
    engine.variables |= {"deviations": [a_deviation(2), a_deviation(3)], "deviation_count": 2}
    engine.add(a_user_task())
    person = Walker(browser, address, "li_qiang")
    person.go(f"/reviews/{review.review_id}/task?no=3")
    person.page.get_by_role("button", name="领取").click()
    row = person.page.locator(".finding-row", has=person.page.locator(":focus"))
    expect(row).to_contain_text("3．")
    expect(person.page.get_by_role("button", name="提交办结")).to_be_visible()
