"""Every ceiling bites before what it bounds is built: little memory, little time, and a refusal that says why."""

import time
import tracemalloc
from collections.abc import Callable

import pytest

from domain.documents import DocumentRefused, Limits, ParameterTable, read_document
from tests.domain.builders import HEADER, ROW, repacked, text_document, workbook
from tests.domain.documents.whole import p, raw_document, read, tbl, tc, tr

MB = 1_000_000
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = ("序号", "标的名称", "技术要求", "数量")


def sheet(rows: str, after: str = "", before: str = "") -> bytes:
    made = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return repacked(workbook(), {SHEET: made.encode()})


def row(number: int, *cells: str) -> str:
    made = "".join(f'<c r="{chr(65 + at)}{number}" t="str"><v>{text}</v></c>' for at, text in enumerate(cells))
    return f'<row r="{number}">{made}</row>'


def strings(content: str) -> bytes:
    return repacked(workbook(), {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{content}</sst>'.encode()})


LIST = row(1, *HEAD) + row(2, "1", "服务器", "CPU≥16核", "2台")


def refusal(content: bytes, limits: Limits) -> str:
    """The refusal's code, "" when the document was read."""
    try:
        read_document(content, "a", limits)
    except DocumentRefused as refused:
        return refused.code
    return ""


def merged(*areas: str) -> str:
    ranges = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return f"<mergeCells>{ranges}</mergeCells>"


FAR = '<row r="{0}"><c r="IV{0}" t="str"><v>x</v></c></row>'
WIDE = tr(tc("一", '<w:gridSpan w:val="256"/>'))
GOES_ON = tr("1", tc("", "<w:vMerge/>"), tc("", "<w:vMerge/>"), "")
BEGINS = '<w:vMerge w:val="restart"/>'
SMALL = Limits(cells=20_000, markup=100_000, characters=100_000)
HOSTILE: dict[str, tuple[Callable[[], bytes], str, Limits]] = {
    "a million merged ranges": (
        lambda: sheet(LIST, merged(*(f"A{number}:B{number}" for number in range(10**6)))),
        "too_many_merged",
        Limits(),
    ),
    "one merged range over the whole sheet": (
        lambda: sheet(LIST, merged("A1:XFD1048576")),
        "too_many_merged",
        Limits(),
    ),
    "merged ranges over each other": (lambda: sheet(LIST, merged(*["A1:Z9999"] * 100)), "too_many_merged", Limits()),
    "a dimension of the whole sheet": (lambda: sheet(LIST, before='<dimension ref="A1:XFD1048576"/>'), "", Limits()),
    "one stray cell at the far end": (lambda: sheet(LIST + FAR.format(50_000)), "", Limits()),
    "rows that only end far to the right": (
        lambda: sheet(LIST + "".join(FAR.format(number) for number in range(3, 2_000))),
        "",
        Limits(),
    ),
    "a row beyond the limit": (lambda: sheet(f'{LIST}<row r="1048576"/>'), "too_many_rows", Limits()),
    "a column beyond the limit": (lambda: sheet('<row r="1"><c r="XFD1"/></row>'), "too_many_columns", Limits()),
    "more empty cells than allowed": (
        lambda: sheet("".join(f'<row r="{number}">{"<c/>" * 250}</row>' for number in range(1, 100))),
        "too_many_cells",
        SMALL,
    ),
    "elements that nobody reads": (lambda: sheet(LIST, f"<extLst>{'<x/>' * 60_000}</extLst>"), "", Limits()),
    "a cell of a hundred thousand parts": (
        lambda: sheet(f'<row r="1"><c r="A1">{"<v>1</v>" * 10**5}</c></row>'),
        "too_much_markup",
        Limits(),
    ),
    "a shared string of a hundred thousand signs": (
        lambda: strings(f"<si><t>{'长' * 10**5}</t></si>"),
        "cell_too_long",
        Limits(),
    ),
    "runs without end in a shared string": (
        lambda: strings(f"<si>{'<r><t/></r>' * 50_000}</si>"),
        "too_much_markup",
        SMALL,
    ),
    "one long text in every cell": (
        lambda: sheet(row(1, *HEAD) + "".join(row(n, str(n), "服务器", "长" * 3_000, "1") for n in range(2, 62))),
        "too_much_text",
        SMALL,
    ),
    "a span of a thousand million columns": (
        lambda: raw_document(tbl(tr(*HEAD), tr(tc("一", '<w:gridSpan w:val="1000000000"/>')))),
        "too_many_columns",
        Limits(),
    ),
    "an offset of a thousand million columns": (
        lambda: raw_document(tbl(tr(*HEAD), tr("1", properties='<w:gridBefore w:val="1000000000"/>'))),
        "too_many_columns",
        Limits(),
    ),
    "spans of all columns in every row": (lambda: raw_document(tbl(tr(*HEAD), *[WIDE] * 90)), "too_many_cells", SMALL),
    "cells merged down over thousands of rows": (
        lambda: raw_document(
            tbl(tr(*HEAD), tr("1", tc("服务器", BEGINS), tc("长" * 9_000, BEGINS), "2"), *[GOES_ON] * 600)
        ),
        "",
        Limits(),
    ),
    "more tags in a part than allowed": (
        lambda: repacked(text_document("x"), {"word/document.xml": body("<w:p/>" * 100_001)}),
        "too_much_markup",
        SMALL,
    ),
    "wrappers nested without end": (
        lambda: repacked(text_document("x"), {"word/document.xml": body("<w:sdt>" * 230 + "</w:sdt>" * 230)}),
        "too_deep",
        Limits(),
    ),
    "tables nested in tables": (
        lambda: raw_document(tbl(tr(*HEAD), tr("1", "服务器", "CPU", "2")), *[nested(40)] * 50),
        "",
        Limits(),
    ),
}
WATCHED = (
    "one merged range over the whole sheet",
    "merged ranges over each other",
    "a dimension of the whole sheet",
    "one stray cell at the far end",
    "a span of a thousand million columns",
    "an offset of a thousand million columns",
    "cells merged down over thousands of rows",
)


def body(content: str) -> bytes:
    return f'<w:document xmlns:w="{WORD}"><w:body>{content}</w:body></w:document>'.encode()


def nested(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_sizes_are_refused_or_read_in_time(name: str) -> None:
    build, code, limits = HOSTILE[name]
    content = build()
    began = time.process_time()
    assert refusal(content, limits) == code
    assert time.process_time() - began < 5


@pytest.mark.parametrize("name", WATCHED)
def test_what_is_claimed_costs_no_memory(name: str) -> None:
    build, code, limits = HOSTILE[name]
    content = build()
    tracemalloc.start()
    try:
        assert refusal(content, limits) == code
        assert tracemalloc.get_traced_memory()[1] < 25 * MB
    finally:
        tracemalloc.stop()


def test_numbering_that_links_to_itself_ends() -> None:
    link = '<w:abstractNum w:abstractNumId="{}"><w:styleLink w:val="{}"/><w:numStyleLink w:val="{}"/></w:abstractNum>'
    numbering = (
        f'<w:numbering xmlns:w="{WORD}">{link.format(0, "a", "b")}{link.format(1, "b", "a")}'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    content = raw_document(p("一段", numbered), tbl(tr(*HEAD), tr("1", "服务器", "CPU≥16核", "2台")))
    table = read(repacked(content, {"word/numbering.xml": numbering.encode()}))
    assert [clause.text for clause in table.clauses] == ["一段"]


def test_sums_of_sums_of_sums_end_and_are_said_to_be_unread() -> None:
    formulas = "".join(
        f'<row r="{n}">'
        + "".join(f'<c r="{chr(68 + at)}{n}"><f>SUM(D{n + 1}:Z9000)</f></c>' for at in range(4))
        + "</row>"
        for n in range(3, 400)
    )
    table = read(sheet(LIST + formulas))
    assert "formula_unread" in [notice.code for notice in table.notices]


@pytest.mark.parametrize("sign", ["（", "万", "亿", "1、", " ", "　", "，", "1.1 ", "①", "\n", "：", "一、", "★", "9"])
@pytest.mark.parametrize("column", [2, 3, 5, 6])
def test_a_cell_of_one_sign_without_end_costs_no_more_than_its_length(sign: str, column: int) -> None:
    cells: list[object] = list(ROW)
    cells[column] = (sign * 10_000)[:10_000]
    content = workbook([HEADER, ROW, tuple(cells)])
    began = time.process_time()
    assert isinstance(read(content), ParameterTable)
    assert time.process_time() - began < 2


def test_an_amount_of_a_thousand_digits_is_unknown_not_a_failure() -> None:
    cells: list[object] = list(ROW)
    cells[5], cells[6], cells[7] = "9" * 5_000, "9" * 40, "9" * 150
    (_, hostile) = read(workbook([HEADER, ROW, tuple(cells)])).items
    assert hostile.quantity is not None
    assert hostile.quantity.number is None
    assert hostile.unit_price is not None
    assert hostile.unit_price.fen is None
    assert hostile.amount_fen is None


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(markup=20), "too_much_markup"),
        (Limits(characters=20), "too_much_text"),
        (Limits(rows=1), "too_many_rows"),
        (Limits(columns=3), "too_many_columns"),
        (Limits(cells=5), "too_many_cells"),
        (Limits(nesting=3), "too_deep"),
        (Limits(cell_characters=5), "cell_too_long"),
    ],
)
def test_limits_are_settings_of_both_formats(limits: Limits, code: str) -> None:
    documents = {
        "a.xlsx": workbook([HEADER, ROW]),
        "a.docx": text_document([[str(cell) for cell in line] for line in (HEADER, ROW)]),
    }
    for name, content in documents.items():
        with pytest.raises(DocumentRefused) as caught:
            read_document(content, name, limits)
        assert caught.value.code == code
