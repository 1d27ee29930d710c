"""The list of findings as a workbook: what stands where, that nothing becomes a formula, that bytes repeat."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from domain.parameters import Finding, Subject, Verdict
from domain.parameters.verdicts import FindingKind
from domain.reports import FileSeen, FindingList, HintLine, Line, as_workbook
from domain.reports.spreadsheet import LONGEST_TEXT


def finding(**changes: Any) -> Finding:
    values: dict[str, Any] = {
        "subject": Subject.PARAMETER,
        "subsystem": "计算资源",
        "item": "应用服务器",
        "tender_item": "业务服务器",
        "parameter": "内存",
        "approved": "内存：≥256GB",
        "tender": "内存：≥512GB",
        "verdict": Verdict.RAISED,
        "reason": "要求提高",
        "approved_ref": "设备清单!D2 第2条",
        "tender_ref": "表1 第2行 第2条",
        "convention": "裸值按下限；内存按 1024 进制",
        "basis": "第十八条",
        "confidence": 0.875,
    }
    return Finding(**values | changes)


SAME = finding(verdict=Verdict.SAME, tender_item="应用服务器", reason="要求相同", convention="裸值按下限")
CONTENT = FindingList(
    facts=[("项目", "城市运行管理服务平台"), ("采购包", "第1包")],
    lines=[Line(1, SAME, Verdict.SAME), Line(2, finding(), Verdict.RAISED, "业务增长", "认可")],
    approved_fen=123_456_789,
    tender_fen=123_456_790,
    files=[FileSeen("批复文件", "批复.xlsx", "ab" * 32)],
    rules_version="0123456789abcdef",
    warnings=["招标文件：表2 没有表头"],
)


def opened(content: FindingList) -> Any:
    return openpyxl.load_workbook(io.BytesIO(as_workbook(content)))


def values(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_deviations_and_the_whole_comparison_have_a_sheet_each() -> None:
    book = opened(CONTENT)
    assert book.sheetnames == ["偏差", "全部比对", "汇总"]
    assert values(book["偏差"]) == [
        ["序号", "子系统", "设备或条目", "参数", "批复内容", "批复位置", "招标内容", "招标位置", "判定", "理由",
         "判读口径", "依据", "类别", "把握", "单位说明", "处理意见"],
        [2, "计算资源", "应用服务器\n（招标名称：业务服务器）", "内存", "内存：≥256GB", "设备清单!D2 第2条",
         "内存：≥512GB", "表1 第2行 第2条", "提高", "要求提高", "裸值按下限；内存按 1024 进制", "第十八条", "一致性",
         0.875, "业务增长", "认可"],
    ]  # fmt: skip
    assert [row[8] for row in values(book["全部比对"])] == ["判定", "一致", "提高"]


def test_the_summary_gives_counts_amounts_in_yuan_and_wan_files_conventions_and_the_rules() -> None:
    rows = values(opened(CONTENT)["汇总"])
    assert ["项目", "城市运行管理服务平台", None, None] in rows
    for expected in (
        ["提高", "招标要求高于批复", 1, None],
        ["指定品牌", "写明或指向特定品牌、型号、专有技术或供应商", 0, None],
        ["合计", None, 2, None],
        ["其中偏差", "一致以外的各项", 1, None],
        ["偏差·一致性", None, 1, None],
        ["批复合计", 1234567.89, 123.456789, None],
        ["招标减批复", 0.01, 0.000001, None],
        ["批复文件", "批复.xlsx", None, "ab" * 32],
        ["规则版本", "0123456789abcdef", None, None],
        ["口径", "裸值按下限", 2, None],
        ["口径", "内存按 1024 进制", 1, None],
        ["招标文件：表2 没有表头", None, None, None],
    ):
        assert expected in rows


def test_totals_that_are_not_known_are_not_zero() -> None:
    rows = values(opened(replace(CONTENT, tender_fen=None))["汇总"])
    assert ["招标合计", "未读出", "未读出", None] in rows
    assert ["招标减批复", "未读出", "未读出", None] in rows


def test_an_overruled_verdict_stands_with_the_machines_beside_it() -> None:
    lines = [Line(1, finding(), Verdict.SAME), Line(2, SAME, Verdict.LOWERED)]
    book = opened(replace(CONTENT, lines=lines))
    assert [(row[0], *row[8:12]) for row in values(book["偏差"])[1:]] == [
        (2, "降低", "一致", None, "（系统判定：一致）要求相同")
    ]
    assert values(book["全部比对"])[1][11] == "（系统判定：提高）要求提高"


def test_who_overruled_a_verdict_and_why_stands_beside_the_machines_verdict() -> None:
    lines = [Line(1, SAME, Verdict.SAME), Line(2, finding(), Verdict.SAME, override="初审改判为“一致”：同义（李强）")]
    header, *rows = values(opened(replace(CONTENT, lines=lines))["全部比对"])
    assert header[8:11] == ["判定", "系统判定", "审查人员改判"]
    assert [row[8:11] for row in rows] == [
        ["一致", "一致", None],
        ["一致", "提高", "初审改判为“一致”：同义（李强）"],
    ]


def test_a_change_shows_what_was_agreed_beside_what_is_new() -> None:
    lines = [Line(1, finding(), Verdict.RAISED, agreed="内存：≥256GB"), Line(2, finding(), Verdict.RAISED, agreed="")]
    header, *rows = values(opened(replace(CONTENT, lines=lines, is_change=True))["偏差"])
    assert header[5:8] == ["批复位置", "原审定", "招标内容"]
    assert [row[6] for row in rows] == ["内存：≥256GB", "（无）"]
    assert "原审定" not in values(opened(CONTENT)["偏差"])[0]


def test_hints_on_reasonableness_have_a_sheet_when_there_are_any() -> None:
    hint = HintLine(
        "价格", "", "应用服务器", "", "低于批复单价四成", "12万元", "D2", "7万元", "表1", "40%", "", "", "采纳"
    )
    book = opened(replace(CONTENT, hints=[hint]))
    assert book.sheetnames == ["偏差", "全部比对", "合理性提示", "汇总"]
    assert values(book["合理性提示"])[1][:6] == [1, "价格", None, "应用服务器", None, "低于批复单价四成"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", " =cmd|'/c calc'!A0", "\t=1"])
def test_what_begins_like_a_formula_stays_text_even_when_edited(text: str) -> None:
    lines = [Line(1, finding(approved=text, subsystem=text), Verdict.RAISED)]
    content = as_workbook(replace(CONTENT, lines=lines))
    cell = openpyxl.load_workbook(io.BytesIO(content))["偏差"]["E2"]
    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.quotePrefix
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a<b>&amp;\"'", "a<b>&amp;\"'"),
        ("两行\r\n三行\r四", "两行\n三行\n四"),
        ("\x00\x0b\ud800￾", "����"),
        ("_x0041_", "_x0041_"),
        ("  前后空格 ", "  前后空格 "),
        ("😀≥10", "😀≥10"),
    ],
)
def test_any_text_survives_and_what_xml_cannot_hold_is_marked(text: str, read: str) -> None:
    lines = [Line(1, finding(approved=text), Verdict.RAISED)]
    assert opened(replace(CONTENT, lines=lines))["偏差"]["E2"].value == read


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    lines = [Line(1, finding(approved="长" * 40_000), Verdict.RAISED)]
    value = opened(replace(CONTENT, lines=lines))["偏差"]["E2"].value
    assert len(value) == LONGEST_TEXT
    assert value.endswith("长……（内容过长，全文见原文件）")


def test_headers_stay_in_sight_can_be_filtered_and_are_printed_on_every_page() -> None:
    for name, last in (("偏差", "P2"), ("全部比对", "P3")):
        sheet = opened(CONTENT)[name]
        assert sheet.freeze_panes == "E2"
        assert sheet.auto_filter.ref == f"A1:{last}"
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet["E2"].alignment.wrap_text
        assert sheet.column_dimensions["E"].width == 26


def test_every_verdict_has_its_colour() -> None:
    lines = [Line(at, finding(verdict=verdict), verdict) for at, verdict in enumerate(Verdict, 1)]
    sheet = opened(replace(CONTENT, lines=lines))["全部比对"]
    fills = {sheet.cell(at, 9).fill.fgColor.rgb for at in range(2, 11)}
    assert len(fills) == 5
    assert "00000000" not in fills


def test_no_findings_make_a_workbook_that_opens() -> None:
    book = opened(replace(CONTENT, lines=[], warnings=[]))
    assert [len(values(book[name])) for name in ("偏差", "全部比对")] == [1, 1]


def test_kinds_are_counted_apart() -> None:
    lines = [Line(1, finding(verdict=Verdict.BRAND, kind=FindingKind.EXCLUSIVITY), Verdict.BRAND)]
    assert ["偏差·排他性", None, 1, None] in values(opened(replace(CONTENT, lines=lines))["汇总"])


def test_the_same_content_gives_the_same_bytes() -> None:
    assert as_workbook(CONTENT) == as_workbook(replace(CONTENT))


@pytest.mark.parametrize(
    ("verdict", "basis", "told"),
    [
        (Verdict.LOWERED, "", "《沈阳市电子政务工程建设项目管理试行办法》第十八条"),
        (Verdict.BRAND, "条例第二十条", "条例第二十条"),
        (Verdict.SAME, "", None),
    ],
)
def test_every_deviation_has_a_basis_the_own_of_the_review_where_no_other(
    verdict: Verdict, basis: str, told: str | None
) -> None:
    one = finding(verdict=verdict, basis=basis)
    header, row = values(opened(replace(CONTENT, lines=[Line(1, one, verdict)]))["全部比对"])
    assert row[header.index("依据")] == told
