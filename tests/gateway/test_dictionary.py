"""The dictionary's pages: what an administrator sees, decides and cannot decide, and everybody else does not see."""

import json
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select

from domain.parameters.dictionary import Pair
from domain.parameters.rules import from_config
from records.chain import verify
from records.database import Database
from records.dictionary import Dictionary
from records.models import AuditEvent, SuggestionState, SynonymEntry, SynonymSuggestion
from records.reviews import Reviews
from records.suggestions import Seen, Suggestions
from tests.gateway.browser import Browser, OpenBrowser
from tests.gateway.conftest import Clock
from tests.gateway.recorded import NOW, Recorder

BALANCER = Pair("items", "负载均衡", "链路优化设备")
TODAY, TOMORROW = "2026-11-23", "2026-11-24"


@pytest.fixture
def suggest(database: Database, record_review: Recorder) -> Callable[..., int]:
    """Return what lets a reviewer confirm a pair in a recorded review and gives the suggestion's id."""

    def make(pair: Pair = BALANCER) -> int:
        review_id = record_review().review_id
        with database.session() as session:
            finding = Reviews(session).findings(review_id, 1)[1]
            Suggestions(session).confirm(pair, Seen(review_id, 1, finding.finding_id, "li_qiang"), NOW)
        with database.reading() as session:
            return session.scalars(select(SynonymSuggestion.id).order_by(SynonymSuggestion.id.desc())).first() or 0

    return make


def audited(database: Database, subject: str = "dictionary") -> list[tuple[str, str, dict[str, Any]]]:
    with database.reading() as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.subject == subject).order_by(AuditEvent.seq))
        return [(event.actor, event.action, json.loads(event.payload)) for event in events]


def accept(browser: Browser, suggestion: int, **form: str) -> Any:
    answer = {"effective_from": TODAY, "swapped": "0"} | form
    return browser.post(f"/dictionary/suggestions/{suggestion}/acceptance", **answer)


def test_a_suggestion_is_shown_with_both_texts_where_they_were_seen(
    open_browser: OpenBrowser, suggest: Callable[..., int]
) -> None:
    suggestion, admin = suggest(), open_browser("admin")
    listed = admin.get("/dictionary").text
    for text in ("链路优化设备", "负载均衡", "设备名称", "1 处", "第 0 版"):
        assert text in listed
    page = admin.get(f"/dictionary/suggestions/{suggestion}").text
    for text in (
        "城市运行一网统管平台",
        "≥256GB DDR<mark>4</mark>",
        "设备清单!D5",
        "李强",
        "“链路优化设备”读作“负载均衡”",
    ):
        assert text in page
    assert 'href="/reviews/1?round=1&amp;verdict=&amp;page=1#n2"' in page
    assert admin.get("/reviews/1?round=1&verdict=&page=1").text.count('id="n2"') == 1


def test_an_accepted_suggestion_is_an_entry_of_the_next_version_and_audited(
    open_browser: OpenBrowser, database: Database, suggest: Callable[..., int]
) -> None:
    suggestion, admin = suggest(), open_browser("admin")
    admin.get(f"/dictionary/suggestions/{suggestion}")
    answer = accept(admin, suggestion, effective_from=TOMORROW)
    assert answer.headers["location"] == "/dictionary?show=entries&said=accepted"
    page = admin.get(answer.headers["location"]).text
    for text in ("已收入词典", "链路优化设备", "2026年11月24日", "尚未生效", "第 1 版"):
        assert text in page
    with database.reading() as session:
        version = Dictionary(session).current()
        entry = session.scalars(select(SynonymEntry)).one()
        assert (entry.canonical, entry.alias, entry.added_in) == ("负载均衡", "链路优化设备", 1)
        assert Dictionary(session).counting_on(1, date(2026, 11, 23)) == []
        assert len(Dictionary(session).counting_on(1, date(2026, 11, 24))) == 1
    told = {"section": "items", "canonical": "负载均衡", "alias": "链路优化设备"}
    told |= {"from": TOMORROW, "version": 1, "digest": version.digest}  # type: ignore[dict-item]
    assert audited(database) == [("admin", "synonym.accepted", told)]


def test_the_names_may_change_places(
    open_browser: OpenBrowser, database: Database, suggest: Callable[..., int]
) -> None:
    suggestion, admin = suggest(Pair("names", "在线席位", "同时坐席数")), open_browser("admin")
    admin.get("/dictionary")
    assert accept(admin, suggestion, swapped="1").status_code == 303
    with database.reading() as session:
        entry = session.scalars(select(SynonymEntry)).one()
        assert (entry.canonical, entry.alias) == ("同时坐席数", "在线席位")


def test_sent_twice_it_is_accepted_once_and_another_decision_is_refused(
    open_browser: OpenBrowser, database: Database, suggest: Callable[..., int]
) -> None:
    suggestion, admin = suggest(), open_browser("admin")
    admin.get("/dictionary")
    assert [accept(admin, suggestion).status_code for _ in range(2)] == [303, 303]
    late = accept(admin, suggestion, effective_from=TOMORROW)
    assert late.status_code == 409
    assert "这条建议已经收入词典（第 1 版）。没有改动词典。" in late.text
    refused = admin.post(f"/dictionary/suggestions/{suggestion}/rejection", reason="不同")
    assert refused.status_code == 409
    assert "这条建议已收入，不能再驳回" in refused.text
    assert len(audited(database)) == 1


def test_of_two_administrators_at_once_one_is_first(
    open_browser: OpenBrowser, database: Database, suggest: Callable[..., int]
) -> None:
    suggestion = suggest()
    days = [TODAY, TOMORROW] * 3
    browsers = [open_browser("admin") for _ in days]
    for browser in browsers:
        browser.get("/dictionary")
    answers: list[int] = []
    together = threading.Barrier(len(days))

    def decide(browser: Browser, day: str) -> None:
        together.wait()
        answers.append(accept(browser, suggestion, effective_from=day).status_code)

    threads = [threading.Thread(target=decide, args=pair) for pair in zip(browsers, days, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 303, 303, 409, 409, 409]
    with database.reading() as session:
        assert len(session.scalars(select(SynonymEntry)).all()) == 1
        assert Dictionary(session).current().number == 1
        assert verify(session, []).broken is None
    assert len(audited(database)) == 1


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        (Pair("names", "输入电压", "输出电压"), "含有互相对立的词"),
        (Pair("items", "防火墙", "天融信防火墙"), "含有品牌或专有技术（天融信）"),
        (Pair("items", "UPS", "精密空调"), "已是另一个标准名称"),
        (Pair("items", "防火墙", "NGFW"), "在词典中已是同一名称"),
    ],
)
def test_what_could_hide_a_deviation_is_refused_with_the_reason(
    open_browser: OpenBrowser, database: Database, suggest: Callable[..., int], pair: Pair, told: str
) -> None:
    suggestion, admin = suggest(pair), open_browser("admin")
    assert told in admin.get(f"/dictionary/suggestions/{suggestion}").text
    refused = accept(admin, suggestion)
    assert refused.status_code == 409
    assert told in refused.text
    assert "没有改动词典。" in refused.text
    assert audited(database) == []


def test_a_day_that_has_passed_is_refused(open_browser: OpenBrowser, suggest: Callable[..., int]) -> None:
    suggestion, admin = suggest(), open_browser("admin")
    admin.get("/dictionary")
    assert "生效日期不能早于今天" in accept(admin, suggestion, effective_from="2026-11-22").text
    assert accept(admin, suggestion, effective_from="去年").status_code == 422


def test_a_rejection_needs_a_reason_and_can_be_reconsidered(
    open_browser: OpenBrowser, database: Database, suggest: Callable[..., int]
) -> None:
    suggestion, admin = suggest(), open_browser("admin")
    admin.get("/dictionary")
    address = f"/dictionary/suggestions/{suggestion}/rejection"
    assert "请写明驳回理由" in admin.post(address, reason=" ").text
    assert admin.post(address, reason="两种设备").headers["location"] == "/dictionary?show=open&said=rejected"
    assert admin.post(address, reason="两种设备").status_code == 303
    page = admin.get("/dictionary?show=rejected").text
    assert "两种设备" in page
    assert "没有待处理的建议" in admin.get("/dictionary").text
    assert accept(admin, suggestion).status_code == 303
    assert [action for _, action, _ in audited(database)] == ["synonym.rejected", "synonym.accepted"]


def test_a_withdrawn_entry_ends_on_its_day_and_stays_on_record(
    open_browser: OpenBrowser, database: Database, suggest: Callable[..., int], clock: Clock
) -> None:
    suggestion, admin = suggest(), open_browser("admin")
    admin.get("/dictionary")
    accept(admin, suggestion)
    with database.reading() as session:
        entry = session.scalars(select(SynonymEntry.id)).one()
    assert "停用日期" in admin.get(f"/dictionary/entries/{entry}").text
    address = f"/dictionary/entries/{entry}/withdrawal"
    assert "请写明停用理由" in admin.post(address, effective_until=TOMORROW, reason="").text
    assert "停用日期不能早于今天" in admin.post(address, effective_until="2026-11-22", reason="两种设备").text
    for _ in range(2):
        assert admin.post(address, effective_until=TOMORROW, reason="两种设备").status_code == 303
    assert "这个词条已在第 2 版停用" in admin.post(address, effective_until=TODAY, reason="两种设备").text
    clock.advance(days=2)
    admin.sign_in("admin")
    page = admin.get("/dictionary?show=entries").text
    for text in ("链路优化设备", "2026年11月24日", "已停用"):
        assert text in page
    assert "停用：链路优化设备 = 负载均衡" in admin.get("/dictionary?show=versions").text
    with database.reading() as session:
        dictionary = Dictionary(session)
        found = [len(dictionary.counting_on(version, date(2026, 11, 24))) for version in (0, 1, 2)]
        assert found == [0, 1, 0]
        state = session.scalars(select(SynonymSuggestion.state)).one()
        assert state is SuggestionState.ENDED
    assert [action for _, action, _ in audited(database)] == ["synonym.accepted", "synonym.withdrawn"]


def test_the_export_is_a_configuration_the_review_command_reads(
    open_browser: OpenBrowser, suggest: Callable[..., int]
) -> None:
    suggestion, admin = suggest(), open_browser("admin")
    admin.get("/dictionary")
    accept(admin, suggestion, effective_from=TOMORROW)
    before, after = (admin.get(f"/dictionary/export?on={day}") for day in (TODAY, TOMORROW))
    assert "链路优化设备" not in before.text
    assert after.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    rules = from_config(after.text)
    assert rules.dictionary.items["链路优化设备"] == rules.dictionary.items["负载均衡"]


@pytest.mark.parametrize("username", ["wang_fang", "li_qiang", "chen_jing"])
def test_everybody_else_is_told_that_it_is_not_for_them(
    open_browser: OpenBrowser, database: Database, suggest: Callable[..., int], username: str
) -> None:
    suggestion, browser = suggest(), open_browser(username)
    pages = ("/dictionary", f"/dictionary/suggestions/{suggestion}", "/dictionary/entries/1", "/dictionary/export")
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 403
        assert "这一页只供管理员使用" in answer.text
    posts = (f"suggestions/{suggestion}/acceptance", f"suggestions/{suggestion}/rejection", "entries/1/withdrawal")
    for address in posts:
        assert browser.post(f"/dictionary/{address}").status_code == 403
    assert "/dictionary" not in browser.get("/tasks").text
    assert audited(database) == []


def test_without_the_token_nothing_is_decided(
    open_browser: OpenBrowser, database: Database, suggest: Callable[..., int]
) -> None:
    suggestion, admin = suggest(), open_browser("admin")
    admin.get("/dictionary")
    admin.token = open_browser("li_qiang").token
    refused = accept(admin, suggestion)
    assert refused.status_code == 403
    assert "没有通过安全校验" in refused.text
    assert audited(database) == []


@pytest.mark.parametrize(
    ("address", "ways"), [("suggestions/999", ("acceptance", "rejection")), ("entries/999", ("withdrawal",))]
)
def test_what_is_not_there_is_not_found(open_browser: OpenBrowser, address: str, ways: tuple[str, ...]) -> None:
    admin = open_browser("admin")
    assert admin.get(f"/dictionary/{address}").status_code == 404
    for way in ways:
        form = {"effective_from": TODAY, "effective_until": TODAY}
        assert admin.post(f"/dictionary/{address}/{way}", **form).status_code == 404


def test_ten_thousand_suggestions_come_in_pages_and_are_found_by_their_words(
    open_browser: OpenBrowser, database: Database
) -> None:
    rows = [
        {
            "section": "names", "first_key": f"甲{n}", "second_key": f"乙{n}", "canonical": f"甲{n}", "alias": f"乙{n}",
            "state": SuggestionState.OPEN, "confirmations": n, "first_seen_at": NOW, "last_seen_at": NOW,
            "decision_reason": "",
        }
        for n in range(10_000)
    ]  # fmt: skip
    with database.session() as session:
        session.execute(insert(SynonymSuggestion), rows)
    admin = open_browser("admin")
    first, last, beyond = (admin.get(f"/dictionary?page={number}").text for number in (1, 200, 201))
    assert "第 1 页，共 200 页，10000 条" in first
    assert first.count("<tr>") == 51
    assert "甲9999" in first
    assert "甲0<" in last
    assert "没有符合条件的内容" in beyond
    assert "乙7777" in admin.get("/dictionary?q=乙7777").text
    assert "没有符合条件的内容" in admin.get("/dictionary?q=%25").text
