"""Whatever bytes come in, the reader gives a table or a refusal, never another error and never a hang."""

import io
import zipfile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.documents import DocumentRefused, ParameterTable, read_document
from tests.domain.builders import TENDER_HEADER, TENDER_ROW, part, repacked, text_document, workbook

BASES = (workbook(), text_document("包1（单位：元）", [TENDER_HEADER, TENDER_ROW], "评分办法"))
PARTS = [
    (base, name)
    for base in BASES
    for name in zipfile.ZipFile(io.BytesIO(base)).namelist()
    if name.endswith((".xml", ".rels"))
]
PIECES = [
    b"<",
    b">",
    b'"',
    b"&#0;",
    b"&amp;",
    b"<a/>",
    b"\xff",
    b"-1",
    b"0",
    b"999999999999",
    b"",
    b"<w:tbl>",
    b"</row>",
]

edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(PIECES)), min_size=1, max_size=6)


def edited(content: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    data = bytearray(content)
    for where, length, piece in changes:
        start = int(where * len(data))
        data[start : start + length] = piece
    return bytes(data)


def is_read_or_refused(content: bytes) -> bool:
    try:
        return isinstance(read_document(content, "清单.xlsx"), ParameterTable)
    except DocumentRefused as refused:
        return bool(refused.code and refused.message)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(base=st.sampled_from(BASES), changes=edits)
def test_damaged_packages_are_read_or_refused(base: bytes, changes: list[tuple[float, int, bytes]]) -> None:
    assert is_read_or_refused(edited(base, changes))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(target=st.sampled_from(PARTS), changes=edits)
def test_damaged_parts_are_read_or_refused(target: tuple[bytes, str], changes: list[tuple[float, int, bytes]]) -> None:
    base, name = target
    assert is_read_or_refused(repacked(base, {name: edited(part(base, name), changes)}))


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=2_000))
def test_any_bytes_are_refused(content: bytes) -> None:
    assert is_read_or_refused(content)
