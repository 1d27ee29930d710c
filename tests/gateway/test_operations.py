"""What an administrator looks after, who did what at the door and took away which document."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.calendars import published
from domain.workdays import Unit
from records import audit
from records.database import Database
from records.deadlines import Deadlines, NewDeadline
from records.models import AuditEvent, OutboxEvent, WebSession
from records.outbox import CloudEvent, Outbox
from tests.gateway.browser import OpenBrowser
from tests.gateway.conftest import Clock
from tests.gateway.fake_engine import INSTANCE, FakeEngine, a_user_task
from tests.gateway.recorded import NOW, Recorder

KEY = "2251799813685300"


def trail(database: Database) -> list[tuple[str, str, str, dict[str, Any]]]:
    with database.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.seq))
        return [(e.actor, e.action, e.subject, json.loads(e.payload)) for e in events]


def a_stopped_step() -> dict[str, Any]:
    return {
        "incidentKey": "71",
        "jobKey": "72",
        "elementId": "parse_documents",
        "processInstanceKey": str(INSTANCE),
        "processDefinitionId": "parameter_review",
        "errorType": "JOB_NO_RETRIES",
        "errorMessage": "程序出错：OSError",
        "creationTime": "2026-11-23T01:00:00.000Z",
    }


def test_a_stopped_step_is_shown_with_its_project_and_can_be_done_again(
    open_browser: OpenBrowser, engine: FakeEngine, database: Database, record_review: Recorder
) -> None:
    record_review()
    engine.incidents = [a_stopped_step()]
    admin = open_browser("admin")
    page = admin.get("/operations").text
    for text in (
        "解析送审文件",
        "城市运行一网统管平台",
        "自动步骤多次没有做成",
        "程序出错：OSError",
        "2026年11月23日 09:00",
    ):
        assert text in page
    assert admin.post("/operations/incidents/71/retry").headers["location"] == "/operations?said=retried"
    assert engine.retried == [("72", 3)]
    assert "没有停下的步骤" in admin.get("/operations?said=retried").text
    told = {"element": "parse_documents", "from": "testclient"}
    assert trail(database)[-1] == ("admin", "incident.retried", f"parameter_review:{INSTANCE}", told)


def test_a_push_that_keeps_failing_and_a_broken_trail_are_shown(open_browser: OpenBrowser, database: Database) -> None:
    with database.session() as session:
        event = CloudEvent("e1", "zhengjian", "parameter_review.concluded", "parameter_review:1", NOW, {})
        Outbox(session).add("platform", event, NOW)
        audit.append(session, "upkeep.audit_trail", "audit.broken", "audit_trail", {"seq": 4, "reason": "缺失"}, NOW)
    with database.session() as session:
        row = session.scalars(select(OutboxEvent)).one()
        row.attempts, row.last_error, row.alarmed_at = 5, "HTTP 500", NOW
    page = open_browser("admin").get("/operations").text
    for text in ("市公共资源交易平台", "parameter_review.concluded", "HTTP 500", "审计记录第 4 条起核对不上"):
        assert text in page


@pytest.mark.parametrize("username", ["wang_fang", "li_qiang", "chen_jing"])
def test_only_administrators_find_it(open_browser: OpenBrowser, engine: FakeEngine, username: str) -> None:
    engine.incidents = [a_stopped_step()]
    browser = open_browser(username)
    assert browser.get("/operations").status_code == 404
    assert browser.post("/operations/incidents/71/retry").status_code == 404
    assert "/operations" not in browser.get("/tasks").text
    assert engine.retried == []


def test_sign_ins_and_refusals_are_in_the_audit_trail(open_browser: OpenBrowser, database: Database) -> None:
    browser = open_browser()
    assert browser.sign_in("li_qiang", "wrong").status_code == 401
    assert browser.sign_in("li_qiang").status_code == 303
    assert browser.sign_in("x" * 200).status_code == 401
    assert trail(database) == [
        ("li_qiang", "sign_in.refused", "user:li_qiang", {"from": "testclient"}),
        ("li_qiang", "sign_in.succeeded", "user:li_qiang", {"from": "testclient"}),
        ("x" * 64, "sign_in.refused", f"user:{'x' * 64}", {"from": "testclient"}),
    ]


def test_who_took_which_document_is_in_the_audit_trail(
    open_browser: OpenBrowser, database: Database, record_review: Recorder
) -> None:
    reviewed = record_review()
    address = f"/projects/{reviewed.project_code}/documents/{reviewed.opinion_id}"
    assert open_browser("chen_jing").get(address).status_code == 404
    assert open_browser("wang_fang").get(address).status_code == 200
    taken = [event for event in trail(database) if event[1] == "document.downloaded"]
    assert [(actor, subject) for actor, _, subject, _ in taken] == [("wang_fang", f"document:{reviewed.opinion_id}")]
    assert taken[0][3]["project"] == reviewed.project_code
    assert taken[0][3]["from"] == "testclient"
    assert len(taken[0][3]["sha256"]) == 64


def test_an_administrator_does_not_sign_for_the_person_who_holds_a_task(
    open_browser: OpenBrowser, engine: FakeEngine
) -> None:
    engine.add(a_user_task(KEY, assignee="zhao_min"))
    admin = open_browser("admin")
    refused = admin.send(f"/api/tasks/{KEY}/completion", {"variables": {}})
    assert refused.status_code == 409
    assert refused.json()["title"] == "这项任务不在您名下"
    assert engine.completed == {}


def test_a_day_beyond_the_published_holidays_is_marked_and_the_registry_knows_it_better_than_the_engine(
    open_browser: OpenBrowser, engine: FakeEngine, database: Database, clock: Clock
) -> None:
    task = engine.add(a_user_task(KEY, assignee="li_qiang"))
    subject, start = f"parameter_review:{task['processInstanceKey']}", date(2026, 12, 28)
    new = NewDeadline(subject, task["name"], "第十八条", "配置", start, 5, Unit.WORKING_DAY)
    with database.session() as session:
        Deadlines(session).set(new, published(), clock.now)
    browser = open_browser("li_qiang")
    for address in ("/tasks", f"/tasks/{KEY}"):
        page = browser.get(address).text
        assert "2027年1月4日" in page
        assert "2027 年节假日安排尚未公布，公布后重新计算" in page
        assert "暂定" in page


def test_sign_ins_that_are_over_are_ended_while_nobody_comes(app: Any, open_browser: OpenBrowser, clock: Clock) -> None:
    open_browser("li_qiang")
    clock.now += timedelta(hours=1)
    app.state.gateway.sign_ins.end_what_is_over()
    with app.state.gateway.database.reading() as session:
        rows = session.execute(select(AuditEvent.action)).all()
        assert rows == [("sign_in.succeeded",)]
        assert [row.credential for row in session.scalars(select(WebSession))] == [None]
