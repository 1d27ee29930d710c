"""Documents and tables built in memory, with full defaults, for the tests of readers and rules."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl

from domain.documents import Item, Money, Parameter, ParameterTable, Quantity
from domain.documents.clauses import mark_of
from domain.documents.fields import read_quantity
from domain.documents.grid import Cell

DATA = Path(__file__).parents[1] / "data"
PAIRS = list(csv.DictReader((DATA / "parameter_pairs.tsv").read_text("utf-8").splitlines(), delimiter="\t"))
"""The judged pairs: item, approved_name, approved_value, tender_name, tender_value, verdict, reason."""

HEADER = ("序号", "子系统", "设备名称", "技术参数", "单位", "数量", "单价（万元）", "合价（万元）", "备注")
ROW = (1, "计算资源", "应用服务器", "1、CPU核数：≥16核；\n2、内存：≥256GB。", "台", 10, 12.5, 125, "")
TENDER_HEADER = ("序号", "标的名称", "规格型号及技术要求", "计量单位", "数量", "单价限价（元）", "最高限价（元）")
TENDER_ROW = ("1", "应用服务器", "1、CPU核数：≥16核；\n2、内存：≥256GB。", "台", "10", "125000", "1250000")


def workbook(
    rows: Iterable[Sequence[Any]] = (HEADER, ROW), *, title: str = "设备清单", merged: Iterable[str] = ()
) -> bytes:
    """A workbook with one sheet."""
    return sheets({title: rows}, merged=merged)


def sheets(content: Mapping[str, Iterable[Sequence[Any]]], *, merged: Iterable[str] = ()) -> bytes:
    """A workbook with several sheets; `merged` ranges are of the first."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in content.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for area in merged:
        book.worksheets[0].merge_cells(area)
    return saved(book)


def saved(document: Any) -> bytes:
    """The bytes of an openpyxl or python-docx document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def text_document(*parts: str | Sequence[Sequence[str]]) -> bytes:
    """A text document: a string is a paragraph, a list of rows a table."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=0, cols=len(part[0]))
        for row in part:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    return saved(document)


def repacked(content: bytes, changes: Mapping[str, bytes | None], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package with parts put in, replaced, or (None) taken out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", compression) as target:
        for name in source.namelist():
            if name not in changes:
                target.writestr(name, source.read(name))
        for name, data in changes.items():
            if data is not None:
                target.writestr(name, data)
    return buffer.getvalue()


def part(content: bytes, name: str) -> bytes:
    """One part of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return source.read(name)


def item(
    name: str = "应用服务器",
    parameters: Sequence[str] = ("CPU核数：≥16核", "内存：≥256GB"),
    *,
    quantity: str = "10台",
    unit_price: int | None = 12_500_000,
    total: int | None = 125_000_000,
    subsystem: str = "计算资源",
    package: str = "",
    place: str = "设备清单!C4",
    remark: str = "",
    tax: str = "",
) -> Item:
    """An item of a parameter table; prices are fen."""
    return Item(
        name=name,
        place=place,
        subsystem=subsystem,
        package=package,
        parameters=tuple(
            Parameter(text, f"{place} 第{order}条", mark_of(text)) for order, text in enumerate(parameters, start=1)
        ),
        quantity=read_quantity(Cell(quantity, f"{place}（数量）"), "") if quantity else None,
        unit_price=None if unit_price is None else Money(f"{unit_price / 100}元", unit_price, f"{place}（单价）", tax),
        total=None if total is None else Money(f"{total / 100}元", total, f"{place}（合价）", tax),
        remark=remark,
    )


def table(*items: Item, file_name: str = "清单.xlsx", **fields: Any) -> ParameterTable:
    """A parameter table of items."""
    return ParameterTable(file_name, "0" * 64, items or (item(),), **fields)


def count(number: int, unit: str = "台") -> Quantity:
    """A quantity."""
    return Quantity(f"{number}{unit}", Decimal(number), unit, "设备清单!F4")


def chinese(number: int) -> str:
    """A number below ten thousand in Chinese numerals."""
    digits, places = "零一二三四五六七八九", ("", "十", "百", "千")
    written = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += digits[digit] + places[place]
        elif written and not written.endswith("零") and number % 10**place:
            written += "零"
    return written
