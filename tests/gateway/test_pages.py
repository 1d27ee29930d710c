"""Each page, as people of each kind see it."""

from typing import Any

import pytest

from tests.gateway.browser import OpenBrowser
from tests.gateway.fake_engine import INSTANCE, FakeEngine, a_user_task
from tests.gateway.recorded import Recorder


def test_the_inbox_shows_a_task_with_project_due_date_in_working_days_and_group(
    open_browser: OpenBrowser, engine: FakeEngine
) -> None:
    engine.add(a_user_task())
    page = open_browser("li_qiang").get("/tasks").text
    for text in ("初审参数差异", "城市运行一网统管平台", "2412-210100-17-01-140662", "2026年11月25日", "还有2个工作日"):
        assert text in page
    assert "市大数据局 技术审查" in page
    assert "领取" in page


def test_a_task_past_its_due_date_is_marked_as_late_in_working_days(
    open_browser: OpenBrowser, engine: FakeEngine
) -> None:
    engine.add(a_user_task(dueDate="2026-11-19T09:30:00.000Z", assignee="li_qiang"))
    page = open_browser("li_qiang").get("/tasks").text
    assert "逾期2个工作日" in page
    assert "逾期 1 件" in page


def test_a_task_that_a_colleague_holds_is_listed_under_others_with_the_holders_name(
    open_browser: OpenBrowser, engine: FakeEngine
) -> None:
    engine.add(a_user_task(assignee="zhao_min"))
    page = open_browser("li_qiang").get("/tasks?scope=others").text
    assert "赵敏" in page
    assert ">领取<" not in page


def test_the_fourth_person_sees_none_of_the_tasks_and_is_told_why_the_list_is_empty(
    open_browser: OpenBrowser, engine: FakeEngine
) -> None:
    task = engine.add(a_user_task())
    browser = open_browser("chen_jing")
    assert "目前没有待办" in browser.get("/tasks?scope=free").text
    assert browser.get(f"/tasks/{task['userTaskKey']}").status_code == 404
    assert "没有可查阅的项目" in browser.get("/projects").text


def test_filters_narrow_the_inbox_by_words_and_by_due_date(open_browser: OpenBrowser, engine: FakeEngine) -> None:
    engine.add(a_user_task("1", name="初审参数差异"))
    engine.add(a_user_task("2", name="复核审查意见", elementId="confirm_review", dueDate="2026-12-31T09:30:00.000Z"))
    browser = open_browser("li_qiang")
    by_word = browser.get("/tasks?q=复核").text
    assert "复核审查意见" in by_word
    assert "初审参数差异" not in by_word
    soon = browser.get("/tasks?due=soon").text
    assert "初审参数差异" in soon
    assert "复核审查意见" not in soon
    assert "没有符合条件的任务" in browser.get("/tasks?q=不存在").text


def test_claiming_gives_the_task_to_the_person_and_leads_to_it(open_browser: OpenBrowser, engine: FakeEngine) -> None:
    task = engine.add(a_user_task())
    browser = open_browser("li_qiang")
    answer = browser.post(f"/tasks/{task['userTaskKey']}/claim")
    assert answer.headers["Location"] == f"/tasks/{task['userTaskKey']}?said=claimed"
    assert task["assignee"] == "li_qiang"
    assert "提交办结" in browser.get(answer.headers["Location"]).text


def test_claiming_what_a_colleague_took_first_is_explained(open_browser: OpenBrowser, engine: FakeEngine) -> None:
    task = engine.add(a_user_task(assignee="zhao_min"))
    answer = open_browser("li_qiang").post(f"/tasks/{task['userTaskKey']}/claim")
    assert answer.status_code == 409
    assert "没有改动任何数据" in answer.text
    assert "回到待办" in answer.text


def test_giving_a_task_back_makes_it_free_again(open_browser: OpenBrowser, engine: FakeEngine) -> None:
    task = engine.add(a_user_task(assignee="li_qiang"))
    answer = open_browser("li_qiang").post(f"/tasks/{task['userTaskKey']}/unclaim")
    assert answer.headers["Location"] == "/tasks?said=returned"
    assert "assignee" not in task


def test_a_task_shows_its_form_with_the_variables_and_the_review_beside_it(
    open_browser: OpenBrowser, engine: FakeEngine, record_review: Recorder
) -> None:
    task, review = engine.add(a_user_task(assignee="li_qiang")), record_review()
    browser = open_browser("li_qiang")
    page = browser.get(f"/tasks/{task['userTaskKey']}").text
    assert f'href="/reviews/{review.review_id}"' in page
    assert "1,234.5678万元" in page
    form = browser.get(f"/api/tasks/{task['userTaskKey']}/form").json()
    assert form["schema"]["id"] == "review_parameters"
    assert form["data"]["project_name"] == "城市运行一网统管平台"


def test_completing_hands_the_variables_to_the_engine_and_leads_back_to_the_inbox(
    open_browser: OpenBrowser, engine: FakeEngine
) -> None:
    key = engine.add(a_user_task(assignee="li_qiang"))["userTaskKey"]
    answer = open_browser("li_qiang").send(f"/api/tasks/{key}/completion", {"variables": {"requirements": "无"}})
    assert answer.json() == {"next": "/tasks?said=done"}
    assert engine.completed == {key: {"requirements": "无"}}


def test_completing_twice_is_told_to_the_second_as_a_task_that_is_gone(
    open_browser: OpenBrowser, engine: FakeEngine
) -> None:
    key = engine.add(a_user_task(assignee="li_qiang"))["userTaskKey"]
    browser = open_browser("li_qiang")
    browser.send(f"/api/tasks/{key}/completion", {"variables": {}})
    again = browser.send(f"/api/tasks/{key}/completion", {"variables": {}})
    assert again.status_code == 404
    assert again.headers["Content-Type"] == "application/problem+json"
    assert again.json()["title"] == "这项任务已经不在了"
    assert again.json()["lost"] == "没有改动任何数据。"


def test_what_a_listener_denies_is_shown_in_its_own_words(open_browser: OpenBrowser, engine: FakeEngine) -> None:
    key = engine.add(a_user_task(assignee="li_qiang"))["userTaskKey"]
    browser = open_browser("li_qiang")
    engine.broken = 409
    engine.refusal = "Assignment was denied by Task Listener. Reason to deny: '复核须由另一名审查人员办理。'"
    told = browser.send(f"/api/tasks/{key}/completion", {"variables": {}})
    assert told.status_code == 409
    assert told.json()["title"] == "这一步没有获准"
    assert told.json()["detail"] == "复核须由另一名审查人员办理。"
    page = browser.post(f"/tasks/{key}/claim").text
    assert "复核须由另一名审查人员办理。" in page
    assert "Task Listener" not in page


def test_a_clerk_starts_a_review_for_the_own_unit_only_and_is_led_to_its_progress(
    open_browser: OpenBrowser, engine: FakeEngine
) -> None:
    browser = open_browser("wang_fang")
    assert "发起" in browser.get("/start").text
    form = browser.get("/api/start/parameter_review/form").json()
    assert form["data"] == {"unit_code": "csyx", "unit_name": "沈阳市城市运行服务中心"}
    answer = browser.send("/api/start/parameter_review", {"variables": {"unit_code": "csyx", "submitted_by": "boss"}})
    assert answer.json()["next"].startswith("/instances/")
    assert engine.created[0]["variables"] == {"unit_code": "csyx", "submitted_by": "wang_fang"}
    other = browser.send("/api/start/parameter_review", {"variables": {"unit_code": "other"}})
    assert other.status_code == 403
    assert len(engine.created) == 1


def test_a_project_that_another_unit_registered_is_not_taken_over_by_its_code(
    open_browser: OpenBrowser, engine: FakeEngine, record_review: Recorder
) -> None:
    review = record_review(code="2501-210100-17-01-000001", unit_code="other", instance_key=7)
    asked = {"variables": {"unit_code": "csyx", "project_code": review.project_code}}
    answer = open_browser("wang_fang").send("/api/start/parameter_review", asked)
    assert answer.status_code == 403
    assert answer.json()["title"] == "只能为本单位办理"
    assert "已由其他单位登记" in answer.json()["detail"]
    assert engine.created == []


def test_only_clerks_of_project_units_start_processes(open_browser: OpenBrowser) -> None:
    browser = open_browser("li_qiang")
    assert browser.get("/start").status_code == 404
    assert browser.get("/start/parameter_review").status_code == 404
    assert browser.send("/api/start/parameter_review", {"variables": {}}).status_code == 404


def test_an_uploaded_file_becomes_a_document_reference_named_without_its_path(
    open_browser: OpenBrowser, engine: FakeEngine
) -> None:
    browser = open_browser("wang_fang")
    headers = {"X-CSRF-Token": browser.token, "X-File-Name": "..%2F%E6%8B%9B%E6%A0%87.xlsx"}
    answer = browser.http.post("/api/documents", content=b"PK...", headers=headers)
    assert answer.status_code == 201
    assert answer.json()["camunda.document.type"] == "camunda"
    assert engine.uploaded == [("招标.xlsx", b"PK...")]


def test_a_file_beyond_the_limit_is_refused_in_words_and_never_reaches_the_engine(
    open_browser: OpenBrowser, engine: FakeEngine
) -> None:
    browser = open_browser("wang_fang")
    headers = {"X-CSRF-Token": browser.token, "X-File-Name": "a.xlsx"}
    answer = browser.http.post("/api/documents", content=b"x" * (64 * 1024 + 1), headers=headers)
    assert answer.status_code == 413
    assert answer.json()["title"] == "文件太大"
    assert engine.uploaded == []


def test_the_progress_of_an_instance_tells_steps_flows_and_who_it_waits_for(
    open_browser: OpenBrowser, engine: FakeEngine
) -> None:
    engine.add(a_user_task())
    told = open_browser("li_qiang").get(f"/api/instances/{INSTANCE}/progress").json()
    assert told["elements"]["review_parameters"]["active"] == 1
    assert told["elements"]["parse_documents"]["completed"] == 1
    assert "flow_round_to_parse_documents" in told["flows"]
    assert [step["state"] for step in told["steps"]] == ["done", "done", "done", "live"]
    assert told["waiting"][0]["name"] == "初审参数差异"
    assert told["waiting"][0]["groups"] == ["市大数据局 技术审查"]


@pytest.mark.parametrize("said", [{}, {"project_code": 1}, {"project_name": None}])
def test_an_instance_that_does_not_say_what_it_is_about_can_be_watched(
    open_browser: OpenBrowser, engine: FakeEngine, said: dict[str, Any]
) -> None:
    engine.variables = {"unit_code": "csyx", **said}
    answer = open_browser("wang_fang").get(f"/instances/{INSTANCE}")
    assert (answer.status_code, "办理进度" in answer.text) == (200, True)


def test_another_bureaus_person_does_not_see_an_instance(open_browser: OpenBrowser) -> None:
    assert open_browser("chen_jing").get(f"/api/instances/{INSTANCE}/progress").status_code == 404
    assert open_browser("chen_jing").get(f"/instances/{INSTANCE}").status_code == 404


def test_the_project_list_finds_by_words_and_is_narrowed_to_the_own_unit(
    open_browser: OpenBrowser, record_review: Recorder
) -> None:
    record_review()
    record_review(code="2501-210100-17-01-000001", unit_code="other", instance_key=7)
    mine = open_browser("wang_fang").get("/projects").text
    assert "2412-210100-17-01-140662" in mine
    assert "2501-210100-17-01-000001" not in mine
    every = open_browser("li_qiang").get("/projects").text
    assert "2501-210100-17-01-000001" in every
    found = open_browser("li_qiang").get("/projects?q=2501").text
    assert "2412-210100-17-01-140662" not in found


def test_a_dossier_shows_facts_documents_with_hashes_and_history(
    open_browser: OpenBrowser, record_review: Recorder
) -> None:
    review = record_review()
    page = open_browser("wang_fang").get(f"/projects/{review.project_code}").text
    for text in ("沈发改审批〔2026〕18号", "复核中", "招标文件（采购需求）.docx", "王芳", "1,240.5678万元"):
        assert text in page
    assert page.count("SHA-256 ") == 3


def test_a_dossier_of_another_unit_does_not_exist_for_a_clerk(
    open_browser: OpenBrowser, record_review: Recorder
) -> None:
    review = record_review(code="2501-210100-17-01-000001", unit_code="other", instance_key=7)
    browser = open_browser("wang_fang")
    assert browser.get(f"/projects/{review.project_code}").status_code == 404
    assert browser.get(f"/reviews/{review.review_id}").status_code == 404
    assert browser.get(f"/projects/{review.project_code}/documents/{review.tender_id}").status_code == 404


def test_a_document_is_downloaded_with_its_name_never_shown_inline(
    open_browser: OpenBrowser, record_review: Recorder
) -> None:
    review = record_review()
    answer = open_browser("li_qiang").get(f"/projects/{review.project_code}/documents/{review.opinion_id}")
    assert answer.content == b"opinion"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E6%8A%80")


def test_a_document_of_one_project_is_not_had_through_another(
    open_browser: OpenBrowser, record_review: Recorder
) -> None:
    mine, other = record_review(), record_review(code="2501-210100-17-01-000001", unit_code="other", instance_key=7)
    stolen = open_browser("wang_fang").get(f"/projects/{mine.project_code}/documents/{other.tender_id}")
    assert stolen.status_code == 404


def test_findings_stand_side_by_side_with_differences_marked_and_evidence_named(
    open_browser: OpenBrowser, record_review: Recorder
) -> None:
    review = record_review()
    page = open_browser("li_qiang").get(f"/reviews/{review.review_id}").text
    assert "<mark>DDR</mark>" not in page
    assert "≥256GB DDR<mark>4</mark>" in page
    assert "≥256GB DDR<mark>5</mark>" in page
    for text in (
        "设备清单!D5",
        "表3 第5行",
        "DDR4已停产",
        "认可：说明成立",
        "8 项",
        "共比对 9 项",
        "6.00万元",
        "60,000.00元",
    ):
        assert text in page
    assert "下限相同" not in page  # deviations come first; 一致 is a click away
    assert "<img" not in page.split("<main")[1]


def test_findings_are_filtered_by_verdict_and_subsystem(open_browser: OpenBrowser, record_review: Recorder) -> None:
    review, browser = record_review(), open_browser("li_qiang")
    every = browser.get(f"/reviews/{review.review_id}?verdict=").text
    assert "下限相同" in every
    brands = browser.get(f"/reviews/{review.review_id}?verdict=指定品牌").text
    assert "IRF" in brands
    assert "DDR5" not in brands
    network = browser.get(f"/reviews/{review.review_id}?subsystem=网络与安全").text
    assert "IRF" in network
    assert "DDR" not in network
    assert browser.get(f"/reviews/{review.review_id}?round=2").status_code == 404


def test_health_is_told_without_signing_in(open_browser: OpenBrowser) -> None:
    assert open_browser().get("/healthz").json() == {"status": "ok"}


def test_a_due_day_beyond_the_published_holidays_is_flagged_as_provisional(
    open_browser: OpenBrowser, engine: FakeEngine
) -> None:
    engine.add(a_user_task(dueDate="2031-01-08T09:30:00.000Z"))
    page = open_browser("li_qiang").get("/tasks").text
    assert "（暂定）" in page
    assert "2031年节假日安排尚未公布，期限为暂定" in page


def test_whoever_watches_is_told_why_the_files_were_refused(
    open_browser: OpenBrowser, engine: FakeEngine, record_review: Recorder
) -> None:
    record_review()
    engine.variables["refusal_message"] = "没有找到可识别的表头。"
    browser = open_browser("wang_fang")
    assert browser.get(f"/api/instances/{INSTANCE}/progress").json()["refusal"] == ""
    engine.add(a_user_task(elementId="correct_documents", candidateGroups=["pu_csyx_operator"]))
    assert browser.get(f"/api/instances/{INSTANCE}/progress").json()["refusal"] == "没有找到可识别的表头。"


def test_an_address_that_is_none_keeps_the_way_back_for_whoever_is_signed_in(open_browser: OpenBrowser) -> None:
    page = open_browser("wang_fang").get("/nowhere")
    assert page.status_code == 404
    assert "没有找到这一页" in page.text
    assert 'href="/projects"' in page.text.split("<main")[0]
    assert "退出" not in open_browser().get("/nowhere").text
