"""解析送审文件: what is kept, what is refused, and that neither happens twice."""

from typing import Any

import pytest

from records.models import ReviewState
from workers.failures import Outcome


def test_both_files_are_kept_and_the_first_round_begins(desk: Any) -> None:
    desk.submit()
    assert desk.run("parse_documents") == {"review_round": 1, "reviewed_file_name": "招标.xlsx"}
    review = desk.review()
    assert (review.state, review.round, review.package) == (ReviewState.CHECKING, 1, "全部")
    assert (review.project.code, review.submitted_by) == ("2026-210100-01", "沈阳市城市运行服务中心")
    tender = desk.look(lambda books: books.tables.tender_content(review.id, 1))
    assert [item.name for item in tender.items] == ["应用服务器", "防火墙"]
    assert desk.audited() == ["documents.parsed"]


def test_a_second_run_of_the_same_element_instance_changes_nothing(desk: Any) -> None:
    desk.submit()
    at = desk.occasion()
    first = desk.run("parse_documents", at=at)
    desk.uploads.fetched.clear()
    assert desk.run("parse_documents", at=at) == first
    assert desk.uploads.fetched == []
    assert desk.audited() == ["documents.parsed"]


def test_a_run_in_another_element_instance_is_the_next_round(desk: Any) -> None:
    desk.submit()
    desk.run("parse_documents")
    assert desk.run("parse_documents")["review_round"] == 2
    documents = desk.look(lambda books: books.projects.documents(desk.review().project_id))
    assert [document.kind for document in documents] == ["approved_table", "tender", "tender"]


def test_a_file_that_cannot_be_read_goes_back_with_the_reason_and_nothing_of_it_is_kept(desk: Any) -> None:
    desk.submit()
    desk.variables["tender_document"] = desk.uploads.add(b"not a workbook", "招标.xlsx")
    with pytest.raises(Outcome) as refused:
        desk.run("parse_documents")
    assert refused.value.code == "document_refused"
    assert refused.value.variables["refusal_message"].startswith("招标文件《招标.xlsx》：")
    assert refused.value.variables["correction_due"] == "2026-11-26T23:59:59+08:00"
    assert desk.review().state is ReviewState.CORRECTING
    assert desk.look(lambda books: books.projects.documents(desk.review().project_id)) == []
    assert list(desk.registry.store.hashes()) == []
    assert desk.audited() == ["documents.refused"]


def test_a_refusal_is_told_again_when_the_job_runs_again_and_audited_once(desk: Any) -> None:
    desk.submit()
    desk.uploads.files["d2"] = b"not a workbook"
    at = desk.occasion()
    told = []
    for _ in range(2):
        with pytest.raises(Outcome) as refused:
            desk.run("parse_documents", at=at)
        told.append((str(refused.value), refused.value.variables))
    assert told[0] == told[1]
    assert desk.audited() == ["documents.refused"]


def test_a_corrected_file_is_taken_in_as_the_same_round_and_meets_the_deadline(desk: Any) -> None:
    desk.submit()
    good, desk.uploads.files["d2"] = desk.uploads.files["d2"], b"not a workbook"
    with pytest.raises(Outcome):
        desk.run("parse_documents")
    desk.variables["tender_document"] = desk.uploads.add(good, "招标（更正）.xlsx")
    assert desk.run("parse_documents") == {"review_round": 1, "reviewed_file_name": "招标（更正）.xlsx"}
    assert desk.deadlines() == {"更正送审文件": ("2026-11-26", True)}


def test_a_file_marked_secret_is_removed_from_the_engine_and_its_name_is_told_nowhere(desk: Any) -> None:
    desk.submit()
    desk.variables["tender_document"] = desk.uploads.add(desk.uploads.files["d2"], "【机密】某某系统.xlsx")
    with pytest.raises(Outcome) as refused:
        desk.run("parse_documents")
    assert "国家秘密标志" in str(refused.value)
    assert "某某系统" not in str(refused.value.variables)
    assert sorted(desk.uploads.files) == ["d1", "d2"]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([], "没有收到招标文件，请上传。"),
        ([{"documentId": "gone", "metadata": {"fileName": "a.xlsx"}}], "已不在文件库中"),
    ],
)
def test_a_missing_file_is_asked_for_again(desk: Any, files: list[dict[str, Any]], says: str) -> None:
    desk.submit()
    with pytest.raises(Outcome) as refused:
        desk.run("parse_documents", tender_document=files)
    assert says in str(refused.value)
