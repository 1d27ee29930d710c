"""Parameters as columns, columns that are none, and columns that only seem to name an item."""

import pytest

from domain.documents import DocumentRefused
from tests.domain.builders import workbook
from tests.domain.documents.whole import all_text, codes, names, parameters, read

COUNTED = ("单位", "数量", "单价（万元）")


def test_unknown_columns_between_name_and_quantity_are_parameters_named_by_their_titles() -> None:
    head = ("序号", "设备名称", "交换容量", "端口", "管理", *COUNTED)
    table = read(
        workbook(
            [
                head,
                (1, "核心交换机", "≥19.2Tbps", "≥48个万兆光口", "Web", "台", 2, 28.5),
                (2, "接入交换机", "≥336Gbps", "", "/", "台", 10, 0.86),
            ]
        )
    )
    assert parameters(table) == {
        "核心交换机": ["交换容量：≥19.2Tbps", "端口：≥48个万兆光口", "管理：Web"],
        "接入交换机": ["交换容量：≥336Gbps"],
    }
    assert codes(table) == []
    assert table.items[0].parameters[1].place == "设备清单!D2"


def test_a_header_of_many_parameters_is_one_and_a_list_may_do_without_quantities() -> None:
    titles = ("CPU", "内存", "硬盘", "RAID", "网卡", "电源", "HBA卡", "算力")
    cells = ("≥32核", "≥256GB", "4块4TB", "RAID5", "2个万兆", "双电源", "2块", "1P")
    many = read(workbook([("序号", "设备名称", *titles, *COUNTED), (1, "应用服务器", *cells, "台", 2, 6.8)]))
    assert len(parameters(many)["应用服务器"]) == len(titles)
    bare = read(workbook([("设备名称", "CPU", "内存"), ("应用服务器", "≥32核", "≥256GB")]))
    assert parameters(bare) == {"应用服务器": ["CPU：≥32核", "内存：≥256GB"]}


def test_the_unit_of_a_parameter_s_title_belongs_to_its_numbers() -> None:
    table = read(
        workbook(
            [
                ("序号", "设备名称", "CPU（核）", "内存（GB）", "硬盘", "数量"),
                (1, "应用服务器", 32, "≥256", "4×1.2TB", 2),
                (2, "工作站", "≥8核", 64, "512GB", 3),
            ]
        )
    )
    assert parameters(table) == {
        "应用服务器": ["CPU：32核", "内存：≥256GB", "硬盘：4×1.2TB"],
        "工作站": ["CPU：≥8核", "内存：64GB", "硬盘：512GB"],
    }


@pytest.mark.parametrize(
    ("title", "cell", "is_parameter"),
    [
        ("到货时间", "30日", True),
        ("维保年限", "5年", True),
        ("工作温度", "≥-10℃", True),
        ("安装地点", "3楼机房", False),
        ("占比", "12%", False),
        ("市场价1", "5.2万元", False),
        ("物料编码", "A100G", False),
        ("参考日期", "2026年1月", False),
        ("和平区", "2台", False),
        ("沈河区", 2, False),
    ],
)
def test_behind_the_quantity_only_measures_are_parameters(title: str, cell: object, *, is_parameter: bool) -> None:
    table = read(workbook([("序号", "设备名称", "技术参数", "数量", title), (1, "防火墙", "冗余电源", 2, cell)]))
    assert parameters(table)["防火墙"][1:] == ([f"{title}：{cell}"] if is_parameter else [])
    assert codes(table) == ([] if is_parameter else ["columns_not_compared"])
    assert str(cell) in all_text(table)


@pytest.mark.parametrize("title", ["安装位置", "使用部门", "物料编码", "资金来源"])
def test_where_for_whom_and_under_which_code_is_no_parameter(title: str) -> None:
    table = read(workbook([("序号", "设备名称", title, "技术参数", "数量"), (1, "防火墙", "3楼B区", "冗余电源", 2)]))
    assert parameters(table) == {"防火墙": ["冗余电源"]}


@pytest.mark.parametrize(
    "rows",
    [
        [("序号", "单位名称", "联系人", "电话"), (1, "某局", "张三", "024-12345678")],
        [("序号", "评分项", "内容", "分值"), (1, "价格", "≥30", "30")],
        [("设备名称", "联系人", "电话"), ("防火墙", "张三", "024-12345678")],
    ],
)
def test_other_tables_are_no_lists(rows: list[tuple[object, ...]]) -> None:
    with pytest.raises(DocumentRefused):
        read(workbook(rows))


@pytest.mark.parametrize(
    "title", ["采购标的所属行业", "政府采购品目", "品目名称", "采购品目", "包名称", "采购项目名称", "标的所属行业"]
)
@pytest.mark.parametrize("at", [0, 3])
def test_the_heading_of_a_purchase_names_no_item(title: str, at: int) -> None:
    head, row = ["设备名称", "技术参数", "数量"], ["防火墙", "冗余电源", 2]
    head.insert(at, title)
    row.insert(at, "A02010104服务器设备")
    table = read(workbook([head, row]))
    assert names(table) == ["防火墙"]
    assert table.items[0].subsystem == ""
    assert "A02010104服务器设备" in all_text(table)


def test_the_heading_of_a_purchase_is_the_name_where_no_other_column_is() -> None:
    assert names(read(workbook([("序号", "采购品目", "技术参数", "数量"), (1, "防火墙", "冗余电源", 2)]))) == ["防火墙"]
