"""Tender documents as agencies write them in Word and WPS: what a person reads in each, and where."""

import docx

from tests.domain.builders import TENDER_HEADER, TENDER_ROW, part, repacked, saved, text_document
from tests.domain.documents.whole import (
    all_text,
    codes,
    element,
    in_body,
    names,
    p,
    parameters,
    places,
    r,
    raw_document,
    read,
    rows,
    tbl,
    tc,
    tr,
)

HEADER = ("序号", "标的名称", "技术参数及要求", "单位", "数量")
SERVER = ("1", "服务器", "CPU≥16核", "台", "2")
FIREWALL = ("2", "防火墙", "吞吐量≥10Gbps", "台", "1")


def test_a_tender_with_chapters_and_a_table_in_the_middle_of_prose() -> None:
    table = read(
        text_document(
            "第三章 采购需求",
            "一、项目概况：本项目为城市运行管理服务平台。预算金额：125万元。",
            "二、技术参数及要求",
            [TENDER_HEADER, TENDER_ROW],
            "三、评分标准：投标产品为鲲鹏处理器的加5分。",
            "四、投标人须提供原厂授权函并加盖原厂公章。",
        ),
        "招标文件.docx",
    )
    assert rows(table) == [("", "应用服务器", ("CPU核数：≥16核", "内存：≥256GB"), "10台", 12_500_000, 125_000_000)]
    said = {clause.text: clause.place for clause in table.clauses}
    assert said["三、评分标准：投标产品为鲲鹏处理器的加5分。"] == "第4段"
    assert said["四、投标人须提供原厂授权函并加盖原厂公章。"] == "第5段"


def test_one_key_and_value_table_for_each_device() -> None:
    def device(name: str, demands: str, count: str) -> list[tuple[str, str]]:
        return [("货物名称", name), ("技术参数", demands), ("数量", count), ("单价限价", "5万元"), ("备注", "国产")]

    table = read(
        text_document(
            "货物需求一",
            device("应用服务器", "1、CPU≥16核；\n2、内存≥256GB", "4台"),
            "货物需求二",
            device("防火墙", "吞吐量≥10Gbps", "2台"),
        )
    )
    assert rows(table) == [
        ("", "应用服务器", ("CPU≥16核", "内存≥256GB"), "4台", 5_000_000, None),
        ("", "防火墙", ("吞吐量≥10Gbps",), "2台", 5_000_000, None),
    ]
    assert [item.remark for item in table.items] == ["国产", "国产"]
    assert places(table)["内存≥256GB"] == "表1 第2行 第2条"


def test_a_key_and_value_table_in_four_columns() -> None:
    table = read(
        text_document(
            [
                ("货物名称", "应用服务器", "数量", "4台"),
                ("技术参数", "1、CPU≥16核；2、内存≥256GB", "单价", "12.5万元"),
            ],
            [("货物名称", "防火墙", "数量", "2台"), ("技术参数", "吞吐量≥10Gbps", "单价", "5万元")],
        )
    )
    assert rows(table) == [
        ("", "应用服务器", ("CPU≥16核", "内存≥256GB"), "4台", 12_500_000, None),
        ("", "防火墙", ("吞吐量≥10Gbps",), "2台", 5_000_000, None),
    ]


def test_a_device_table_with_its_name_above_and_a_row_a_parameter() -> None:
    table = read(
        text_document(
            "1.1 应用服务器（4台）",
            [("序号", "指标项", "技术要求"), ("1", "CPU", "★≥16核"), ("2", "内存", "≥256GB")],
            "1.2 防火墙（2台）",
            [("序号", "指标项", "技术要求"), ("1", "吞吐量", "≥10Gbps")],
        )
    )
    assert [(item.name, item.quantity.number if item.quantity else None) for item in table.items] == [
        ("应用服务器", 4),
        ("防火墙", 2),
    ]
    assert parameters(table) == {"应用服务器": ["CPU：★≥16核", "内存：≥256GB"], "防火墙": ["吞吐量：≥10Gbps"]}
    assert table.items[0].parameters[0].mark == "★"


def test_a_table_over_pages_made_of_two_tables() -> None:
    table = read(
        text_document(
            "设备清单（续表见下页）",
            [HEADER, SERVER],
            "",
            [("", "", "内存≥256GB", "", ""), FIREWALL],
            "设备清单（续）",
            [HEADER, ("3", "交换机", "端口≥24个", "台", "3")],
        )
    )
    assert parameters(table) == {
        "服务器": ["CPU≥16核", "内存≥256GB"],
        "防火墙": ["吞吐量≥10Gbps"],
        "交换机": ["端口≥24个"],
    }
    assert places(table)["内存≥256GB"] == "表2 第1行"


def test_a_parameter_that_breaks_over_the_page_stays_one() -> None:
    table = read(
        text_document(
            [HEADER, ("1", "服务器", "1、CPU≥16核；2、内存≥", "台", "2")],
            [("", "", "256GB；3、硬盘≥4TB", "", ""), FIREWALL],
        )
    )
    assert names(table) == ["服务器", "防火墙"]
    text = "".join(parameters(table)["服务器"])
    assert "256GB" in text
    assert "硬盘≥4TB" in text


def test_nested_tables_hold_the_parameters() -> None:
    inner = tbl(tr("指标", "要求"), tr("CPU", "≥16核"), tr("内存", "≥256GB"))
    table = read(
        raw_document(
            tbl(
                tr("序号", "标的名称", "技术要求", "数量"),
                tr("1", "服务器", tc(p("详见下表") + inner + p("")), "2台"),
                tr("2", "防火墙", "吞吐量≥10Gbps", "1台"),
            )
        )
    )
    assert set(names(table)) == {"服务器", "防火墙"}
    found = parameters(table)["服务器"]
    assert found[-2:] == ["CPU：≥16核", "内存：≥256GB"]


def test_vertical_and_horizontal_merges() -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = read(
        raw_document(
            tbl(
                tr(tc("软硬件设备清单", '<w:gridSpan w:val="6"/>')),
                tr("子系统", "标的名称", tc("技术要求", '<w:gridSpan w:val="2"/>'), "单位", "数量"),
                tr(tc("计算", start), tc("服务器", start), "CPU", "≥16核", tc("台", start), tc("2", start)),
                tr(tc("", on), tc("", on), "内存", "≥256GB", tc("", on), tc("", on)),
                tr(tc("", on), tc("存储"), "容量", "≥100TB", "套", "1"),
            )
        )
    )
    assert rows(table) == [
        ("计算", "服务器", ("CPU：≥16核", "内存：≥256GB"), "2台", None, None),
        ("计算", "存储", ("容量：≥100TB",), "1套", None, None),
    ]


def test_text_boxes_are_read_once() -> None:
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><a:graphic><a:graphicData>"
        "<wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>投标产品须为华为品牌</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
        "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        "<w:txbxContent><w:p><w:r><w:t>投标产品须为华为品牌</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    table = read(raw_document(box, tbl(tr(*HEADER), tr(*SERVER))))
    assert sum("华为品牌" in clause.text for clause in table.clauses) == 1


def test_a_table_in_a_text_box_is_read_or_told() -> None:
    box = (
        "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        + tbl(tr(*HEADER), tr(*FIREWALL))
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    table = read(raw_document(tbl(tr(*HEADER), tr(*SERVER)), p("其余设备"), box))
    assert names(table) == ["服务器", "防火墙"]


def test_tracked_changes_count_as_accepted_and_are_told() -> None:
    change = 'w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z"'
    edited = (
        f"<w:p>{r('CPU≥')}<w:del {change}><w:r><w:delText>32</w:delText></w:r></w:del>"
        f"<w:ins {change}>{r('16')}</w:ins>{r('核')}</w:p>"
    )
    away, here = r("旧位置的文字"), r("内存≥256GB")
    moved = f"<w:p><w:moveFrom {change}>{away}</w:moveFrom><w:moveTo {change}>{here}</w:moveTo></w:p>"
    table = read(
        raw_document(
            tbl(
                tr(*HEADER),
                tr("1", "服务器", tc(edited + moved), "台", "2"),
                tr("2", "打印机", "A3", "台", "9", properties=f"<w:del {change}/>"),
                tr("3", "防火墙", "吞吐≥1G", "台", "1", properties=f"<w:ins {change}/>"),
            )
        )
    )
    assert parameters(table) == {"服务器": ["CPU≥16核", "内存≥256GB"], "防火墙": ["吞吐≥1G"]}
    assert "32" not in all_text(table)
    assert "旧位置" not in all_text(table)
    assert "tracked_changes" in codes(table)


def test_footnotes_comments_headers_and_footers_are_scanned_too() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉：推荐品牌海光"
    document.sections[0].footer.paragraphs[0].text = "页脚：华三独家代理"
    paragraph = document.add_paragraph("正文")
    document.add_comment(paragraph.runs[0], text="批注：参考银河麒麟", author="甲", initials="甲")
    added = document.add_table(rows=0, cols=5)
    for line in (HEADER, SERVER):
        for cell, text in zip(added.add_row().cells, line, strict=True):
            cell.text = text
    content = saved(document)
    notes = (
        '<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w='
        '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2"><w:p><w:r>'
        "<w:t>脚注：须原厂授权</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    table = read(repacked(content, {"word/footnotes.xml": notes.encode()}))
    for text in ("推荐品牌海光", "华三独家代理", "参考银河麒麟", "须原厂授权"):
        assert any(text in clause.text for clause in table.clauses), text
    assert names(table) == ["服务器"]


def test_automatic_numbers_are_not_in_the_text_but_split_parameters() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    cell = tc(p("CPU≥16核；", numbered) + p("内存≥256GB，", numbered) + p("DDR4；", "") + p("硬盘≥4TB。", numbered))
    table = read(raw_document(tbl(tr(*HEADER), tr("1", "服务器", cell, "台", "2"))))
    found = parameters(table)["服务器"]
    assert found[0] == "CPU≥16核"
    assert found[-1] == "硬盘≥4TB"
    assert "DDR4" in "".join(found)
    assert places(table)["硬盘≥4TB"].startswith("表1 第2行 第")


def test_content_controls_and_smart_tags_are_transparent() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    smart = f'<w:p><w:smartTag w:uri="u" w:element="e">{r("防火")}</w:smartTag>{r("墙")}</w:p>'
    link = f'<w:p><w:hyperlink w:anchor="x">{r("吞吐量≥10Gbps")}</w:hyperlink></w:p>'
    table = read(
        raw_document(
            control.format(
                tbl(
                    tr(*HEADER),
                    tr("1", "服务器", tc(control.format(p("CPU≥16核"))), "台", control.format(tc("2"))),
                )
                + control.format(p("须提供原厂授权"))
            ),
            p("说明文字在此处，下表为网络安全设备的技术要求。"),
            tbl(tr(*HEADER), control.format(tr("2", tc(smart), tc(link), "台", "1"))),
        )
    )
    assert rows(table) == [
        ("", "服务器", ("CPU≥16核",), "2台", None, None),
        ("", "防火墙", ("吞吐量≥10Gbps",), "1台", None, None),
    ]
    assert any("原厂授权" in clause.text for clause in table.clauses)


def test_struck_out_and_hidden_text_is_told() -> None:
    cell = tc(f"<w:p>{r('CPU≥32核', '<w:strike/>')}{r('CPU≥16核')}{r('仅限鲲鹏', '<w:vanish/>')}</w:p>")
    table = read(raw_document(tbl(tr(*HEADER), tr("1", "服务器", cell, "台", "2"))))
    assert {"struck_out", "hidden_text"} <= set(codes(table))
    assert "仅限鲲鹏" in all_text(table)
    assert [notice.place for notice in table.notices if notice.code == "struck_out"] == ["表1 第2行"]


def test_pictures_in_a_table_are_told() -> None:
    picture = (
        '<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="u">'
        '<pic:pic><pic:blipFill><a:blip r:embed="rId9"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    content = raw_document(tbl(tr(*HEADER), tr("1", "服务器", tc(picture), "台", "2")))
    content = repacked(content, {"word/media/image1.png": b"\x89PNG\r\n\x1a\n" + b"0" * 60})
    told = [notice for notice in read(content).notices if notice.code == "picture"]
    assert [notice.place for notice in told] == ["表1 第2行"]


def test_requirements_in_prose_without_any_table() -> None:
    table = read(
        text_document(
            "第三章 采购需求",
            "一、采购标的",
            "1. 应用服务器（4台）",
            "1.1 技术参数",
            "（1）CPU≥16核；",
            "（2）★内存≥256GB；",
            "2. 防火墙（2台）",
            "2.1 技术参数",
            "（1）吞吐量≥10Gbps；",
            "（2）并发连接数≥500万。",
            "二、商务要求",
            "（1）交货期：合同签订后30日内；",
            "（2）质保期：3年原厂质保。",
        )
    )
    assert parameters(table) == {
        "应用服务器": ["CPU≥16核", "★内存≥256GB"],
        "防火墙": ["吞吐量≥10Gbps", "并发连接数≥500万"],
    }
    assert [item.quantity.text if item.quantity else "" for item in table.items] == ["4台", "2台"]
    assert places(table)["★内存≥256GB"] == "第6段"
    assert any("原厂质保" in clause.text and clause.place == "第13段" for clause in table.clauses)


def test_a_list_with_quantities_and_parameters_in_prose_below() -> None:
    table = read(
        text_document(
            "一、采购清单",
            [("序号", "标的名称", "单位", "数量"), ("1", "应用服务器", "台", "4"), ("2", "防火墙", "台", "2")],
            "二、技术参数",
            "1、应用服务器",
            "（1）CPU≥16核；",
            "（2）内存≥256GB；",
            "2、防火墙",
            "（1）吞吐量≥10Gbps。",
            "三、评分标准",
            "（1）业绩每个2分。",
        )
    )
    assert rows(table) == [
        ("", "应用服务器", ("CPU≥16核", "内存≥256GB"), "4台", None, None),
        ("", "防火墙", ("吞吐量≥10Gbps",), "2台", None, None),
    ]
    assert any("业绩每个2分" in clause.text for clause in table.clauses)


def test_scoring_qualification_and_business_tables_are_clauses() -> None:
    table = read(
        text_document(
            "第三章 采购需求",
            [HEADER, SERVER],
            "商务要求",
            [
                ("序号", "内容", "要求"),
                ("1", "交货期", "30日内"),
                ("2", "质保", "3年原厂质保"),
                ("3", "付款方式", "验收后"),
            ],
            "评分标准",
            [("序号", "评审因素", "分值", "评分标准"), ("1", "技术响应", "30", "使用麒麟操作系统得5分")],
            "资格要求",
            [("序号", "资格条件", "证明材料"), ("1", "厂家授权", "提供原厂授权函")],
            "投标人须知前附表",
            [("条款号", "条款名称", "编列内容"), ("1.1", "项目名称", "城市运行平台"), ("3.2", "预算金额", "500万元")],
        )
    )
    assert names(table) == ["服务器"]
    said = {clause.text: clause.place for clause in table.clauses}
    assert said["质保：3年原厂质保"] == "表2 第3行"
    assert said["使用麒麟操作系统得5分"] == "表3 第2行"
    assert said["厂家授权：提供原厂授权函"] == "表4 第2行"


def test_a_document_of_wps_with_missing_parts_and_strict_names() -> None:
    content = text_document("采购需求", [HEADER, SERVER])
    without = repacked(
        content,
        {
            "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas'
            b'.openxmlformats.org/officeDocument/2006/extended-properties">'
            b"<Application>WPS Office_12.1</Application></Properties>",
            "docProps/core.xml": None,
            "docProps/thumbnail.jpeg": None,
            "word/stylesWithEffects.xml": None,
            "word/webSettings.xml": None,
            "word/fontTable.xml": None,
            "word/theme/theme1.xml": None,
        },
    )
    assert names(read(without)) == ["服务器"]
    strict = part(content, "word/document.xml").replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert names(read(repacked(content, {"word/document.xml": strict}))) == ["服务器"]


def test_soft_hyphens_tabs_line_breaks_and_symbols_in_runs() -> None:
    cell = tc(
        "<w:p><w:r><w:t>CPU</w:t><w:softHyphen/><w:t>≥16核；</w:t><w:br/><w:t>内存</w:t><w:tab/><w:t>≥256GB</w:t></w:r>"
        "<w:r><w:cr/><w:t>网口</w:t><w:sym w:font='Symbol' w:char='F0B3'/>"
        "<w:t>4个，5</w:t><w:noBreakHyphen/><w:t>8口</w:t></w:r></w:p>"
    )
    table = read(raw_document(tbl(tr(*HEADER), tr("1", "服务器", cell, "台", "2"))))
    first, second, third, *_ = parameters(table)["服务器"]
    assert first == "CPU≥16核"
    assert second.replace("\t", "").replace(" ", "") == "内存≥256GB"
    assert third.startswith("网口≥4个")
    assert "5-8口" in "".join(parameters(table)["服务器"])


def test_row_offsets_before_and_after_the_grid() -> None:
    table = read(
        raw_document(
            tbl(
                tr(*HEADER),
                tr(*SERVER),
                tr("防火墙", "吞吐≥1G", "台", "1", properties='<w:gridBefore w:val="1"/>'),
            )
        )
    )
    assert parameters(table) == {"服务器": ["CPU≥16核"], "防火墙": ["吞吐≥1G"]}


def test_fields_and_equations_show_their_result() -> None:
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>SEQ 表 \\* ARABIC</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>16</w:t>'
        '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:r><w:t>核以上</w:t></w:r></w:p>"
    )
    table = read(raw_document(tbl(tr(*HEADER), tr("1", "服务器", tc(field), "台", "2"))))
    assert parameters(table) == {"服务器": ["16核以上"]}
    assert "SEQ" not in all_text(table)


def test_packages_in_headings_with_a_table_each() -> None:
    table = read(
        text_document(
            "包1：硬件设备（预算：100万元）",
            [HEADER, SERVER],
            "第二包 网络安全设备",
            [HEADER, ("1", "防火墙", "吞吐量≥10Gbps", "台", "1")],
        )
    )
    assert [(item.package, item.name) for item in table.items] == [("包1", "服务器"), ("包2", "防火墙")]


def test_a_responding_column_left_for_the_bidder_is_no_parameter() -> None:
    table = read(
        text_document(
            [
                ("序号", "货物名称", "招标技术要求", "投标响应", "偏离说明", "数量"),
                ("1", "服务器", "1、CPU≥16核；\n2、内存≥256GB", "", "", "2台"),
            ]
        )
    )
    assert parameters(table) == {"服务器": ["CPU≥16核", "内存≥256GB"]}


def test_marks_in_a_column_of_their_own() -> None:
    table = read(
        text_document(
            [
                ("序号", "标的名称", "重要性", "技术要求", "数量"),
                ("1", "服务器", "★", "CPU≥16核", "2台"),
                ("", "", "▲", "内存≥256GB", ""),
                ("", "", "", "硬盘≥4TB", ""),
            ]
        )
    )
    assert [(held.text, held.mark) for held in table.items[0].parameters] == [
        ("CPU≥16核", "★"),
        ("内存≥256GB", "▲"),
        ("硬盘≥4TB", ""),
    ]


def test_one_row_holds_a_section_in_words_with_a_count() -> None:
    table = read(
        raw_document(
            tbl(
                tr(*HEADER),
                tr(tc("一、计算资源子系统", '<w:gridSpan w:val="5"/>')),
                tr(*SERVER),
                tr(tc("二、安全子系统", '<w:gridSpan w:val="5"/>')),
                tr(*FIREWALL),
                tr(tc("合计", '<w:gridSpan w:val="4"/>'), "3"),
                tr(tc("备注：以上均为国产设备，参考品牌华为。", '<w:gridSpan w:val="5"/>')),
            )
        )
    )
    assert [(item.subsystem, item.name) for item in table.items] == [
        ("计算资源子系统", "服务器"),
        ("安全子系统", "防火墙"),
    ]
    assert any("参考品牌华为" in clause.text and clause.place == "表1 第7行" for clause in table.clauses)


def test_long_prose_in_a_section_row_is_not_lost() -> None:
    long = "本子系统所有设备须与现有平台无缝对接，且须提供设备生产厂家出具的授权函和三年原厂质保承诺函并加盖公章"
    table = read(raw_document(tbl(tr(*HEADER), tr(*SERVER), tr(tc(long, '<w:gridSpan w:val="5"/>')), tr(*FIREWALL))))
    assert names(table) == ["服务器", "防火墙"]
    assert long in all_text(table)


def test_empty_paragraph_elements_and_alternate_prefixes() -> None:
    document = in_body(docx.Document(), tbl(tr(*HEADER), tr(*SERVER)))
    document.element.body.insert(0, element("<w:p/>"))
    content = saved(document)
    xml = part(content, "word/document.xml").decode()
    renamed = (
        xml.replace("<w:", "<ns0:").replace("</w:", "</ns0:").replace("xmlns:w=", "xmlns:ns0=").replace(" w:", " ns0:")
    )
    assert names(read(repacked(content, {"word/document.xml": renamed.encode()}))) == ["服务器"]
