"""A document that names only what changes: rows, tables of before and after, and sentences."""

import pytest

from domain.documents import DocumentRefused
from domain.documents.corrections import Correction, read_changes
from tests.domain.builders import TENDER_HEADER, text_document, workbook

TABLE = [["序号", "更正事项", "更正前内容", "更正后内容"], ["1", "应用服务器 内存", "内存≥256GB", "内存≥512GB"]]


def only(sentence: str) -> Correction:
    document = read_changes(text_document("更正公告", sentence, "其他内容不变，特此公告。"), "更正.docx")
    (correction,) = document.corrections
    return correction


def test_a_table_of_before_and_after_is_read_row_by_row_with_its_place() -> None:
    document = read_changes(
        text_document("更正公告", [*TABLE, TABLE[0], ["2", "防火墙 数量", "1台", "2台"]]), "更正.docx"
    )
    assert document.table.items == ()
    assert document.corrections == (
        Correction("应用服务器 内存", "内存≥256GB", "内存≥512GB", document.corrections[0].place),
        Correction("防火墙 数量", "1台", "2台", document.corrections[1].place),
    )
    assert "第2行" in document.corrections[0].place


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("更正前", "更正后"),
        ("原招标文件内容", "现更正为"),
        ("变更前", "变更后"),
        ("原参数", "修改为"),
        ("原型号", "替代型号"),
    ],
)
def test_the_columns_are_known_by_many_titles(before: str, after: str) -> None:
    rows = [["设备名称", "参数项", before, after], ["应用服务器", "内存", "≥256GB", "≥512GB"]]
    (correction,) = read_changes(text_document(rows), "更正.docx").corrections
    assert (correction.item, correction.parameter) == ("应用服务器", "内存")
    assert (correction.before, correction.after) == ("≥256GB", "≥512GB")


def test_a_workbook_is_read_alike_and_rows_that_state_an_item_are_rows() -> None:
    document = read_changes(workbook([["更正公告"], *TABLE]), "更正.xlsx")
    assert [one.after for one in document.corrections] == ["内存≥512GB"]
    stated = read_changes(workbook([TENDER_HEADER, ("1", "应用服务器", "内存：≥512GB", "台", "", "", "")]), "更正.xlsx")
    assert [item.name for item in stated.table.items] == ["应用服务器"]
    assert stated.corrections == ()


@pytest.mark.parametrize(
    ("sentence", "subject", "before", "after"),
    [
        ("一、原“内存≥256GB”更正为“内存≥512GB”。", "", "内存≥256GB", "内存≥512GB"),
        ("2、应用服务器数量由2台改为3台。", "应用服务器数量", "2台", "3台"),
        ("应用服务器的原招标要求：CPU核数≥16核，现更正为：CPU核数≥32核", "应用服务器", "CPU核数≥16核", "CPU核数≥32核"),
        (
            "将防火墙“吞吐量≥10Gbps”修改为“吞吐量≥20Gbps；支持IPv6”",
            "防火墙",
            "吞吐量≥10Gbps",
            "吞吐量≥20Gbps；支持IPv6",
        ),
        ("采购预算金额由500万元调整为560万元。", "采购预算金额", "500万元", "560万元"),
        ("防火墙增加参数：“支持国密SM4”。", "防火墙", "", "支持国密SM4"),
        ("防火墙删除：“提供原厂授权函”", "防火墙", "提供原厂授权函", ""),
    ],
)
def test_sentences_say_what_was_and_what_is(sentence: str, subject: str, before: str, after: str) -> None:
    correction = only(sentence)
    assert (correction.subject, correction.before, correction.after, correction.is_read) == (
        subject,
        before,
        after,
        True,
    )


def test_two_sentences_of_one_paragraph_are_two_corrections() -> None:
    document = read_changes(
        text_document("应用服务器数量由2台改为3台；开标时间由2026年12月1日变更为2026年12月8日。"), "更正.docx"
    )
    assert [one.after for one in document.corrections] == ["3台", "2026年12月8日"]


@pytest.mark.parametrize("sentence", ["本次更正删除部分条款", "技术参数变更为详见附件"])
def test_a_sentence_that_cannot_be_taken_apart_is_kept_whole(sentence: str) -> None:
    correction = only(sentence)
    assert (correction.after, correction.is_read) == (sentence, False)


def test_a_document_that_changes_nothing_is_refused() -> None:
    with pytest.raises(DocumentRefused) as refused:
        read_changes(text_document("本公告无更正事项。"), "更正.docx")
    assert refused.value.code == "no_header"


def test_a_marked_document_is_refused_before_it_is_read() -> None:
    with pytest.raises(DocumentRefused) as refused:
        read_changes(text_document("机密★5年", TABLE), "更正.docx")
    assert refused.value.code == "secrecy_marking"
