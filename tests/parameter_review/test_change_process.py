"""Changes during procurement on the real engine: agreed, transferred, refused, sent back for want of a baseline."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.parameter_review.desk import REQUEST
from tests.parameter_review.office import ReviewCase, ReviewOffice
from tests.parameter_review.test_changes import CHANGE, MEMORY, notice, replacement

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def office(engine_server: Any, tmp_path_factory: Any, request_of: Any) -> Iterator[ReviewOffice]:
    made = ReviewOffice(engine_server, tmp_path_factory.mktemp("office"), request_of)
    yield made
    made.close()


def stated(project_code: str, **fields: Any) -> dict[str, Any]:
    """What the start form sends for a change besides the file: what it hides is not sent."""
    known = {name: REQUEST[name] for name in ("project_name", "unit_code", "unit_name", "package_name")}
    return {**known, "project_code": project_code, **CHANGE, **fields}


def change(office: ReviewOffice, content: bytes, project_code: str, **fields: Any) -> ReviewCase:
    """A change of a project."""
    handed_in = {**stated(project_code, **fields), "tender_document": office.upload(content)}
    return ReviewCase(office, None, request=handed_in)


def agreed(office: ReviewOffice, files: Any, project_code: str) -> ReviewCase:
    """A review that was agreed and published as it was."""
    both = {name: office.upload(files.approved) for name in ("approved_document", "tender_document")}
    case = ReviewCase(office, None, request={**REQUEST, "project_code": project_code, **both})
    case.review("accepted")
    case.confirm()
    publish(office, case, files.approved)
    return case


def publish(office: ReviewOffice, case: ReviewCase, content: bytes) -> None:
    case.do("wang_fang", "submit_published_tender", published_document=office.upload(content), notice_number="JH26-1")
    case.ends("end_review_agreed")


def test_a_correction_inside_the_investment_is_agreed_with_an_opinion_and_bars_a_second_one_meanwhile(
    office: ReviewOffice, files: Any
) -> None:
    before = agreed(office, files, "2026-210100-A1")
    case = change(office, MEMORY, "2026-210100-A1")
    assert "更正公告（质疑成立）" in case.sees("wang_fang", "explain_deviations", "change_note")
    (line,) = case.sees("wang_fang", "explain_deviations", "deviations")
    assert (line["agreed"], line["tender"]) == ("内存≥256GB", "内存≥512GB")
    second = change(office, MEMORY, "2026-210100-A1")
    running = case.recorded().id
    told = second.sees("wang_fang", "correct_documents", "refusal_message")
    assert f"另有一件变更审查正在办理（审查编号 {running}，待说明偏差）" in told
    case.explain()
    case.review("accepted")
    case.confirm()
    assert case.sees("wang_fang", "submit_published_tender", "opinion_number").startswith("沈数技审〔2026〕")
    publish(office, case, MEMORY)
    recorded = case.recorded()
    assert (recorded.state, recorded.conclusion) == ("已同意", "同意")
    assert recorded.opinion_document_id is not None
    assert recorded.baseline_table_id == before.recorded().baseline_table_id
    # The one that was barred is handed in again as it is; what it quotes is no longer what was agreed last.
    second.do("wang_fang", "correct_documents")
    (line,) = second.sees("wang_fang", "explain_deviations", "deviations")
    assert (line["item"], line["verdict"]) == ("变更文件", "不可比/需人工")


def test_any_excess_is_transferred_whatever_the_rows_say(office: ReviewOffice, files: Any) -> None:
    agreed(office, files, "2026-210100-A2")
    case = change(office, notice(("防火墙 单价", "80000元", "80001元")), "2026-210100-A2")
    case.explain()
    assert "审查结论为转概算调整" in case.sees("li_qiang", "review_parameters", "warnings_note")
    case.review("accepted")
    case.confirm()
    case.ends("end_review_transferred")
    assert (case.recorded().state, case.recorded().conclusion) == ("已转概算调整", "转概算调整")
    assert office.pushed(case, "parameter_review.transferred")["excess_fen"] == 100


def test_a_lower_replacement_model_is_explained_and_refused(office: ReviewOffice, files: Any) -> None:
    agreed(office, files, "2026-210100-A3")
    offered = {"review_kind": "替代型号", "change_reason": "产品停产", "change_scope": None}
    offer = replacement("应用服务器", "1、型号：甲型\n2、CPU核数：16核\n3、内存：128GB")
    case = change(office, offer, "2026-210100-A3", **offered)
    (line,) = case.sees("wang_fang", "explain_deviations", "deviations")
    assert (line["parameter"], line["verdict"]) == ("内存", "降低")
    case.explain("原型号停产")
    case.review("refused")
    case.confirm()
    case.ends("end_review_refused")
    better = replacement("应用服务器", "1、型号：乙型\n2、CPU核数：16核\n3、内存：256GB")
    again = change(office, better, "2026-210100-A3", **offered)
    again.review("accepted")
    again.confirm()
    again.ends("end_change_agreed")
    assert again.recorded().state == "已同意"


def test_without_an_agreed_review_the_unit_is_told_and_may_correct_what_it_named(
    office: ReviewOffice, files: Any
) -> None:
    agreed(office, files, "2026-210100-A4")
    case = change(office, MEMORY, "2026-210100-A9")
    assert "系统中没有项目代码为 2026-210100-A9 的项目" in case.sees(
        "wang_fang", "correct_documents", "refusal_message"
    )
    assert case.sees("wang_fang", "correct_documents", "is_registered_change") is False
    case.do("wang_fang", "correct_documents", **stated("2026-210100-A4"))
    assert case.sees("wang_fang", "explain_deviations", "review_round") == 1
