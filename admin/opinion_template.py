"""Writes the first version of the opinion's template; from then on people edit it in Word.

`python -m admin.opinion_template` puts it to `bpmn/parameter_review/render_opinion.docx`. Its marks are docxtpl's:
`{{ … }}` for a value of `workers.parameter_review._opinion.collect`, `{%tr … %}` for a table row that is repeated.

It is set as GB/T 9704 sets an official document: margins, title, text, page numbers; the tables are annexes, on pages
turned on their side.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from admin.lint import REPOSITORY

TARGET = REPOSITORY / "bpmn" / "parameter_review" / "render_opinion.docx"
TITLE, HEI, FANG, SONG = "方正小标宋简体", "黑体", "仿宋", "宋体"
LATIN = "Times New Roman"
SIZE_2, SIZE_3, SIZE_4, SIZE_5, SMALL_5 = 22, 16, 14, 10.5, 9
"""The sizes 二号, 三号, 四号, 五号 and 小五 in points."""
LINE = Pt(28)
CENTRE, RIGHT, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT

DEVIATIONS = [
    ("序号", 1.1, "{{ row.no }}"),
    ("设备与参数", 5.2, "{{ row.item }}\n{{ row.parameter }}\n{{ row.refs }}"),
    ("批复内容", 3.9, "{{ row.approved }}"),
    ("招标内容", 3.9, "{{ row.tender }}"),
    ("判定与理由", 5.7, "{{ row.verdict }}：{{ row.reason }}"),
    ("单位说明", 3.0, "{{ row.explanation }}"),
    ("处理意见", 2.3, "{{ row.disposition }}\n{{ row.note }}"),
]
FILES = [
    ("送审文件", 5.0, "{{ file.side }}"),
    ("文件名", 7.5, "{{ file.name }}"),
    ("校验值（SHA-256）", 12.5, "{{ file.sha256 }}"),
]
BASIS = (
    "你单位报送的《{{ project }}》（项目代码 {{ project_code }}）采购包“{{ package }}”招标文件技术参数送审材料收悉。"
    "该项目批复文号为{{ approval }}。依据《沈阳市电子政务工程建设项目管理试行办法》第十八条、第十九条，"
    "对招标文件的技术参数、计划金额与审批后方案的一致性和合理性进行了第 {{ round }} 轮审查，意见如下："
)


def write_template(target: Path) -> None:
    """Write the template to `target`."""
    document = Document()
    _set_up(document)
    _line(document, "{{ project }}", size=SIZE_2, font=TITLE, align=CENTRE)
    _line(document, "技术参数一致性审查意见", size=SIZE_2, font=TITLE, align=CENTRE)
    _line(document, "{{ number }}", align=CENTRE).paragraph_format.space_after = LINE
    _line(document, "{{ unit }}：", align=LEFT)
    _line(document, BASIS)
    _heading(document, "一、审查结论")
    _line(document, "{{ conclusion }}。", font=HEI)
    _line(document, "{{ counted }}逐项偏差及处理意见见附件1。{{ consequence }}")
    _heading(document, "二、金额核对")
    _line(document, "批复分项合计 {{ totals.approved }}，招标分项合计 {{ totals.tender }}，{{ totals.difference }}。")
    _heading(document, "三、合理性意见")
    _line(document, "{% for row in reasonableness %}{{ row.question }}：{{ row.answer }}。{% endfor %}")
    _line(document, "意见：{{ reasonableness_opinion }}")
    _line(document, "{%p for hint in hints %}")
    _line(document, "{{ loop.index }}．{{ hint.topic }}，{{ hint.item }}：{{ hint.reason }}。要求：{{ hint.note }}。")
    _line(document, "{%p endfor %}")
    _heading(document, "四、排他性提示")
    _line(document, "{%p for row in exclusive %}")
    _line(document, "附件1第 {{ row.no }} 项，{{ row.item }}：{{ row.reason }}（处理：{{ row.disposition }}）。")
    _line(document, "{%p else %}")
    _line(document, "未发现指向特定品牌或供应商的表述。")
    _line(document, "{%p endfor %}")
    _heading(document, "五、处理要求")
    _line(document, "{{ requirements }}")
    _heading(document, "六、复审说明")
    _line(
        document,
        "复审只审改动的内容和合计金额；本轮沿用上轮处理意见 {{ carried }} 项。公告文件须与本次审查的文件一致。",
    )
    _signatures(document)
    _annexes(document)
    document.save(str(target))


def _set_up(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.footer_distance = Cm(2.6)
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(SIZE_3)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0], RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], LEFT)


def _page_number(paragraph: Any, side: Any) -> None:
    """Write — 1 — as official documents number their pages: odd ones on the right, even ones on the left."""
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(SIZE_4)
    _run(paragraph, "— ", SIZE_4, SONG)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("", "1"), ("end", "")):
        run = _run(paragraph, "", SIZE_4, SONG)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText" if text == "PAGE" else "w:t")
            mark.text = text
        run._element.append(mark)  # noqa: SLF001 - python-docx has no fields
    _run(paragraph, " —", SIZE_4, SONG)


def _line(document: Any, text: str, *, size: float = SIZE_3, font: str = FANG, align: Any = None) -> Any:
    """Add a paragraph of the text; unless it is aligned somewhere, its first line is in by two characters."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE if size < SIZE_2 else Pt(34)
    shape.space_before = shape.space_after = Pt(0)
    shape.first_line_indent = Pt(0 if align is not None else size * 2)
    _run(paragraph, text, size, font)
    return paragraph


def _heading(document: Any, text: str) -> None:
    _line(document, text, font=HEI).paragraph_format.keep_with_next = True


def _run(paragraph: Any, text: str, size: float, font: str) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), LATIN
    fonts = run._element.rPr.rFonts  # noqa: SLF001 - python-docx has no other way to the Chinese font
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")
    return run


def _signatures(document: Any) -> None:
    """Name the annexes and both reviewers, then leave room for seal and date on the right; all on one page."""
    named = _line(document, "附件：1. 逐项偏差及处理意见\n　　　　　2. 送审文件及校验值").paragraph_format
    named.space_before, named.space_after, named.keep_with_next = LINE, LINE, True
    for text in (
        "初审：{{ reviewer.name }}（{{ reviewer.day }}）",
        "复核：{{ confirmer.name }}（{{ confirmer.day }}）",
        "签发：",
    ):
        _line(document, text).paragraph_format.keep_with_next = True
    for text in ("市大数据局（印章）", "{{ day }}"):
        paragraph = _line(document, text, align=RIGHT)
        paragraph.paragraph_format.right_indent = Pt(SIZE_3 * 4)
        paragraph.paragraph_format.keep_with_next = True
        if text.startswith("市"):
            paragraph.paragraph_format.space_before = LINE


def _annexes(document: Any) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21.0)
    section.top_margin, section.bottom_margin = Cm(2.8), Cm(2.6)
    section.left_margin = section.right_margin = Cm(2.3)
    section.footer_distance = Cm(1.5)
    _annex(document, "附件1", "逐项偏差及处理意见")
    _rows(document, ("deviations", "row"), DEVIATIONS, empty="没有偏差。")
    _annex(document, "附件2", "送审文件及校验值")
    _rows(document, ("files", "file"), FILES, empty="没有文件。")


def _annex(document: Any, number: str, title: str) -> None:
    _line(document, number, font=HEI, align=LEFT).paragraph_format.keep_with_next = True
    heading = _line(document, title, size=SIZE_3, font=TITLE, align=CENTRE)
    heading.paragraph_format.space_after, heading.paragraph_format.keep_with_next = Pt(6), True


def _rows(document: Any, names: tuple[str, str], columns: Sequence[tuple[str, float, str]], empty: str) -> None:
    many, one = names
    _line(document, f"{{%p if not {many} %}}")
    _line(document, empty)
    _line(document, "{%p else %}")
    widths = [width for _, width, _ in columns]
    table = document.add_table(rows=0, cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    blank = [""] * (len(columns) - 1)
    _add_row(table, widths, [title for title, _, _ in columns], font=HEI)
    _add_row(table, widths, [f"{{%tr for {one} in {many} %}}", *blank])
    _add_row(table, widths, [text for _, _, text in columns])
    _add_row(table, widths, ["{%tr endfor %}", *blank])
    _line(document, "{%p endif %}")


def _add_row(table: Any, widths: Sequence[float], texts: Sequence[str], font: str = FANG) -> None:
    """Add a row that stays on one page; a header row, in 黑体, is repeated on each."""
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - see `_run`
    properties.append(OxmlElement("w:cantSplit"))
    if font == HEI:
        properties.append(OxmlElement("w:tblHeader"))
    for at, (cell, width, text) in enumerate(zip(row.cells, widths, texts, strict=True)):
        cell.width = Cm(width)
        for number, line in enumerate(text.split("\n")):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.alignment = CENTRE if font == HEI or at == 0 else None
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
            _run(paragraph, line, SIZE_5 if font == HEI else SMALL_5, font)


if __name__ == "__main__":
    write_template(TARGET)
