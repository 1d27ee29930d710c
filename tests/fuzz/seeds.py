"""Small documents that hold one of everything the readers look at, for mutations to start from."""

import datetime as dt

import docx
import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from tests.domain.builders import repacked, saved
from tests.domain.documents.whole import in_body, p, r, tbl, tc, tr
from tests.domain.pdf_files import pdf, table, text

_NUMBERING = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride>'
    "</w:num></w:numbering>"
)
_STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:style w:styleId="1"><w:pPr><w:numPr>'
    '<w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style></w:styles>'
)
_NOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:id="2"><w:p><w:r>'
    "<w:t>脚注：须原厂授权</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def workbooks() -> list[bytes]:
    """An estimate with everything in it, and an upright table."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "设备清单"
    for row in [
        ("概算表（单位：万元）",),
        ("序号", "子系统", "设备", None, "数量", "金额", None, "备注"),
        (None, None, "名称", "技术参数", None, "单价", "合价", None),
        ("一", "硬件", None, None, None, None, 30, None),
        (1, "计算", "服务器", "1、★CPU≥16核；\n2、内存≥256GB", 2, 10, "=E5*F5", "国产"),
        (None, None, None, "1.1 硬盘\n1.2 网口", None, None, None, None),
        (2, None, "防火墙", "吞吐≥1G", "1套", 0.1, "=SUM(G5,G9)", None),
        (None, "合计", None, None, None, None, "=SUM(G5:G7)", None),
        ("备注：参考品牌华为。",),
        (3, "网络", "交换机", dt.date(2026, 1, 2), 1, None, True, "#REF!"),
    ]:
        sheet.append(row)
    for area in ("A1:H1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:G2", "B5:B6", "A9:H9"):
        sheet.merge_cells(area)
    sheet["D10"].number_format = "m/d"
    sheet["F7"].number_format = "0%"
    sheet["D7"] = CellRichText(TextBlock(InlineFont(strike=True), "删去"), "吞吐≥1G")
    sheet["C5"].comment = Comment("参考华为", "甲")
    sheet.row_dimensions[6].hidden = True
    second = book.create_sheet("参数")
    second.sheet_state = "hidden"
    for row in [("设备名称", "服务器", "防火墙"), ("CPU", "≥16核", ""), ("数量", 2, 1), ("单价（元）", 1000, "2万元")]:
        second.append(row)
    return [saved(book)]


def text_documents() -> list[bytes]:
    """A tender with merged cells, revisions, lists, nested tables, prose, notes and a text box."""
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    change = '<w:del w:id="1" w:author="a"><w:r><w:delText>32</w:delText></w:r></w:del><w:ins w:id="2" w:author="a">'
    box = (
        "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        + tbl(tr("序号", "标的名称", "数量"), tr("9", "打印机", "1台"))
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    document = in_body(
        docx.Document(),
        p("一、采购需求（单位：元）", numbered),
        tbl(
            tr(tc("清单", '<w:gridSpan w:val="5"/>')),
            tr("序号", "标的名称", "技术要求", "数量", "单价", properties="<w:tblHeader/>"),
            tr(tc("1", start), tc("服务器", start), tc(p("CPU", numbered) + p("内存", numbered)), "2台", "1000"),
            tr(tc("", on), tc("", on), tc(f"<w:p>{change}{r('硬盘', '<w:strike/>')}</w:ins></w:p>"), "", ""),
            tr("2", "防火墙", tc(p("见下表") + tbl(tr("指标", "要求"), tr("吞吐", "≥1G")) + p("")), "1", "5万元"),
            tr("合计", "", "", "", "52000", properties='<w:gridBefore w:val="0"/>'),
        ),
        p("1、服务器（2台）"),
        p("（1）CPU≥16核；"),
        p("二、评分标准"),
        tbl(tr("货物名称", "堡垒机"), tr("技术参数", "授权≥50点"), tr("数量", "1台")),
        box,
    )
    # The library's template brings long styles and a theme that only slow every input down.
    unread = ["word/theme/theme1.xml", "word/stylesWithEffects.xml", "word/fontTable.xml", "word/webSettings.xml"]
    parts = {"word/numbering.xml": _NUMBERING, "word/styles.xml": _STYLES, "word/footnotes.xml": _NOTES}
    changes: dict[str, bytes | None] = dict.fromkeys([*unread, "word/settings.xml", "docProps/thumbnail.jpeg"])
    return [repacked(saved(document), changes | {name: xml.encode() for name, xml in parts.items()})]


def pdf_files() -> list[bytes]:
    """A page with a ruled table and prose around it, and a page of prose alone."""
    rows = [("序号", "设备名称", "技术参数", "数量"), ("1", "服务器", "1、CPU≥16核；2、内存≥256GB", "2台")]
    drawing, y = table(rows, (40, 100, 250, 60))
    prose = text(50, 800, "单位：万元") + text(50, y - 30, "备注：参考品牌华为")
    return [pdf(drawing + prose), pdf(text(50, 700, "1、服务器（2台）") + text(50, 680, "（1）CPU≥16核"))]
