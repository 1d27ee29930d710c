"""The two lists as workbooks, and what the reader made of them, line by line."""

import io
from collections.abc import Iterable

import openpyxl

from benchmarks.mutation.facts import Line
from benchmarks.mutation.rewrites import numbered
from domain.documents import ParameterTable, read_document

APPROVED = ("序号", "子系统", "设备名称", "技术参数", "单位", "数量", "单价（万元）", "合价（万元）", "备注")
TENDER = (
    "序号",
    "包号",
    "子系统",
    "标的名称",
    "规格型号及技术要求",
    "计量单位",
    "数量",
    "单价限价（元）",
    "最高限价（元）",
)


def approved_list(lines: list[Line]) -> bytes:
    """The approved list as a workbook, money in ten thousand yuan."""
    return _workbook(APPROVED, approved_rows(lines), "设备清单")


def tender_list(lines: list[Line]) -> bytes:
    """The tender's list as a workbook, money in yuan, the parameters numbered in another style on every row."""
    return _workbook(TENDER, tender_rows(lines), "采购需求")


def approved_rows(lines: list[Line]) -> list[tuple[object, ...]]:
    """The cells of the approved list under `APPROVED`."""
    return [
        (
            number, line.subsystem, line.name, numbered(line.texts, 0), line.counted, line.quantity,
            line.price / 10_000, line.price * line.quantity / 10_000, "",
        )
        for number, line in enumerate(lines, start=1)
    ]  # fmt: skip


def tender_rows(lines: list[Line]) -> list[tuple[object, ...]]:
    """The cells of the tender's list under `TENDER`."""
    return [
        (
            number, line.package, line.subsystem, line.name, numbered(line.texts, number % 6), line.counted,
            line.quantity, line.price, line.price * line.quantity,
        )
        for number, line in enumerate(lines, start=1)
    ]  # fmt: skip


def read(content: bytes, name: str, lines: list[Line]) -> ParameterTable:
    """Read a list back.

    Raises:
        ValueError: a line did not come through as written; its cases would be looked for in the wrong rows.
    """
    table = read_document(content, name)
    written, given = [len(line.texts) for line in lines], [len(item.parameters) for item in table.items]
    if written != given:
        wrong = next((line for line, count in zip(lines, given, strict=False) if len(line.texts) != count), None)
        raise ValueError(f"{name}: {len(given)} rows of {len(written)} were read, not as written: {wrong}")
    return table


def _workbook(header: tuple[str, ...], rows: Iterable[tuple[object, ...]], title: str) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
