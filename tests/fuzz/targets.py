"""What is fuzzed: each reader by a format's name, its seeds, and how an input becomes a file.

An input for a zipped format is two numbers and one part's XML: which seed document, which of its parts, and what that
part says instead. So a mutation always reaches the reader behind the zip, and nothing is packed twice.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from domain.documents import DocumentRefused, ParameterTable, read_document
from tests.domain.builders import DATA, HEADER, ROW, TENDER_HEADER, workbook
from tests.domain.old_workbooks import old_workbook
from tests.fuzz.seeds import pdf_files, text_documents, workbooks

_CHINESE = re.compile("[\u4e00-\u9fff]")
_RAW = 255
REGRESSIONS = Path(__file__).parent / "regressions"


@dataclass(frozen=True)
class Target:
    """One format: its seed inputs, and how an input becomes the bytes of a file."""

    name: str
    seeds: Callable[[], list[bytes]]
    built: Callable[[bytes], bytes]
    is_markup: bool = False


def run(target: Target, data: bytes) -> bool:
    """Read one input; True when it gave a table, False when it was refused. Anything else is a finding."""
    try:
        table = read_document(target.built(data), f"清单.{target.name}")
    except DocumentRefused as refused:
        _check_refusal(refused)
        return False
    _check(table)
    return True


def _check_refusal(refused: DocumentRefused) -> None:
    assert refused.code
    assert _CHINESE.search(refused.message), refused.message


def _check(table: ParameterTable) -> None:
    """A table that came out of a hostile file still keeps its promises."""
    assert table.items
    for item in table.items:
        assert item.place
        assert all(parameter.place for parameter in item.parameters)
        assert item.amount_fen is None or isinstance(item.amount_fen, int)
    assert all(clause.place for clause in table.clauses)
    assert all(notice.code and _CHINESE.search(notice.message) for notice in table.notices)


def _zipped(documents: tuple[bytes, ...]) -> tuple[Callable[[], list[bytes]], Callable[[bytes], bytes]]:
    opened = [_parts(document) for document in documents]

    def seeds() -> list[bytes]:
        return [
            bytes([number, index]) + content
            for number, parts in enumerate(opened)
            for index, (name, content) in enumerate(parts)
            if name.endswith((".xml", ".rels")) and "theme" not in name
        ]

    def built(data: bytes) -> bytes:
        if len(data) < 2:
            return data
        if data[1] == _RAW:
            return data[2:]
        parts = opened[data[0] % len(opened)]
        return _stored(parts, data[1] % len(parts), data[2:])

    return seeds, built


def _parts(document: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist() if not name.endswith(".jpeg")]


def _stored(parts: list[tuple[str, bytes]], changed: int, content: bytes) -> bytes:
    """A zip file of stored parts, written by hand: `zipfile` costs more than reading what it wrote."""
    body, directory = bytearray(), bytearray()
    for index, (name, held) in enumerate(parts):
        data = content if index == changed else held
        path = name.encode()
        common = struct.pack("<HHHHHIIIHH", 20, 0x800, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(path), 0)
        directory += (
            b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + path
        )
        body += b"PK\x03\x04" + common + path + data
    end = struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(directory), len(body), 0)
    return bytes(body + directory + b"PK\x05\x06" + end)


def _delimited() -> list[bytes]:
    text = (
        "设备清单\n单位：万元\n序号,子系统,设备名称,技术参数,单位,数量,单价,合价\n"
        '1,计算,服务器,"1、CPU≥16核；\n2、内存≥256GB，带""ECC""",台,10,12.5,125\n合计,,,,,,,125\n'
    )
    return [
        text.encode(),
        text.encode("gb18030"),
        text.encode("utf-16"),
        text.replace(",", "\t").encode("utf-8-sig"),
        text.replace("\n", "\r\n").replace(",", ";").encode(),
    ]


def _old_workbooks() -> list[bytes]:
    files = sorted((DATA / "sent_files").glob("*.xls"))
    return [
        old_workbook({"设备清单": [HEADER, ROW]}),
        old_workbook({"甲": [HEADER, ROW], "乙": [TENDER_HEADER]}),
        *[file.read_bytes() for file in files],
    ]


def _same(data: bytes) -> bytes:
    return data


@cache
def targets() -> dict[str, Target]:
    """Every format by its name."""
    book_seeds, book = _zipped((workbook(), *workbooks()))
    text_seeds, text = _zipped(tuple(text_documents()))
    found = [
        Target("xlsx", book_seeds, book, is_markup=True),
        Target("docx", text_seeds, text, is_markup=True),
        Target("csv", _delimited, _same),
        Target("xls", _old_workbooks, _same),
        Target("pdf", pdf_files, _same),
    ]
    return {target.name: target for target in found}
