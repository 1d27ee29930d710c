"""解析送审文件: what is kept, what is refused, and that neither happens twice."""

from typing import Any

import pytest

from records.models import ReviewState
from workers.failures import Outcome

NO_CHANGE = {"review_kind": "采购前审查", "change_note": "", "doubts_sha256": None}


def test_both_files_are_kept_and_the_first_round_begins(desk: Any) -> None:
    desk.submit()
    assert desk.run("parse_documents") == {"review_round": 1, "reviewed_file_name": "招标.xlsx", **NO_CHANGE}
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
    assert desk.run("parse_documents") == {"review_round": 1, "reviewed_file_name": "招标（更正）.xlsx", **NO_CHANGE}
    assert desk.deadlines() == {"更正送审材料": ("2026-11-26", True)}


def test_a_file_marked_secret_is_removed_from_the_engine_and_its_name_is_told_nowhere(desk: Any) -> None:
    desk.submit()
    desk.variables["tender_document"] = desk.uploads.add(desk.uploads.files["d2"], "【机密】某某系统.xlsx")
    with pytest.raises(Outcome) as refused:
        desk.run("parse_documents")
    assert "国家秘密标志" in str(refused.value)
    assert "某某系统" not in str(refused.value.variables)
    assert refused.value.variables["tender_document"] is None
    assert sorted(desk.uploads.files) == ["d1", "d2"]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([], "没有收到招标文件，请上传。"),
        ([{"documentId": "gone", "metadata": {"fileName": "a.xlsx"}}], "或它与上传时不符，请重新上传。"),
    ],
)
def test_a_missing_file_is_asked_for_again(desk: Any, files: list[dict[str, Any]], says: str) -> None:
    desk.submit()
    with pytest.raises(Outcome) as refused:
        desk.run("parse_documents", tender_document=files)
    assert says in str(refused.value)


def sent_back(desk: Any, **given: Any) -> Any:
    """Hand in a good request with some variables changed (`...` leaves one out); return the outcome's variables."""
    desk.submit()
    desk.variables |= given
    desk.variables = {name: value for name, value in desk.variables.items() if value is not ...}
    with pytest.raises(Outcome) as outcome:
        desk.run("parse_documents")
    assert outcome.value.code == "document_refused"
    return outcome.value.variables


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"project_code": ...}, "没有填写项目代码。"),
        ({"project_code": None}, "没有填写项目代码。"),
        ({"project_code": 20260101}, "项目代码填写的内容无法识别，请重新填写。"),
        ({"project_code": "项目/../1"}, "项目代码“项目/../1”只能由数字、字母和“-”组成，请照审批文件填写。"),
        ({"project_name": "长" * 121}, "项目名称不能超过 120 个字，现在有 121 个字。"),
        ({"project_name": " \x0b "}, "没有填写项目名称。"),
        ({"approval_date": "2026-13-45"}, "批复日期“2026-13-45”不是日历上的日期，请更正。"),
        ({"approval_date": "2026年3月2日"}, "批复日期“2026年3月2日”应写成 2026-03-02 的形式。"),
        ({"approval_date": 20260302}, "批复日期填写的内容无法识别，请重新填写。"),
        ({"package_name": ["包1"]}, "采购包填写的内容无法识别，请重新填写。"),
    ],
)
def test_a_field_other_clients_filled_in_wrongly_goes_back_and_registers_nothing(
    desk: Any, given: dict[str, Any], says: str
) -> None:
    told = sent_back(desk, **given)
    assert told["refusal_message"] == says
    assert told["correction_group"] == "pu_csyx_operator"
    assert desk.look(lambda books: books.reviews.find_instance(7)) is None
    assert desk.look(lambda books: books.projects.with_code("2026-210100-01")) is None
    assert list(desk.registry.store.hashes()) == []
    assert desk.audited() == ["documents.refused"]
    assert desk.deadlines() == {"更正送审材料": ("2026-11-26", False)}


@pytest.mark.parametrize(
    ("tender", "says"),
    [
        (None, "没有收到招标文件，请上传。"),
        ("招标.xlsx", "招标文件没有作为文件上传，请在表单中选择文件重新上传。"),
        (["招标.xlsx"], "招标文件没有作为文件上传，请在表单中选择文件重新上传。"),
        ([{"metadata": {}}], "招标文件没有作为文件上传，请在表单中选择文件重新上传。"),
        (
            [{"documentId": "d1"}, {"documentId": "d2"}],
            "招标文件收到 2 个文件，只能审查一个，请合并成一个文件后重新上传。",
        ),
    ],
)
def test_what_is_not_one_file_is_asked_for_again(desk: Any, tender: Any, says: str) -> None:
    assert sent_back(desk, tender_document=tender)["refusal_message"] == says


def test_every_problem_is_told_at_once(desk: Any) -> None:
    told = sent_back(desk, project_code=..., approval_date="20260230", approved_document=[], tender_document=...)
    assert told["refusal_message"] == (
        "（1）没有填写项目代码。\n\n（2）批复日期“20260230”应写成 2026-03-02 的形式。\n\n"
        "（3）没有收到审批后方案参数价格表，请上传。\n\n（4）没有收到招标文件，请上传。"
    )


@pytest.mark.parametrize("unit_code", [..., None, 5, "CSYX", "csyx ", "nobody"])
def test_a_request_of_an_unknown_unit_is_corrected_by_the_bureau(desk: Any, unit_code: Any) -> None:
    told = sent_back(desk, unit_code=unit_code)
    assert told["correction_group"] == "bdb_tech"
    assert "单位代码" in told["refusal_message"]


def test_a_unit_that_an_identity_provider_keeps_is_believed(desk: Any) -> None:
    desk.people.groups = None
    desk.submit()
    assert desk.run("parse_documents", unit_code="jtj", unit_name="市交通局")["review_round"] == 1
    assert desk.review().project.organisation.name == "市交通局"


def test_the_directory_says_what_a_unit_is_called(desk: Any) -> None:
    desk.submit()
    desk.run("parse_documents", unit_name="沈阳城运中心")
    assert desk.review().submitted_by == "沈阳市城市运行服务中心"
    assert desk.review().project.organisation.name == "沈阳市城市运行服务中心"


def test_corrected_fields_are_what_is_registered(desk: Any) -> None:
    sent_back(desk, tender_document=None, project_code="2026-210100-99", package_name="包9")
    desk.submit()
    desk.run("parse_documents", project_code="2026-210100-01", package_name="包1")
    review = desk.review()
    assert (review.project.code, review.package, review.state) == ("2026-210100-01", "包1", ReviewState.CHECKING)


def test_a_review_under_way_keeps_its_project_and_package(desk: Any) -> None:
    desk.submit()
    desk.run("parse_documents")
    told = sent_back(desk, package_name="包2")
    assert told["refusal_message"].startswith(
        "本次审查登记的是项目代码 2026-210100-01、采购包“全部”，审查开始后不能更改"
    )
    assert (desk.review().package, desk.review().round) == ("全部", 1)


def test_another_units_project_is_not_reviewed(desk: Any) -> None:
    desk.people.groups = {"pu_csyx_operator": "甲 经办", "pu_jtj_operator": "乙 经办"}
    desk.submit()
    desk.run("parse_documents")
    told = sent_back(desk.another(), unit_code="jtj")
    assert told["refusal_message"] == "项目代码 2026-210100-01 已由其他单位登记，请核对项目代码和单位代码。"
    assert told["correction_group"] == "pu_jtj_operator"


def test_a_code_that_was_a_slip_of_the_pen_is_free_for_its_real_unit(desk: Any) -> None:
    desk.people.groups = {"pu_csyx_operator": "甲 经办", "pu_jtj_operator": "乙 经办"}
    sent_back(desk, tender_document=None)
    other = desk.another()
    other.submit()
    other.run("parse_documents", unit_code="jtj", project_name="交通信号系统")
    project = other.look(lambda books: books.projects.with_code("2026-210100-01"))
    assert (project.organisation.code, project.name) == ("jtj", "交通信号系统")


def test_characters_no_document_can_hold_are_left_out(desk: Any) -> None:
    desk.submit()
    desk.run("parse_documents", project_name="城市\x00运行\x0b平台", approval_number=" 沈发改[2026]1号 ")
    assert desk.review().project.name == "城市运行\n平台"
    assert desk.review().approval_number == "沈发改[2026]1号"
