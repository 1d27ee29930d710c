"""State-secret markings refuse a document; words that merely contain a level do not."""

import io
import zipfile

import docx
import openpyxl
import pytest

from domain.documents import DocumentRefused, read_document
from domain.documents.secrecy import is_marked_name, is_marking
from tests.domain.builders import HEADER, ROW, TENDER_HEADER, TENDER_ROW, part, repacked, saved, text_document, workbook


@pytest.mark.parametrize(
    "text",
    [
        "机密★10年",
        "秘密★",
        "绝密 ★ 长期",
        "密级：秘密",
        "密级: 机密",
        "密级和保密期限：秘密★5年",
        "机密",
        "【机密】",
        "绝密级",
        "秘密 10年",
        "（秘密）",
        "文件密级：\n绝密",
        "机　密",
        "保密等级：机密",
        "秘密☆3年",
        "机密★启封前",
    ],
)
def test_wordings_of_a_marking_are_recognised(text: str) -> None:
    assert is_marking(text)


@pytest.mark.parametrize(
    "text",
    [
        "供应商应当保守商业秘密",
        "商业秘密",
        "秘密级以上信息不得上网",
        "不得处理绝密级、机密级信息",
        "涉及国家秘密的内容",
        "密级：内部",
        "密级：公开",
        "密级标识管理功能",
        "支持秘密分享算法",
        "应具备机密性、完整性、可用性保护",
        "机密计算",
        "密码机",
        "★支持商业秘密保护",
        "不得泄露工作秘密；★提供承诺",
        "机密性：支持",
        "密评",
        "",
    ],
)
def test_innocent_words_are_not(text: str) -> None:
    assert not is_marking(text)


@pytest.mark.parametrize(
    "name", ["【机密】设备清单.xlsx", "设备清单-秘密.docx", "机密_清单.xlsx", "清单（绝密）.xlsx", "秘密★5年 清单.xlsx"]
)
def test_marked_file_names_are_recognised(name: str) -> None:
    assert is_marked_name(name)


@pytest.mark.parametrize(
    "name", ["商业秘密承诺.xlsx", "机密性测评清单.xlsx", "密码机采购.xlsx", "秘密级系统建设清单.xlsx"]
)
def test_innocent_file_names_are_not(name: str) -> None:
    assert not is_marked_name(name)


def refused_place(content: bytes, name: str = "清单.xlsx") -> str:
    with pytest.raises(DocumentRefused) as caught:
        read_document(content, name)
    assert caught.value.code == "secrecy_marking"
    assert "应用服务器" not in caught.value.message
    assert "涉密渠道" in caught.value.message
    return caught.value.place


def test_a_marking_in_a_cell_names_the_cell_and_nothing_of_the_content() -> None:
    assert refused_place(workbook([("机密★10年",), HEADER, ROW])) == "设备清单!A1"


def test_a_marking_in_a_paragraph_or_a_table_of_a_text_document_is_found() -> None:
    assert refused_place(text_document("密级：秘密", [TENDER_HEADER, TENDER_ROW])) == "第1段"
    assert refused_place(text_document([TENDER_HEADER, TENDER_ROW, ("", "绝密", "", "", "", "", "")])) == "表1 第3行"


def test_a_marking_in_a_header_a_footer_or_the_properties_is_found() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "秘密★5年"
    assert refused_place(saved(document)) == "页眉页脚"

    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(ROW)
    book.active.oddHeader.right.text = "机密"
    assert refused_place(saved(book)) == "页眉页脚"

    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(ROW)
    book.properties.keywords = "机密"
    assert refused_place(saved(book)) == "文档属性"


def test_a_marking_in_the_file_name_or_a_sheet_name_is_found() -> None:
    assert refused_place(workbook(), "【机密】清单.xlsx") == "文件名"
    assert refused_place(workbook(title="秘密")) == "工作表名称"


def test_a_cell_comment_with_a_marking_is_found() -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(ROW)
    book.active["A1"].comment = openpyxl.comments.Comment("秘密★3年", "甲")
    assert refused_place(saved(book)) == "Sheet!A1"


def test_a_watermark_is_found() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "沈阳市"
    content = saved(document)
    name = next(one for one in zipfile.ZipFile(io.BytesIO(content)).namelist() if one.startswith("word/header"))
    words = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="机密"/></v:shape>'
    shape = f"<w:r><w:pict>{words}</w:pict></w:r></w:p>".encode()
    marked = repacked(content, {name: part(content, name).replace(b"</w:p>", shape, 1)})
    assert refused_place(marked, "招标文件.docx") == "页眉页脚"


def test_a_document_that_only_speaks_of_secrets_is_read() -> None:
    content = text_document("供应商对商业秘密负有保密义务，不得处理秘密级以上信息。", [TENDER_HEADER, TENDER_ROW])
    assert read_document(content, "机密性测评.docx").items[0].name == "应用服务器"
