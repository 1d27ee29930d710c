"""Every reason a document is refused for, each with a hostile document built here."""

import io
import re
import struct
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from domain.documents import DocumentRefused, Limits, read_document
from domain.documents.refusals import codes
from tests.domain.builders import HEADER, ROW, TENDER_HEADER, part, repacked, saved, sheets, text_document, workbook
from tests.domain.old_workbooks import compound_file

ROOT = Path(__file__).parents[3]


def refusal(content: bytes, name: str = "清单.xlsx", limits: Limits | None = None) -> DocumentRefused:
    with pytest.raises(DocumentRefused) as caught:
        read_document(content, name, limits or Limits())
    return caught.value


def test_every_refusal_says_what_where_what_was_kept_and_what_to_do() -> None:
    refused = refusal(b"")
    assert refused.code == "empty_file"
    assert refused.message == "文件是空的（0 字节）。文件未被保存，原有材料不受影响。请确认文件能在本机打开后重新上传。"
    assert str(refused) == refused.message
    assert refused.place == ""


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG 图片"),
        (b"<html><body>", "网页"),
        (b"<?xml version='1.0'?><a/>", " XML 文本"),
        (b"\x00\x01\x02\x03" * 50, "未知格式"),
        (b"MZ\x90\x00", "可执行程序"),
    ],
)
def test_the_type_is_told_from_the_content_whatever_the_name_says(content: bytes, found: str) -> None:
    refused = refusal(content, "清单.xlsx")
    assert refused.code == "wrong_type"
    assert found in refused.message


@pytest.mark.parametrize(
    ("stream", "code", "word"),
    [
        ("WordDocument", "legacy_format", ".doc"),
        ("EncryptedPackage", "password_protected", "密码"),
        ("Other", "wrong_type", "Office"),
    ],
)
def test_compound_files_are_told_apart_by_their_streams(stream: str, code: str, word: str) -> None:
    refused = refusal(compound_file({stream: b"x"}))
    assert refused.code == code
    assert word in refused.message


def test_a_format_that_must_be_converted_is_refused_with_the_remedy() -> None:
    refused = refusal(b"{\\rtf1 x}")
    assert refused.code == "legacy_format"
    assert ".rtf" in refused.message
    assert "另存为 .xlsx 或 .docx" in refused.message


def test_other_packages_are_named() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("ppt/presentation.xml", "<p/>")
    assert "演示文稿" in refusal(buffer.getvalue()).message
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "x")
    assert "普通压缩包" in refusal(buffer.getvalue()).message
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "ODF" in refusal(buffer.getvalue()).message
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.bin", b"x")
    assert ".xlsb" in refusal(buffer.getvalue()).message


@pytest.mark.parametrize("cut", [10, 200, -1, -30, -400])
def test_a_truncated_file_is_damaged(cut: int) -> None:
    assert refusal(workbook()[:cut]).code == "damaged"


def test_a_part_that_is_not_well_formed_is_damaged() -> None:
    broken = repacked(workbook(), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"})
    assert refusal(broken).code == "damaged"
    assert refusal(repacked(text_document("x"), {"word/document.xml": b"<w:document"})).code == "damaged"
    assert refusal(repacked(workbook(), {"xl/workbook.xml": b"<nonsense/>"})).code == "damaged"
    assert refusal(repacked(workbook(), {"xl/worksheets/sheet1.xml": None})).code == "damaged"
    assert refusal(repacked(workbook(), {"xl/styles.xml": b"<styleSheet"})).code == "damaged"


def test_a_file_over_the_limit_is_refused_before_it_is_opened() -> None:
    refused = refusal(workbook(), limits=Limits(file_bytes=1_000))
    assert refused.code == "file_too_large"


def test_a_part_that_unpacks_to_far_more_than_it_weighs_is_a_bomb() -> None:
    bomb = repacked(workbook(), {"xl/media/image1.png": b"\x00" * 20_000_000})
    refused = refusal(bomb)
    assert refused.code == "zip_bomb"
    assert refused.place == "xl/media/image1.png"


def test_the_unpacked_size_is_counted_and_not_believed() -> None:
    content = repacked(workbook(), {"xl/media/image1.png": b"\x00" * 9_000_000})
    # The directory claims ten bytes; the stream says otherwise.
    lying = content.replace(struct.pack("<L", 9_000_000), struct.pack("<L", 10))
    assert refusal(lying).code in {"zip_bomb", "damaged"}
    assert refusal(content, limits=Limits(unpacked_bytes=1_000_000)).code == "zip_bomb"
    assert refusal(content, limits=Limits(entry_bytes=1_000_000)).code == "zip_bomb"


def test_too_many_parts_are_refused() -> None:
    refused = refusal(repacked(workbook(), {f"xl/media/{n}.bin": b"x" for n in range(40)}), limits=Limits(entries=30))
    assert refused.code == "too_many_entries"
    assert "30" in refused.message


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "xl\\..\\..\\x", "C:/x"])
def test_names_that_leave_the_package_are_refused(name: str) -> None:
    assert refusal(repacked(workbook(), {name: b"x"})).code == "unsafe_entry_name"


def test_a_part_without_a_name_is_refused() -> None:
    nameless = workbook().replace(b"docProps/app.xml", b"\0ocProps/app.xml")
    assert refusal(nameless).code == "unsafe_entry_name"


def test_encrypted_parts_are_refused() -> None:
    content = bytearray(workbook())
    start = content.find(b"PK\x01\x02")
    content[start + 8] |= 1
    assert refusal(bytes(content)).code == "encrypted_entry"


def test_two_parts_of_one_name_or_on_the_same_bytes_are_refused() -> None:
    buffer = io.BytesIO(workbook())
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", "<x/>")
    assert refusal(buffer.getvalue()).code == "overlapping_entries"

    content = bytearray(workbook())
    first = content.find(b"PK\x01\x02")
    second = content.find(b"PK\x01\x02", first + 4)
    content[second + 42 : second + 46] = content[first + 42 : first + 46]
    assert refusal(bytes(content)).code == "overlapping_entries"


@pytest.mark.parametrize(
    "declaration",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16"),
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16-be"),
        b"<!doctype x><x/>",
    ],
)
@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "xl/workbook.xml", "_rels/.rels"])
def test_document_types_and_entities_are_refused_in_every_part(declaration: bytes, name: str) -> None:
    refused = refusal(repacked(workbook(), {name: declaration}))
    assert refused.code == "external_entity"
    assert refused.place == name


def test_entities_in_a_text_document_are_refused() -> None:
    evil = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "x">]><w/>'
    assert refusal(repacked(text_document("x"), {"word/document.xml": evil})).code == "external_entity"


def sheet_xml(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}">{body}</worksheet>'.encode()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>', "too_many_rows"),
        ('<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>', "too_many_columns"),
        ('<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', "too_many_merged"),
        ('<sheetData/><mergeCells><mergeCell ref="nonsense"/></mergeCells>', "damaged"),
    ],
)
def test_sheets_larger_than_any_list_are_refused_before_the_library_opens_them(body: str, code: str) -> None:
    refused = refusal(repacked(workbook(), {"xl/worksheets/sheet1.xml": sheet_xml(body)}))
    assert refused.code == code
    assert refused.place == "xl/worksheets/sheet1.xml"


def test_each_size_has_its_limit() -> None:
    content = workbook([HEADER, *[ROW] * 30], merged=["A1:A1"])
    assert refusal(content, limits=Limits(rows=20)).code == "too_many_rows"
    assert refusal(content, limits=Limits(columns=5)).code == "too_many_columns"
    assert refusal(content, limits=Limits(cells=50)).code == "too_many_cells"
    assert refusal(content, limits=Limits(items=10)).code == "too_many_items"
    assert refusal(content, limits=Limits(cell_characters=10)).code == "cell_too_long"
    many = sheets({f"表{n}": [HEADER, ROW] for n in range(5)})
    assert refusal(many, limits=Limits(sheets=3)).code == "too_many_sheets"


def test_each_size_has_its_limit_in_text_documents_too() -> None:
    content = text_document([TENDER_HEADER, *[("1", "服务器", "内存：≥1GB", "台", "1", "1", "1")] * 9])
    assert refusal(content, limits=Limits(rows=5)).code == "too_many_rows"
    assert refusal(content, limits=Limits(columns=3)).code == "too_many_columns"
    assert refusal(content, limits=Limits(cells=20)).code == "too_many_cells"


def test_a_span_wider_than_the_limit_is_refused_and_not_laid_out() -> None:
    content = text_document([TENDER_HEADER, ("1", "服务器", "内存：≥1GB", "台", "1", "1", "1")])
    xml = part(content, "word/document.xml").replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="999999999"/>', 1)
    assert refusal(repacked(content, {"word/document.xml": xml})).code == "too_many_columns"


def test_endless_nesting_is_refused() -> None:
    content = text_document("x")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    deep = f'<w:document xmlns:w="{space}"><w:body>{"<w:sdt>" * 240}{"</w:sdt>" * 240}</w:body></w:document>'.encode()
    assert refusal(repacked(content, {"word/document.xml": deep})).code == "too_deep"
    deeper = deep.replace(b"<w:sdt>" * 240, b"<w:sdt>" * 5000).replace(b"</w:sdt>" * 240, b"</w:sdt>" * 5000)
    assert refusal(repacked(content, {"word/document.xml": deeper})).code == "too_deep"


def test_a_document_without_a_recognisable_header_is_refused() -> None:
    assert refusal(workbook([("甲", "乙"), ("丙", "丁")])).code == "no_header"
    assert refusal(text_document("只有正文，没有表格。")).code == "no_header"
    assert refusal(workbook([])).code == "no_header"


def test_a_header_without_rows_is_an_empty_table() -> None:
    assert refusal(workbook([HEADER])).code == "empty_table"
    assert refusal(workbook([HEADER, ("", "合计", "", "", "", "", "", 0, "")])).code == "empty_table"


def test_a_password_protected_workbook_keeps_nothing_of_itself_in_the_message() -> None:
    refused = refusal(compound_file({"EncryptedPackage": b"x"}), "工资表.xlsx")
    assert "工资表" not in refused.message


def test_every_code_is_reached_by_a_test_of_this_folder() -> None:
    # The list is kept here by hand, so that a new reason without a test fails by name.
    tested = {
        "empty_file",
        "file_too_large",
        "wrong_type",
        "legacy_format",
        "password_protected",
        "encrypted_entry",
        "damaged",
        "too_many_entries",
        "zip_bomb",
        "overlapping_entries",
        "unsafe_entry_name",
        "external_entity",
        "too_much_markup",
        "too_much_text",
        "too_many_rows",
        "too_many_columns",
        "too_many_cells",
        "too_many_merged",
        "too_many_sheets",
        "too_many_items",
        "too_deep",
        "cell_too_long",
        "no_header",
        "empty_table",
        "secrecy_marking",
        # Text tables, in test_delimited.py.
        "mixed_encoding",
        "nul_bytes",
        "unclosed_quote",
        # PDF, in test_pdf.py.
        "scanned_pdf",
        "garbled_pdf",
        "pdf_without_lines",
        "too_many_pages",
        "page_too_complex",
        # Formats that are converted and files read apart, in tests/intake.
        "conversion_failed",
        "conversion_timeout",
        "reading_too_costly",
    }
    assert set(codes()) == tested


def test_the_documentation_names_every_refusal() -> None:
    told = re.findall(r"`([a-z_]+(?:…)?)`", (ROOT / "docs" / "documents.md").read_text("utf-8"))
    stems = tuple(word.removesuffix("…") for word in told if word.endswith("…"))
    assert [code for code in codes() if code not in told and not code.startswith(stems)] == []


def test_unusual_but_honest_files_are_read() -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(ROW)
    book.create_sheet("空表")
    assert read_document(saved(book), "x.bin").items[0].name == "应用服务器"
    assert len(docx.Document(io.BytesIO(text_document("x"))).paragraphs) == 1
