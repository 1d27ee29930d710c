"""A change during procurement: against the same approved table, from the tender that was agreed last, one at a time."""

import io
import json
from threading import Thread
from typing import Any

import docx
import openpyxl
import pytest

from records.hints import DISMISSED
from records.models import OutboxEvent, ReviewKind, ReviewState
from tests.parameter_review.desk import APPROVED, COMPARING, MORE_MEMORY, workbook
from workers.failures import Outcome

CHANGE = {
    "review_kind": "更正公告",
    "change_scope": "仅列变更条目",
    "change_reason": "质疑成立",
    "change_notice_number": "JH26-210100-00001-1",
    "change_notice_date": "2026-11-20",
}
CORRECTIONS = ("序号", "更正项", "更正前", "更正后")


def notice(*rows: tuple[str, str, str]) -> bytes:
    """A correction notice: a table of what was and what is."""
    document = docx.Document()
    document.add_paragraph("更正公告")
    table = document.add_table(rows=0, cols=len(CORRECTIONS))
    for row in (CORRECTIONS, *((str(number), *row) for number, row in enumerate(rows, 1))):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def replacement(name: str, specification: str) -> bytes:
    """A list of what a replacement model offers."""
    book = openpyxl.Workbook()
    book.active.append(["设备名称", "技术参数"])
    book.active.append([name, specification])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


MEMORY = notice(("应用服务器 内存", "内存≥256GB", "内存≥512GB"))


def agree(desk: Any, *tender: Any) -> None:
    """Carry a review on the desk to its end: agreed, and published as it was."""
    desk.compare(*tender)
    conclude(desk)


def conclude(desk: Any) -> None:
    desk.sign()
    desk.conclude("同意")
    published = desk.variables["tender_document"]
    desk.run("compare_published", published_document=published, notice_number="JH26-1")
    assert desk.review().state is ReviewState.AGREED


def begin(desk: Any, content: bytes, name: str = "更正公告.docx", **stated: Any) -> Any:
    """Hand in a change on the next process instance, as the start form does: no approved table goes with it."""
    other = desk.another()
    for known in ("project_name", "approval_number", "approval_date"):
        other.variables.pop(known)
    other.variables |= CHANGE | stated | {"tender_document": other.uploads.add(content, name)}
    return other


def refused(desk: Any) -> str:
    with pytest.raises(Outcome) as outcome:
        desk.run("parse_documents")
    assert outcome.value.code == "document_refused"
    desk.variables |= outcome.value.variables
    return str(outcome.value.variables["refusal_message"])


def test_a_notice_is_reviewed_against_the_approved_table_of_the_agreed_review(desk: Any) -> None:
    agree(desk)
    change = begin(desk, MEMORY)
    returned = change.run("parse_documents")
    assert (returned["review_round"], returned["reviewed_file_name"]) == (1, "更正公告.docx")
    assert returned["review_kind"] == "更正公告"
    assert returned["change_note"] == (
        "更正公告（质疑成立），JH26-210100-00001-1，2026年11月20日。"
        "批复参数价格表沿用原审查，变更前的招标文件为意见书 沈数技审〔2026〕1号 审定的文件；未变更的内容不再审查。"
    )
    assert (returned["project_name"], returned["approval_date"]) == ("城市运行管理服务平台", "2026-03-02")
    before, review = desk.review(), change.review()
    assert review.baseline_table_id == before.baseline_table_id
    assert review.kind is ReviewKind.CORRECTION
    assert (review.change.agreed_review_id, review.change.agreed_round) == (before.id, 1)
    tender = change.look(lambda books: books.tables.tender_content(review.id, 1))
    assert [one.text for one in tender.items[0].parameters] == ["CPU核数≥16核", "内存≥512GB"]
    assert tender.items[0].parameters[1].place.startswith("《更正公告.docx》表1")
    assert tender.total_fen == 18_000_000
    assert change.audited()[-2:] == ["documents.parsed", "change.registered"]
    documents = change.look(lambda books: books.projects.documents(review.project_id))
    assert [one.kind for one in documents].count("approved_table") == 1


def test_only_what_the_change_changed_is_up_for_judgement_with_what_was_agreed_beside_it(desk: Any) -> None:
    agree(desk, (("应用服务器", "1、CPU核数≥32核\n2、内存≥256GB", 2, 50_000), APPROVED[1]))
    change = begin(desk, MEMORY)
    returned = change.run("parse_documents", *COMPARING)
    (line,) = returned["deviations"]
    assert (line["approved"], line["agreed"], line["tender"]) == ("内存≥256GB", "内存≥256GB", "内存≥512GB")
    assert line["verdict"] == "提高"
    assert returned["carried_count"] == 1
    assert returned["excess_fen"] == 0
    rows = {row.parameter: row for row in change.findings()}
    assert (rows["CPU核数"].carried_over, rows["CPU核数"].disposition, rows["CPU核数"].agreed) == (
        True,
        "accepted",
        "CPU核数≥32核",
    )
    assert all(row.carried_over for row in rows.values() if row.parameter not in {"内存", "合价"})


def test_a_change_inside_the_investment_is_agreed_and_the_next_one_goes_on_from_it(desk: Any) -> None:
    agree(desk)
    change = begin(desk, MEMORY)
    change.run("parse_documents", *COMPARING)
    conclude(change)
    assert change.pushed()[-2:] == [
        ("platform", "parameter_review.concluded"),
        ("platform", "parameter_review.published"),
    ]
    following = begin(change, notice(("应用服务器", "CPU核数≥16核", "CPU核数≥24核")))
    returned = following.run("parse_documents", *COMPARING)
    assert [line["parameter"] for line in returned["deviations"]] == ["CPU核数"]
    assert following.review().change.agreed_review_id == change.review().id
    tender = following.look(lambda books: books.tables.tender_content(following.review().id, 1))
    assert [one.text for one in tender.items[0].parameters] == ["CPU核数≥24核", "内存≥512GB"]


def test_any_excess_is_told_to_the_reviewers_and_pushed_with_its_figures(desk: Any) -> None:
    agree(desk)
    change = begin(desk, notice(("防火墙 单价", "80000元", "80000.01元")))
    returned = change.run("parse_documents", *COMPARING)
    assert returned["excess_fen"] == 1
    assert returned["warnings_note"].startswith(
        "变更后的合计超出批复投资 0.01元，不在项目审批的投资额度内，审查结论为转概算调整"
    )
    change.sign()
    change.conclude("转概算调整")
    assert change.review().state is ReviewState.TRANSFERRED
    with change.database.reading() as session:
        (event,) = session.query(OutboxEvent).filter(OutboxEvent.type == "parameter_review.transferred")
        data = json.loads(event.data)
    assert (data["approved_total_fen"], data["tender_total_fen"], data["excess_fen"]) == (18_000_000, 18_000_001, 1)
    assert data["change"]["kind"] == "更正公告"
    assert data["change"]["notice_number"] == "JH26-210100-00001-1"


def test_amounts_that_cannot_be_read_are_left_to_a_person(desk: Any) -> None:
    agree(desk)
    change = begin(desk, notice(("防火墙 单价", "80000元", "另行通知")))
    returned = change.run("parse_documents", *COMPARING)
    assert returned["excess_fen"] is None
    assert "不可比/需人工" in {line["verdict"] for line in returned["deviations"] if line["item"] == "项目合计"}


def test_what_has_no_place_in_the_agreed_tender_is_up_for_judgement(desk: Any) -> None:
    agree(desk)
    change = begin(desk, notice(("开标时间", "2026年12月1日", "2026年12月8日")))
    (line,) = change.run("parse_documents", *COMPARING)["deviations"]
    assert (line["item"], line["parameter"], line["verdict"]) == ("变更文件", "开标时间", "不可比/需人工")
    assert (line["approved"], line["tender"]) == ("2026年12月1日", "2026年12月8日")


def test_a_whole_revised_tender_is_compared_as_it_is(desk: Any) -> None:
    agree(desk)
    change = begin(desk, workbook(MORE_MEMORY), "修订稿.xlsx", change_scope="完整修订稿")
    (line,) = change.run("parse_documents", *COMPARING)["deviations"]
    assert (line["parameter"], line["agreed"]) == ("内存", "内存≥256GB")
    left_out = begin(change, workbook(MORE_MEMORY[:1]), "修订稿.xlsx", change_scope="完整修订稿")
    assert "审查编号" in refused(left_out)


def test_an_offered_model_is_judged_row_by_row_and_its_name_is_no_suspicion(desk: Any) -> None:
    agree(desk)
    offer = replacement("应用服务器", "1、品牌型号：华为 2288H V7\n2、CPU核数：32核\n3、内存：128GB")
    change = begin(desk, offer, "替代型号.xlsx", review_kind="替代型号", change_reason="产品停产")
    returned = change.run("parse_documents", *COMPARING)
    verdicts = {line["parameter"]: line["verdict"] for line in returned["deviations"]}
    assert verdicts == {"CPU核数": "提高", "内存": "降低"}
    assert "“应用服务器”的替代型号：品牌型号：华为 2288H V7" in returned["warnings_note"]
    rows = {row.parameter: row for row in change.findings() if row.item == "应用服务器"}
    assert rows["内存"].convention.endswith("替代型号按响应值与批复要求逐项比较，达到或优于即为同等或更优")
    assert change.review().kind is ReviewKind.REPLACEMENT


def test_a_model_that_meets_the_approval_but_not_what_was_agreed_is_left_to_a_person(desk: Any) -> None:
    agree(desk, MORE_MEMORY)
    offer = replacement("应用服务器", "1、CPU核数：16核\n2、内存：384GB")
    change = begin(desk, offer, "替代型号.xlsx", review_kind="替代型号", change_reason="产品停产")
    (line,) = change.run("parse_documents", *COMPARING)["deviations"]
    assert (line["parameter"], line["agreed"], line["verdict"]) == ("内存", "内存≥512GB", "不可比/需人工")
    assert "低于审定的招标要求" in line["reason"]


def test_a_requirement_that_an_offer_does_not_answer_is_missing(desk: Any) -> None:
    agree(desk)
    change = begin(desk, replacement("应用服务器", "CPU核数：32核"), "替代型号.xlsx", review_kind="替代型号")
    verdicts = {line["parameter"]: line["verdict"] for line in change.run("parse_documents", *COMPARING)["deviations"]}
    assert verdicts == {"CPU核数": "提高", "内存": "缺失"}


def test_without_an_agreed_review_a_change_goes_back_and_registers_nothing(desk: Any) -> None:
    assert refused(begin(desk, MEMORY)).startswith("系统中没有项目代码为 2026-210100-01 的项目")
    desk.compare()
    change = begin(desk, MEMORY)
    assert refused(change) == ("采购包“全部”的采购前审查还没有办结（审查编号 1，初审中），办结同意后才能申请变更审查。")
    assert "没有已通过的技术参数审查" in refused(begin(change, MEMORY, package_name="包9"))
    assert change.look(lambda books: books.reviews.find_instance(change.instance)) is None


def test_another_units_project_is_not_changed_and_nothing_is_told_of_it(desk: Any) -> None:
    desk.people.groups = {"pu_csyx_operator": "甲 经办", "pu_jtj_operator": "乙 经办"}
    agree(desk)
    told = refused(begin(desk, MEMORY, unit_code="jtj"))
    assert told == "项目代码 2026-210100-01 已由其他单位登记，请核对项目代码和单位代码。"


def test_while_a_change_runs_a_second_one_is_refused_with_its_number(desk: Any) -> None:
    agree(desk)
    first = begin(desk, MEMORY)
    first.run("parse_documents")
    second = begin(first, notice(("防火墙", "吞吐量≥10Gbps", "吞吐量≥20Gbps")))
    assert refused(second) == (
        "本采购包另有一件变更审查正在办理（审查编号 2，核对中），请等它办结后再申请；两件变更不能同时审查。"
    )
    assert second.look(lambda books: books.reviews.find_instance(second.instance)) is None
    first.run(*COMPARING)
    conclude(first)
    assert second.run("parse_documents")["review_round"] == 1


def test_of_several_agreed_reviews_the_unit_says_which(desk: Any) -> None:
    agree(desk)
    again = desk.another()
    agree(again, MORE_MEMORY)
    change = begin(again, notice(("应用服务器", "CPU核数≥16核", "CPU核数≥24核")))
    told = refused(change)
    assert told == (
        "采购包“全部”有 2 件已通过的审查：沈数技审〔2026〕2号、沈数技审〔2026〕1号，请填写本次变更所依据的意见书文号。"
    )
    change.variables["earlier_opinion"] = "沈数技审〔2026〕9号"
    assert "没有意见书文号为“沈数技审〔2026〕9号”的" in refused(change)
    change.run("parse_documents", earlier_opinion="沈数技审〔2026〕1号")
    assert change.review().change.agreed_review_id == desk.review().id


def test_the_unit_cannot_bring_an_approved_table_of_its_own(desk: Any) -> None:
    agree(desk)
    change = begin(desk, MEMORY)
    change.variables["approved_document"] = change.uploads.add(workbook(MORE_MEMORY), "新批复.xlsx")
    assert refused(change).startswith("变更审查沿用原审查的批复参数价格表，不能另行上传")
    assert change.variables["approved_document"] is None
    change.run("parse_documents")
    assert change.review().baseline_table_id == desk.review().baseline_table_id


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        ({"review_kind": "补充合同"}, "请选择审查类型（采购前审查、更正公告、替代型号）。"),
        ({"change_reason": ""}, "请选择变更原因（政策调整、质疑成立、产品停产、技术更新、其他原因）。"),
        ({"change_scope": None}, "请选择变更文件的内容（完整修订稿或仅列变更条目）。"),
        ({"change_notice_number": " "}, "请填写公告或函件文号，不超过 60 个字。"),
        ({"change_notice_date": "2026-02-30"}, "请填写公告或函件日期，写成 2026-03-02 的形式。"),
        ({"change_notice_date": 5}, "请填写公告或函件日期，写成 2026-03-02 的形式。"),
        ({"package_name": ""}, "没有填写采购包。"),
        ({"tender_document": []}, "没有收到变更文件，请上传。"),
    ],
)
def test_a_field_that_is_wrong_goes_back(desk: Any, stated: dict[str, Any], says: str) -> None:
    agree(desk)
    change = begin(desk, MEMORY)
    change.variables |= stated
    assert says in refused(change)


def test_a_row_whose_place_is_not_certain_goes_back_to_be_told_clearly(desk: Any) -> None:
    agree(desk)
    offer = replacement("核心交换机", "端口≥48个")
    change = begin(desk, offer, "替代型号.xlsx", review_kind="替代型号", change_reason="产品停产")
    assert "“核心交换机”" in refused(change)
    assert change.review().state is ReviewState.CORRECTING


def test_a_further_round_of_a_change_is_laid_over_what_was_agreed_and_not_over_the_round_before(desk: Any) -> None:
    agree(desk)
    change = begin(desk, MEMORY)
    change.run("parse_documents", *COMPARING)
    change.sign("revise")
    change.conclude("修改后同意")
    softer = notice(("防火墙", "吞吐量≥10Gbps", "吞吐量≥20Gbps"))
    change.variables["tender_document"] = change.uploads.add(softer, "更正公告2.docx")
    returned = change.run("parse_documents", *COMPARING)
    assert change.review().round == 2
    assert [line["parameter"] for line in returned["deviations"]] == ["吞吐量"]


def test_a_second_run_of_the_same_element_instance_changes_nothing(desk: Any) -> None:
    agree(desk)
    change = begin(desk, MEMORY)
    at = change.occasion()
    first = change.run("parse_documents", at=at)
    count = len(change.audited())
    assert change.run("parse_documents", at=at) == first
    assert len(change.audited()) == count


def test_other_packages_that_were_agreed_count_towards_the_investment(desk: Any) -> None:
    agree(desk)
    other = desk.another()
    other.variables["package_name"] = "包2"
    agree(other)
    change = begin(other, MEMORY)
    change.variables["package_name"] = "全部"
    returned = change.run("parse_documents", *COMPARING)
    assert returned["excess_fen"] == 0
    (line,) = [line for line in returned["deviations"] if line["item"] == "项目合计"]
    assert line["reason"].startswith("连同本项目其他采购包已审定的 18.00万元，合计超出批复 18.00万元")


def test_an_agreed_replacement_is_not_announced(desk: Any) -> None:
    agree(desk)
    offer = replacement("应用服务器", "1、CPU核数：32核\n2、内存：256GB")
    change = begin(desk, offer, "替代型号.xlsx", review_kind="替代型号", change_reason="产品停产")
    change.run("parse_documents", *COMPARING)
    change.sign()
    assert change.conclude("同意") == {}
    assert change.review().state is ReviewState.AGREED
    assert "提交公告文件" not in {name for name, (_, met) in change.deadlines().items() if not met}


def words_of(desk: Any) -> str:
    """The text of the opinion of a desk's review."""
    document = desk.look(
        lambda books: books.documents.content(books.reviews.of_instance(desk.instance).opinion_document)
    )
    read = docx.Document(io.BytesIO(document))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in read.paragraphs), *cells])


def test_the_opinion_on_a_change_says_that_it_is_one_and_what_was_agreed_before(desk: Any) -> None:
    agree(desk)
    change = begin(desk, MEMORY)
    change.run("parse_documents", *COMPARING, "check_reasonableness")
    change.sign()
    change.conclude("同意")
    text = words_of(change)
    assert "技术参数变更审核意见" in text
    assert "本次为采购中变更：更正公告（质疑成立），JH26-210100-00001-1，2026年11月20日。" in text
    assert "意见书 沈数技审〔2026〕1号 审定的文件" in text
    assert "内存≥512GB\n原审定：内存≥256GB" in text
    assert "请按本次审查的变更文件公告" in text
    assert "技术参数一致性审查意见" in words_of(desk)
    assert change.review().opinion_document.file_name == "技术参数变更审核意见 沈数技审〔2026〕2号.docx"


def test_two_changes_at_the_same_moment_are_one_change(desk: Any) -> None:
    agree(desk)
    first = begin(desk, MEMORY)
    second = begin(first, notice(("防火墙", "吞吐量≥10Gbps", "吞吐量≥20Gbps")))
    told = []

    def hand_in(change: Any) -> None:
        try:
            change.run("parse_documents")
        except Outcome as outcome:
            told.append(str(outcome))

    both = [Thread(target=hand_in, args=(change,)) for change in (first, second)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    (refusal,) = told
    assert "另有一件变更审查正在办理" in refusal


def test_a_hint_that_was_dismissed_is_not_asked_about_again(desk: Any) -> None:
    lavish = (("应用服务器", "1、CPU核数≥16核\n2、内存≥4096GB", 2, 50_000), APPROVED[1])
    desk.compare(lavish, lavish)
    hints = desk.run("check_reasonableness")["hints"]
    assert hints
    answers = [{"no": hint["no"], "answer": DISMISSED, "answer_note": ""} for hint in hints]
    desk.variables["hint_answers"] = answers
    conclude(desk)
    change = begin(desk, notice(("防火墙", "吞吐量≥10Gbps", "吞吐量≥20Gbps")))
    asked = change.run("parse_documents", *COMPARING, "check_reasonableness")["hints"]
    assert {(hint["item"], hint["reason"]) for hint in asked}.isdisjoint(
        (hint["item"], hint["reason"]) for hint in hints
    )


def test_every_step_of_a_change_may_run_twice(desk: Any) -> None:
    agree(desk)
    change = begin(desk, notice(("防火墙 单价", "80000元", "80001元")))
    for element in ("parse_documents", *COMPARING):
        at = change.occasion()
        first = change.run(element, at=at)
        before = change.audited(), len(change.findings())
        assert change.run(element, at=at) == first
        assert (change.audited(), len(change.findings())) == before
    change.sign()
    change.variables["conclusion"] = "转概算调整"
    for element in ("settle_findings", "render_opinion", "record_outcome"):
        at = change.occasion()
        first = change.run(element, at=at)
        assert change.run(element, at=at) == first
    assert [kind for _, kind in change.pushed()].count("parameter_review.transferred") == 1
