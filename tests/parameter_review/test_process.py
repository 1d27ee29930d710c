"""The process on the real engine, worked by its people over REST: once from end to end, then each detour."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from records.models import AuditEvent, OutboxEvent
from tests.parameter_review.desk import REQUEST
from tests.parameter_review.office import ReviewCase, ReviewOffice

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def office(engine_server: Any, tmp_path_factory: Any, request_of: Any) -> Iterator[ReviewOffice]:
    made = ReviewOffice(engine_server, tmp_path_factory.mktemp("office"), request_of)
    yield made
    made.close()


COMPARING = [
    "parse_documents", "align_items", "compare_parameters", "scan_brands", "check_amounts", "check_reasonableness",
]  # fmt: skip
EXPLAINING = ["explain_deviations", "record_explanations"]
REVIEWING = ["review_parameters", "confirm_review"]
CONCLUDING = ["settle_findings", "decide_conclusion", "render_opinion", "record_outcome"]


def test_one_review_from_the_request_to_the_published_file(office: ReviewOffice, files: Any) -> None:
    case = ReviewCase(office, files.more_memory)
    case.explain()
    assert case.sees("li_qiang", "review_parameters", "deviations")[0]["explanation"] == "业务增长"
    case.review("accepted")
    assert case.sees("zhao_min", "confirm_review", "reviewed")[0]["disposition"] == "accepted"
    case.confirm()
    assert case.sees("wang_fang", "submit_published_tender", "opinion_number").startswith("沈数技审〔2026〕")
    published = office.upload(files.more_memory)
    case.do("wang_fang", "submit_published_tender", published_document=published, notice_number="JH26-1")
    case.ends("end_review_agreed")
    assert case.path() == [
        "start_request_submitted", *COMPARING, *EXPLAINING, *REVIEWING, *CONCLUDING,
        "submit_published_tender", "compare_published", "end_review_agreed",
    ]  # fmt: skip
    recorded = case.recorded()
    assert (recorded.state, recorded.conclusion, recorded.round) == ("已同意", "同意", 1)
    assert recorded.opinion_document_id is not None
    assert recorded.published_document_id is not None
    pushed = office.data / "outbox" / "platform.jsonl"

    def delivered() -> list[str] | None:
        written = pushed.read_text("utf-8") if pushed.exists() else ""
        lines = [json.loads(line) for line in written.splitlines()]
        types = [line["type"] for line in lines if line["subject"] == f"parameter_review:{case.key}"]
        return types if len(types) > 1 else None

    told = case.wait("the trading platform is told", delivered)
    assert told == ["parameter_review.concluded", "parameter_review.published"]


def test_an_equal_tender_skips_the_explanation_and_the_fourth_person_sees_no_task(
    office: ReviewOffice, files: Any
) -> None:
    case = ReviewCase(office, files.approved)
    case.task("li_qiang", "review_parameters")
    mine = {"filter": {"processInstanceKey": case.key}}
    assert office.server.rest("chen_jing").post("user-tasks/search", json=mine).json()["items"] == []
    case.review("accepted")
    case.confirm()
    case.task("wang_fang", "submit_published_tender")
    assert "explain_deviations" not in case.path()


def test_nobody_confirms_their_own_review_and_a_return_goes_back_to_review(office: ReviewOffice, files: Any) -> None:
    case = ReviewCase(office, files.approved)
    case.review("accepted")
    denied = case.claim("li_qiang", "confirm_review")
    assert denied.status_code == 409
    assert "复核须由另一名审查人员办理" in denied.json()["detail"]
    path = f"user-tasks/{case.task('zhao_min', 'confirm_review')}/assignment"
    assert case.admin.post(path, json={"assignee": "li_qiang"}).status_code == 409
    assert case.admin.post(path, json={"assignee": "zhao_min"}).status_code == 204
    assert case.complete("li_qiang", "confirm_review", {"confirmation": "confirmed"}).status_code == 403
    case.confirm("returned")
    case.review("accepted", reviewer="zhao_min")
    assert case.claim("zhao_min", "confirm_review").status_code == 409
    case.confirm(confirmer="li_qiang")
    case.task("wang_fang", "submit_published_tender")
    assert case.path().count("review_parameters") == 2


def test_a_review_nobody_claimed_cannot_be_completed(office: ReviewOffice, files: Any) -> None:
    case = ReviewCase(office, files.approved)
    denied = case.complete("li_qiang", "review_parameters", {})
    assert denied.status_code == 409
    assert "请先领取任务再提交" in denied.json()["detail"]


def test_a_refused_file_waits_for_a_corrected_one(office: ReviewOffice, files: Any) -> None:
    case = ReviewCase(office, b"not a workbook")
    assert "招标文件《" in case.sees("wang_fang", "correct_documents", "refusal_message")
    case.do("wang_fang", "correct_documents", corrected_tender_document=office.upload(files.approved))
    case.task("li_qiang", "review_parameters")
    assert case.path()[:3] == ["start_request_submitted", "error_documents_refused", "correct_documents"]


def test_a_request_without_anything_is_corrected_field_by_field_and_goes_on(office: ReviewOffice, files: Any) -> None:
    case = ReviewCase(office, None, request={"project_code": 1})
    assert "没有填写单位代码。" in case.sees("li_qiang", "correct_documents", "refusal_message")
    assert case.sees("li_qiang", "correct_documents", "is_registered") is False
    wrong = {**REQUEST, "project_code": "2026-210100-77", "approval_date": "2026-02-30"}
    case.do("li_qiang", "correct_documents", **wrong, corrected_tender_document=office.upload(files.approved))
    told = case.sees("wang_fang", "correct_documents", "refusal_message")
    assert "批复日期“2026-02-30”不是日历上的日期" in told
    assert "没有收到审批后方案参数价格表" in told
    right = {**wrong, "approval_date": "2026-03-02"}
    case.do("wang_fang", "correct_documents", **right, corrected_approved_document=office.upload(files.approved))
    case.task("li_qiang", "review_parameters")
    assert case.recorded().approval_date == date(2026, 3, 2)


def test_a_form_filled_in_by_another_client_never_stops_the_process(office: ReviewOffice, files: Any) -> None:
    case = ReviewCase(office, files.more_memory)
    case.do("wang_fang", "explain_deviations", deviations="无", rest_explanation={"a": 1})
    denied = case.claim_and_complete("li_qiang", "review_parameters", deviations=[1, {"no": "1"}], reasonableness="好")
    assert denied.status_code == 409
    assert "还有 1 项偏差没有处理意见" in denied.json()["detail"]
    case.review("revise")
    case.confirm()
    assert "没有收到修改后的招标文件" in case.claim_and_complete("wang_fang", "revise_tender").json()["detail"]
    case.do("wang_fang", "revise_tender", revised_tender=office.upload(files.approved))
    case.task("li_qiang", "review_parameters")


def test_changes_asked_for_are_reviewed_in_a_further_round(office: ReviewOffice, files: Any) -> None:
    case = ReviewCase(office, files.more_memory)
    case.explain()
    case.review("revise")
    case.confirm()
    assert [each["requirement"] for each in case.sees("wang_fang", "revise_tender", "revisions")] == ["见批复"]
    case.do("wang_fang", "revise_tender", revised_tender=office.upload(files.approved))
    assert case.sees("li_qiang", "review_parameters", "review_round") == 2
    case.review("accepted")
    case.confirm()
    case.task("wang_fang", "submit_published_tender")
    assert case.path().count("parse_documents") == 2
    assert case.path().count("explain_deviations") == 1


def test_a_hint_the_reviewer_upholds_is_shown_to_the_second_asked_of_the_unit_and_asked_again(
    office: ReviewOffice, files: Any
) -> None:
    case = ReviewCase(office, files.approved)
    hints = case.sees("li_qiang", "review_parameters", "hints")
    assert [(line["no"], line["topic"]) for line in hints[:2]] == [(1, "上云"), (2, "上云")]
    answers = [
        {**hints[0], "answer": "upheld", "answer_note": "请说明不上云的理由"},
        {**hints[1], "answer": "dismissed", "answer_note": "边界设备须本地部署"},
        # Other reviews of this office may be alike: that is asked about too.
        *({**line, "answer": "dismissed"} for line in hints[2:]),
    ]
    reasonable = dict.fromkeys(("supply", "specification", "price", "reuse"), "reasonable")
    case.do("li_qiang", "review_parameters", deviations=[], hints=answers, reasonableness=reasonable, requirements="")
    assert [line["answer"] for line in case.sees("zhao_min", "confirm_review", "hints")][:2] == ["upheld", "dismissed"]
    case.confirm("returned")
    again = case.sees("li_qiang", "review_parameters", "hints")
    assert [line["answer_note"] for line in again[:2]] == ["请说明不上云的理由", "边界设备须本地部署"]
    case.do("li_qiang", "review_parameters", deviations=[], hints=again, reasonableness=reasonable, requirements="")
    case.confirm()
    assert [line["requirement"] for line in case.sees("wang_fang", "revise_tender", "revisions")] == [
        "请说明不上云的理由"
    ]
    case.do("wang_fang", "revise_tender", revised_tender=office.upload(files.approved))
    asked = [line["item"] for line in case.sees("li_qiang", "review_parameters", "hints")]
    assert "平台·物理服务器" in asked
    assert "平台·边界安全设备" not in asked


def test_a_refused_explanation_ends_the_review(office: ReviewOffice, files: Any) -> None:
    case = ReviewCase(office, files.more_memory)
    case.explain()
    case.review("refused")
    case.confirm()
    case.ends("end_review_refused")
    assert case.recorded().state == "不同意"


def test_once_registered_only_files_are_corrected(office: ReviewOffice, files: Any) -> None:
    case = ReviewCase(office, files.more_memory)
    case.explain()
    case.review("revise")
    case.confirm()
    case.do("wang_fang", "revise_tender", revised_tender=office.upload(b"not a workbook"))
    assert case.sees("wang_fang", "correct_documents", "is_registered") is True
    case.do("wang_fang", "correct_documents", corrected_tender_document=office.upload(files.approved))
    assert case.sees("li_qiang", "review_parameters", "review_round") == 2


def test_what_goes_beyond_the_approval_is_handed_to_estimate_adjustment(office: ReviewOffice, files: Any) -> None:
    case = ReviewCase(office, files.more_memory)
    case.explain()
    case.review("adjust")
    case.confirm()
    case.ends("end_review_transferred")
    database = office.database()

    def delivered() -> bool | None:
        with database.reading() as session:
            subject = f"parameter_review:{case.key}"
            rows = session.query(OutboxEvent).filter_by(subject=subject, type="parameter_review.transferred").all()
            return bool(rows and all(row.receipt for row in rows)) or None

    case.wait("the message is in the engine", delivered)
    database.close()


def test_another_published_file_is_reviewed_again(office: ReviewOffice, files: Any) -> None:
    case = ReviewCase(office, files.approved)
    case.review("accepted")
    case.confirm()
    published = office.upload(files.more_memory)
    case.do("wang_fang", "submit_published_tender", published_document=published, notice_number="JH26-2")
    assert case.sees("wang_fang", "explain_deviations", "review_round") == 2


def test_a_review_that_an_administrator_cancels_ends_as_cancelled(office: ReviewOffice, files: Any) -> None:
    case = ReviewCase(office, files.approved)
    case.task("li_qiang", "review_parameters")
    assert case.admin.post(f"process-instances/{case.key}/cancellation", json={}).status_code == 204
    recorded = case.wait("it is cancelled", lambda: found if (found := case.recorded()).ended_at else None)
    assert recorded.state == "已取消"


def test_the_audit_trail_has_each_step_once(office: ReviewOffice, files: Any) -> None:
    case = ReviewCase(office, files.approved)
    case.review("accepted")
    case.confirm()
    case.task("wang_fang", "submit_published_tender")
    database = office.database()
    with database.reading() as session:
        events = session.query(AuditEvent).filter_by(subject=f"parameter_review:{case.key}").order_by(AuditEvent.seq)
        assert [(event.action, event.actor) for event in events] == [
            ("documents.parsed", "parameter_review.parse_documents"),
            ("findings.recorded", "parameter_review.check_amounts"),
            ("reasonableness.checked", "parameter_review.check_reasonableness"),
            ("review.signed", "li_qiang"),
            ("review.confirmed", "zhao_min"),
            ("findings.settled", "parameter_review.settle_findings"),
            ("opinion.rendered", "parameter_review.render_opinion"),
            ("outcome.recorded", "parameter_review.record_outcome"),
        ]
    database.close()
