"""Tables with a header of their own inside upright ones, different lists side by side, marks behind requirements."""

import pytest

from domain.documents.clauses import mark_of, split_parameters, without_mark
from tests.domain.builders import text_document, workbook
from tests.domain.documents.whole import all_text, codes, names, parameters, read, rows

INNER = ("序号", "指标名称", "指标要求", "备注")
DEVICES = [
    ("表1 应用服务器技术规格表", None, None, None),
    ("设备名称", "应用服务器", "单位", "台"),
    ("数量", 2, "单价（元）", 68000),
    INNER,
    (1, "CPU", "≥32核", None),
    (2, "★内存", "≥256GB", "核心指标"),
    (None, None, None, None),
    ("表2 防火墙技术规格表", None, None, None),
    ("设备名称", "防火墙", "单位", "台"),
    ("数量", 1, "单价（元）", 98000),
    INNER,
    (1, "吞吐量", "≥20Gbps", None),
    ("▲2", "并发连接数", "≥800万", None),
]


def test_a_table_of_parameters_below_the_fields_of_a_device_has_a_header_of_its_own() -> None:
    table = read(workbook(DEVICES))
    assert rows(table) == [
        ("", "应用服务器", ("CPU：≥32核", "★内存：≥256GB"), "2台", 6_800_000, None),
        ("", "防火墙", ("吞吐量：≥20Gbps", "▲并发连接数：≥800万"), "1台", 9_800_000, None),
    ]
    assert [one.mark for item in table.items for one in item.parameters] == ["", "★", "", "▲"]
    assert table.items[0].parameters[1].place == "设备清单!C6"
    assert table.items[0].remark == "核心指标"
    assert "表2 防火墙技术规格表" in all_text(table)


def test_fields_may_follow_the_inner_table_and_notes_stand_below_it() -> None:
    table = read(workbook([*DEVICES[1:2], *DEVICES[3:6], ("数量", 2, "单价（元）", 68000), *DEVICES[8:12]]))
    assert rows(table)[0][2:5] == (("CPU：≥32核", "★内存：≥256GB"), "2台", 6_800_000)
    noted = read(workbook([*DEVICES[1:6], ("注：以上均为最低要求", None, None, None)]))
    assert parameters(noted) == {"应用服务器": ["CPU：≥32核", "★内存：≥256GB"]}
    assert "以上均为最低要求" in all_text(noted)


@pytest.mark.parametrize(
    "inner",
    [
        [("指标名称", "指标要求", "★/▲", ""), ("CPU", "≥32核", "", ""), ("内存", "≥256GB", "★", "")],
        [("序号", "技术参数", "条款性质", ""), (1, "CPU：≥32核", "一般", ""), (2, "内存：≥256GB", "实质性", "")],
        [("序号", "参数名称", "参数要求", "是否★"), (1, "CPU", "≥32核", "否"), (2, "内存", "≥256GB", "是")],
    ],
)
def test_marks_of_an_inner_table_count(inner: list[tuple[object, ...]]) -> None:
    table = read(workbook([*DEVICES[1:3], *inner]))
    assert [one.mark for one in table.items[0].parameters] == ["", "★"]
    assert [without_mark(one.text) for one in table.items[0].parameters] == ["CPU：≥32核", "内存：≥256GB"]


def test_upright_tables_without_an_inner_header_are_read_as_before() -> None:
    plain = [("货物名称", "防火墙"), ("数量", "2台"), ("技术参数", "吞吐量≥20Gbps"), ("质保期", "3年")]
    table = read(text_document("一", plain), "t.docx")
    assert parameters(table) == {"防火墙": ["吞吐量≥20Gbps", "质保期：3年"]}


HARD, SOFT = ("序号", "设备名称", "技术参数", "数量"), ("序号", "软件名称", "功能要求", "数量")
SERVER, SYSTEM = (1, "应用服务器", "内存≥256GB", 5), (1, "操作系统", "永久授权", 5)


@pytest.mark.parametrize(
    "content",
    [
        [(*HARD, None, *SOFT), (*SERVER, None, *SYSTEM)],
        [(*HARD, *SOFT), (*SERVER, *SYSTEM)],
        [(*HARD[1:], None, *SOFT[1:]), (*SERVER[1:], None, *SYSTEM[1:])],
        [("软硬件清单",), (*HARD, None, *SOFT), (*SERVER, None, *SYSTEM)],
    ],
)
def test_different_lists_side_by_side_are_two(content: list[tuple[object, ...]]) -> None:
    assert parameters(read(workbook(content))) == {"应用服务器": ["内存≥256GB"], "操作系统": ["永久授权"]}


def test_columns_of_two_stages_and_blank_columns_are_one_list() -> None:
    staged = ("设备名称", "批复参数", "数量", None, "设备名称", "招标参数", "数量")
    assert len(read(workbook([staged, (*SERVER[1:], None, *SERVER[1:])])).items) == 1
    spaced = read(
        workbook(
            [("序号", "设备名称", None, "技术参数", "数量", None, "备注"), (1, "防火墙", None, "冗余", 2, None, "")]
        )
    )
    assert names(spaced) == ["防火墙"]
    assert codes(spaced) == []


@pytest.mark.parametrize(
    ("text", "mark", "bare"),
    [
        ("内存≥256GB（★）", "★", "内存≥256GB"),
        ("内存≥256GB★", "★", "内存≥256GB"),
        ("内存≥256GB(▲)；", "▲", "内存≥256GB"),
        ("★内存≥256GB", "★", "内存≥256GB"),
        ("标注★的条款须满足", "", "标注★的条款须满足"),
        ("星级评价5*", "", "星级评价5*"),
        ("★", "★", ""),
    ],
)
def test_a_mark_may_stand_behind_a_requirement(text: str, mark: str, bare: str) -> None:
    assert (mark_of(text), without_mark(text)) == (mark, bare)


def test_a_number_sign_before_a_point_s_number_marks_it_as_important() -> None:
    points = split_parameters("1、CPU≥32核；\n#2、内存≥256GB；\n3、冗余电源（★）", "D2")
    assert [(point.mark, point.text) for point in points] == [
        ("", "CPU≥32核"),
        ("▲", "▲内存≥256GB"),
        ("★", "冗余电源（★）"),
    ]
    assert [point.text for point in split_parameters("支持C#、Java", "D2")] == ["支持C#、Java"]
    assert [point.text for point in split_parameters("1#楼、2#楼部署", "D2")] == ["1#楼、2#楼部署"]
