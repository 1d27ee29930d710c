"""One cell, several parameters: numbers, lines, semicolons and marks."""

import pytest

from domain.documents import Parameter
from domain.documents.clauses import mark_of, split_parameters, without_mark


def texts(cell: str) -> list[str]:
    return [parameter.text for parameter in split_parameters(cell, "表1 第2行")]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1、内存：≥1GB；2、硬盘：≥1TB。", ["内存：≥1GB", "硬盘：≥1TB"]),
        ("1.内存：≥1.5GB\n2.硬盘：≥1.2TB", ["内存：≥1.5GB", "硬盘：≥1.2TB"]),
        ("1）内存：≥1GB\n2）硬盘：≥1TB", ["内存：≥1GB", "硬盘：≥1TB"]),
        ("（1）内存：≥1GB（2）硬盘：≥1TB", ["内存：≥1GB", "硬盘：≥1TB"]),
        ("(1)内存：≥1GB\n(2)硬盘：≥1TB", ["内存：≥1GB", "硬盘：≥1TB"]),
        ("①内存：≥1GB；②硬盘：≥1TB", ["内存：≥1GB", "硬盘：≥1TB"]),
        ("a)内存：≥1GB\nb)硬盘：≥1TB", ["内存：≥1GB", "硬盘：≥1TB"]),
        ("一、内存：≥1GB\n二、硬盘：≥1TB", ["内存：≥1GB", "硬盘：≥1TB"]),
        ("内存：≥1GB\n硬盘：≥1TB", ["内存：≥1GB", "硬盘：≥1TB"]),
        ("内存：≥1GB；硬盘：≥1TB", ["内存：≥1GB", "硬盘：≥1TB"]),
        ("内存：≥1GB（单条≥1GB；双通道）", ["内存：≥1GB（单条≥1GB；双通道）"]),
        ("技术要求：1、内存：≥1GB；2、硬盘：≥1TB", ["内存：≥1GB", "硬盘：≥1TB"]),
        ("1、内存：≥1GB；支持扩展\n2、硬盘：≥1TB", ["内存：≥1GB；支持扩展", "硬盘：≥1TB"]),
        ("1、接口：\n（1）电口≥4个\n（2）光口≥2个\n2、电源：冗余", ["电口≥4个", "光口≥2个", "电源：冗余"]),
        ("支持RAID 0/1/5", ["支持RAID 0/1/5"]),
        ("1.5GHz主频", ["1.5GHz主频"]),
        ("", []),
        ("/", []),
        ("1、内存：≥1GB\n断行续写\n2、硬盘：≥1TB", ["内存：≥1GB 断行续写", "硬盘：≥1TB"]),
    ],
)
def test_a_cell_is_split_at_its_own_numbering(cell: str, expected: list[str]) -> None:
    assert texts(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("CPU≥2颗，内存≥256GB，冗余电源，3年质保", ["CPU≥2颗", "内存≥256GB", "冗余电源", "3年质保"]),
        ("交换容量≥38Tbps，包转发率≥2000Mpps，支持堆叠", ["交换容量≥38Tbps", "包转发率≥2000Mpps", "支持堆叠"]),
        ("CPU：≥2颗，每颗≥16核，内存：≥256GB", ["CPU：≥2颗，每颗≥16核", "内存：≥256GB"]),
        ("CPU≥2颗，每颗≥16核，主频≥2.4GHz", ["CPU≥2颗，每颗≥16核", "主频≥2.4GHz"]),
        ("支持RAID 0/1/5，缓存≥2GB", ["支持RAID 0/1/5，缓存≥2GB"]),
        ("CPU：≥2颗，每颗≥16核", ["CPU：≥2颗，每颗≥16核"]),
        ("提供对接，预留接口，支持扩展", ["提供对接，预留接口，支持扩展"]),
        ("并发连接数≥1,000,000，新建连接数≥50,000", ["并发连接数≥1,000,000", "新建连接数≥50,000"]),
        ("内存≥256GB（8×32GB，DDR4），硬盘≥4TB", ["内存≥256GB（8×32GB，DDR4）", "硬盘≥4TB"]),
    ],
)
def test_a_line_that_lists_named_measures_is_several_parameters(cell: str, expected: list[str]) -> None:
    assert texts(cell) == expected


def test_numbers_that_do_not_run_are_part_of_the_text() -> None:
    assert texts("支持2、3层转发") == ["支持2、3层转发"]
    assert texts("2、内存：≥1GB") == ["2、内存：≥1GB"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (
            "1、内存：≥1GB；\n2、硬盘：≥1TB；\n3、电源：冗余；\n4、RAID卡：支持RAID0、1、5、10，缓存≥4GB；\n5、HBA卡：≥2块",
            ["内存：≥1GB", "硬盘：≥1TB", "电源：冗余", "RAID卡：支持RAID0、1、5、10，缓存≥4GB", "HBA卡：≥2块"],
        ),
        ("1、级别：RAID 0、1、2、5\n2、缓存：≥4GB", ["级别：RAID 0、1、2、5", "缓存：≥4GB"]),
        ("1、内存：≥1GB；2、级别0、1、2、3、5；3、电源：冗余", ["内存：≥1GB", "级别0、1、2、3、5", "电源：冗余"]),
        ("1、支持RAID0、1、2、\n3、5、10级别；\n2、电源：冗余", ["支持RAID0、1、2、 3、5、10级别", "电源：冗余"]),
        ("级别0、1、2、5", ["级别0、1、2、5"]),
        ("支持级别：1、2、3、5级", ["支持级别：1、2、3、5级"]),
        ("1、内存≥1GB，2、硬盘≥1TB，3、电源冗余", ["内存≥1GB", "硬盘≥1TB", "电源冗余"]),
        ("1、内存≥1GB，2、3通道\n2、硬盘≥1TB", ["内存≥1GB，2、3通道", "硬盘≥1TB"]),
    ],
)
def test_members_of_an_enumeration_are_no_points(cell: str, expected: list[str]) -> None:
    assert texts(cell) == expected


def test_marks_stay_in_the_text_and_are_told() -> None:
    found = split_parameters("★1、内存：≥1GB；\n2、▲硬盘：≥1TB；\n3、电源：冗余", "D4")
    assert found == (
        Parameter("★内存：≥1GB", "D4 第1条", "★"),
        Parameter("▲硬盘：≥1TB", "D4 第2条", "▲"),
        Parameter("电源：冗余", "D4 第3条", ""),
    )


def test_the_mark_of_a_row_holds_for_points_without_their_own() -> None:
    found = split_parameters("▲1、内存：≥1GB；\n2、硬盘：≥1TB", "D4", mark="★")
    assert [parameter.mark for parameter in found] == ["▲", "★"]


def test_a_mark_on_a_point_holds_for_its_inner_points() -> None:
    found = split_parameters("★1、接口：（1）电口≥4个（2）光口≥2个\n2、电源：冗余", "D4")
    assert [parameter.mark for parameter in found] == ["★", "★", ""]


def test_an_unreadable_cell_is_one_unreadable_parameter() -> None:
    assert split_parameters("x", "D4", readable=False) == (Parameter("x", "D4", "", readable=False),)


def test_signs_are_read_and_dropped() -> None:
    signs = ("★x", " ▲x", "△x", "☆x", "*x", "※x", "x★", "x*", "x★x")
    assert [mark_of(text) for text in signs] == ["★", "▲", "▲", "★", "★", "★", "★", "", ""]
    assert without_mark("★ 支持国密") == "支持国密"
