"""Word documents set as GB/T 9704 sets an official document: margins, title, text, tables, page numbers.

The Chinese fonts are named as the standard and its usual installations name them; the font table names what stands in
for each where it is missing, so that Word and WPS choose a relative and not any font.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from lxml import etree

TITLE, HEI, FANG, SONG = "方正小标宋简体", "黑体", "仿宋", "宋体"
LATIN = "Times New Roman"
RELATIVES = {
    TITLE: "方正小标宋_GBK,华文中宋,STZhongsong,宋体",
    HEI: "SimHei,方正黑体_GBK,Noto Sans CJK SC",
    FANG: "仿宋_GB2312,FangSong,方正仿宋_GBK,华文仿宋,Noto Serif CJK SC",
    SONG: "SimSun,Noto Serif CJK SC",
}
"""What to take where a font is missing, the nearest first."""
SIZE_2, SIZE_3, SIZE_4, SIZE_5, SMALL_5 = 22, 16, 14, 10.5, 9
"""The sizes 二号, 三号, 四号, 五号 and 小五 in points."""
LINE = Pt(28)
CENTRE, RIGHT, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT

Column = tuple[str, float, str]
"""A column's title, its width in cm, and what its cells say."""


class OfficialDocument:
    """A document under way: its paragraphs and tables are added from the top."""

    def __init__(self) -> None:
        self._document: Any = Document()
        _set_up(self._document)
        _name_relatives(self._document)

    def save(self, target: Path) -> None:
        """Write the document."""
        self._document.save(str(target))

    def line(self, text: str, *, size: float = SIZE_3, font: str = FANG, align: Any = None) -> Any:
        """Add a paragraph; unless it is aligned somewhere, its first line is in by two characters."""
        paragraph = self._document.add_paragraph()
        paragraph.alignment = align
        shape = paragraph.paragraph_format
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE if size < SIZE_2 else Pt(36)
        shape.space_before = shape.space_after = Pt(0)
        shape.first_line_indent = Pt(0 if align is not None else size * 2)
        _run(paragraph, text, size, font)
        return paragraph

    def heading(self, text: str) -> None:
        """Add a heading of the first level; it stays with what follows."""
        self.line(text, font=HEI).paragraph_format.keep_with_next = True

    def rows(self, names: tuple[str, str], columns: Sequence[Column], empty: str) -> None:
        """Add a table with a row for each of a list's members; where there are none, say so instead.

        Args:
            names: the list's name in the template's words, and what one member is called.
            columns: the table's columns.
            empty: the sentence in place of an empty table.
        """
        many, one = names
        if empty:
            self.line(f"{{%p if not {many} %}}")
            self.line(empty)
            self.line("{%p else %}")
        blank = [""] * (len(columns) - 1)
        table, widths = self._table([width for _, width, _ in columns])
        _add_row(table, widths, [title for title, _, _ in columns], font=HEI)
        _add_row(table, widths, [f"{{%tr for {one} in {many} %}}", *blank])
        _add_row(table, widths, [text for _, _, text in columns])
        _add_row(table, widths, ["{%tr endfor %}", *blank])
        if empty:
            self.line("{%p endif %}")

    def facts(self, facts: Sequence[tuple[str, str]], widths: tuple[float, float]) -> None:
        """Add a table of two columns: what, and what it is."""
        table, given = self._table(list(widths))
        for label, text in facts:
            _add_row(table, given, [label, text], label=True)

    def turn(self) -> None:
        """Go on with a new page lying on its side."""
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21.0)
        section.top_margin, section.bottom_margin = Cm(2.8), Cm(2.6)
        section.left_margin = section.right_margin = Cm(2.3)
        section.footer_distance = Cm(1.5)

    def _table(self, widths: list[float]) -> tuple[Any, list[float]]:
        table = self._document.add_table(rows=0, cols=len(widths))
        table.style, table.autofit = "Table Grid", False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        return table, widths


def _set_up(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.footer_distance = Cm(2.6)
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(SIZE_3)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0], RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], LEFT)


def _name_relatives(document: Any) -> None:
    """Say in the font table what stands in for each Chinese font; python-docx keeps that part as bytes."""
    (part,) = [
        relation.target_part for relation in document.part.rels.values() if relation.reltype.endswith("/fontTable")
    ]
    table = parse_xml(part.blob)
    for name, others in RELATIVES.items():
        for known in table.findall(qn("w:font")):
            if known.get(qn("w:name")) == name:
                table.remove(known)
        table.append(
            parse_xml(
                f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
                '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
            )
        )
    part._blob = etree.tostring(table, encoding="UTF-8", standalone=True)  # noqa: SLF001 - python-docx has no font table


def _page_number(paragraph: Any, side: Any) -> None:
    """Write — 1 — as official documents number their pages: odd ones on the right, even ones on the left."""
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(SIZE_4)
    _run(paragraph, "— ", SIZE_4, SONG)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("", "1"), ("end", "")):
        run = _run(paragraph, "", SIZE_4, SONG)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText" if text == "PAGE" else "w:t")
            mark.text = text
        run._element.append(mark)  # noqa: SLF001 - python-docx has no fields
    _run(paragraph, " —", SIZE_4, SONG)


def _run(paragraph: Any, text: str, size: float, font: str) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), LATIN
    fonts = run._element.rPr.rFonts  # noqa: SLF001 - python-docx has no other way to the Chinese font
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")
    return run


def _add_row(
    table: Any, widths: Sequence[float], texts: Sequence[str], *, font: str = FANG, label: bool = False
) -> None:
    """Add a row that stays on one page; a header row, in 黑体, is repeated on each. A label is in 黑体 by itself."""
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - see `_run`
    properties.append(OxmlElement("w:cantSplit"))
    if font == HEI:
        properties.append(OxmlElement("w:tblHeader"))
    for at, (cell, width, text) in enumerate(zip(row.cells, widths, texts, strict=True)):
        cell.width = Cm(width)
        for number, line in enumerate(text.split("\n")):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.alignment = CENTRE if font == HEI or (at == 0 and not label) else None
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
            size = SIZE_5 if font == HEI or label else SMALL_5
            _run(paragraph, line, size, HEI if label and at == 0 else font)
