"""Text tables in every encoding and with every separator that is sent, and the refusals that name the line."""

import pytest

from domain.documents import DocumentRefused, Limits, Parameter, ParameterTable, read_document
from tests.domain.builders import HEADER, ROW, workbook

TEXT = (
    "设备清单及技术参数\n单位：万元\n序号,子系统,设备名称,技术参数,单位,数量,单价,合价\n"
    '1,计算资源,应用服务器,"1、CPU核数：≥16核；\n2、内存：≥256GB，带""ECC""。",台,10,12.5,125\n'
    "2,,防火墙,吞吐量≥10Gbps,台,1,5,5\n合计,,,,,,,130\n"
)


def read(content: bytes, name: str = "清单.csv") -> ParameterTable:
    return read_document(content, name)


def refusal(content: bytes, limits: Limits | None = None) -> DocumentRefused:
    with pytest.raises(DocumentRefused) as caught:
        read_document(content, "清单.csv", limits or Limits())
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_encoding_separator_and_line_end_gives_the_same_rows(
    encoding: str, separator: str, line_end: str
) -> None:
    text = TEXT.replace(",", separator).replace("\n", line_end)
    table = read(text.encode(encoding))
    assert [(item.name, item.subsystem, item.amount_fen) for item in table.items] == [
        ("应用服务器", "计算资源", 125_000_000),
        ("防火墙", "计算资源", 5_000_000),
    ]
    assert table.items[0].parameters == (
        Parameter("CPU核数：≥16核", "清单.csv 第4行第4列 第1条"),
        Parameter('内存：≥256GB，带"ECC"', "清单.csv 第4行第4列 第2条"),
    )
    assert table.items[1].place == "清单.csv 第5行第3列"
    assert [(subtotal.label, subtotal.fen) for subtotal in table.subtotals] == [("合计", 130_000_000)]
    assert table.notices == ()


def test_a_full_width_comma_and_a_declared_separator_are_separators() -> None:
    rows = "设备名称，技术参数，数量\n服务器，内存≥1GB，2台\n"
    assert read(rows.encode()).items[0].parameters[0].text == "内存≥1GB"
    declared = "sep=;\r\n设备名称;技术参数;数量\r\n服务器;内存≥1GB，ECC;2台\r\n"
    assert read(declared.encode("gbk")).items[0].parameters[0].text == "内存≥1GB，ECC"


def test_a_text_table_gives_the_items_of_the_workbook_it_was_saved_from() -> None:
    cells = [[str(cell) for cell in row] for row in (HEADER, ROW)]
    text = "\n".join(",".join('"{}"'.format(cell.replace('"', '""')) for cell in row) for row in cells)
    from_text, from_book = (
        read(text.encode("gbk")).items[0],
        read_document(workbook([HEADER, ROW]), "清单.xlsx").items[0],
    )
    assert [one.text for one in from_text.parameters] == [one.text for one in from_book.parameters]
    assert (from_text.amount_fen, from_text.subsystem) == (from_book.amount_fen, from_book.subsystem)


def test_inch_marks_and_ragged_rows_are_what_people_write() -> None:
    text = '设备名称,技术参数,数量,单价（元）\n显示器,屏幕24"以上,2台\n机柜,"19"机架式,1台,100,,\n'
    table = read(text.encode())
    assert [one.parameters[0].text for one in table.items] == ['屏幕24"以上', "19机架式"]


def test_header_groups_over_empty_cells_are_read_as_groups() -> None:
    text = "序号,设备名称,技术参数,数量,价格（万元）,\n,,,,单价,合价\n1,服务器,内存≥1GB,2,3,6\n"
    item = read(text.encode()).items[0]
    assert item.unit_price is not None
    assert (item.name, item.unit_price.fen, item.amount_fen) == ("服务器", 3_000_000, 6_000_000)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (TEXT.encode("utf-8")[:-30] + "密码机".encode("gbk") + b"\n", "文本第6行"),
        (TEXT.encode("gbk") + "3,,堡垒机授权,不少于五十点,套,1,5,5\n".encode(), "文本第8行"),
        (TEXT.encode("gbk") + b"\xff\xff\n", "文本第8行"),
        (b"\xef\xbb\xbf" + TEXT.encode("gbk"), "文本第1行"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x00", "文本第8行"),
    ],
)
def test_wrong_and_mixed_encodings_are_refused_with_their_line(content: bytes, place: str) -> None:
    refused = refusal(content)
    assert (refused.code, refused.place) == ("mixed_encoding", place)


def test_zero_bytes_in_a_text_are_refused_with_their_line() -> None:
    refused = refusal(TEXT.encode() + b"3,\x00,x\n")
    assert (refused.code, refused.place) == ("nul_bytes", "文本第8行")


def test_a_quote_without_its_partner_is_refused_where_it_stands() -> None:
    refused = refusal(TEXT.encode() + '3,,交换机,"端口≥48,台,1,1,1\n4,,网关,x,台,1,1,1\n'.encode())
    assert (refused.code, refused.place) == ("unclosed_quote", "清单.csv 第7行第4列")


def test_each_size_of_a_text_table_has_its_limit() -> None:
    content = (TEXT + "3,,网关,x,台,1,1,1\n" * 30).encode()
    assert refusal(content, Limits(rows=20)).code == "too_many_rows"
    assert refusal(content, Limits(columns=5)).code == "too_many_columns"
    assert refusal(content, Limits(cells=50)).code == "too_many_cells"
    assert refusal(content, Limits(file_bytes=500)).code == "file_too_large"
    refused = refusal(("设备名称,技术参数\n服务器," + "内" * 50_000 + "\n").encode())
    assert (refused.code, refused.place) == ("cell_too_long", "清单.csv 第2行第2列")


def test_a_secrecy_marking_in_a_text_table_is_found() -> None:
    assert refusal(("机密★10年\n" + TEXT).encode("gbk")).code == "secrecy_marking"


def test_prose_is_no_table() -> None:
    assert refusal("本项目采购服务器若干，详见附件。\n".encode()).code == "no_header"
