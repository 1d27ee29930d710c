"""Everything beside the tables: headers, footers, properties, comments and notes, and signs of active content."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from domain.documents.limits import Limits
from domain.documents.markup import parse, relationships
from domain.documents.package import Package
from domain.documents.table import Clause, Notice
from domain.documents.wordtext import ParagraphText, W, kind_of_element, read_paragraph

_SIDE_PARTS = re.compile(
    r"docProps/(?:core|app|custom)\.xml|word/(?:header|footer)\d*\.xml|word/(?:footnotes|endnotes|comments)\.xml"
    r"|xl/(?:comments/)?comments?\d*\.xml|xl/drawings/drawing\d+\.xml|xl/threadedComments/[^/]+\.xml"
)
_SHEET_FOOTERS = re.compile(rb"<(?:odd|even|first)(?:Header|Footer)>([^<]*)<")
_FOOTER_CODES = re.compile(r"&(?:[LCR]|\"[^\"]*\"|\d+|[A-Z])")
_PARAGRAPHS = frozenset({"p", "si", "comment", "text"})


def side_texts(package: Package, limits: Limits) -> Iterator[tuple[str, str]]:
    """Give every (text, place) outside the body: one a paragraph, and one a document property."""
    for name in sorted(package.parts):
        if _SIDE_PARTS.fullmatch(name):
            yield from _part_texts(package, name, limits)
        elif name.startswith("xl/worksheets/") and name.endswith(".xml"):
            for match in _SHEET_FOOTERS.finditer(package.parts[name]):
                for piece in _FOOTER_CODES.split(html.unescape(match[1].decode("utf-8", "replace"))):
                    yield piece, "页眉页脚"


def _part_texts(package: Package, name: str, limits: Limits) -> Iterator[tuple[str, str]]:
    place = _place(name)
    root = parse(package, name, limits)
    for element in root.iter():
        kind = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if kind in _PARAGRAPHS:
            yield "".join(element.itertext()), place
        elif kind == "textpath":
            # A watermark keeps its words in an attribute of a drawn shape.
            yield element.get("string", ""), place
        elif len(element) == 0 and element.text:
            yield element.text, place


_WORD_SIDES = re.compile(r"word/(?:header|footer)\d*\.xml|word/(?:footnotes|endnotes|comments)\.xml")
_SIDE_NAMES = {"header": "页眉页脚", "footer": "页眉页脚", "footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}


_NOTES = frozenset({"footnote", "endnote", "comment"})


def side_clauses(
    package: Package,
    limits: Limits,
    referred: Mapping[tuple[str, str], str],
    left_out: Callable[[ParagraphText, str], list[Clause]],
) -> Iterator[Clause]:
    """Give the paragraphs of a text document's headers, footers, notes and comments, each said once.

    `referred` says for the kind and id of a note where the body refers to it; `left_out` takes a paragraph and its
    place and gives what of it is struck out or hidden.
    """
    seen = set()
    for name in sorted(package.parts):
        if not _WORD_SIDES.fullmatch(name):
            continue
        side = _SIDE_NAMES[re.sub(r"\d+", "", name.removeprefix("word/").removesuffix(".xml"))]
        for paragraph in parse(package, name, limits).iter(f"{W}p"):
            found = read_paragraph(paragraph)
            about = referred.get(_note_of(paragraph), "")
            place = f"{side}（{about}）" if about else side
            shown = Clause(found.text.strip(), place, about)
            for clause in (shown, *left_out(found, place)):
                if clause.text and not clause.text.isdigit() and clause not in seen:
                    seen.add(clause)
                    yield clause


def _note_of(paragraph: Any) -> tuple[str, str]:
    """Kind and id of the note a paragraph stands in; empty for headers and footers."""
    for outer in paragraph.iterancestors():
        if (kind := kind_of_element(outer)) in _NOTES:
            return kind, outer.get(f"{W}id", "")
    return "", ""


def _place(name: str) -> str:
    if name.startswith("docProps/"):
        return "文档属性"
    if "header" in name or "footer" in name:
        return "页眉页脚"
    return "批注或脚注"


def active_content_notices(package: Package, limits: Limits) -> list[Notice]:
    """Warn of macros, external links and embedded objects: none of them is ever opened or run."""
    notices = []
    if any(name.endswith("vbaProject.bin") for name in package.names):
        notices.append(Notice("macros_ignored", "文件含宏，仅读取了数据，宏未被执行也不会保存到结果中。"))
    if any("/embeddings/" in name or "/activeX/" in name for name in package.names):
        notices.append(Notice("embedded_objects", "文件含嵌入对象，未打开其内容，请人工核对是否另有参数。"))
    if _has_outside_links(package, limits):
        notices.append(Notice("external_links", "文件含指向外部文件的链接，未访问，请确认数据完整。"))
    return notices


def _has_outside_links(package: Package, limits: Limits) -> bool:
    if any(name.startswith("xl/externalLinks/") for name in package.names):
        return True
    return any(
        outside and kind != "hyperlink"
        for name in ("word/document.xml", "xl/workbook.xml", "word/settings.xml")
        for _, kind, _, outside in relationships(package, name, limits)
    )
