"""What stands beside the list in a text document: tables of terms as sentences, notes with the row they belong to."""

import io

import docx

from domain.documents import ParameterTable
from domain.documents.reader import read_document
from domain.parameters import Verdict, review
from tests.domain.builders import TENDER_HEADER, TENDER_ROW, repacked, saved, text_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ROW = ("1", "应用服务器", "1、内存：≥256GB；\n2、质保：3年。", "台", "10", "125000", "1250000")
APPROVED = read_document(text_document("设备清单", [TENDER_HEADER, ROW]), "批复.docx")


def said(table: ParameterTable) -> list[str]:
    return [clause.text for clause in table.clauses]


def test_a_row_of_a_label_and_its_content_is_one_sentence_with_its_place() -> None:
    rows = [("序号", "条款名称", "内容"), ("1", "质保期", "1年"), ("2", "付款方式", "验收后支付100%")]
    table = read_document(text_document("采购需求", [TENDER_HEADER, ROW], "商务要求", rows), "招标.docx")
    assert "质保期：1年" in said(table)
    (shown,) = (one for one in review(APPROVED, table).findings if one.is_deviation)
    assert (shown.verdict, shown.tender, shown.tender_ref) == (Verdict.MANUAL, "质保期：1年", "表2 第2行")


def test_terms_in_a_table_without_titles_and_numbers_are_read_too() -> None:
    rows = [("质保期", "自验收合格之日起12个月"), ("交付时间", "合同签订后60日内")]
    table = read_document(text_document("采购需求", [TENDER_HEADER, ROW], "商务要求", rows), "招标.docx")
    assert "质保期：自验收合格之日起12个月" in said(table)


def test_tables_of_scores_stay_cell_by_cell() -> None:
    rows = [("评分因素", "分值", "评分标准"), ("技术响应", "30", "完全满足得30分"), ("价格", "30", "低价优先")]
    table = read_document(text_document("采购需求", [TENDER_HEADER, ROW], "评分标准", rows), "招标.docx")
    assert {"技术响应", "30", "完全满足得30分"} <= set(said(table))


def test_a_comment_and_a_footnote_keep_the_row_that_refers_to_them() -> None:
    document = docx.Document(io.BytesIO(text_document("采购需求", [TENDER_HEADER, TENDER_ROW, ROW])))
    cell = document.tables[0].rows[2].cells[2]
    document.add_comment(cell.paragraphs[0].runs[0], text="内存改为128GB", author="甲", initials="甲")
    table = read_document(saved(document), "招标.docx")
    (comment,) = (clause for clause in table.clauses if clause.text == "内存改为128GB")
    assert (comment.place, comment.about) == ("批注（表1 第3行）", "表1 第3行")


def test_a_footnote_in_a_cell_changes_its_own_row_only() -> None:
    document = docx.Document(io.BytesIO(text_document("采购需求", [TENDER_HEADER, ROW])))
    run = document.tables[0].rows[1].cells[2].paragraphs[0].runs[-1]
    run._r.append(run._r.makeelement(f"{{{W}}}footnoteReference", {f"{{{W}}}id": "2"}))
    notes = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{W}"><w:footnote w:id="2"><w:p><w:r>'
        "<w:t>内存按128GB配置即可。</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    table = read_document(repacked(saved(document), {"word/footnotes.xml": notes.encode()}), "招标.docx")
    (shown,) = (one for one in review(APPROVED, table).findings if one.is_deviation)
    assert (shown.item, shown.approved, shown.tender_ref) == ("应用服务器", "内存：≥256GB", "脚注（表1 第2行）")
