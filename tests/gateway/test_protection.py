"""Sign-in, sessions, forged requests, headers: what stands between the pages and the rest of the world."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from gateway.pages import ROUTERS
from gateway.security import Vault
from gateway.settings import Settings
from tests.gateway.browser import PASSWORD, OpenBrowser
from tests.gateway.conftest import Clock
from tests.gateway.fake_engine import FakeEngine, a_user_task
from tests.gateway.recorded import Recorder

MakeApp = Callable[..., FastAPI]

WRONG = "wrong"


def changing_routes(app: FastAPI) -> list[tuple[str, str]]:
    """Return method and address of every route that changes something, from the route tables themselves."""
    tables = [*app.routes, *(route for router in ROUTERS for route in router.routes)]
    found = []
    for route in tables:
        for method in sorted(getattr(route, "methods", None) or ()):
            if method not in {"GET", "HEAD", "OPTIONS"}:
                address = re.sub(r"\{\w+:int\}", "1", route.path).replace("{process_id}", "parameter_review")
                assert "{" not in address, f"teach this test an example of {route.path}"
                found.append((method, address))
    return found


def test_every_changing_route_refuses_a_request_without_the_sessions_csrf_token(
    app: FastAPI, open_browser: OpenBrowser, engine: FakeEngine
) -> None:
    routes = changing_routes(app)
    assert {address for _, address in routes} >= {"/login", "/logout", "/api/documents", "/tasks/1/claim"}
    browser = open_browser("wang_fang")
    engine.asked.clear()
    for method, address in routes:
        for headers in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": "0" * 64}):
            answer = browser.http.request(method, address, headers=headers, content=b"{}")
            assert answer.status_code == 403, (method, address, headers)
    assert engine.asked == []
    assert browser.get("/tasks").status_code == 200


def test_the_csrf_token_of_one_session_is_worthless_in_another(open_browser: OpenBrowser) -> None:
    mine, other = open_browser("wang_fang"), open_browser("li_qiang")
    other.token = mine.token
    assert other.post("/logout").status_code == 403


def test_pages_lead_to_the_sign_in_and_back_to_where_the_person_wanted_to_go(open_browser: OpenBrowser) -> None:
    browser = open_browser()
    asked = browser.get("/projects?q=%E5%9F%8E%E5%B8%82")
    assert asked.status_code == 303
    assert asked.headers["Location"] == "/login?next=/projects%3Fq%3D%25E5%259F%258E%25E5%25B8%2582"
    browser.get(asked.headers["Location"])
    answer = browser.post("/login", username="li_qiang", password=PASSWORD, next="/projects?q=1")
    assert answer.headers["Location"] == "/projects?q=1"


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/x"]
)
def test_the_way_back_after_sign_in_never_leads_to_another_site(open_browser: OpenBrowser, address: str) -> None:
    browser = open_browser()
    browser.get("/login")
    answer = browser.post("/login", username="li_qiang", password=PASSWORD, next=address)
    assert answer.headers["Location"] == "/tasks"


def test_wrong_credentials_are_refused_kindly_and_open_no_session(open_browser: OpenBrowser) -> None:
    browser = open_browser()
    answer = browser.sign_in("li_qiang", WRONG)
    assert answer.status_code == 401
    assert "用户名或口令不正确" in answer.text
    assert WRONG not in answer.text
    assert "zhengjian_session" not in answer.headers.get("Set-Cookie", "")


def test_api_calls_without_a_session_get_problem_json(open_browser: OpenBrowser) -> None:
    answer = open_browser().get("/api/tasks/1/form")
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "登录已失效"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(open_browser: OpenBrowser) -> None:
    cookie = open_browser().sign_in("li_qiang").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie


def test_signing_in_gives_a_new_session_and_ends_the_one_the_browser_had(open_browser: OpenBrowser) -> None:
    browser = open_browser("li_qiang")
    first = browser.http.cookies["zhengjian_session"]
    browser.sign_in("li_qiang")
    second = browser.http.cookies["zhengjian_session"]
    assert first != second
    browser.http.cookies.set("zhengjian_session", first)
    assert browser.get("/tasks").status_code == 303


def test_signing_out_ends_the_session_on_the_server(open_browser: OpenBrowser) -> None:
    browser = open_browser("li_qiang")
    cookie = browser.http.cookies["zhengjian_session"]
    assert browser.post("/logout").headers["Location"] == "/login?left=1"
    browser.http.cookies.set("zhengjian_session", cookie)
    assert browser.get("/tasks").status_code == 303


def test_an_idle_session_ends(open_browser: OpenBrowser, clock: Clock) -> None:
    browser = open_browser("li_qiang")
    clock.advance(minutes=29)
    assert browser.get("/tasks").status_code == 200
    clock.advance(minutes=29)
    assert browser.get("/tasks").status_code == 200
    clock.advance(minutes=31)
    assert browser.get("/tasks").status_code == 303


def test_a_busy_session_ends_after_its_absolute_time(open_browser: OpenBrowser, clock: Clock) -> None:
    browser = open_browser("li_qiang")
    for _ in range(29):
        clock.advance(minutes=20)
        assert browser.get("/tasks").status_code == 200
    clock.advance(minutes=20)
    assert browser.get("/tasks").status_code == 303


def test_a_session_survives_a_restart_of_the_gateway(open_browser: OpenBrowser, make_app: MakeApp) -> None:
    browser = open_browser("li_qiang")
    again = type(browser)(make_app())
    again.http.cookies = browser.http.cookies
    assert again.get("/tasks").status_code == 200


def test_a_session_ends_when_the_engine_no_longer_takes_the_credentials(
    open_browser: OpenBrowser, engine: FakeEngine, clock: Clock
) -> None:
    browser = open_browser("li_qiang")
    engine.passwords["li_qiang"] = "changed"
    clock.advance(minutes=3)
    assert browser.get("/tasks").status_code == 303
    engine.passwords["li_qiang"] = "demo"
    assert browser.get("/tasks").status_code == 303


def test_neither_password_nor_cookie_stands_in_the_database_or_in_clear_in_the_data_folder(
    open_browser: OpenBrowser, settings: Settings
) -> None:
    cookie = open_browser("li_qiang").http.cookies["zhengjian_session"]
    for path in settings.data.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert cookie.encode() not in content, path
            assert b'"demo"' not in content, path
    assert (settings.data / "secrets" / "gateway.key").stat().st_mode & 0o077 == 0


def test_two_first_starts_agree_on_one_key(tmp_path: Path) -> None:
    first, second = Vault.open(tmp_path), Vault.open(tmp_path)
    assert second.unseal(first.seal("口令")) == "口令"
    assert [path.name for path in tmp_path.iterdir()] == ["gateway.key"]


@pytest.mark.parametrize("address", ["/login", "/tasks", "/nowhere", "/healthz", "/api/session"])
def test_every_answer_carries_the_security_headers(open_browser: OpenBrowser, address: str) -> None:
    headers = open_browser().get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in headers


def test_over_https_cookies_are_secure_and_hsts_is_sent(make_app: MakeApp, open_browser: OpenBrowser) -> None:
    browser = type(open_browser())(make_app(https=True), "https://testserver")
    answer = browser.sign_in("li_qiang")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_no_page_has_an_inline_script(open_browser: OpenBrowser, engine: FakeEngine, record_review: Recorder) -> None:
    review, browser = record_review(), open_browser("admin")
    key = engine.add(a_user_task())["userTaskKey"]
    pages = [
        "/tasks",
        f"/tasks/{key}",
        "/start",
        "/start/parameter_review",
        "/projects",
        f"/reviews/{review.review_id}",
    ]
    for address in [*pages, f"/projects/{review.project_code}", "/instances/2251799813685251"]:
        page = browser.get(address)
        assert page.status_code == 200, address
        assert "<script>" not in page.text, address
        assert " onclick=" not in page.text, address


def test_static_files_are_kept_for_ever_under_their_hash_and_come_compressed(
    open_browser: OpenBrowser, app: FastAPI
) -> None:
    address = app.state.gateway.static.address("vendor/form-viewer.js")
    answer = open_browser().http.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Type"].startswith("text/javascript")
    stale = open_browser().http.get("/static/0000000000000000/zhengjian.css")
    assert stale.headers["Cache-Control"] == "no-cache"
    assert open_browser().get("/static/x/../../settings.py").status_code == 404


@pytest.mark.parametrize(
    ("broken", "status", "words"),
    [
        (httpx.ConnectError("refused"), 503, "暂时连不上流程引擎"),
        (httpx.ReadTimeout("slow"), 503, "暂时连不上流程引擎"),
        (503, 503, "系统正忙"),
        (504, 504, "后续处理用时过长"),
        (403, 403, "这项操作不归您办理"),
        (400, 400, "系统没有接受"),
        (500, 500, "系统没有接受"),
    ],
)
def test_what_goes_wrong_with_the_engine_is_told_to_people_and_to_scripts(
    open_browser: OpenBrowser, engine: FakeEngine, broken: int | Exception, status: int, words: str
) -> None:
    browser = open_browser("li_qiang")
    engine.broken = broken
    page = browser.get("/tasks")
    assert page.status_code == status
    assert words in page.text
    assert "接下来怎么办" in page.text
    told = browser.send("/api/tasks/1/completion", {"variables": {}})
    assert told.status_code == status
    assert told.json()["advice"]


def test_a_bug_is_logged_with_the_number_that_the_page_shows_and_nothing_of_its_inside(
    open_browser: OpenBrowser, engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    browser = open_browser("li_qiang")
    engine.broken = ZeroDivisionError("secret inside")
    page = browser.get("/tasks")
    assert page.status_code == 500
    assert "secret inside" not in page.text
    number = page.text.split("把编号 ")[1].split(" ")[0]
    assert number in caplog.text
