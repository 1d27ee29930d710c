"""What was filled in and not submitted: kept for whoever holds the task, at any desk, until it is done."""

import pytest
from playwright.sync_api import Browser, expect

from records.database import Database
from records.drafts import TaskDrafts
from tests.gateway import browser as people
from tests.gateway.fake_engine import FakeEngine, a_user_task
from tests.gateway.recorded import Recorder
from tests.gateway.walk import Walker

KEY = "2251799813685300"
WORDS = {"variables": {"confirmation_comment": "同意"}}


def put(person: people.Browser, body: object = None) -> int:
    person.get("/projects")
    answer = person.http.put(f"/api/tasks/{KEY}/draft", json=body or WORDS, headers={"X-CSRF-Token": person.token})
    return int(answer.status_code)


def test_a_draft_is_given_back_to_its_author_only_and_is_gone_when_the_task_is_done(
    open_browser: people.OpenBrowser, engine: FakeEngine, database: Database
) -> None:
    engine.add(a_user_task(KEY, assignee="li_qiang"))
    author, colleague = open_browser("li_qiang"), open_browser("zhao_min")
    assert author.get(f"/api/tasks/{KEY}/form").json()["draft"] is None
    assert put(author) == 200
    elsewhere = open_browser("li_qiang")
    told = elsewhere.get(f"/api/tasks/{KEY}/form").json()["draft"]
    assert told == {"data": WORDS["variables"], "saved": "2026年11月23日 09:30"}
    assert colleague.get(f"/api/tasks/{KEY}/form").json()["draft"] is None
    author.get("/projects")
    assert author.send(f"/api/tasks/{KEY}/completion", WORDS).status_code == 200
    with database.reading() as session:
        assert TaskDrafts(session).of(int(KEY), "li_qiang") is None


def test_nobody_keeps_a_draft_of_a_task_that_is_not_theirs_or_without_a_token(
    open_browser: people.OpenBrowser, engine: FakeEngine
) -> None:
    engine.add(a_user_task(KEY, assignee="li_qiang"))
    assert put(open_browser("zhao_min")) == 409
    assert put(open_browser("admin")) == 409
    assert put(open_browser("chen_jing")) == 404
    forger = open_browser("li_qiang")
    assert forger.http.put(f"/api/tasks/{KEY}/draft", json=WORDS).status_code == 403
    engine.tasks[KEY]["state"] = "COMPLETED"
    assert put(open_browser("li_qiang")) == 409


@pytest.mark.browser
def test_a_form_with_lists_is_kept_too_while_nobody_leaves_the_field(
    browser: Browser, address: str, engine: FakeEngine, record_review: Recorder
) -> None:
    record_review()
    line = {"item": "应用服务器", "parameter": "内存", "approved": "≥256GB", "tender": "≥512GB", "verdict": "提高"}
    rows = [{"no": at, "reason": "要求提高", "explanation": "业务增长", **line} for at in (1, 2, 3)]
    engine.variables |= {"deviations": rows, "deviation_count": 3, "overrides": []}
    engine.add(a_user_task(KEY, assignee="li_qiang"))
    person = Walker(browser, address, "li_qiang")
    person.go(f"/tasks/{KEY}#no7")
    person.page.get_by_label("改判理由").fill("复核原文")
    expect(person.page.locator("[data-role=kept]")).to_contain_text("草稿已保存")
    person.go("/tasks")
    person.go(f"/tasks/{KEY}")
    expect(person.page.get_by_label("改判理由")).to_have_value("复核原文")
    expect(person.page.get_by_label("条目编号")).to_have_value("7")


@pytest.mark.browser
def test_what_was_typed_at_one_desk_is_there_at_the_next(browser: Browser, address: str, engine: FakeEngine) -> None:
    engine.add(a_user_task(KEY, assignee="li_qiang", elementId="confirm_review"))
    person = Walker(browser, address, "li_qiang")
    person.go(f"/tasks/{KEY}")
    person.type_into("复核意见", "存储容量按批复。")
    expect(person.page.locator("[data-role=kept]")).to_contain_text("草稿已保存")
    person.page.context.close()
    elsewhere = Walker(browser, address, "li_qiang")
    elsewhere.go(f"/tasks/{KEY}")
    expect(elsewhere.page.get_by_label("复核意见")).to_have_value("存储容量按批复。")
    expect(elsewhere.page.locator("[data-role=kept]")).to_contain_text("已恢复")
    assert person.complaints == elsewhere.complaints == []
