"""Writes the first version of the opinion's template; from then on people edit it in Word.

`python -m admin.opinion_template` puts it to `bpmn/parameter_review/render_opinion.docx`. Its marks are docxtpl's:
`{{ … }}` for a value of `workers.parameter_review._opinion.collect`, `{%tr … %}` for a table row that is repeated.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from admin.lint import REPOSITORY

TARGET = REPOSITORY / "bpmn" / "parameter_review" / "render_opinion.docx"
SONG, HEI, FANG = "宋体", "黑体", "仿宋"

FACTS = [
    ("项目名称", "{{ project }}"),
    ("项目代码", "{{ project_code }}"),
    ("项目单位", "{{ unit }}"),
    ("批复文号", "{{ approval }}"),
    ("采购包", "{{ package }}"),
    ("审查轮次", "第 {{ round }} 轮"),
]
DEVIATIONS = [
    ("序号", 1.0, "{{ row.no }}"),
    ("设备与参数", 2.9, "{{ row.item }}\n{{ row.parameter }}\n{{ row.refs }}"),
    ("批复内容", 2.7, "{{ row.approved }}"),
    ("招标内容", 2.7, "{{ row.tender }}"),
    ("结论与理由", 3.0, "{{ row.verdict }}：{{ row.reason }}"),
    ("单位说明", 2.4, "{{ row.explanation }}"),
    ("处理要求", 2.3, "{{ row.disposition }}\n{{ row.note }}"),
]
BASIS = (
    "《沈阳市电子政务工程建设项目管理试行办法》第十八条：对项目采购阶段技术参数、计划金额与审批后方案的一致性和合理性进行审查；"
    "变更技术参数的，在项目审批的投资额度内，须出具审核意见。第十九条：建设内容有重大变更或超投资概算额度10%的，按规定进行概算调整。"
)


def write_template(target: Path) -> None:
    """Write the template to `target`."""
    document = Document()
    _set_up(document)
    _line(document, "技术参数一致性审查意见", size=22, font=HEI, align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, "{{ number }}", size=12, align=WD_ALIGN_PARAGRAPH.CENTER)
    _facts(document)
    _files(document)
    _heading(document, "一、审查依据")
    _line(document, BASIS)
    _heading(document, "二、审查结论")
    _line(document, "{{ conclusion }}", size=16, font=HEI)
    _line(document, "{{ counted }}{{ consequence }}")
    _heading(document, "三、逐项偏差")
    _rows(document, "deviations", DEVIATIONS, empty="没有偏差。")
    _heading(document, "四、金额核对")
    _line(document, "批复分项合计 {{ totals.approved }}，招标分项合计 {{ totals.tender }}，{{ totals.difference }}。")
    _heading(document, "五、合理性意见")
    _line(document, "{% for row in reasonableness %}{{ row.question }}：{{ row.answer }}。{% endfor %}")
    _line(document, "意见：{{ reasonableness_opinion }}")
    _heading(document, "六、排他性提示")
    _line(
        document,
        "{% for row in exclusive %}第 {{ row.no }} 项 {{ row.item }}：{{ row.reason }}（处理：{{ row.disposition }}）。"
        "{% else %}未发现指向特定品牌或供应商的表述。{% endfor %}",
    )
    _heading(document, "七、处理要求")
    _line(document, "{{ requirements }}")
    _heading(document, "八、复审说明")
    _line(
        document,
        "复审只审改动的内容和合计金额；本轮沿用上轮处理意见 {{ carried }} 项。公告文件须与本次审查的文件一致。",
    )
    _signatures(document)
    document.save(str(target))


def _set_up(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FANG, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)
    style.paragraph_format.space_after = Pt(4)


def _line(document: Any, text: str, *, size: int = 12, font: str = FANG, align: Any = None) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    _run(paragraph, text, size, font)


def _heading(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(10)
    paragraph.paragraph_format.keep_with_next = True
    _run(paragraph, text, 14, HEI)


def _run(paragraph: Any, text: str, size: float, font: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)  # noqa: SLF001 - python-docx has no other way to the Chinese font


def _cell(cell: Any, text: str, size: float = 9, font: str = SONG) -> None:
    lines = text.split("\n")
    for index, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
        _run(paragraph, line, size, font)


def _table(document: Any, widths: Sequence[float]) -> Any:
    table = document.add_table(rows=0, cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def _add_row(table: Any, widths: Sequence[float], texts: Sequence[str], font: str = SONG, size: float = 9) -> None:
    row = table.add_row()
    _keep_together(row, header=font == HEI)
    for cell, width, text in zip(row.cells, widths, texts, strict=True):
        cell.width = Cm(width)
        _cell(cell, text, size, font)


def _keep_together(row: Any, *, header: bool) -> None:
    """Keep a row on one page, and repeat a header row on each."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - see `_run`
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def _facts(document: Any) -> None:
    widths = (2.6, 5.9, 2.6, 5.9)
    table = _table(document, widths)
    for (left, left_value), (right, right_value) in zip(FACTS[::2], FACTS[1::2], strict=True):
        _add_row(table, widths, (left, left_value, right, right_value), size=10.5)


def _files(document: Any) -> None:
    widths = (4.0, 5.0, 8.0)
    document.add_paragraph()
    table = _table(document, widths)
    _add_row(table, widths, ("送审文件", "文件名", "校验值（SHA-256）"), font=HEI)
    _add_row(table, widths, ("{%tr for file in files %}", "", ""))
    _add_row(table, widths, ("{{ file.side }}", "{{ file.name }}", "{{ file.sha256 }}"))
    _add_row(table, widths, ("{%tr endfor %}", "", ""))


def _rows(document: Any, name: str, columns: Sequence[tuple[str, float, str]], empty: str) -> None:
    _line(document, f"{{%p if not {name} %}}")
    _line(document, empty)
    _line(document, "{%p else %}")
    widths = [width for _, width, _ in columns]
    table = _table(document, widths)
    _add_row(table, widths, [title for title, _, _ in columns], font=HEI)
    blank = [""] * (len(columns) - 1)
    _add_row(table, widths, [f"{{%tr for row in {name} %}}", *blank])
    _add_row(table, widths, [text for _, _, text in columns])
    _add_row(table, widths, ["{%tr endfor %}", *blank])
    _line(document, "{%p endif %}")


def _signatures(document: Any) -> None:
    document.add_paragraph()
    widths = (2.6, 5.9, 2.6, 5.9)
    table = _table(document, widths)
    values = (
        "初审",
        "{{ reviewer.name }}（{{ reviewer.day }}）",
        "复核",
        "{{ confirmer.name }}（{{ confirmer.day }}）",
    )
    _add_row(table, widths, values, size=10.5)
    _add_row(table, widths, ("签发", "", "印章", ""), size=10.5)
    for cell in (cell for row in table.rows for cell in row.cells):
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True
    _line(document, "附件：逐项比对明细，见系统“技术参数审查”页面。", size=10)
    _line(document, "{{ day }}", align=WD_ALIGN_PARAGRAPH.RIGHT)


if __name__ == "__main__":
    write_template(TARGET)
