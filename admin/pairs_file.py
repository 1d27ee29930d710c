"""Pairs of parameters from a tab-separated file, as spreadsheets and programs write it, in the file's own order."""

import codecs
import csv
import io
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

COLUMNS = {
    "item": "设备或条目名称",
    "approved_name": "批复参数名称",
    "approved_value": "批复参数值",
    "tender_name": "招标参数名称",
    "tender_value": "招标参数值",
}
"""What a file must have, in any order; other columns are of no concern."""
LONGEST_FIELD = 1_000_000
"""Characters; beyond it a quotation mark was surely opened and never closed."""


class PairsRefusedError(ValueError):
    """The file holds no pairs that could be judged; the message says in Chinese what to do."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One parameter of an item as both sides name and value it."""

    item: str
    approved_name: str
    approved_value: str
    tender_name: str
    tender_value: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of a file, one for each of its rows, and what was odd about it."""

    rows: tuple[Pair, ...]
    warnings: tuple[str, ...] = ()


def read_pairs(path: Path) -> Pairs:
    """Read a file of pairs.

    Raises:
        PairsRefusedError: it is no text, has no header, lacks a column or has no row.
        OSError: it cannot be opened.
    """
    header, *rows = _records(_text(path.read_bytes())) or [[]]
    places = _columns(header)
    if not rows:
        raise PairsRefusedError("表头下面没有参数对。请每行填写一对后重试。")
    warnings = [told for number, row in enumerate(rows, 2) if (told := _odd(number, row, len(header), places))]
    return Pairs(tuple(_pair(row, places) for row in rows), tuple(warnings))


def _odd(number: int, row: list[str], width: int, places: dict[str, int]) -> str:
    """Say what is wrong with a row's number of cells, "" when nothing is; rows are counted without blank lines."""
    if any(cell.strip() for cell in row[width:]):
        return f"第{number}行比表头多出内容，多出的部分没有参与判定，请检查是否多了制表符。"
    lacking = [name for name, at in places.items() if at >= len(row)]
    if lacking:
        return f"第{number}行比表头少单元格，缺的列（{'、'.join(lacking)}）按空白判定，请检查是否少了制表符。"
    return ""


def _text(content: bytes) -> str:
    """Decode what Windows, Office and programs write: UTF-8, UTF-16 with its mark, the Chinese national encoding."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PairsRefusedError("无法识别文字编码。请另存为 UTF-8 或 GBK 编码的制表符分隔文本（.tsv）后重试。")


def _records(text: str) -> list[list[str]]:
    """Split into rows of cells, without blank lines.

    Quotation marks are taken for a spreadsheet's when that reading works for the whole file; otherwise (`24" 显示器`)
    they are part of the texts, and each line is a row.
    """
    csv.field_size_limit(LONGEST_FIELD)
    try:
        read = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
        rows = [row for row in read if any(cell.strip() for cell in row)]
    except csv.Error:
        return _lines(text)
    return rows if len({len(row) for row in rows}) <= 1 else _lines(text)


def _lines(text: str) -> list[list[str]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [[_unquoted(cell) for cell in line.split("\t")] for line in lines if line.strip()]


def _unquoted(cell: str) -> str:
    inner = cell[1:-1]
    if len(cell) < 2 or cell[0] + cell[-1] != '""' or '"' in inner.replace('""', ""):
        return cell
    return inner.replace('""', '"')


def _columns(header: list[str]) -> dict[str, int]:
    names = [unicodedata.normalize("NFKC", cell).strip().strip('"').casefold() for cell in header]
    missing = [f"{name}（{meaning}）" for name, meaning in COLUMNS.items() if name not in names]
    if missing:
        raise PairsRefusedError(
            f"第一行表头缺少列：{'、'.join(missing)}。请用制表符分隔各列，补上后重试；列的次序不限，其他列不影响判定。"
        )
    doubled = [name for name, times in Counter(names).items() if times > 1 and name in COLUMNS]
    if doubled:
        raise PairsRefusedError(f"表头有重复的列：{'、'.join(doubled)}，无法确定用哪一列。请各保留一列后重试。")
    return {name: names.index(name) for name in COLUMNS}


def _pair(row: list[str], places: dict[str, int]) -> Pair:
    return Pair(**{name: row[at].strip() if at < len(row) else "" for name, at in places.items()})
