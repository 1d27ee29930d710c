"""Lists without a table: headings by style, and sentences that buy; what is neither is refused with a true reason."""

from collections.abc import Sequence

import docx
import pytest

from domain.documents import DocumentRefused, ParameterTable
from domain.parameters import Verdict, review
from tests.domain.builders import saved
from tests.domain.documents.whole import all_text, codes, p, parameters, raw_document, read, tbl, tr


def styled(*lines: tuple[int, str]) -> ParameterTable:
    """A text document of (heading level or 0, text)."""
    document = docx.Document()
    for level, text in lines:
        if level:
            document.add_heading(text, level)
        else:
            document.add_paragraph(text)
    return read(saved(document), "采购需求.docx")


def counted(table: ParameterTable) -> list[tuple[str, list[str], str]]:
    return [
        (item.name, [one.text for one in item.parameters], item.quantity.text if item.quantity else "")
        for item in table.items
    ]


READ = [("应用服务器", ["内存：≥512GB", "质保：3年"], "12台"), ("防火墙", ["吞吐量：≥10Gbps"], "2台")]
SERVER = ["（1）数量：12台；", "（2）内存：≥512GB；", "（3）质保：3年。"]
FIREWALL = ["（1）数量：2台；", "（2）吞吐量：≥10Gbps。"]


def under(level: int, heading: str, lines: Sequence[str]) -> list[tuple[int, str]]:
    return [(level, heading), *((0, text) for text in lines)]


def test_headings_by_style_alone_are_devices() -> None:
    found = styled(*under(3, "应用服务器", SERVER), *under(3, "防火墙", FIREWALL))
    assert counted(found) == READ


def test_headings_of_several_ranks_keep_their_parts_apart() -> None:
    found = styled(
        (1, "采购需求"),
        (2, "硬件设备"),
        *under(3, "应用服务器", SERVER),
        *under(3, "防火墙", FIREWALL),
        (2, "商务要求"),
        (0, "1、质保期：1年。"),
        (1, "评分标准"),
        *under(2, "堡垒机", ["数量：1台", "得5分"]),
    )
    assert counted(found) == READ
    assert "质保期：1年" in all_text(found)


def test_an_outline_level_of_the_paragraph_is_a_heading_too() -> None:
    ranked = '<w:outlineLvl w:val="2"/>'
    plain = '<w:outlineLvl w:val="9"/>'
    body = [p("应用服务器", ranked), *(p(text, plain) for text in SERVER), p("防火墙", ranked), *map(p, FIREWALL)]
    assert counted(read(raw_document(*body), "采购需求.docx")) == READ


def test_a_device_ends_at_a_numbered_heading_of_its_rank() -> None:
    found = styled(*under(2, "应用服务器", SERVER), (2, "二、商务要求"), (0, "付款：验收后支付100%"))
    assert counted(found) == READ[:1]


@pytest.mark.parametrize(
    "sentences",
    [
        ("采购应用服务器12台，每台配置内存≥512GB，质保≥3年。", "采购防火墙2台，吞吐量≥10Gbps。"),
        ("本次采购应用服务器12台，每台须配置内存≥512GB，质保≥3年。", "本项目购置防火墙2台，要求吞吐量≥10Gbps。"),
        ("1、采购应用服务器十二台，内存≥512GB，质保≥3年。", "2、采购防火墙两台，吞吐量≥10Gbps。"),
        ("拟采购应用服务器共12台。每台内存≥512GB，质保≥3年。", "另购置防火墙 2 台，吞吐量≥10Gbps。"),
    ],
)
def test_sentences_that_buy_are_rows(sentences: tuple[str, ...]) -> None:
    found = styled((1, "采购需求"), *((0, text) for text in sentences))
    assert [item.name for item in found.items] == ["应用服务器", "防火墙"]
    assert [item.quantity.number for item in found.items if item.quantity] == [12, 2]
    approved = styled((1, "批复"), *((0, text.replace("512", "1024")) for text in sentences))
    verdicts = {(row.item, row.parameter): row.verdict for row in review(approved, found).findings}
    assert verdicts["应用服务器", "内存"] is Verdict.LOWERED
    assert verdicts["防火墙", "吞吐量"] is Verdict.SAME


def test_a_sentence_below_the_heading_of_its_device() -> None:
    found = styled(
        (1, "采购需求"),
        (3, "4.1.1 应用服务器"),
        (0, "采购应用服务器12台，每台配置内存不低于256GB，硬盘不少于4块4TB SATA，质保期3年。"),
        (0, "电源：冗余电源"),
        (3, "4.1.2 防火墙"),
        (0, "采购2台，吞吐量不低于10Gbps，并发连接数不低于500万。"),
    )
    assert counted(found) == [
        ("应用服务器", ["内存不低于256GB", "硬盘不少于4块4TB SATA", "质保期3年", "电源：冗余电源"], "12台"),
        ("防火墙", ["吞吐量不低于10Gbps", "并发连接数不低于500万"], "2台"),
    ]


def test_an_overview_before_the_headings_is_no_second_row() -> None:
    found = styled(
        (1, "项目概况"),
        (0, "本项目采购应用服务器12台。"),
        *under(3, "应用服务器", SERVER),
        *under(3, "防火墙", FIREWALL),
    )
    assert counted(found) == READ
    assert codes(found) == []
    other = styled((0, "本项目采购应用服务器10台。"), *under(3, "应用服务器", SERVER), *under(3, "防火墙", FIREWALL))
    assert codes(other) == ["prose_not_compared"]


def test_a_sentence_that_buys_several_things_is_told() -> None:
    found = styled((0, "采购堡垒机1台、审计系统2套。"), *under(3, "应用服务器", SERVER))
    assert counted(found) == READ[:1]
    assert codes(found) == ["prose_not_compared"]
    assert "堡垒机" in found.notices[0].message


@pytest.mark.parametrize(
    "text",
    [
        "采购人有权在12台范围内调整数量。",
        "本项目采购服务器12台，详见附件。",
        "本次采购应用服务器12台，防火墙2台。",
        "采购方式：公开招标，共3个包。",
        "本项目采购内容为服务器若干。",
    ],
)
def test_prose_without_a_list_is_refused_with_a_reason_that_fits(text: str) -> None:
    with pytest.raises(DocumentRefused) as caught:
        styled((1, "采购公告"), (0, text))
    assert caught.value.code == "no_header"
    assert "正文" in caught.value.message


def test_beside_a_table_sentences_are_no_rows() -> None:
    table = tbl(tr("序号", "设备名称", "技术参数", "单位", "数量"), tr("1", "服务器", "内存≥512GB", "台", "2"))
    found = read(raw_document(p("采购防火墙2台，吞吐量≥10Gbps。"), table), "采购需求.docx")
    assert parameters(found) == {"服务器": ["内存≥512GB"]}
    assert "采购防火墙2台" in all_text(found)
