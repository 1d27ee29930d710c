"""Every reason for a refusal and every limit, each met by a document at the desk where documents are taken in."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.documents import DocumentRefused, Limits
from domain.documents.refusals import codes
from intake import Intake, IntakeSettings
from tests.domain.builders import HEADER, ROW, repacked, sheets, text_document, workbook
from tests.domain.locked_pdf import locked
from tests.domain.old_workbooks import compound_file, old_workbook, record
from tests.domain.pdf_files import pdf, table, text
from tests.intake.office_program import office

ROOT = Path(__file__).parents[2]
RTF = rb"{\rtf1\ansi x}"
TEXT = "设备名称,技术参数,数量\n服务器,内存≥1GB,2台\n"
LISTED = table([("设备名称", "技术参数", "数量"), ("服务器", "内存≥1GB", "2台")], (100, 200, 60))[0]
PICTURE = "q 500 0 0 700 50 50 cm /Im Do Q\n"
PACKED_150_TIMES = random.Random(1).randbytes(35_000) + b"\0" * 6_000_000  # noqa: S311  (repeatable, not secret)
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><x>&b;</x>'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def doubled() -> bytes:
    """A package that names one part twice."""
    buffer = io.BytesIO(workbook())
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", "<x/>")
    return buffer.getvalue()


def encrypted_part() -> bytes:
    content = bytearray(workbook())
    content[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def deep() -> bytes:
    nested = f'<w:document xmlns:w="{WORD}"><w:body>{"<w:sdt>" * 240}{"</w:sdt>" * 240}</w:body></w:document>'
    return repacked(text_document("x"), {"word/document.xml": nested.encode()})


def sheet(body: str) -> bytes:
    return repacked(workbook(), {SHEET: f'<worksheet xmlns="{MAIN}">{body}</worksheet>'.encode()})


def without_tables() -> bytes:
    """A page that speaks of a list and draws rules, but no upright lines and no gaps to rely on."""
    head = ("序号", "设备名称", "技术参数", "单位", "数量", "单价（万元）")
    row = (1, "", "1、CPU核数：≥16核；\n2、内存：≥256GB，配置国产操作系统和数据库软件授权。", "", "", "")
    drawing = table([head, row], (40, 90, 220, 40, 40, 60), top=500, upright=False)[0]
    return pdf(text(50, 530, "采购需求") + drawing + text(93, 440, "应用服务器"))


REFUSED: dict[str, tuple[Callable[[], bytes], dict[str, object]]] = {
    "empty_file": (lambda: b"", {}),
    "file_too_large": (workbook, {"limits": Limits(file_bytes=100)}),
    "wrong_type": (lambda: b"\x89PNG\r\n\x1a\n", {}),
    "legacy_format": (lambda: RTF, {}),
    "conversion_failed": (lambda: RTF, {"office": "sys.exit(1)"}),
    "conversion_timeout": (lambda: RTF, {"office": "time.sleep(60)", "conversion_timeout": timedelta(seconds=1)}),
    "reading_too_costly": (lambda: pdf(LISTED), {"reading_timeout": timedelta(seconds=0.01)}),
    "mixed_encoding": (lambda: TEXT.encode() + "防火墙,吞吐量≥1Gbps,1台\n".encode("gbk"), {}),
    "nul_bytes": (lambda: TEXT.encode() + b"a,\x00,b\n", {}),
    "unclosed_quote": (lambda: TEXT.encode() + '网关,"x,1台\n网闸,y,1台\n'.encode(), {}),
    "scanned_pdf": (lambda: pdf(PICTURE), {}),
    "garbled_pdf": (lambda: pdf(text(50, 700, "\ue001\ue002\ue003" * 5)), {}),
    "pdf_without_lines": (without_tables, {}),
    "too_many_pages": (lambda: pdf(LISTED, LISTED), {"limits": Limits(pages=1)}),
    "page_too_complex": (lambda: pdf(LISTED), {"limits": Limits(page_shapes=3)}),
    "password_protected": (lambda: locked(pdf(LISTED), "secret"), {}),
    "encrypted_entry": (encrypted_part, {}),
    "damaged": (lambda: workbook()[:500], {}),
    "too_many_entries": (workbook, {"limits": Limits(entries=3)}),
    "zip_bomb": (lambda: repacked(workbook(), {"xl/media/a.png": b"\0" * 20_000_000}), {}),
    "overlapping_entries": (doubled, {}),
    "unsafe_entry_name": (lambda: repacked(workbook(), {"../a": b"x"}), {}),
    "external_entity": (lambda: repacked(workbook(), {"xl/sharedStrings.xml": ENTITIES}), {}),
    "too_many_rows": (lambda: sheet('<sheetData><row r="1048576"/></sheetData>'), {}),
    "too_many_columns": (lambda: sheet('<sheetData><row r="1"><c r="XFD1"/></row></sheetData>'), {}),
    "too_many_cells": (lambda: workbook([HEADER, *[ROW] * 20]), {"limits": Limits(cells=50)}),
    "too_many_merged": (
        lambda: sheet('<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        {},
    ),
    "too_many_sheets": (lambda: sheets({"一": [HEADER], "二": [HEADER]}), {"limits": Limits(sheets=1)}),
    "too_many_items": (lambda: workbook([HEADER, ROW, ROW]), {"limits": Limits(items=1)}),
    "too_deep": (deep, {}),
    "too_much_markup": (workbook, {"limits": Limits(markup=20)}),
    "too_much_text": (workbook, {"limits": Limits(characters=20)}),
    "cell_too_long": (workbook, {"limits": Limits(cell_characters=5)}),
    "no_header": (lambda: workbook([("甲", "乙")]), {}),
    "empty_table": (lambda: workbook([HEADER]), {}),
    "secrecy_marking": (lambda: workbook([("机密★10年",), HEADER, ROW]), {}),
}
LOW: dict[str, tuple[Callable[[], bytes], int, str]] = {
    "file_bytes": (workbook, 100, "file_too_large"),
    "entries": (workbook, 3, "too_many_entries"),
    "unpacked_bytes": (workbook, 1_000, "zip_bomb"),
    "entry_bytes": (workbook, 500, "zip_bomb"),
    "ratio": (lambda: repacked(workbook(), {"xl/media/a.png": PACKED_150_TIMES}), 100, "zip_bomb"),
    "ratio_floor": (lambda: repacked(workbook(), {"xl/media/a.png": b"\0" * 4_000_000}), 1_000, "zip_bomb"),
    "sheets": (lambda: sheets({"一": [HEADER, ROW], "二": [HEADER, ROW]}), 1, "too_many_sheets"),
    "rows": (workbook, 1, "too_many_rows"),
    "columns": (workbook, 3, "too_many_columns"),
    "cells": (workbook, 5, "too_many_cells"),
    "merged_ranges": (lambda: workbook([HEADER, ROW], merged=["K1:L1", "K2:L2"]), 1, "too_many_merged"),
    "merged_cells": (lambda: workbook([HEADER, ROW], merged=["K1:L9"]), 5, "too_many_merged"),
    "cell_characters": (workbook, 5, "cell_too_long"),
    "items": (lambda: workbook([HEADER, ROW, ROW]), 1, "too_many_items"),
    "nesting": (workbook, 3, "too_deep"),
    "markup": (workbook, 20, "too_much_markup"),
    "characters": (workbook, 20, "too_much_text"),
    "pages": (lambda: pdf(LISTED, LISTED), 1, "too_many_pages"),
    "page_characters": (lambda: pdf(LISTED), 5, "page_too_complex"),
    "page_shapes": (lambda: pdf(LISTED), 3, "page_too_complex"),
    "pdf_characters": (lambda: pdf(LISTED), 5, "too_much_text"),
}


def refusal(content: bytes, name: str = "清单", **settings: object) -> DocumentRefused:
    with pytest.raises(DocumentRefused) as caught:
        Intake(replace(IntakeSettings(), **settings)).read(content, name)  # type: ignore[arg-type]  # by name
    return caught.value


def test_there_is_a_document_for_every_refusal_and_for_every_limit() -> None:
    assert set(REFUSED) == set(codes())
    assert set(LOW) == {field.name for field in fields(Limits)}


@pytest.mark.parametrize("code", REFUSED)
def test_a_refusal_says_what_where_what_was_kept_and_what_to_do(code: str, tmp_path: Path) -> None:
    build, settings = REFUSED[code]
    if body := settings.get("office"):
        settings = {name: value for name, value in settings.items() if name != "office"}
        settings["converter"] = office(tmp_path, str(body))
    refused = refusal(build(), **settings)
    assert refused.code == code
    what, _, remedy = refused.message.partition("文件未被保存，原有材料不受影响。")
    assert what.endswith("。")
    assert re.fullmatch(r"请.+。", remedy)
    assert "{" not in refused.message
    assert not re.search(r"[A-Za-z_]{12,}", what.replace(refused.place, "")), "no English sentence, no program's name"


@pytest.mark.parametrize("name", LOW)
def test_each_limit_is_a_setting_that_bites_and_whose_default_lets_the_same_document_in(name: str) -> None:
    build, low, code = LOW[name]
    content = build()
    given = {f"ZHENGJIAN_LIMIT_{name.upper()}": str(low)}
    assert refusal(content, limits=IntakeSettings.from_environment(given, lambda _: None).limits).code == code
    assert refusal(content, limits=IntakeSettings().with_config({"limits": {name: low}}).limits).code == code
    assert Intake(IntakeSettings()).read(content, "清单").items


@pytest.mark.parametrize(
    "content",
    [
        compound_file({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}),
        old_workbook({"清单": [HEADER, ROW]}, extra=record(0x2F, b"\0" * 6)),
        locked(pdf(LISTED), "secret"),
    ],
    ids=["xlsx and docx", "xls", "pdf"],
)
@pytest.mark.parametrize("name", ["清单.xlsx", "采购需求.docx", "清单.xls", "招标文件.pdf"])
def test_a_document_under_a_password_is_refused_whatever_it_is_called(content: bytes, name: str) -> None:
    assert refusal(content, name).code == "password_protected"


def test_a_pdf_whose_rights_were_taken_away_is_read_and_told() -> None:
    found = Intake(IntakeSettings()).read(locked(pdf(LISTED)), "招标文件.pdf")
    assert [(item.name, item.parameters[0].text) for item in found.items] == [("服务器", "内存≥1GB")]
    assert [notice.code for notice in found.notices] == ["pdf_layout", "pdf_restricted"]


def test_entities_that_multiply_are_refused_before_they_are_read() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "哈">{laughs}]><x>&l9;</x>'.encode()
    for name in ("xl/sharedStrings.xml", SHEET, "docProps/core.xml"):
        assert refusal(repacked(workbook(), {name: bomb})).code == "external_entity"


def test_a_zip_within_a_zip_is_unpacked_once_and_never_read() -> None:
    inner = repacked(workbook(), {"xl/media/a.png": b"\0" * 20_000_000})
    found = Intake(IntakeSettings()).read(repacked(workbook(), {"xl/embeddings/a.xlsx": inner}), "清单.xlsx")
    assert [notice.code for notice in found.notices] == ["embedded_objects"]


def test_the_documentation_names_the_variables_and_tables_of_the_settings() -> None:
    told = (ROOT / "docs" / "documents.md").read_text("utf-8")
    named = {*re.findall(r"`([a-z_]+)`", told)}
    assert {field.name for field in fields(Limits)} <= named
