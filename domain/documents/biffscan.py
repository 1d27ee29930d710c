"""The record stream of an old workbook, judged and cleaned before a library builds anything from it.

The library reads every record it knows and believes what each claims: one hyperlink over a whole sheet costs it sixteen
million entries. So the stream is walked once, what is counted is bounded, and every record that carries no cell, style
or layout is given a number that nobody knows. Structure: [MS-XLS].
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.documents.limits import Limits
from domain.documents.refusals import DocumentRefused

_BOF = {0x0809, 0x0409, 0x0209, 0x0009}
_FILEPASS, _BOUNDSHEET, _COLUMNS, _MERGED = 0x2F, 0x85, 0x7D, 0xE5
_RK_ROW, _BLANK_ROW = 0xBD, 0xBE
_TEXT_BOX, _CONTINUE = 0x1B6, 0x3C
_HEADER, _FOOTER = 0x14, 0x15
_CELLS = {0x06, 0x206, 0x406, 0xFD, 0x203, 0x27E, 0x7E, 0x204, 0x04, 0x03, 0x205, 0x05, 0xD6, 0x201, 0x01}
_KEPT = (
    _BOF
    | _CELLS
    | {_BOUNDSHEET, _COLUMNS, _MERGED, _RK_ROW, _BLANK_ROW, _CONTINUE}
    # EOF, CODEPAGE, DATEMODE, FORMAT, FONT, XF, STYLE, SST, PALETTE, COUNTRY, ROW, STRING, and the parts of formulas
    # that may stand between a formula and its text.
    | {0x0A, 0x42, 0x22, 0x1E, 0x41E, 0x31, 0x231, 0xE0, 0x43, 0x243, 0x443, 0x293, 0xFC, 0x92, 0x8C}
    | {0x208, 0x08, 0x207, 0x07, 0x4BC, 0xBC, 0x221, 0x21, 0x236, 0x36, 0x200, 0x00, 0x3D, 0x23E}
)
_UNKNOWN = b"\xee\xee"
_MOST_COLUMN_RECORDS = 5_000
_MOST_COLUMNS = 256
"""No sheet of the format has more; what lies beyond has no name."""


@dataclass(slots=True)
class Records:
    """A cleaned stream, and the texts of headers, footers and text boxes that were taken out of it."""

    stream: bytes
    sides: list[tuple[str, str]] = field(default_factory=list)


def scan(stream: bytes, limits: Limits) -> Records:
    """Judge and clean a workbook stream.

    Raises:
        DocumentRefused: password_protected, too_many_sheets, too_many_rows, too_many_columns, too_many_cells,
            too_many_merged or damaged.
    """
    tally = _Tally(limits)
    cleaned = bytearray(stream)
    sides: list[tuple[str, str]] = []
    before = 0
    for code, start, data in _records(stream):
        tally.take(code, data)
        if code not in _KEPT or (code == _CONTINUE and before not in _KEPT):
            cleaned[start : start + 2] = _UNKNOWN
        if code in {_HEADER, _FOOTER}:
            sides.append((_text(data[2:] if len(data) > 2 else b""), "页眉页脚"))
        elif code == _CONTINUE and before == _TEXT_BOX:
            sides.append((_text(data), "批注或文本框"))
        if code != _CONTINUE:
            before = code
    return Records(bytes(cleaned), sides)


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    position = 0
    if len(stream) < 4 or struct.unpack_from("<H", stream)[0] not in _BOF:
        raise DocumentRefused("damaged")
    while position + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, position)
        yield code, position, stream[position + 4 : position + 4 + length]
        position += 4 + length


def _text(data: bytes) -> str:
    """The characters of a short text whose first byte tells whether they take one byte or two."""
    if not data:
        return ""
    return data[1:].decode("utf-16-le" if data[0] & 1 else "gb18030", "replace")


class _Tally:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.columns = min(limits.columns, _MOST_COLUMNS)
        self.sheets = self.cells = self.ranges = self.covered = self.column_records = 0

    def take(self, code: int, data: bytes) -> None:
        if code == _FILEPASS:
            raise DocumentRefused("password_protected")
        if code == _BOUNDSHEET:
            self.sheets += 1
            if self.sheets > self.limits.sheets:
                raise DocumentRefused("too_many_sheets", limit=self.limits.sheets)
        elif code in _CELLS or code in {_RK_ROW, _BLANK_ROW}:
            self._count(code, data)
        elif code == _MERGED:
            self._merge(data)
        elif code == _COLUMNS:
            self.column_records += 1
            if self.column_records > _MOST_COLUMN_RECORDS:
                raise DocumentRefused("damaged")

    def _count(self, code: int, data: bytes) -> None:
        if len(data) < 4:
            raise DocumentRefused("damaged")
        row, first = struct.unpack_from("<HH", data)
        across = {_RK_ROW: (len(data) - 6) // 6, _BLANK_ROW: (len(data) - 6) // 2}.get(code, 1)
        self.cells += max(across, 1)
        if row >= self.limits.rows:
            raise DocumentRefused("too_many_rows", limit=self.limits.rows)
        if first + across > self.columns and code != _BLANK_ROW:
            raise DocumentRefused("too_many_columns", limit=self.columns)
        if self.cells > self.limits.cells:
            raise DocumentRefused("too_many_cells", limit=self.limits.cells)

    def _merge(self, data: bytes) -> None:
        areas = struct.iter_unpack("<HHHH", data[2 : 2 + (len(data) - 2) // 8 * 8])
        for first_row, last_row, first_column, last_column in areas:
            self.ranges += 1
            self.covered += max(last_row - first_row + 1, 0) * max(last_column - first_column + 1, 0)
            if last_column >= self.columns:
                raise DocumentRefused("too_many_columns", limit=self.columns)
        if self.ranges > self.limits.merged_ranges or self.covered > self.limits.merged_cells:
            raise DocumentRefused("too_many_merged")
