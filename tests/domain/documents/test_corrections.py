"""A document that names only what changes: rows, tables of before and after, and sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents import Clause, DocumentRefused
from domain.documents.change_sentences import spoken
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


def test_a_comparison_of_several_columns_is_one_correction_a_changed_cell() -> None:
    rows = [
        [
            "序号",
            "设备名称",
            "变更前参数",
            "变更前数量",
            "变更前单价（元）",
            "变更后参数",
            "变更后数量",
            "变更后单价（元）",
        ],
        ["1", "应用服务器", "内存≥256GB", "2台", "50000", "内存≥512GB", "3台", "50000"],
    ]
    found = read_changes(text_document(rows), "对比表.docx").corrections
    assert [(one.item, one.subject, one.before, one.after) for one in found] == [
        ("应用服务器", "应用服务器 参数", "内存≥256GB", "内存≥512GB"),
        ("应用服务器", "应用服务器 数量", "2台", "3台"),
    ]


def test_titles_in_two_rows_say_which_column_is_meant() -> None:
    rows = [
        ["设备名称", "变更前", "变更前", "变更后", "变更后"],
        ["设备名称", "技术参数", "数量", "技术参数", "数量"],
        ["应用服务器", "内存≥256GB", "2台", "内存≥256GB", "3台"],
    ]
    found = read_changes(text_document(rows), "对比表.docx").corrections
    assert [(one.subject, one.before, one.after) for one in found] == [("应用服务器 数量", "2台", "3台")]


def test_several_changes_in_one_sentence_are_told_apart_by_their_quotation_marks_or_kept_whole() -> None:
    quoted = "应用服务器“内存≥256GB”改为“内存≥512GB”，防火墙“吞吐量≥10Gbps”改为“吞吐量≥20Gbps”，其他内容不变。"
    found = read_changes(text_document(quoted), "更正.docx").corrections
    assert [(one.subject, one.before, one.after) for one in found] == [
        ("应用服务器", "内存≥256GB", "内存≥512GB"),
        ("防火墙", "吞吐量≥10Gbps", "吞吐量≥20Gbps"),
    ]
    bare = "应用服务器数量由2台改为3台，支持热插拔，防火墙数量由1台改为2台"
    (kept,) = read_changes(text_document(bare), "更正.docx").corrections
    assert (kept.after, kept.is_read) == (bare, False)


def test_what_follows_the_new_wording_is_not_lost() -> None:
    kept = only("“内存≥256GB”改为“内存≥512GB”，并支持热插拔。")
    assert (kept.is_read, "支持热插拔" in kept.after) == (False, True)
    assert only("“内存≥256GB”改为“内存≥512GB”，其他内容不变。").after == "内存≥512GB"


@pytest.mark.parametrize("verb", ["延期为", "增加至", "提高到", "变更为", "调整为"])
def test_many_verbs_lead_to_what_is(verb: str) -> None:
    correction = only(f"投标截止时间由2026年12月1日{verb}2026年12月8日。")
    assert (correction.before, correction.after) == ("2026年12月1日", "2026年12月8日")


WORDS = [
    "由",
    "原",
    "将",
    "改为",
    "更正为",
    "调整至",
    "增加",
    "删除：",
    "“",
    "”",
    "，",
    "。",
    "；",
    "\n",
    "内存≥256GB",
    "2台",
    " ",
]


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_no_sentence_that_speaks_of_a_change_is_lost(text: str) -> None:
    found = list(spoken(Clause(text, "正文")))
    if "改为" in text or "更正为" in text:
        assert found
    assert all(one.before or one.after for one in found)
