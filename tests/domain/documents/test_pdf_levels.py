"""Tables with horizontal lines only, their cells in the middle of the rows as browsers print them."""

from collections.abc import Sequence

import pytest

from domain.documents import DocumentRefused, ParameterTable
from tests.domain.documents.whole import codes, read
from tests.domain.pdf_files import LEADING, line, pdf, text

HEADER = ("序号", "设备名称", "技术参数", "单位", "数量", "单价\n（万元）")
WIDTHS = (40.0, 80.0, 200.0, 40.0, 40.0, 70.0)
SERVER = ("1", "应用服务器", "1、内存：≥512GB\n2、硬盘：≥4TB\n3、质保：3年", "台", "12", "6.80")
FIREWALL = ("2", "防火墙", "吞吐量：≥10Gbps", "台", "2", "8.00")
SWITCH = ("3", "交换机", "1、端口：≥24个\n2、质保：5年", "台", "4", "1.20")
READ = [
    ("应用服务器", ("内存：≥512GB", "硬盘：≥4TB", "质保：3年"), "12台"),
    ("防火墙", ("吞吐量：≥10Gbps",), "2台"),
    ("交换机", ("端口：≥24个", "质保：5年"), "4台"),
]


def centred(*rows: Sequence[str], top: float = 780.0, padding: float = 5.0, each: bool = False) -> tuple[str, float]:
    """A table of horizontal lines: above and below, under its header, and under `each` row."""
    edges = [50 + sum(WIDTHS[:index]) for index in range(len(WIDTHS) + 1)]
    drawing, y = line(edges[0], top, edges[-1], top), top
    for number, row in enumerate(rows):
        cells = [cell.split("\n") for cell in row]
        height = max(map(len, cells)) * LEADING + padding * 2
        for at, cell in enumerate(cells):
            first = y - (height - len(cell) * LEADING) / 2 - LEADING + 3.8
            for order, words in enumerate(cell):
                drawing += text(edges[at] + 3, first - order * LEADING, words) if words else ""
        y -= height
        if each or number in {0, len(rows) - 1}:
            drawing += line(edges[0], y, edges[-1], y)
    return drawing, y


def listed(table: ParameterTable) -> list[tuple[str, tuple[str, ...], str]]:
    return [
        (item.name, tuple(one.text for one in item.parameters), item.quantity.text if item.quantity else "")
        for item in table.items
    ]


@pytest.mark.parametrize("each", [False, True])
def test_rows_with_their_cells_in_the_middle_are_read(*, each: bool) -> None:
    found = read(pdf(text(50, 800, "设备清单") + centred(HEADER, SERVER, FIREWALL, SWITCH, each=each)[0]), "清单.pdf")
    assert listed(found) == READ
    assert [item.unit_price.fen for item in found.items if item.unit_price] == [6_800_000, 8_000_000, 1_200_000]
    assert codes(found) == ["pdf_layout"]
    assert found.items[1].place == "第1页 表1 第3行"


def test_two_tables_of_one_width_and_a_line_under_the_running_head() -> None:
    drawing = line(50, 815, 520, 815) + text(50, 820, "某项目")
    first, y = centred(HEADER, SERVER, FIREWALL)
    second, _ = centred(HEADER, SWITCH, ("4", "堡垒机", "授权：≥200点", "台", "1", "9.80"), top=y - 60)
    found = read(pdf(drawing + first + text(50, y - 30, "第二部分设备如下，与前表同时交付") + second), "清单.pdf")
    assert [item.name for item in found.items] == ["应用服务器", "防火墙", "交换机", "堡垒机"]
    assert any("第二部分" in clause.text for clause in found.clauses)


def test_a_sum_at_the_foot_is_no_row() -> None:
    found = read(pdf(centred(HEADER, SERVER, FIREWALL, ("合计", "", "", "", "", "97.60"))[0]), "清单.pdf")
    assert listed(found) == READ[:2]
    assert [one.label for one in found.subtotals] == ["合计"]


@pytest.mark.parametrize(
    "drawing",
    [
        # Rows no further apart than the lines in them.
        centred(HEADER, SERVER, FIREWALL, SWITCH, padding=0.0)[0],
        # A row without a number, and a number that is in no row's middle.
        centred(HEADER, SERVER, ("", "", "另配硬盘：≥2块", "", "", ""), FIREWALL)[0],
        centred(HEADER, ("1", "应用服务器", "内存：≥512GB\n\n", "台", "12", "6.80"), SWITCH, FIREWALL)[0]
        + text(53, 660, "9"),
        # A line across two columns.
        centred(HEADER, SERVER, FIREWALL)[0] + text(95, 684, "横跨两栏的一行说明文字放在这里"),
        # No lines at all, the header in two lines.
        "\n".join(part for part in centred(HEADER, SERVER)[0].split("\n") if " l S" not in part) + "\n",
    ],
)
def test_where_there_is_a_doubt_the_true_reason_is_told(drawing: str) -> None:
    with pytest.raises(DocumentRefused) as caught:
        read(pdf(text(50, 800, "设备清单") + drawing), "清单.pdf")
    assert caught.value.code == "pdf_without_lines"
    assert caught.value.place.startswith("第1页 第")
