"""The pages in Debian's Chromium: the form, its files and its mishaps over the hand-written engine; a whole review."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.gateway.fake_engine import INSTANCE, FakeEngine, a_user_task
from tests.gateway.recorded import Recorder
from tests.gateway.walk import Walker, write_table
from tests.system import running_system

pytestmark = pytest.mark.browser


def test_a_form_says_in_chinese_what_is_missing_and_submits_nothing(
    browser: Browser, address: str, engine: FakeEngine
) -> None:
    key = engine.add(a_user_task(assignee="li_qiang"))["userTaskKey"]
    person = Walker(browser, address, "li_qiang")
    person.go(f"/tasks/{key}")
    person.page.get_by_role("button", name="提交办结").click()
    expect(person.page.locator("[data-role=message]")).to_contain_text("处没有填好")
    expect(person.page.get_by_text("请填写此项。").first).to_be_visible()
    assert engine.completed == {}
    assert person.complaints == []


def test_what_was_typed_survives_a_reload_and_is_submitted_once(
    browser: Browser, address: str, engine: FakeEngine
) -> None:
    key = engine.add(a_user_task(assignee="li_qiang", elementId="confirm_review"))["userTaskKey"]
    person = Walker(browser, address, "li_qiang")
    person.go(f"/tasks/{key}")
    person.type_into("复核意见", "同意，存储容量按批复。")
    person.page.wait_for_timeout(500)
    person.go(f"/tasks/{key}")
    expect(person.page.get_by_label("复核意见")).to_have_value("同意，存储容量按批复。")
    person.page.get_by_label("同意初审意见").check()
    person.page.get_by_role("button", name="提交办结").dblclick()
    person.page.wait_for_url("**/tasks?said=done")
    assert engine.completed[key]["confirmation_comment"] == "同意，存储容量按批复。"
    assert engine.asked.count(f"POST user-tasks/{key}/completion") == 1


def a_deviation(number: int, verdict: str, approved: str, tender: str) -> dict[str, Any]:
    return {
        "no": number, "item": "应用服务器", "parameter": "内存", "verdict": verdict, "reason": "见两栏",
        "approved": approved, "tender": tender, "explanation": "业务增长",
    }  # fmt: skip


LONG = {
    "deviation_count": 3,
    "more_deviations": 0,
    "warnings_note": "",
    "confirmation": "",
    "deviations": [
        a_deviation(3, "提高", "内存：不低于256GB", "内存：≥512GB"),
        a_deviation(7, "降低", "质保：3年", "质保：1年"),
        a_deviation(9, "降低", "容量：≥100TB", "（无）"),
    ],
}


def test_many_rows_get_one_answer_by_verdict_which_can_be_taken_back_and_the_next_open_row_is_found(
    browser: Browser, address: str, engine: FakeEngine
) -> None:
    engine.variables = LONG
    key = engine.add(a_user_task(assignee="li_qiang"))["userTaskKey"]
    person = Walker(browser, address, "li_qiang")
    person.go(f"/tasks/{key}")
    page, rows = person.page, person.page.locator(".finding-row")
    expect(rows.nth(0).locator("mark")).to_have_text(["256", "512"])
    expect(rows.nth(2).locator("mark")).to_have_count(0)
    expect(page.locator("[data-role=open]")).to_have_text("还有 3 项未填")
    page.get_by_role("button", name="降低 2").click()
    expect(page.locator(".finding-row:visible")).to_have_count(2)
    page.get_by_label("批量填入", exact=True).select_option(label="须修改：按批复修改后复审")
    page.get_by_label("批量填入的理由").fill("按批复修改")
    page.get_by_role("button", name="填入 2 行").click()
    expect(page.locator("[data-role=open]")).to_have_text("还有 1 项未填")
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("[data-role=open]")).to_have_text("还有 3 项未填")
    page.get_by_role("button", name="填入 2 行").click()
    page.get_by_role("button", name="下一项").click()
    expect(rows.nth(0)).to_be_visible()
    assert rows.nth(0).evaluate("row => row.contains(document.activeElement)")
    page.keyboard.press("Enter")
    expect(page.locator("[data-role=open]")).to_have_text("各项均已填写")
    for question in page.locator(".fjs-form-field-radio").all():
        question.get_by_label("合理", exact=True).check()
    person.submit()
    said = [(row["no"], row["disposition"], row.get("disposition_note")) for row in engine.completed[key]["deviations"]]
    assert said == [(3, "accepted", ""), (7, "revise", "按批复修改"), (9, "revise", "按批复修改")]
    assert person.complaints == []


def test_a_failed_submission_keeps_the_form_and_can_be_repeated(
    browser: Browser, address: str, engine: FakeEngine
) -> None:
    key = engine.add(a_user_task(assignee="li_qiang", elementId="confirm_review"))["userTaskKey"]
    person = Walker(browser, address, "li_qiang")
    person.go(f"/tasks/{key}")
    person.page.get_by_label("同意初审意见").check()
    engine.broken = 503
    person.page.get_by_role("button", name="提交办结").click()
    expect(person.page.locator("[data-role=message]")).to_contain_text("系统正忙")
    engine.broken = None
    person.submit()
    assert engine.completed[key]["confirmation"] == "confirmed"


def test_signing_in_again_in_another_tab_saves_the_open_form(
    browser: Browser, address: str, engine: FakeEngine
) -> None:
    key = engine.add(a_user_task(assignee="li_qiang", elementId="confirm_review"))["userTaskKey"]
    person = Walker(browser, address, "li_qiang")
    person.go(f"/tasks/{key}")
    person.page.get_by_label("同意初审意见").check()
    person.sign_in_again()
    person.submit()
    assert engine.completed[key]["confirmation"] == "confirmed"


def test_an_open_form_stays_when_its_live_diagram_hears_that_the_sign_in_is_over(
    browser: Browser, address: str, engine: FakeEngine
) -> None:
    key = engine.add(a_user_task(assignee="li_qiang", elementId="confirm_review"))["userTaskKey"]
    person = Walker(browser, address, "li_qiang")
    person.go(f"/tasks/{key}")
    person.type_into("复核意见", "同意，存储容量按批复。")
    with person.page.expect_response(lambda answer: answer.url.endswith("/progress") and answer.status == 401):
        person.sign_out_elsewhere()
    person.page.wait_for_timeout(300)
    expect(person.page.get_by_label("复核意见")).to_have_value("同意，存储容量按批复。")
    person.page.get_by_label("同意初审意见").check()
    person.page.get_by_role("button", name="提交办结").click()
    expect(person.page.locator("[data-role=message]")).to_contain_text("登录已失效")
    expect(person.page.get_by_label("复核意见")).to_have_value("同意，存储容量按批复。")


def test_picked_files_are_uploaded_and_arrive_as_lists_of_references(
    browser: Browser, address: str, engine: FakeEngine, tmp_path: Path
) -> None:
    person = Walker(browser, address, "wang_fang")
    approved, tender = write_table(tmp_path / "批复表.xlsx"), write_table(tmp_path / "招标文件.xlsx")
    person.request_review(approved, tender, "2412-210100-17-01-140662")
    variables = engine.created[0]["variables"]
    assert [name for name, _ in engine.uploaded] == ["批复表.xlsx", "招标文件.xlsx"]
    assert engine.uploaded[0][1] == approved.read_bytes()
    assert variables["approved_document"][0]["camunda.document.type"] == "camunda"
    assert variables["approval_date"] == "2026-03-02"
    assert variables["unit_code"] == "csyx"


def test_every_page_is_drawn_without_a_complaint_of_the_browser_and_fits_a_phone(
    browser: Browser, address: str, engine: FakeEngine, record_review: Recorder
) -> None:
    key, review = engine.add(a_user_task())["userTaskKey"], record_review()
    person = Walker(browser, address, "admin", width=390)
    pages = ["/tasks", f"/tasks/{key}", "/start", "/start/parameter_review", "/projects", f"/instances/{INSTANCE}"]
    for path in [*pages, f"/projects/{review.project_code}", f"/reviews/{review.review_id}"]:
        person.go(path)
        assert person.page.evaluate("document.documentElement.scrollWidth") <= 390, path
    assert person.complaints == []


def test_the_live_diagram_marks_what_is_done_and_where_the_token_is(
    browser: Browser, address: str, record_review: Recorder
) -> None:
    person = Walker(browser, address, "wang_fang")
    person.go(f"/projects/{record_review().project_code}")
    expect(person.page.locator("[data-element-id=review_parameters].is-live")).to_have_count(1)
    expect(person.page.locator("[data-element-id=parse_documents].is-done")).to_have_count(1)
    expect(person.page.locator("[data-element-id=flow_round_to_parse_documents].is-taken")).to_have_count(1)
    expect(person.page.locator(".token")).to_have_text("1")


@pytest.mark.engine
def test_three_people_carry_a_review_from_upload_to_the_opinion_and_a_fourth_sees_none_of_it(
    browser: Browser, tmp_path: Path
) -> None:
    approved = write_table(tmp_path / "审批后方案参数价格表.xlsx")
    tender = write_table(tmp_path / "招标文件.xlsx", {"DDR4": "DDR5", "≥100TB": "≥80TB"})
    code = "2412-210100-17-01-140662"
    with running_system(tmp_path / "data") as system:
        unit, first, second, fourth = (
            Walker(browser, system.gateway_address, name) for name in ("wang_fang", "li_qiang", "zhao_min", "chen_jing")
        )
        unit.request_review(approved, tender, code)
        unit.explain()
        first.review("认可")
        denied = first.try_to_take("复核")
        second.confirm()
        opinion = tmp_path / "opinion.docx"
        unit.open_review(code)
        unit.download("下载审查意见书", opinion)
        fourth.go("/tasks?scope=free")
        expect(fourth.page.locator("main")).to_contain_text("目前没有待办")
        fourth.go("/projects")
        expect(fourth.page.locator("main")).to_contain_text("没有可查阅的项目")
        assert fourth.page.goto(f"{system.gateway_address}/projects/{code}").status == 404
        unit.publish(tender)
        unit.go(f"/projects/{code}")
        expect(unit.page.locator(".facts")).to_contain_text("已同意", timeout=60_000)
    assert "您已办理本项目的初审" in denied
    text = zipfile.ZipFile(opinion).read("word/document.xml").decode()
    for words in ("同意", "DDR5", "80TB", "李强", "赵敏"):
        assert words in text
    assert unit.complaints == second.complaints == []


NAMED = a_deviation(5, "不可比/需人工", "席位容量：≥200个", "坐席容量：≥200个") | {
    "names": "参数名称：席位容量 ／ 坐席容量",
    "machine_verdict": "不可比/需人工",
    "override_verdict": "",
    "override_reason": "",
}


def test_an_overruled_row_needs_a_reason_and_no_decision_and_others_are_overruled_by_number(
    browser: Browser, address: str, engine: FakeEngine
) -> None:
    engine.variables = {**LONG, "deviation_count": 2, "deviations": [LONG["deviations"][2], NAMED], "overrides": []}
    key = engine.add(a_user_task(assignee="li_qiang"))["userTaskKey"]
    person = Walker(browser, address, "li_qiang")
    person.go(f"/tasks/{key}")
    page, rows = person.page, person.page.locator(".finding-row")
    expect(rows.nth(1).get_by_text("名称不同：参数名称：席位容量 ／ 坐席容量")).to_be_visible()
    expect(rows.nth(0).get_by_text("名称不同")).to_have_count(0)
    expect(rows.nth(1).get_by_label("改判理由")).to_have_count(0)
    overrule = rows.nth(1).locator(".fjs-form-field-select", has_text="改判为")
    overrule.locator(".fjs-input-group").click()
    overrule.get_by_text("一致", exact=True).click()
    expect(rows.nth(1).locator(".fjs-form-field-select", has_text="处理意见")).to_have_count(0)
    rows.nth(1).get_by_label("实为同一内容，建议收入词典").check()
    rows.nth(0).get_by_label("实为第几项的另一名称").fill("12")
    person.choose("处理意见", "须修改")
    page.get_by_text("添加一项").click()
    page.get_by_role("button", name="移除第 1 项").click()
    for question in page.locator(".fjs-form-field-radio").all():
        question.get_by_label("合理", exact=True).check()
    page.get_by_role("button", name="提交办结").click()
    expect(page.get_by_text("请填写此项。")).to_have_count(1)
    rows.nth(1).get_by_label("改判理由").fill("席位即坐席")
    person.submit()
    first, second = engine.completed[key]["deviations"]
    assert (first["disposition"], first["same_as"], first["override_verdict"]) == ("revise", 12, None)
    assert (second["override_verdict"], second["override_reason"], second["synonym"]) == ("一致", "席位即坐席", True)
    assert "disposition" not in second
    assert "overrides" not in engine.completed[key]
    assert engine.completed[key]["overrides_count"] == 0
    assert person.complaints == []
