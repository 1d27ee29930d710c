"""From a finding to its task: who is led where, what a number stands for, what the page offers to whom."""

import pytest

from records.database import Database
from records.models import ReviewState
from records.reviews import Reviews
from tests.gateway.browser import OpenBrowser
from tests.gateway.fake_engine import FakeEngine, a_user_task
from tests.gateway.recorded import NOW, Recorder, Reviewed

FREE, HELD, OTHERS = "2251799813685310", "2251799813685311", "2251799813685312"


@pytest.fixture
def review(record_review: Recorder) -> Reviewed:
    return record_review()


def move(database: Database, review: Reviewed, state: ReviewState) -> None:
    with database.session() as session:
        found = Reviews(session).with_id(review.review_id)
        assert found is not None
        Reviews(session).move(found, state, NOW)


def led(open_browser: OpenBrowser, username: str, review: Reviewed, query: str = "") -> str:
    answer = open_browser(username).get(f"/reviews/{review.review_id}/task{query}")
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_a_finding_leads_to_its_place_in_the_task_that_the_person_holds(
    open_browser: OpenBrowser, engine: FakeEngine, review: Reviewed
) -> None:
    engine.add(a_user_task(FREE))
    engine.add(a_user_task(OTHERS, assignee="zhao_min"))
    assert led(open_browser, "li_qiang", review, "?no=3") == f"/tasks/{FREE}#no3"
    engine.add(a_user_task(HELD, assignee="li_qiang"))
    assert led(open_browser, "li_qiang", review, "?no=3") == f"/tasks/{HELD}#no3"
    assert led(open_browser, "li_qiang", review) == f"/tasks/{HELD}"


def test_who_has_no_task_of_the_review_is_led_to_the_inbox(
    open_browser: OpenBrowser, engine: FakeEngine, review: Reviewed
) -> None:
    engine.add(a_user_task(OTHERS, assignee="zhao_min"))
    engine.add(a_user_task(FREE, processInstanceKey="1"))
    assert led(open_browser, "li_qiang", review, "?no=3") == f"/tasks?q={review.project_code}"
    assert led(open_browser, "admin", review) == f"/tasks?q={review.project_code}"
    assert open_browser("li_qiang").get(f"/reviews/{review.review_id}/task?no=0").status_code == 422


def test_a_number_is_told_in_words(open_browser: OpenBrowser, review: Reviewed) -> None:
    person = open_browser("li_qiang")
    assert person.get(f"/api/reviews/{review.review_id}/findings/2").json() == {
        "name": "应用支撑平台·应用服务器·内存",
        "verdict": "提高",
        "tone": "warn",
        "approved": "≥256GB DDR4",
        "tender": "≥256GB DDR5",
    }
    assert person.get(f"/api/reviews/{review.review_id}/findings/5").json()["tender"] == "（无）"
    assert person.get(f"/api/reviews/{review.review_id}/findings/10").status_code == 404
    assert person.get(f"/api/reviews/{review.review_id}/findings/0").status_code == 404


@pytest.mark.parametrize(
    ("acts", "offered"),
    [
        (("wang_fang", ReviewState.EXPLAINING), ["说明"] * 8),
        (("li_qiang", ReviewState.EXPLAINING), []),
        (("li_qiang", ReviewState.REVIEWING), ["改判", *["处理"] * 8]),
        (("wang_fang", ReviewState.REVIEWING), []),
        (("zhao_min", ReviewState.CONFIRMING), ["改判", *["复核"] * 8]),
        (("zhao_min", ReviewState.AGREED), []),
    ],
)
def test_the_page_offers_each_row_to_whoever_has_to_act_on_it_now(
    open_browser: OpenBrowser,
    database: Database,
    review: Reviewed,
    acts: tuple[str, ReviewState],
    offered: list[str],
) -> None:
    username, state = acts
    move(database, review, state)
    page = open_browser(username).get(f"/reviews/{review.review_id}?verdict=").text
    links = [part.split("</a>")[0].split(">")[1] for part in page.split('class="act-on')[1:]]
    assert links == offered
    assert (f'href="/reviews/{review.review_id}/task?no=9"' in page) is bool(offered)


def test_an_earlier_round_is_history_and_offers_nothing(
    open_browser: OpenBrowser, database: Database, review: Reviewed
) -> None:
    with database.session() as session:
        found = Reviews(session).with_id(review.review_id)
        assert found is not None
        Reviews(session).start_round(found, 2, NOW)
    move(database, review, ReviewState.REVIEWING)
    assert "act-on" not in open_browser("li_qiang").get(f"/reviews/{review.review_id}?round=1&verdict=").text


def test_the_page_gives_both_files_and_the_opinion_at_its_top(open_browser: OpenBrowser, review: Reviewed) -> None:
    page = open_browser("wang_fang").get(f"/reviews/{review.review_id}").text
    head = page.split('<div class="totals">')[0]
    address = f"/projects/{review.project_code}/documents/"
    assert f'招标文件 <a href="{address}{review.tender_id}" download>招标文件（采购需求）.docx</a>' in head
    assert "审批后方案 <a" in head
    assert f'审查意见书 <a href="{address}{review.opinion_id}" download>技术参数审查意见书.docx</a>' in head
