"""Raised figures are powers, hidden text is told and not judged, revisions are told with their place."""

from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from domain.documents import Notice, ParameterTable
from domain.parameters import Verdict, review
from tests.domain.builders import HEADER as SHEET_HEADER
from tests.domain.builders import ROW, saved, text_document
from tests.domain.documents.whole import all_text, in_body, names, p, parameters, r, raw_document, read, tbl, tc, tr
from tests.domain.pdf_files import line, pdf, text

HEADER = ("序号", "标的名称", "技术参数及要求", "单位", "数量")
RAISED = '<w:vertAlign w:val="superscript"/>'
LOWERED = '<w:vertAlign w:val="subscript"/>'
HIDDEN = "<w:vanish/>"


def written(*runs: str) -> ParameterTable:
    cell = tc(f"<w:p>{''.join(runs)}</w:p>")
    return read(raw_document(tbl(tr(*HEADER), tr("1", "服务器", cell, "台", "2"))), "清单.docx")


def told(table: ParameterTable, code: str) -> list[Notice]:
    return [notice for notice in table.notices if notice.code == code]


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        ((r("并发≥10"), r("6", RAISED), r("次")), "并发≥10⁶次"),
        ((r("并发≥5×10"), r("6 ", RAISED), r("次")), "并发≥5×10⁶次"),
        ((r("误码率≤10"), r("-6", RAISED)), "误码率≤10⁻⁶"),
        ((r("误码率≤10"), r("−", RAISED), r("12", RAISED)), "误码率≤10⁻¹²"),
        ((r("面积≥100m"), r("2", RAISED)), "面积≥100m²"),
        ((r("内存≥512GB"), r("①", RAISED)), "内存≥512GB①"),
        ((r("内存≥512GB"), r("[1]", RAISED)), "内存≥512GB[1]"),
        ((r("内存≥512GB"), r("TM", RAISED)), "内存≥512GBTM"),
        ((r("检测CO"), r("2", LOWERED)), "检测CO2"),
        ((r("并发≥10"), r("6", '<w:vertAlign w:val="baseline"/>'), r("次")), "并发≥106次"),
    ],
)  # fmt: skip
def test_raised_figures_are_read_as_powers(runs: tuple[str, ...], shown: str) -> None:
    assert parameters(written(*runs)) == {"服务器": [shown]}


def test_a_power_of_a_formula_is_raised_too() -> None:
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    power = "<m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>6</m:t></m:r></m:sup>"
    formula = f"<m:oMath {math}><m:sSup>{power}</m:sSup></m:oMath>"
    assert parameters(written(r("并发≥"), formula, r("次"))) == {"服务器": ["并发≥10⁶次"]}


def test_a_power_that_became_a_plain_number_is_lower() -> None:
    approved, tender = written(r("并发≥10"), r("6", RAISED), r("次")), written(r("并发≥106次"))
    verdicts = {row.parameter: row.verdict for row in review(approved, tender).findings}
    assert verdicts["并发"] is Verdict.LOWERED
    same = review(approved, written(r("并发≥100万次")))
    assert {row.verdict for row in same.findings if row.parameter == "并发"} == {Verdict.SAME}


def test_a_mark_of_a_note_behind_a_figure_does_not_become_part_of_it() -> None:
    rows = review(written(r("内存≥512"), r("1", RAISED), r("GB")), written(r("内存≥5121GB"))).findings
    assert Verdict.SAME not in {row.verdict for row in rows if row.parameter != "数量"}


def test_raised_figures_of_a_workbook_are_powers() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(SHEET_HEADER))
    sheet.append(list(ROW))
    power = TextBlock(InlineFont(vertAlign="superscript"), "6")
    sheet["D2"] = CellRichText("并发≥10", power, TextBlock(InlineFont(vertAlign="baseline"), "次"))
    assert parameters(read(saved(book))) == {"应用服务器": ["并发≥10⁶次"]}


def _page(draw: Callable[[], str]) -> bytes:
    edges, drawing = (50.0, 90.0, 200.0, 400.0, 450.0, 500.0), ""
    for y in (780.0, 755.0, 730.0):
        drawing += line(edges[0], y, edges[-1], y)
    for x in edges:
        drawing += line(x, 780.0, x, 730.0)
    for at, words in enumerate(HEADER):
        drawing += text(edges[at] + 3, 763.0, words)
    for at, words in ((0, "1"), (1, "服务器"), (3, "台"), (4, "2")):
        drawing += text(edges[at] + 3, 738.0, words)
    return pdf(drawing + draw())


def test_small_raised_figures_of_a_page_stay_on_their_line() -> None:
    def power() -> str:
        # 并发≥ are three characters of ten points, 10 two of five.
        return text(203, 738, "并发≥10") + text(243, 741.5, "-6", size=6) + text(249.5, 738, "次")

    assert parameters(read(_page(power), "清单.pdf")) == {"服务器": ["并发≥10⁻⁶次"]}


def test_a_line_above_in_small_print_is_not_raised() -> None:
    def small() -> str:
        return text(203, 733, "内存≥512GB") + text(203, 746, "6核", size=6)

    assert parameters(read(_page(small), "清单.pdf")) == {"服务器": ["6核", "内存≥512GB"]}


@pytest.mark.parametrize(
    ("runs", "shown", "kept"),
    [
        ((r("内存≥51"), r("2", HIDDEN), r("GB")), "内存≥51GB", "（隐藏文字）2"),
        ((r("内存≥"), r("512", HIDDEN), r("256GB")), "内存≥256GB", "（隐藏文字）512"),
        ((r("内存≥512GB"), r("，可降为256GB", HIDDEN)), "内存≥512GB", "（隐藏文字），可降为256GB"),
        ((r("内存≥512GB"), r("硬盘", '<w:vanish w:val="0"/>')), "内存≥512GB硬盘", ""),
    ],
)
def test_hidden_text_is_not_judged_but_told_with_its_place(runs: tuple[str, ...], shown: str, kept: str) -> None:
    table = written(*runs)
    assert parameters(table) == {"服务器": [shown]}
    assert [notice.place for notice in told(table, "hidden_text")] == (["表1 第2行"] if kept else [])
    assert kept in all_text(table)


def test_hidden_text_of_a_header_and_struck_text_of_a_footer_are_told_too() -> None:
    document: Any = __import__("docx").Document()
    in_body(document, tbl(tr(*HEADER), tr("1", "服务器", "CPU≥16核", "台", "2")))
    document.sections[0].header.paragraphs[0].add_run("仅限鲲鹏").font.hidden = True
    document.sections[0].footer.paragraphs[0].add_run("质保1年").font.strike = True
    table = read(saved(document))
    assert "（隐藏文字）仅限鲲鹏" in all_text(table)
    assert "（已划去）质保1年" in all_text(table)
    assert [notice.place for notice in table.notices if notice.code in {"hidden_text", "struck_out"}] == [
        "页眉页脚", "页眉页脚",
    ]  # fmt: skip


def test_revisions_are_told_with_their_places() -> None:
    change = 'w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z"'
    edited = f"<w:p>{r('CPU≥16核')}<w:ins {change}>{r('，64位')}</w:ins></w:p>"
    table = read(
        raw_document(
            p("采购需求"),
            f"<w:p>{r('说明')}<w:del {change}><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>",
            tbl(
                tr(*HEADER),
                tr("1", "服务器", tc(edited), "台", "2"),
                tr("2", "防火墙", "吞吐≥1G", "台", "1", properties=f"<w:ins {change}/>"),
            ),
            tbl(
                tr(*HEADER),
                tr("1", "交换机", "千兆", "台", "2"),
                tr("2", "打印机", "A3", "台", "9", properties=f"<w:del {change}/>"),
            ),
        )
    )
    assert names(table) == ["服务器", "防火墙", "交换机"]
    (notice,) = told(table, "tracked_changes")
    assert notice.place == "第2段"
    assert "第2段、表1 第2行、表1 第3行、表2" in notice.message


def test_a_document_without_revisions_or_hidden_text_says_nothing_of_them() -> None:
    table = read(text_document([HEADER, ("1", "服务器", "CPU≥16核", "台", "2")]))
    assert not [notice for notice in table.notices if notice.code in {"tracked_changes", "hidden_text", "struck_out"}]
