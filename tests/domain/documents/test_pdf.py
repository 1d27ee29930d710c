"""PDF with text read into the rows of the document it was made from, and refused where it cannot be read for sure."""

import re

import pytest

from domain.documents import DocumentRefused, Limits, Parameter, ParameterTable, read_document
from tests.domain.builders import DATA
from tests.domain.pdf_files import HEIGHT, WIDTH, line, pdf, table, text, wrapped

HEADER = ("序号", "设备名称", "技术参数", "单位", "数量", "单价（万元）")
WIDTHS = (40, 90, 220, 40, 40, 60)
SPEC = "1、CPU核数：≥16核；\n2、内存：≥256GB，配置国产操作系统和数据库软件授权。"
SERVER = (1, "应用服务器", SPEC, "台", 10, 12.5)
FIREWALL = (2, "防火墙", "吞吐量≥10Gbps", "台", 2, 5)


def read(content: bytes, limits: Limits | None = None) -> ParameterTable:
    return read_document(content, "招标文件.pdf", limits or Limits())


def refusal(content: bytes, limits: Limits | None = None) -> DocumentRefused:
    with pytest.raises(DocumentRefused) as caught:
        read(content, limits)
    return caught.value


def listed(found: ParameterTable) -> list[tuple[str, list[str]]]:
    return [(item.name, [parameter.text for parameter in item.parameters]) for item in found.items]


def ruled(*rows: tuple[object, ...], top: float = 780.0) -> str:
    return table(rows, WIDTHS, top=top)[0]


def codes(found: ParameterTable) -> list[str]:
    return [notice.code for notice in found.notices]


def squeezed(word: str) -> str:
    return "".join(word.split())


def test_a_pdf_gives_the_rows_of_the_document_it_was_made_from() -> None:
    folder = DATA / "sent_files"
    made, source = (
        read_document((folder / name).read_bytes(), name) for name in ("merged_cells.pdf", "merged_cells.docx")
    )
    for one, other in zip(made.items, source.items, strict=True):
        assert (squeezed(one.name), squeezed(one.subsystem)) == (squeezed(other.name), squeezed(other.subsystem))
        assert one.amount_fen == other.amount_fen
        assert one.quantity is not None
        assert other.quantity is not None
        assert (one.quantity.number, one.quantity.unit) == (other.quantity.number, other.quantity.unit)
        assert [squeezed(parameter.text) for parameter in one.parameters] == [
            squeezed(parameter.text) for parameter in other.parameters
        ]
    assert [subtotal.fen for subtotal in made.subtotals] == [subtotal.fen for subtotal in source.subtotals]
    assert made.items[0].place == "第1页 表1 第4行"
    assert made.items[-1].place.startswith("第2页 表1 ")


def test_wrapped_lines_are_joined_and_ended_lines_are_not() -> None:
    found = read(pdf(text(50, 800, "设备清单") + ruled(HEADER, SERVER) + text(50, 500, "须提供原厂授权函。")))
    assert found.items[0].parameters == (
        Parameter("CPU核数：≥16核", "第1页 表1 第2行 第1条"),
        Parameter("内存：≥256GB，配置国产操作系统和数据库软件授权", "第1页 表1 第2行 第2条"),
    )
    assert [(clause.text, clause.place) for clause in found.clauses] == [
        ("设备清单", "第1页 第1段"),
        ("须提供原厂授权函。", "第1页 第2段"),
    ]
    assert codes(found) == ["pdf_layout"]


def test_points_without_punctuation_keep_their_lines() -> None:
    found = read(pdf(ruled(HEADER, (1, "交换机", "端口：48个\n电源：双电源\n★网管：支持", "台", 1, 2))))
    assert listed(found) == [("交换机", ["端口：48个", "电源：双电源", "★网管：支持"])]


def test_figures_at_the_start_of_a_wrapped_line_begin_no_point() -> None:
    levels = "硬盘：支持的阵列级别包括磁盘阵列的级别10、6、5、50、60并提供掉电保护"
    found = read(pdf(ruled(HEADER, (1, "服务器", levels, "台", 1, 2))))
    assert listed(found) == [("服务器", [levels])]


@pytest.mark.parametrize("again", [(), (HEADER,)])
def test_a_table_goes_on_over_pages_with_and_without_its_header(again: tuple[tuple[object, ...], ...]) -> None:
    head, foot = text(50, 820, "某项目招标文件"), text(280, 30, "第1页")
    pages = [
        head + ruled(HEADER, SERVER) + foot,
        head + ruled(*again, FIREWALL) + text(280, 30, "第2页"),
        head + ruled(*again, (3, "堡垒机", "授权≥50点", "套", 1, 8)) + text(280, 30, "第3页"),
    ]
    found = read(pdf(*pages))
    assert [item.name for item in found.items] == ["应用服务器", "防火墙", "堡垒机"]
    assert found.items[2].place == f"第3页 表1 第{2 if again else 1}行"
    assert found.clauses == ()


@pytest.mark.parametrize("again", [(), (HEADER,)])
def test_a_row_cut_by_the_end_of_a_page_is_made_whole(again: tuple[tuple[object, ...], ...]) -> None:
    printed = wrapped(f"{SPEC}\n3、电源：双电源", WIDTHS[2] - 6)
    upper = ruled(HEADER, (1, "应用服务器", "\n".join(printed[:2]), "台", 10, 12.5))
    lower = ruled(*again, ("", "", "\n".join(printed[2:]), "", "", ""), FIREWALL)
    found = read(pdf(upper, lower))
    assert listed(found) == [
        ("应用服务器", ["CPU核数：≥16核", "内存：≥256GB，配置国产操作系统和数据库软件授权", "电源：双电源"]),
        ("防火墙", ["吞吐量≥10Gbps"]),
    ]


def test_a_parameter_alone_in_its_row_is_made_whole_over_pages() -> None:
    room = WIDTHS[2] - 6
    cut = wrapped("数据保护能力：支持本地快照和克隆以及远程复制、双活和持续数据保护", room)
    upper = ruled(HEADER, (1, "存储", "容量≥1TB", "套", 1, 2), ("", "", cut[0], "", "", ""))
    lower = ruled(("", "", cut[1], "", "", ""), ("", "", "缓存：≥256GB", "", "", ""), FIREWALL)
    assert listed(read(pdf(upper, lower))) == [
        ("存储", ["容量≥1TB", "".join(cut), "缓存：≥256GB"]),
        ("防火墙", ["吞吐量≥10Gbps"]),
    ]


def test_a_parameter_on_the_next_page_is_not_joined_to_one_that_fills_its_line() -> None:
    full = "处理能力：单台设备每秒处理请求数不低于十万"
    assert wrapped(full + "字", WIDTHS[2] - 6)[1:] == ["字"]
    upper = ruled(HEADER, (1, "网关", "容量≥1TB", "套", 1, 2), ("", "", full, "", "", ""))
    found = read(pdf(upper, ruled(("", "", "缓存：≥256GB", "", "", ""), FIREWALL)))
    assert listed(found)[0] == ("网关", ["容量≥1TB", full, "缓存：≥256GB"])


def test_a_name_cut_by_the_end_of_a_page_takes_the_points_behind_it_along() -> None:
    upper = ruled(HEADER, (1, "网站应用防护系统", "1、吞吐量：≥10Gbps；", "台", 1, 2))
    lower = ruled(("", "设备", "2、时延：≤1ms。", "", "", ""), FIREWALL)
    assert listed(read(pdf(upper, lower)))[0] == ("网站应用防护系统设备", ["吞吐量：≥10Gbps", "时延：≤1ms"])


def test_a_merged_name_cut_by_the_end_of_a_page_goes_on_beside_the_next_parameter() -> None:
    upper = ruled(
        HEADER, (1, "网站应用防护系统", "吞吐量：≥10Gbps", "台", 1, 2), (None, None, "时延：≤1ms", None, None, None)
    )
    lower = ruled(("", "设备", "缓存：≥256GB", "", "", ""), FIREWALL)
    expected = ("网站应用防护系统设备", ["吞吐量：≥10Gbps", "时延：≤1ms", "缓存：≥256GB"])
    assert listed(read(pdf(upper, lower)))[0] == expected


def test_the_rest_of_a_name_merged_over_the_rows_of_the_next_page_begins_no_item() -> None:
    room = WIDTHS[2] - 6
    cut = wrapped("防护能力：支持网页防篡改和敏感信息过滤以及访问控制、限速", room)
    upper = ruled(HEADER, (1, "网站应用防护系统", cut[0], "台", 1, 2))
    lower = ruled(("", "设备", cut[1], "", "", ""), (None, None, "缓存：≥256GB", None, None, None), FIREWALL)
    expected = ("网站应用防护系统设备", ["".join(cut), "缓存：≥256GB"])
    assert listed(read(pdf(upper, lower)))[0] == expected


NARROW = (40, 90, 80, 40, 40, 60)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("可用容\n量:≥500TB", ["可用容量:≥500TB"]),
        ("协议：支持\nS3\n、iSCSI、NFS\n、CIFS", ["协议：支持S3、iSCSI、NFS、CIFS"]),
        ("支持数据库：支\n持\nOracle\n、MySQL、达\n梦、人大金仓", ["支持数据库：支持Oracle、MySQL、达梦、人大金仓"]),
        ("亮度：≥\n600cd/㎡", ["亮度：≥600cd/㎡"]),
        ("适配：支持鸿\n蒙、Android", ["适配：支持鸿蒙、Android"]),
        ("速率：支持每秒\n容量：≥48TB", ["速率：支持每秒", "容量：≥48TB"]),
        ("接口：≥16个\n支持双机热备", ["接口：≥16个", "支持双机热备"]),
        ("1、协议：支持\nCIFS、NFSv412S\n3、iSCSI；\n2、双活", ["协议：支持CIFS、NFSv412S3、iSCSI", "双活"]),
    ],
)
def test_what_may_not_be_parted_tells_wrapped_lines_from_ended_ones(lines: str, expected: list[str]) -> None:
    found = read(pdf(table([HEADER, (1, "存储", lines, "套", 1, 2)], NARROW)[0]))
    assert listed(found) == [("存储", expected)]


def test_another_table_on_the_next_page_is_another_table() -> None:
    other = table([("包号", "标的名称", "数量"), ("1", "机柜", "3个")], (100, 200, 100))[0]
    found = read(pdf(ruled(HEADER, SERVER), other))
    assert [(item.name, item.place) for item in found.items] == [
        ("应用服务器", "第1页 表1 第2行"),
        ("机柜", "第2页 表2 第2行"),
    ]


def test_merged_cells_and_header_groups_are_seen_by_their_missing_lines() -> None:
    rows = [
        ("序号", "子系统", "设备名称", "技术参数", "价格（万元）", "←"),
        (None, None, None, None, "单价", "合价"),
        (1, "计算资源", "服务器", "内存≥1GB", 1, 2),
        (2, None, "存储", "容量≥1TB", 3, 4),
    ]
    found = read(pdf(table(rows, (40, 80, 80, 150, 60, 60))[0]))
    assert [(item.name, item.subsystem, item.amount_fen) for item in found.items] == [
        ("服务器", "计算资源", 2_000_000),
        ("存储", "计算资源", 4_000_000),
    ]


def test_borders_drawn_as_thin_boxes_and_in_pieces_are_lines() -> None:
    def box(match: re.Match[str]) -> str:
        x0, y0, x1, y1 = map(float, match.groups())
        pieces = 3
        wide, high = (x1 - x0) / pieces, (y1 - y0) / pieces
        return "".join(
            f"{x0 + step * wide} {y0 + step * high} {wide or 0.48} {high or 0.48} re f\n" for step in range(pieces)
        )

    drawn = re.sub(r"0\.5 w (\S+) (\S+) m (\S+) (\S+) l S\n", box, ruled(HEADER, SERVER, FIREWALL))
    assert " re f" in drawn
    assert listed(read(pdf(drawn))) == listed(read(pdf(ruled(HEADER, SERVER, FIREWALL))))


def test_a_page_whose_corner_is_elsewhere_is_read_alike() -> None:
    moved = pdf(ruled(HEADER, SERVER, FIREWALL)).replace(b"[0 0 595.0 842.0]", b"[-9 -9 600 850.]")
    assert listed(read(moved)) == listed(read(pdf(ruled(HEADER, SERVER, FIREWALL))))


def test_text_that_runs_out_of_its_cell_stays_with_it() -> None:
    name = text(93, 736, "超长的设备名称写出了单元格的边界之外")
    found = read(pdf(ruled(HEADER, (1, "", "", "台", 1, 2)) + name))
    assert found.items[0].name == "超长的设备名称写出了单元格的边界之外"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_pages_are_read_upright(rotate: int) -> None:
    turned = {
        0: "1 0 0 1 0 0",
        90: f"0 1 -1 0 {HEIGHT} 0",
        180: f"-1 0 0 -1 {WIDTH} {HEIGHT}",
        270: f"0 -1 1 0 0 {WIDTH}",
    }
    size = (HEIGHT, WIDTH) if rotate in {90, 270} else (WIDTH, HEIGHT)
    drawing = f"q {turned[rotate]} cm\n" + ruled(HEADER, SERVER, FIREWALL) + "Q\n"
    found = read(pdf(drawing, rotate=rotate, box=size))
    assert [item.name for item in found.items] == ["应用服务器", "防火墙"]
    sideways = read(pdf(drawing, box=size))
    assert [item.name for item in sideways.items] == ["应用服务器", "防火墙"]


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    prose = "".join(
        text(50, 500 - 20 * row, f"左{row}栏文字。") + text(320, 500 - 20 * row, f"右{row}栏文字。") for row in range(8)
    )
    found = read(pdf(ruled(HEADER, FIREWALL) + prose))
    assert [clause.text[0] for clause in found.clauses] == ["左"] * 8 + ["右"] * 8


def test_numbered_rows_without_lines_between_them_are_told_apart() -> None:
    band = ("1\n2", "服务器\n防火墙", "内存≥1GB\n吞吐量≥1Gbps", "台\n台", "2\n3", "1\n5")
    found = read(pdf(ruled(HEADER, band, (3, "机柜", "42U", "个", 1, 1))))
    assert listed(found) == [("服务器", ["内存≥1GB"]), ("防火墙", ["吞吐量≥1Gbps"]), ("机柜", ["42U"])]
    assert found.items[2].place == "第1页 表1 第4行"
    assert codes(found) == ["pdf_layout"]


def test_rows_without_lines_that_cannot_be_told_apart_are_left_to_a_person() -> None:
    found = read(pdf(ruled(HEADER, ("1\n2", "服务器", "内存≥1GB\n硬盘≥1TB\n吞吐量≥1Gbps", "台", "2", ""), FIREWALL)))
    assert codes(found) == ["pdf_rows_without_lines", "pdf_layout"]
    assert found.notices[0].place == "第1页 表1 第2行"
    assert not any(parameter.readable for parameter in found.items[0].parameters)
    assert found.items[1].parameters[0].readable


def test_a_row_whose_number_fell_to_the_next_page_is_made_whole() -> None:
    printed = wrapped(SPEC, WIDTHS[2] - 6)
    upper = ruled(HEADER, FIREWALL, ("", "", "\n".join(printed[:2]), "", "", ""))
    lower = ruled((3, "应用服务器", "\n".join(printed[2:]), "台", 10, 12.5))
    found = read(pdf(upper, lower))
    assert [name for name, _ in listed(found)] == ["防火墙", "应用服务器"]
    assert listed(found)[1][1] == ["CPU核数：≥16核", "内存：≥256GB，配置国产操作系统和数据库软件授权"]


def loose(*rows: tuple[object, ...]) -> str:
    return table([HEADER, *rows], WIDTHS, top=500, upright=False)[0]


def test_a_table_without_upright_lines_is_read_where_its_gaps_leave_no_doubt() -> None:
    found = read(pdf(text(50, 530, "单位：万元") + loose(SERVER, FIREWALL)))
    assert listed(found) == listed(read(pdf(ruled(HEADER, SERVER, FIREWALL))))
    assert found.items[1].place == "第1页 表1 第3行"
    assert codes(found) == ["pdf_layout"]


def test_a_table_without_upright_lines_is_left_to_a_person_where_there_is_doubt() -> None:
    crossing = loose(SERVER, (2, "名称很长的防火墙", "", "台", 2, 5)) + text(140, 428, "横跨两栏的一行说明文字放在这里")
    centred = loose((1, "", SPEC, "", "", "")) + text(93, 440, "应用服务器")
    goes_on = loose(("", "", "据库软件授权", "", "", ""), SERVER)
    for drawing in (crossing, centred, goes_on, loose()):
        found = read(pdf(ruled(HEADER, FIREWALL) + drawing))
        assert [item.name for item in found.items] == ["防火墙"]
        assert codes(found) == ["pdf_table_without_lines", "pdf_layout"]
        assert "第1页" in found.notices[0].message


def test_a_pdf_whose_only_table_is_in_doubt_is_refused_with_its_place() -> None:
    refused = refusal(pdf(text(50, 530, "采购需求") + loose((1, "", SPEC, "", "", "")) + text(93, 440, "应用服务器")))
    assert (refused.code, refused.place) == ("pdf_without_lines", "第1页 第2段")


def test_a_watermark_is_no_text_of_the_table() -> None:
    mark = text(150, 650, "内部资料严禁外传", size=40, turn="0.7 0.7 -0.7 0.7")
    assert listed(read(pdf(ruled(HEADER, SERVER) + mark))) == listed(read(pdf(ruled(HEADER, SERVER))))
    secret = text(150, 650, "机密★10年", size=40, turn="0.7 0.7 -0.7 0.7")
    assert refusal(pdf(ruled(HEADER, SERVER) + secret)).code == "secrecy_marking"


def test_a_secrecy_marking_in_the_margin_or_the_properties_is_found() -> None:
    page = text(50, 825, "机密★5年") + ruled(HEADER, SERVER)
    assert refusal(pdf(page, page, page)).code == "secrecy_marking"
    assert refusal(pdf(ruled(HEADER, SERVER), info="秘密★长期")).place == "文档属性"


def test_radicals_that_fonts_name_for_characters_are_mended() -> None:
    found = read(pdf(ruled(HEADER, (1, "⽹络设备", "⻓度≥1⽶", "台", 1, 2))))
    assert listed(found) == [("网络设备", ["长度≥1米"])]


def test_a_character_without_meaning_makes_its_cell_unreadable() -> None:
    found = read(pdf(ruled(HEADER, SERVER, (2, "防火墙", "吞吐量≥\ue0010Gbps", "台", 2, 5))))
    assert [parameter.readable for item in found.items for parameter in item.parameters] == [True, True, False]


def test_a_pdf_of_pictures_is_refused_with_the_remedy() -> None:
    refused = refusal(pdf("q 500 0 0 700 50 50 cm /Im Do Q\n"))
    assert refused.code == "scanned_pdf"
    assert "识别成文字" in refused.message
    laid_over = "q 500 0 0 700 50 50 cm /Im Do Q\n" + text(50, 700, "设备名称 技术参数", mode=3)
    assert refusal(pdf(laid_over)).code == "scanned_pdf"


def test_single_pages_that_are_pictures_are_told() -> None:
    found = read(pdf(ruled(HEADER, SERVER), "q 500 0 0 700 50 50 cm /Im Do Q\n"))
    assert codes(found) == ["pdf_layout", "pdf_pages_without_text"]
    assert found.notices[1].place == "第2页"


def test_a_pdf_whose_characters_mean_nothing_is_refused() -> None:
    assert refusal(pdf(text(50, 700, "\ue001\ue002\ue003\ue004\ue005" * 3) + ruled(HEADER))).code == "garbled_pdf"


def test_each_size_of_a_pdf_has_its_limit() -> None:
    page = ruled(HEADER, SERVER)
    assert refusal(pdf(page, page, page), Limits(pages=2)).code == "too_many_pages"
    refused = refusal(pdf(page), Limits(page_characters=20))
    assert (refused.code, refused.place) == ("page_too_complex", "第1页")
    assert refusal(pdf(page), Limits(page_shapes=10)).code == "page_too_complex"
    assert refusal(pdf(page), Limits(file_bytes=100)).code == "file_too_large"
    assert refusal(pdf(page, page, page), Limits(pdf_characters=100)).code == "too_much_text"


def test_lines_that_draw_no_table_of_this_world_are_refused_at_once() -> None:
    grid = "".join(line(x, 10, x, 800) for x in range(10, 580, 4)) + "".join(
        line(5, y, 585, y) for y in range(10, 800, 4)
    )
    assert refusal(pdf(ruled(HEADER, SERVER) + grid)).code == "page_too_complex"
    small = "".join(
        table([("", "")], (6, 6), top=y, left=x)[0] for x in range(20, 560, 25) for y in range(100, 700, 30)
    )
    assert refusal(pdf(ruled(HEADER, SERVER) + small)).code == "page_too_complex"


def test_damaged_and_empty_pdf_files_are_refused() -> None:
    assert refusal(b"%PDF-1.7 nothing").code == "damaged"
    assert refusal(pdf("")).code == "no_header"
    assert refusal(pdf(text(50, 700, "只有正文，没有表格。"))).code == "no_header"
