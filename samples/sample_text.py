"""A tender as a text document: chapters of prose around requirement tables that go on over several pages."""

import io
from decimal import Decimal
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from sample_archive import frozen
from sample_project import Row

_TITLES = ("序号", "标的名称", "技术参数及要求", "计量单位", "数量", "单价限价（元）", "最高限价（元）", "备注")
_WIDTHS = (1.4, 2.8, 9.4, 1.6, 1.4, 3.0, 3.2, 1.6)
_ROWS_A_PAGE = 9
_ORDINALS = "一二三四五六七八九十"


def tender_document(source: dict[str, Any], rows: list[Row]) -> bytes:
    """Build the tender: prose, one run of tables for each package, prose."""
    project = source["project"]
    document = Document()
    _page(document)
    _title(document, project)
    for line in source["prose"]["before"]:
        _paragraph(document, line)
    for package, group in groupby(rows, key=lambda row: row.package):
        _paragraph(document, f"{package}：{project['packages'][package]}（单位：元）", strong=True)
        _package(document, list(group))
    for line in source["prose"]["after"]:
        _paragraph(document, line)
    document.core_properties.title = f"{project['project_name']}招标文件"
    document.core_properties.author = "政建示例"
    buffer = io.BytesIO()
    document.save(buffer)
    return frozen(buffer.getvalue())


def _package(document: Any, rows: list[Row]) -> None:
    table, used, number, total = _table(document), 0, 0, Decimal(0)
    for order, (subsystem, group) in enumerate(groupby(rows, key=lambda row: row.subsystem)):
        _section(table, f"（{_ORDINALS[order]}）{subsystem}")
        for row in group:
            if used == _ROWS_A_PAGE:
                # Agencies often start a new table on a new page and repeat its header by hand.
                _paragraph(document, "续表")
                table, used = _table(document), 0
            number, used, total = number + 1, used + 1, total + row.price * row.quantity
            _row(table, number, row)
    cells = table.add_row().cells
    _fill(cells[0].merge(cells[5]), "合计", strong=True)
    _fill(cells[6], f"{total:,.2f}", strong=True)
    _fill(cells[7], "")


def _table(document: Any) -> Any:
    table = document.add_table(rows=1, cols=len(_TITLES), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for cell, title, width in zip(table.rows[0].cells, _TITLES, _WIDTHS, strict=True):
        cell.width = Cm(width)
        _fill(cell, title, strong=True)
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "E7E6E6")
        cell._tc.get_or_add_tcPr().append(shade)
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    return table


def _section(table: Any, text: str) -> None:
    cells = table.add_row().cells
    _fill(cells[0].merge(cells[-1]), text, strong=True, left=True)


def _row(table: Any, number: int, row: Row) -> None:
    points = "\n".join(_point(order, text) for order, text in enumerate(row.parameters, start=1))
    texts = (
        str(number), row.name, points, row.unit, str(row.quantity), f"{row.price:,.2f}",
        f"{row.price * row.quantity:,.2f}", "",
    )
    for position, (cell, text, width) in enumerate(zip(table.add_row().cells, texts, _WIDTHS, strict=True)):
        cell.width = Cm(width)
        _fill(cell, text, left=position == 2)


def _point(order: int, text: str) -> str:
    mark = text[0] if text[0] in "★▲" else ""
    return f"{mark}{order}、{text[len(mark):]}；"


def _fill(cell: Any, text: str, *, strong: bool = False, left: bool = False) -> None:
    lines = text.split("\n")
    for position, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if position == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        _font(paragraph.add_run(line), 10.5, strong=strong)


def _paragraph(document: Any, text: str, *, strong: bool = False) -> None:
    heading = text.startswith(("第", "一、", "二、", "三、")) and len(text) < 16
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = 1.5
    if not heading and not strong:
        paragraph.paragraph_format.first_line_indent = Pt(28)
    if text.startswith("第") and heading:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(paragraph.add_run(text), 16 if text.startswith("第") and heading else 14, strong=heading or strong)


def _title(document: Any, project: dict[str, str]) -> None:
    for text, size in ((project["project_name"], 22), ("公开招标文件", 26)):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _font(paragraph.add_run(text), size, strong=True)
    for label, value in (
        ("项目编号", project["tender_number"]), ("项目代码", project["project_code"]),
        ("采购人", project["unit_name"]), ("采购代理机构", project["agency"]),
    ):
        _paragraph(document, f"{label}：{value}")


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.0)


def _font(run: Any, size: float, *, strong: bool = False) -> None:
    run.font.size, run.font.bold, run.font.name = Pt(size), strong, "仿宋"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")
