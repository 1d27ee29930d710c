"""Every address against every kind of person, from the route tables: an address nobody thought of fails the test."""

import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from gateway.pages import ROUTERS
from gateway.trail import SENTENCES
from records.database import Database
from tests.gateway.browser import OpenBrowser
from tests.gateway.fake_engine import INSTANCE, FakeEngine, a_user_task
from tests.gateway.recorded import Recorder, record_synonym

PUBLIC = {"/": 303, "/login": 200, "/healthz": 200}
KEY = "2251799813685300"
EXAMPLES = {
    "/tasks/{key:int}": f"/tasks/{KEY}",
    "/api/tasks/{key:int}/form": f"/api/tasks/{KEY}/form",
    "/start/{process_id}": "/start/parameter_review",
    "/api/start/{process_id}/form": "/api/start/parameter_review/form",
    "/instances/{key:int}": f"/instances/{INSTANCE}",
    "/api/instances/{key:int}/progress": f"/api/instances/{INSTANCE}/progress",
    "/api/definitions/{key:int}/bpmn": "/api/definitions/2251799813685249/bpmn",
    "/projects/{code}": "/projects/2412-210100-17-01-140662",
    "/projects/{code}/documents/{document_id:int}": "/projects/2412-210100-17-01-140662/documents/1",
    "/reviews/{review_id:int}": "/reviews/1",
    "/reviews/{review_id:int}/findings.xlsx": "/reviews/1/findings.xlsx",
    "/reviews/{review_id:int}/task": "/reviews/1/task",
    "/api/reviews/{review_id:int}/findings/{number:int}": "/api/reviews/1/findings/1",
    "/dictionary/suggestions/{suggestion_id:int}": "/dictionary/suggestions/1",
    "/dictionary/entries/{entry_id:int}": "/dictionary/entries/1",
}
"""An address of each route that has parts to fill in."""

SEES = {
    "wang_fang": {"/start", "/start/{process_id}", "/api/start/{process_id}/form"},
    "li_qiang": {"/tasks/{key:int}", "/api/tasks/{key:int}/form"},
    "chen_jing": set[str](),
    "admin": {
        "/operations",
        "/start",
        "/start/{process_id}",
        "/api/start/{process_id}/form",
        "/tasks/{key:int}",
        "/api/tasks/{key:int}/form",
    },
}
"""What beside their own list pages each person gets to see of a review of wang_fang's unit that waits for bdb_tech."""
ADMINISTRATORS = {
    "/dictionary",
    "/dictionary/export",
    "/dictionary/suggestions/{suggestion_id:int}",
    "/dictionary/entries/{entry_id:int}",
}
"""What is no secret, but for administrators: everybody else is told so."""
DOSSIER = {
    route
    for route in EXAMPLES
    if route.startswith(("/projects/", "/reviews/", "/api/reviews/", "/instances/", "/api/instances/"))
}
LEADS_ON = {"/reviews/{review_id:int}/task"}
"""What is no page but the way to one."""
EVERYBODY = {"/tasks", "/projects", "/api/session", "/api/definitions/{key:int}/bpmn"}
READERS_OF_THE_DOSSIER = {"wang_fang", "li_qiang", "admin"}


def readable_routes() -> list[str]:
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    return sorted(route.path for route in routes if "GET" in route.methods)


@pytest.mark.parametrize("username", SEES)
def test_each_person_reads_exactly_what_is_theirs(
    username: str, open_browser: OpenBrowser, engine: FakeEngine, database: Database, record_review: Recorder
) -> None:
    engine.add(a_user_task(KEY))
    record_synonym(database, record_review().review_id)
    browser = open_browser(username)
    seen = SEES[username] | EVERYBODY | (DOSSIER if username in READERS_OF_THE_DOSSIER else set())
    seen |= ADMINISTRATORS if username == "admin" else set()
    for route in readable_routes():
        if route not in PUBLIC:
            answer = browser.get(EXAMPLES.get(route, route))
            refused = 403 if route in ADMINISTRATORS else 404
            given = 303 if route in LEADS_ON else 200
            assert answer.status_code == (given if route in seen else refused), (username, route)


def test_nobody_reads_anything_without_signing_in_but_the_entrance(open_browser: OpenBrowser) -> None:
    browser = open_browser()
    for route in readable_routes():
        expected = PUBLIC.get(route, 401 if route.startswith("/api/") else 303)
        assert browser.get(EXAMPLES.get(route, route)).status_code == expected, route


def test_every_action_that_the_steps_leave_in_the_trail_has_a_sentence() -> None:
    steps = Path(__file__).resolve().parents[2] / "workers"
    actions = {
        action for path in steps.rglob("*.py") for action in re.findall(r'note\(\s*"([a-z_.]+)"', path.read_text())
    }
    assert actions
    assert actions <= SENTENCES.keys()
