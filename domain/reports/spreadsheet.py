"""A workbook written as Office Open XML, without a library: a list of sixteen thousand findings takes about a second.

`openpyxl` needs a Python object for each of half a million cells; a report needs text, numbers and a few looks.
The same content gives the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from domain.reports.styles import Style, style_sheet

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest moment a zip archive can tell; with it the archive says nothing about when it was made."""
LONGEST_TEXT = 32_767
"""Characters a cell may hold; Excel calls a file with more of them damaged."""
CUT = "……（内容过长，全文见原文件）"

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_LIKE = re.compile(r"\s*[=+\-@＝＋－＠]")


class Cell(NamedTuple):
    """A text or a number with its look; money is given exactly, as `Decimal`."""

    value: str | int | Decimal
    style: Style = Style.TEXT


@dataclass(frozen=True)
class Sheet:
    """A sheet: its rows from the top, column widths in characters, and how many rows and columns stay in sight.

    With `table`, the last row in sight is the header of a table that reaches to the end and can be filtered.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float]
    frozen_rows: int = 0
    frozen_columns: int = 0
    table: bool = False


def write(sheets: Sequence[Sheet]) -> bytes:
    """Write a workbook; every text stays a text, whatever it begins with."""
    strings: dict[str, int] = {}
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            [
                *(("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)),
                ("styles", "styles.xml"),
                ("sharedStrings", "sharedStrings.xml"),
            ]
        ),
        "xl/styles.xml": style_sheet(),
        **{f"xl/worksheets/sheet{number}.xml": _sheet(sheet, strings) for number, sheet in enumerate(sheets, 1)},
    }
    parts["xl/sharedStrings.xml"] = _shared(strings)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, (_HEADER + content).encode())
    return buffer.getvalue()


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet would calculate the text if a person typed it: it begins with =, +, - or @."""
    return _FORMULA_LIKE.match(text) is not None


def _sheet(sheet: Sheet, strings: dict[str, int]) -> str:
    letters = [_letters(at) for at in range(len(sheet.widths))]
    rows = "".join(_row(number, row, letters, strings) for number, row in enumerate(sheet.rows, 1))
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(sheet.widths, 1)
    )
    area = f"A{max(sheet.frozen_rows, 1)}:{letters[-1]}{max(len(sheet.rows), 1)}"
    return (
        f'<worksheet {_MAIN}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{_pane(sheet)}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{rows}</sheetData>'
        f"{f'<autoFilter ref={chr(34)}{area}{chr(34)}/>' if sheet.table else ''}"
        '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddHeader>&amp;R&amp;9&amp;A</oddHeader>"
        "<oddFooter>&amp;C&amp;9第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>"
    )


def _pane(sheet: Sheet) -> str:
    rows, columns = sheet.frozen_rows, sheet.frozen_columns
    if not rows and not columns:
        return ""
    corner = "bottomRight" if rows and columns else "bottomLeft" if rows else "topRight"
    split = (f' xSplit="{columns}"' if columns else "") + (f' ySplit="{rows}"' if rows else "")
    return (
        f'<pane{split} topLeftCell="{_letters(columns)}{rows + 1}" activePane="{corner}" state="frozen"/>'
        f'<selection pane="{corner}"/>'
    )


def _row(number: int, row: Sequence[Cell], letters: list[str], strings: dict[str, int]) -> str:
    cells = "".join(_cells(number, row, letters, strings))
    return f'<row r="{number}">{cells}</row>'


def _cells(number: int, row: Sequence[Cell], letters: list[str], strings: dict[str, int]) -> Iterator[str]:
    for letter, (value, style) in zip(letters, row, strict=False):
        if not isinstance(value, str):
            yield f'<c r="{letter}{number}" s="{style:d}"><v>{value}</v></c>'
        elif value:
            look = Style.CODE if style is Style.TEXT and is_formula_like(value) else style
            at = strings.setdefault(value, len(strings))
            yield f'<c r="{letter}{number}" s="{look:d}" t="s"><v>{at}</v></c>'
        else:
            yield f'<c r="{letter}{number}" s="{style:d}"/>'


def _shared(strings: dict[str, int]) -> str:
    written = "".join(f'<si><t xml:space="preserve">{_escaped(text)}</t></si>' for text in strings)
    return f'<sst {_MAIN} uniqueCount="{len(strings)}">{written}</sst>'


def _escaped(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        text = text[: LONGEST_TEXT - len(CUT)] + CUT
    text = _UNWRITABLE.sub("�", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _ESCAPE_LIKE.sub("_x005F_", text) if "_x" in text else text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _workbook(sheets: Sequence[Sheet]) -> str:
    listed = "".join(
        f'<sheet name="{_escaped(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    names = "".join(_names(at, sheet) for at, sheet in enumerate(sheets))
    return (
        f'<workbook {_MAIN} xmlns:r="{_DOCUMENT}"><bookViews><workbookView activeTab="0"/></bookViews>'
        f"<sheets>{listed}</sheets><definedNames>{names}</definedNames></workbook>"
    )


def _names(at: int, sheet: Sheet) -> str:
    """Name the filtered area, which some programs look for, and the rows that are printed again on each page."""
    if not sheet.table:
        return ""
    first, last = sheet.frozen_rows, _letters(len(sheet.widths) - 1)
    return (
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{at}" hidden="1">'
        f"'{sheet.name}'!$A${first}:${last}${max(len(sheet.rows), first)}</definedName>"
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">\'{sheet.name}\'!${first}:${first}</definedName>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_DOCUMENT}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}relationships">{listed}</Relationships>'


def _content_types(sheets: int) -> str:
    parts = [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles"), ("xl/sharedStrings.xml", "sharedStrings")]
    parts += [(f"xl/worksheets/sheet{number}.xml", "worksheet") for number in range(1, sheets + 1)]
    listed = "".join(f'<Override PartName="/{name}" ContentType="{_TYPE}{kind}+xml"/>' for name, kind in parts)
    return (
        f'<Types xmlns="{_PACKAGE}content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _letters(at: int) -> str:
    return chr(65 + at) if at < 26 else _letters(at // 26 - 1) + chr(65 + at % 26)
