"""The device a table of parameters is about: its caption, title rows, a list before it; and lines that name none."""

import pytest

from domain.documents import ParameterTable
from tests.domain.builders import text_document
from tests.domain.documents.whole import all_text, names, p, parameters, raw_document, read, rows, tbl, tc, tr

LIST = [
    ("序号", "设备名称", "单位", "数量", "单价（万元）"),
    ("1", "应用服务器", "台", "12", "6.80"),
    ("2", "防火墙", "台", "2", "8.00"),
]
LISTED = ("", "应用服务器", ("内存：≥512GB", "质保：3年"), "12台", 6_800_000, None)
MEMORY = [("序号", "指标项", "技术要求"), ("1", "内存", "≥512GB"), ("2", "质保", "3年")]
TITLES = ("序号", "参数名称", "参数要求")


def with_titles(*lines: str | tuple[str, str, str], above: str = "") -> ParameterTable:
    """A table of parameters in which a string is a row over the whole width."""
    made = [tr(tc(line, '<w:gridSpan w:val="3"/>')) if isinstance(line, str) else tr(*line) for line in lines]
    return read(raw_document(*([p(above)] if above else []), tbl(tr(*TITLES), *made)))


@pytest.mark.parametrize(
    "caption",
    [
        "表6-2 应用服务器技术参数",
        "表6-2应用服务器技术参数表",
        "附表3：应用服务器主要技术性能指标",
        "续表2.1 应用服务器配置要求",
        "（表12）应用服务器参数",
        "表十二　应用服务器技术规格及要求",
        "图4 应用服务器",
        "1、应用服务器技术要求一览表",
        "货物名称：应用服务器",
    ],
)
def test_a_captions_number_and_its_words_for_parameters_are_no_part_of_the_name(caption: str) -> None:
    table = read(text_document(LIST, caption, MEMORY))
    assert rows(table)[0] == LISTED
    assert names(table) == ["应用服务器", "防火墙"]


@pytest.mark.parametrize(
    "line",
    [
        "应用服务器主要用于平台运行支撑，具体技术参数如下表：",
        "技术指标如下：",
        "应用服务器应满足下列要求：",
        "应用服务器参数见下表。",
        "见表6-2",
        "表6-2 应用服务器技术参数",
    ],
)
def test_a_line_that_leads_to_the_table_asks_for_nothing(line: str) -> None:
    table = read(text_document(LIST, "1. 应用服务器", line, MEMORY))
    assert rows(table)[0] == LISTED
    assert names(table) == ["应用服务器", "防火墙"]
    assert line in all_text(table)


@pytest.mark.parametrize(
    "line", ["应用服务器须为国产品牌，具体技术参数如下表：", "应用服务器硬盘≥4块，其余技术参数如下表："]
)
def test_what_a_leading_line_asks_for_beside_is_read_with_the_table(line: str) -> None:
    table = read(text_document(LIST, "1. 应用服务器", line, MEMORY))
    assert parameters(table)["应用服务器"] == [line, "内存：≥512GB", "质保：3年"]
    assert names(table) == ["应用服务器", "防火墙"]


@pytest.mark.parametrize("line", ["噪声50dB以下", "工作温度：40℃以下。", "支持下列协议：OSPF、BGP", "数据见2层以下"])
def test_a_requirement_with_words_that_lead_on_stays_one(line: str) -> None:
    table = read(text_document("1. 应用服务器（2台）", "内存≥512GB", line, "1、无"))
    assert parameters(table) == {"应用服务器": ["内存≥512GB", line.rstrip("。")]}


def test_a_line_over_the_whole_width_that_asks_for_something_is_a_parameter() -> None:
    table = with_titles(
        ("1", "内存", "≥512GB"), "支持7×24小时不间断运行", ("2", "质保", "3年"), above="应用服务器技术参数"
    )
    assert parameters(table) == {"应用服务器": ["内存：≥512GB", "支持7×24小时不间断运行", "质保：3年"]}


def test_the_same_name_in_two_packages_is_not_joined() -> None:
    header = ("设备名称", "技术参数", "数量")
    first, second = [header, ("服务器", "内存≥512GB", "2")], [header, ("服务器", "硬盘≥2块", "")]
    assert names(read(text_document("包1", first, "包2", second))) == ["服务器", "服务器"]


def test_a_list_that_describes_too_and_a_table_of_the_device_are_one_item() -> None:
    listed = [("序号", "设备名称", "技术参数", "单位", "数量"), ("1", "应用服务器", "2U机架式", "台", "12")]
    table = read(text_document(listed, "表2 应用服务器技术参数", MEMORY))
    assert rows(table) == [("", "应用服务器", ("2U机架式", "内存：≥512GB", "质保：3年"), "12台", None, None)]


def test_a_list_and_a_table_that_say_different_values_stay_two_items() -> None:
    listed = [("序号", "设备名称", "技术参数", "单位", "数量"), ("1", "应用服务器", "内存：≥256GB", "台", "12")]
    assert names(read(text_document(listed, "应用服务器技术参数", MEMORY))) == ["应用服务器", "应用服务器"]


@pytest.mark.parametrize("above", ["", "（一）第1部分设备", "（一）计算存储部分", "三、设备技术参数", "一、应用服务器"])
def test_title_rows_that_count_are_the_devices_whatever_stands_above(above: str) -> None:
    table = with_titles(
        "1、应用服务器（12台）",
        ("1.1", "内存", "≥512GB"),
        "2、防火墙（2台）",
        ("2.1", "吞吐量", "≥10Gbps"),
        above=above,
    )
    assert rows(table) == [
        ("", "应用服务器", ("内存：≥512GB",), "12台", None, None),
        ("", "防火墙", ("吞吐量：≥10Gbps",), "2台", None, None),
    ]


def test_title_rows_under_a_caption_for_many_are_the_devices() -> None:
    table = with_titles(
        "一、防火墙",
        ("1", "吞吐量", "≥10Gbps"),
        "二、日志审计系统",
        ("1", "存储", "≥4TB"),
        above="（二）网络与安全设备",
    )
    assert parameters(table) == {"防火墙": ["吞吐量：≥10Gbps"], "日志审计系统": ["存储：≥4TB"]}


@pytest.mark.parametrize(
    ("above", "groups"),
    [
        ("一、应用服务器技术参数", ("硬件参数", "服务要求")),
        ("一、应用服务器技术参数", ("一、处理器", "二、存储")),
        ("一、应用服务器（2台）", ("（一）基本要求", "（二）性能指标")),
    ],
)
def test_title_rows_that_group_one_devices_parameters_are_no_devices(above: str, groups: tuple[str, str]) -> None:
    table = with_titles(groups[0], ("1", "内存", "≥512GB"), groups[1], ("2", "质保", "3年"), above=above)
    assert [(item.subsystem, item.name, len(item.parameters)) for item in table.items] == [("", "应用服务器", 2)]
    assert groups[0] in all_text(table)


@pytest.mark.parametrize(
    ("title", "name", "count", "unit_price", "total"),
    [
        ("1、防火墙（2台，单价限价18.50万元）", "防火墙", "2台", 18_500_000, None),
        ("2、运维审计系统（堡垒机）（1台，单价限价9.80万元）", "运维审计系统（堡垒机）", "1台", 9_800_000, None),
        ("防火墙（数量：2台；单价68,000元）", "防火墙", "2台", 6_800_000, None),
        ("防火墙（2台，最高限价：37万元）", "防火墙", "2台", 37_000_000, None),
        ("防火墙（2台，预算金额37万元，核心产品）", "防火墙", "2台", None, 37_000_000),
        ("安全平台（预算45万元）", "安全平台", "", None, 45_000_000),
        ("签名验签服务器（国密型）", "签名验签服务器（国密型）", "", None, None),
    ],
)
def test_quantity_and_price_in_a_title_are_read_all_or_none(
    title: str, name: str, count: str, unit_price: int | None, total: int | None
) -> None:
    demand = ("1", "吞吐量", "≥10Gbps")
    expected = [("", name, ("吞吐量：≥10Gbps",), count, unit_price, total)]
    assert rows(with_titles(title, demand)) == expected
    assert rows(read(text_document(title, [TITLES, demand]))) == expected


@pytest.mark.parametrize(
    ("title", "demands"),
    [
        ("防火墙（2台，含三年特征库升级）", ["含三年特征库升级"]),
        ("防火墙（单价限价9万元，2台，国产，双电源）", ["国产", "双电源"]),
    ],
)
def test_what_a_title_asks_for_beside_the_quantity_is_a_parameter(title: str, demands: list[str]) -> None:
    demand = ("1", "吞吐量", "≥10Gbps")
    for table in (
        with_titles(title, demand, "堡垒机（1台）", ("1", "授权", "≥100点")),
        read(text_document(title, [TITLES, demand], "堡垒机（1台）", [TITLES, ("1", "授权", "≥100点")])),
        read(text_document("第四章 采购需求", f"4.1 {title}", "吞吐量：≥10Gbps", "4.2 堡垒机（1台）", "授权：≥100点")),
    ):
        assert parameters(table) == {"防火墙": [*demands, "吞吐量：≥10Gbps"], "堡垒机": ["授权：≥100点"]}
        assert [item.quantity.text for item in table.items if item.quantity] == ["2台", "1台"]


@pytest.mark.parametrize("name", ["交换机（万兆）", "签名验签服务器（国密，机架式）", "防火墙（含三年升级，双电源）"])
def test_a_bracket_that_counts_nothing_is_part_of_the_name(name: str) -> None:
    assert names(with_titles(name, ("1", "吞吐量", "≥10Gbps"))) == [name]


def test_quantity_and_price_in_a_heading_of_prose_are_read() -> None:
    table = read(
        text_document("第四章 采购需求", "4.1 防火墙（2台，单价限价18.50万元）", "1、吞吐量≥10Gbps；2、并发≥500万。")
    )
    assert rows(table) == [("", "防火墙", ("吞吐量≥10Gbps", "并发≥500万"), "2台", 18_500_000, None)]


@pytest.mark.parametrize(
    ("line", "points"),
    [
        ("1、内存：≥256GB；2、硬盘：≥4块。", ["内存：≥256GB", "硬盘：≥4块"]),
        ("（1）内存：≥256GB；（2）硬盘：≥4块；（3）质保：3年。", ["内存：≥256GB", "硬盘：≥4块", "质保：3年"]),
        ("1）内存：≥256GB 2）硬盘：≥4块", ["内存：≥256GB", "硬盘：≥4块"]),
        ("★1、内存：≥256GB；2、硬盘：≥4块", ["★内存：≥256GB", "硬盘：≥4块"]),
        ("1、支持RAID0、1、5；", ["支持RAID0、1、5"]),
        ("2、内存：≥256GB", ["内存：≥256GB"]),
    ],
)
def test_points_in_one_paragraph_lose_their_numbers(line: str, points: list[str]) -> None:
    table = read(text_document("第四章 采购需求", "4.1.1 应用服务器 12台", line))
    assert parameters(table) == {"应用服务器": points}


def test_a_requirement_named_only_in_the_column_of_names_is_one() -> None:
    table = read(text_document("应用服务器", [("指标项", "技术要求"), ("内存", "≥512GB"), ("支持双机热备", "")]))
    assert parameters(table) == {"应用服务器": ["内存：≥512GB", "支持双机热备"]}


@pytest.mark.parametrize(
    ("name", "demand", "read_as"),
    [
        ("端口", "万兆光口≥48个，千兆电口≥24个", ["端口：万兆光口≥48个，千兆电口≥24个"]),
        ("端口", "万兆光口≥48个;千兆电口≥24个", ["端口：万兆光口≥48个", "端口：千兆电口≥24个"]),
        ("配置", "CPU≥2颗，内存≥16GB", ["配置：CPU≥2颗", "配置：内存≥16GB"]),
        ("技术参数", "交换容量≥2Tbps，包转发率≥100Mpps", ["技术参数：交换容量≥2Tbps", "技术参数：包转发率≥100Mpps"]),
    ],
)
def test_a_named_parameter_is_not_divided_at_its_commas(name: str, demand: str, read_as: list[str]) -> None:
    table = read(text_document([("设备名称", "指标", "要求", "数量"), ("交换机", name, demand, "2")]))
    assert parameters(table) == {"交换机": read_as}


def test_amounts_of_rows_that_become_one_item_are_added() -> None:
    head = ("序号", "技术要求", "最高限价（元）")
    table = read(text_document("综合业务软件", [head, ("1", "支持受理", "600000"), ("2", "支持签发", "480000")]))
    assert rows(table) == [("", "综合业务软件", ("支持受理", "支持签发"), "", None, 108_000_000)]
    assert table.total_fen == 108_000_000


@pytest.mark.parametrize("second", ["600000", "面议"])
def test_amounts_of_one_item_that_may_repeat_or_cannot_be_read_prove_nothing(second: str) -> None:
    head = ("序号", "技术要求", "最高限价（元）")
    table = read(text_document("综合业务软件", [head, ("1", "支持受理", "600000"), ("2", "支持签发", second)]))
    assert [item.amount_fen for item in table.items] == [None]
    assert table.items[0].total is not None
    assert second in table.items[0].total.text


def test_equal_amounts_with_equal_quantities_prove_nothing_either() -> None:
    head = ("序号", "技术要求", "数量", "合价（元）")
    table = read(text_document("综合业务软件", [head, ("1", "受理", "1项", "600000"), ("2", "签发", "1项", "600000")]))
    assert [item.amount_fen for item in table.items] == [None]


def test_several_quantities_of_one_item_are_left_to_a_person() -> None:
    head = ("序号", "技术要求", "数量", "单价（元）")
    table = read(text_document("机房改造", [head, ("1", "拆除", "2", "100"), ("2", "新建", "3", "200")]))
    assert [(item.quantity.text, item.quantity.number) for item in table.items if item.quantity] == [("2；3", None)]
    assert [item.unit_price.fen for item in table.items if item.unit_price] == [None]


@pytest.mark.parametrize(("said", "count"), [("12台", "12台"), ("1套", "1套"), ("2颗", "")])
def test_a_row_that_says_how_many_counts_the_device_but_not_its_parts(said: str, count: str) -> None:
    table = read(text_document("应用服务器", [("指标项", "技术要求"), ("内存", "≥512GB"), ("数量", said)]))
    assert [item.quantity.text if item.quantity else "" for item in table.items] == [count]
    assert parameters(table) == {"应用服务器": ["内存：≥512GB", *([] if count else [f"数量：{said}"])]}
