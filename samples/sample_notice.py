"""A correction notice during procurement: it names only what changes, in a table of what was and what is."""

import io
from typing import Any

from docx import Document

from sample_archive import frozen

_TITLES = ("序号", "更正事项", "更正前", "更正后")


def correction_notice(source: dict[str, Any]) -> bytes:
    """Build the notice on the corrections of one project."""
    project = source["project"]
    document = Document()
    document.add_heading(f"{project['project_name']}更正公告", level=1)
    document.add_paragraph(f"原公告的采购项目编号：{project['tender_number']}")
    document.add_paragraph("更正事项：采购文件")
    table = document.add_table(rows=0, cols=len(_TITLES), style="Table Grid")
    rows = [
        (str(number), one["subject"], one["before"], one["after"]) for number, one in enumerate(source["correction"], 1)
    ]
    for texts in (_TITLES, *rows):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("其他内容不变。")
    document.core_properties.title = f"{project['project_name']}更正公告"
    document.core_properties.author = "政建示例"
    buffer = io.BytesIO()
    document.save(buffer)
    return frozen(buffer.getvalue())
