"""Old workbooks (`.xls`, `.et`) read like new ones, and refused where they are locked, damaged or hostile."""

import struct
from decimal import Decimal

import pytest

from domain.documents import DocumentRefused, Limits, ParameterTable, read_document
from tests.domain.builders import DATA, HEADER, ROW, workbook
from tests.domain.old_workbooks import Percent, compound_file, old_workbook, record, workbook_stream

SHEET = {"设备清单": [HEADER, ROW]}


def read(content: bytes) -> ParameterTable:
    return read_document(content, "清单.xls")


def refusal(content: bytes, limits: Limits | None = None) -> DocumentRefused:
    with pytest.raises(DocumentRefused) as caught:
        read_document(content, "清单.xls", limits or Limits())
    return caught.value


def test_an_old_workbook_gives_the_rows_and_places_of_a_new_one() -> None:
    assert read(old_workbook(SHEET)).items == read_document(workbook([HEADER, ROW]), "清单.xlsx").items


def test_a_real_file_with_merged_headers_dates_percentages_and_a_hidden_sheet() -> None:
    table = read((DATA / "sent_files" / "merged_headers.xls").read_bytes())
    assert [(item.name, item.subsystem, item.place, item.amount_fen) for item in table.items] == [
        ("应用服务器", "计算资源", "设备清单!C5", 125_000_000),
        ("数据库服务器", "计算资源", "设备清单!C6", 60_500_000),
        ("防火墙", "安全资源", "设备清单!C7", 36_000_000),
    ]
    assert [parameter.text for parameter in table.items[1].parameters] == ["内存：≥1TB", "可用性：≥99.99%"]
    assert [parameter.mark for parameter in table.items[2].parameters] == ["", "★"]
    assert [item.remark for item in table.items] == ["13%", "2026-11-23", ""]
    assert table.items[0].quantity is not None
    assert table.items[0].quantity.number == Decimal(10)
    assert [(subtotal.label, subtotal.fen) for subtotal in table.subtotals] == [("合计", 221_500_000)]
    assert [notice.code for notice in table.notices] == ["hidden_sheet", "table_not_compared"]


def test_merged_cells_of_an_old_workbook_name_every_row() -> None:
    rows = [HEADER, ROW, (2, None, "数据库服务器", "内存：≥1TB", "台", 2, 20, 40, "")]
    assert [item.subsystem for item in read(old_workbook({"表": rows}, merged=[(1, 2, 1, 1)])).items] == [
        "计算资源"
    ] * 2


def test_an_error_in_a_cell_is_left_to_a_person() -> None:
    broken = record(0x205, struct.pack("<HHHBB", 1, 6, 0, 0x07, 1))
    table = read(old_workbook({"设备清单": [HEADER, (*ROW[:6], None, *ROW[7:])]}, extra=broken))
    assert [(notice.code, notice.place) for notice in table.notices if notice.code == "formula_unread"] == [
        ("formula_unread", "设备清单!G2")
    ]
    assert table.items[0].unit_price is not None
    assert table.items[0].unit_price.fen is None


def test_numbers_are_shown_as_the_sheet_shows_them() -> None:
    table = read(old_workbook({"表": [HEADER, (*ROW[:8], Percent(0.135)), (2, *ROW[1:8], True)]}))
    assert [item.remark for item in table.items] == ["13.5%", "是"]


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    hidden_row = record(0x208, struct.pack("<HHHHHHL", 1, 0, 9, 255, 0, 0, 0x20))
    hidden_column = record(0x7D, struct.pack("<HHHHHH", 8, 8, 2000, 0, 1, 0))
    table = read(old_workbook(SHEET, extra=hidden_row + hidden_column))
    assert [notice.code for notice in table.notices] == ["hidden_rows", "hidden_columns"]


def test_macros_and_embedded_objects_are_ignored_and_told() -> None:
    table = read(old_workbook(SHEET, streams={"_VBA_PROJECT_CUR": b"x", "MBD0001": b"x"}))
    assert [notice.code for notice in table.notices] == ["macros_ignored", "embedded_objects"]
    assert table.items[0].name == "应用服务器"


@pytest.mark.parametrize(
    ("streams", "extra", "place"),
    [
        ({"\x05SummaryInformation": "机密★10年".encode("gb18030")}, b"", "文档属性"),
        ({}, record(0x14, struct.pack("<HB", 5, 1) + "机密★长期".encode("utf-16-le")), "页眉页脚"),
        ({}, record(0x1B6, b"\0" * 18) + record(0x3C, b"\1" + "绝密★启封".encode("utf-16-le")), "批注或文本框"),
    ],
)
def test_a_secrecy_marking_beside_the_cells_is_found(streams: dict[str, bytes], extra: bytes, place: str) -> None:
    refused = refusal(old_workbook(SHEET, extra=extra, streams=streams))
    assert (refused.code, refused.place) == ("secrecy_marking", place)


def test_a_locked_workbook_is_refused() -> None:
    assert refusal(old_workbook(SHEET, extra=record(0x2F, b"\0" * 6))).code == "password_protected"
    assert refusal(compound_file({"EncryptedPackage": b"x"})).code == "password_protected"


def test_each_size_of_an_old_workbook_has_its_limit() -> None:
    content = old_workbook({"一": [HEADER, *[ROW] * 30], "二": [HEADER]}, merged=[(0, 9, 0, 9)])
    assert refusal(content, Limits(rows=20)).code == "too_many_rows"
    assert refusal(content, Limits(columns=5)).code == "too_many_columns"
    assert refusal(content, Limits(cells=50)).code == "too_many_cells"
    assert refusal(content, Limits(sheets=1)).code == "too_many_sheets"
    assert refusal(content, Limits(merged_cells=50)).code == "too_many_merged"
    assert refusal(content, Limits(file_bytes=50)).code == "file_too_large"


def test_records_that_claim_whole_sheets_cost_nothing() -> None:
    link = record(0x1B8, struct.pack("<HHHH", 0, 65_535, 0, 255) + b"\0" * 24)
    assert read(old_workbook(SHEET, extra=link * 50)).items[0].name == "应用服务器"
    columns = record(0x7D, struct.pack("<HHHHHH", 0, 255, 2000, 0, 0, 0))
    assert refusal(old_workbook(SHEET, extra=columns * 6_000)).code == "damaged"


def test_a_merged_range_beyond_the_last_column_is_refused_whatever_the_limit() -> None:
    content = old_workbook(SHEET, merged=[(1, 1, 2, 800)])
    assert refusal(content).code == "too_many_columns"
    assert refusal(content, Limits(columns=5_000)).code == "too_many_columns"
    far = record(0x203, struct.pack("<HHHd", 1, 900, 0, 1.0))
    assert refusal(old_workbook(SHEET, extra=far), Limits(columns=5_000)).code == "too_many_columns"


def test_a_single_cell_far_down_costs_no_more_than_itself() -> None:
    far = record(0x203, struct.pack("<HHHd", 49_000, 250, 0, 1.0))
    assert read(old_workbook(SHEET, extra=far)).items[0].name == "应用服务器"
    wide = b"".join(record(0x203, struct.pack("<HHHd", row, 250, 0, 1.0)) for row in range(5, 5_000))
    assert refusal(old_workbook(SHEET, extra=wide)).code == "too_many_cells"


@pytest.mark.parametrize("cut", [100, 600, 1_500, 3_000])
def test_a_truncated_old_workbook_is_damaged(cut: int) -> None:
    assert refusal(old_workbook(SHEET)[:cut]).code == "damaged"


def test_chains_that_come_back_to_themselves_are_damage() -> None:
    content = bytearray(old_workbook(SHEET))
    for place in range(512, 1024, 4):
        content[place : place + 4] = struct.pack("<L", 2)
    assert refusal(bytes(content)).code == "damaged"


def test_an_old_text_document_with_a_workbook_inside_is_no_workbook() -> None:
    assert refusal(compound_file({"WordDocument": b"x" * 5_000})).code == "legacy_format"
    assert refusal(compound_file({"PowerPoint Document": b"x"})).code == "wrong_type"
    assert refusal(compound_file({"Workbook": b"nonsense" * 100})).code == "damaged"


def test_a_bare_stream_without_a_container_is_not_taken_for_text() -> None:
    assert refusal(workbook_stream(SHEET)).code == "wrong_type"
