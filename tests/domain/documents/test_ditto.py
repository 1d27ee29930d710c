"""Rows that refer to another row ask for what that row asks for."""

import pytest

from domain.documents import ParameterTable, read_document
from domain.parameters import Overall, review
from tests.domain.builders import text_document

HEADER = ("序号", "标的名称", "技术要求", "单位", "数量")
ASKED = "1、CPU核数：≥16核；\n2、内存：≥256GB。"


def read(*parts: object) -> ParameterTable:
    return read_document(text_document(*parts), "t.docx")  # type: ignore[arg-type]


def texts(table: ParameterTable) -> list[list[str]]:
    return [[parameter.text for parameter in item.parameters] for item in table.items]


def test_ditto_is_the_row_above_and_tells_both_places() -> None:
    table = read([HEADER, ("1", "应用服务器", ASKED, "台", "2"), ("2", "备用服务器", "同上", "台", "1")])
    assert texts(table)[0] == texts(table)[1]
    assert table.items[1].parameters[0].place == "表1 第3行（同表1 第2行 第1条）"
    assert [notice.code for notice in table.notices] == ["refers_to_row"]


@pytest.mark.parametrize("reference", ["同包1", "技术参数同包1", "参数要求与包1相同", "同包1。"])
def test_the_same_item_of_an_earlier_package_is_meant_by_its_name(reference: str) -> None:
    approved = read([HEADER, ("1", "应用服务器", ASKED, "台", "3")])
    tender = read(
        "包1：一标段", [HEADER, ("1", "应用服务器", ASKED, "台", "2")],
        "包2：二标段", [HEADER, ("1", "应用服务器", reference, "台", "1")],
    )  # fmt: skip
    result = review(approved, tender)
    assert result.overall is Overall.SAME
    assert result.findings[0].tender_ref == "表1 第2行 第1条、表2 第2行（同表1 第2行 第1条）"


def test_a_reference_that_fits_no_row_stays_as_written() -> None:
    table = read([HEADER, ("1", "应用服务器", "同包7", "台", "2"), ("2", "交换机", "端口：≥24个", "台", "1")])
    assert texts(table)[0] == ["同包7"]
    assert not table.notices
