"""Workbooks as design institutes and agencies make them: titles, merged columns, subtotals, borders, wrapped text."""

import io
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from sample_archive import frozen
from sample_project import Row

_LINE = Border(*(Side("thin", color="808080") for _ in range(4)))
_TITLE = Font("方正小标宋简体", size=16, bold=True)
_HEAD = Font("黑体", size=10.5)
_BODY = Font("仿宋_GB2312", size=10.5)
_STRONG = Font("仿宋_GB2312", size=10.5, bold=True)
_GREY = PatternFill("solid", fgColor="E7E6E6")
_CENTRE = Alignment("center", "center", wrap_text=True)
_LEFT = Alignment("left", "center", wrap_text=True)
_ORDINALS = "一二三四五六七八九十"


def approved_workbook(project: dict[str, Any], rows: list[Row]) -> bytes:
    """The approved list: 万元, sub-systems merged down a column, a subtotal each and a grand total."""
    book = Workbook()
    sheet = book.active
    sheet.title = "设备清单"
    widths = (6, 14, 20, 52, 7, 8, 12, 13, 14)
    _title(sheet, f"{project['project_name']}设备清单及技术参数", widths)
    sheet.append([f"项目单位：{project['unit_name']}"])
    sheet.merge_cells("A2:G2")
    sheet["H2"] = "单位：万元"
    sheet.merge_cells("H2:I2")
    _style(sheet, 2, ("A", "H"), Font("仿宋_GB2312", size=10.5), _LEFT)
    _header(sheet, ("序号", "子系统", "设备（货物）名称", "技术参数及性能指标", "单位", "数量", "单价（万元）", "合价（万元）", "备注"))
    number = 0
    grand = Decimal(0)
    for subsystem, group in groupby(rows, key=lambda row: row.subsystem):
        first, part = sheet.max_row + 1, Decimal(0)
        for row in group:
            number += 1
            part += row.price * row.quantity
            sheet.append(
                [number, subsystem, row.name, _numbered(row.parameters, number), row.unit, row.quantity,
                 _wan(row.price), _wan(row.price * row.quantity), "国产化" if "国产" in "".join(row.parameters) else None]
            )
            _body(sheet, sheet.max_row, len(row.parameters), money=(7, 8))
        if sheet.max_row > first:
            sheet.merge_cells(start_row=first, end_row=sheet.max_row, start_column=2, end_column=2)
        grand += part
        _sum(sheet, f"{subsystem}小计", _wan(part), 7, 8)
    _sum(sheet, "合计", _wan(grand), 7, 8)
    sheet.append([f"注：本表为{project['approval_number']}批复附表，金额均含税。"])
    sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=9)
    _style(sheet, sheet.max_row, ("A",), Font("仿宋_GB2312", size=9), _LEFT)
    return _saved(book, sheet, f"{project['project_name']}设备清单")


def tender_workbook(project: dict[str, Any], rows: list[Row]) -> bytes:
    """The procurement requirement: a sheet for each package, 元, sub-systems as section rows."""
    book = Workbook()
    book.remove(book.active)
    for package, group in groupby(rows, key=lambda row: row.package):
        sheet = book.create_sheet(f"{package} {project['packages'][package]}")
        widths = (6, 20, 54, 9, 8, 15, 17, 10)
        _title(sheet, f"{project['project_name']}采购需求（{package}：{project['packages'][package]}）", widths)
        sheet.append([f"采购编号：{project['tender_number']}    采购代理机构：{project['agency']}    单位：元"])
        sheet.merge_cells("A2:H2")
        _style(sheet, 2, ("A",), _BODY, _LEFT)
        _header(sheet, ("序号", "标的名称", "规格型号及技术要求", "计量单位", "数量", "单价最高限价（元）", "最高限价（元）", "备注"))
        _tender_body(sheet, list(group))
        _finish(sheet)
    return _saved(book, book.worksheets[0], f"{project['project_name']}采购需求")


def _tender_body(sheet: Worksheet, rows: list[Row]) -> None:
    number, total = 0, Decimal(0)
    for order, (subsystem, group) in enumerate(groupby(rows, key=lambda row: row.subsystem)):
        sheet.append([f"（{_ORDINALS[order]}）{subsystem}"])
        sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=8)
        _style(sheet, sheet.max_row, "ABCDEFGH", _STRONG, _LEFT, fill=_GREY)
        for row in group:
            number += 1
            total += row.price * row.quantity
            sheet.append(
                [number, row.name, _numbered(row.parameters, number), row.unit, row.quantity, float(row.price),
                 float(row.price * row.quantity), None]
            )
            _body(sheet, sheet.max_row, len(row.parameters), money=(6, 7))
    _sum(sheet, "合计", float(total), 6, 7)


def scoring_workbook() -> bytes:
    """A scoring table sent in by mistake: a real document without any list of equipment."""
    book = Workbook()
    sheet = book.active
    sheet.title = "评分办法"
    _title(sheet, "综合评分表", (8, 16, 60, 10))
    _header(sheet, ("条款", "评分因素", "评分办法细则", "分值"))
    for row in (
        (1, "投标报价", "以满足招标文件要求的最低报价为评标基准价，得满分。", 30),
        (2, "技术响应", "全部满足得40分，▲条款每负偏离一项扣2分。", 40),
        (3, "实施方案", "方案完整、进度合理、措施可行的得15分。", 15),
        (4, "业绩与服务", "每提供一个同类项目业绩得3分，最多15分。", 15),
    ):
        sheet.append(row)
        _body(sheet, sheet.max_row, 1, money=())
    return _saved(book, sheet, "综合评分表")


def _title(sheet: Worksheet, text: str, widths: Iterable[int]) -> None:
    letters = "ABCDEFGHI"
    for letter, width in zip(letters, widths, strict=False):
        sheet.column_dimensions[letter].width = width
    sheet.append([text])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(tuple(widths)))
    sheet["A1"].font, sheet["A1"].alignment = _TITLE, _CENTRE
    sheet.row_dimensions[1].height = 32


def _header(sheet: Worksheet, titles: Iterable[str]) -> None:
    sheet.append(list(titles))
    sheet.row_dimensions[sheet.max_row].height = 30
    for cell in sheet[sheet.max_row]:
        if cell.value is not None:
            cell.font, cell.alignment, cell.border, cell.fill = _HEAD, _CENTRE, _LINE, _GREY
    sheet.freeze_panes = sheet.cell(sheet.max_row + 1, 1)
    sheet.print_title_rows = f"{sheet.max_row}:{sheet.max_row}"


def _body(sheet: Worksheet, row: int, lines: int, money: tuple[int, ...]) -> None:
    sheet.row_dimensions[row].height = max(18, 15 * lines + 4)
    for cell in sheet[row]:
        long = isinstance(cell.value, str) and len(cell.value) > 14
        cell.font, cell.border, cell.alignment = _BODY, _LINE, _LEFT if long else _CENTRE
        if cell.column in money:
            cell.number_format = "#,##0.00"


def _sum(sheet: Worksheet, label: str, value: float, last: int, column: int) -> None:
    sheet.append([label])
    row = sheet.max_row
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
    sheet.cell(row, column, value).number_format = "#,##0.00"
    _style(sheet, row, [cell.column_letter for cell in sheet[row] if hasattr(cell, "column_letter")], _STRONG, _CENTRE, fill=_GREY)


def _style(
    sheet: Worksheet, row: int, letters: Iterable[str], font: Font, alignment: Alignment, fill: PatternFill | None = None
) -> None:
    for letter in letters:
        cell = sheet[f"{letter}{row}"]
        cell.font, cell.alignment = font, alignment
        if fill is not None:
            cell.border, cell.fill = _LINE, fill


def _finish(sheet: Worksheet) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _numbered(parameters: tuple[str, ...], row: int) -> str:
    """Numbered points in one cell, in one of the styles people use; the mark stands before the number."""
    styles = ("{}、", "({})", "{}.")
    points = []
    for order, text in enumerate(parameters, start=1):
        sign = "①②③④⑤⑥⑦⑧⑨⑩"[order - 1] if row % 4 == 3 else styles[row % 3].format(order)
        mark = text[0] if text[0] in "★▲" else ""
        points.append(f"{mark}{sign}{text[len(mark):]}")
    return "；\n".join(points) + "。"


def _wan(yuan: Decimal) -> float:
    return float(yuan / 10_000)


def _saved(book: Workbook, sheet: Worksheet, title: str) -> bytes:
    _finish(sheet)
    book.properties.title, book.properties.creator = title, "政建示例"
    buffer = io.BytesIO()
    book.save(buffer)
    return frozen(buffer.getvalue())
