"""`.pdf` documents with text to grids and prose: every page's tables by their ruled lines, places by page."""

import re
import threading
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from domain.documents.limits import Limits
from domain.documents.pdfbands import Fragment
from domain.documents.pdfblocks import Blocks, blocks_of
from domain.documents.pdfjoin import belongs, to_grid
from domain.documents.pdflines import Line, joined
from domain.documents.pdfpage import Page, read_page
from domain.documents.refusals import DocumentRefused
from domain.documents.source import Source
from domain.documents.table import Clause, Notice
from domain.documents.titles import role_of

_LIBRARY = threading.Lock()
"""PDFium serves one thread at a time."""

_CAPTION_LINES = 4
_MARGIN = 0.13
_GARBLED = 0.2
_PAGE_NUMBER = re.compile(r"[-—–\s]*(?:第?\s*\d{1,4}\s*页?)(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–\s]*")
_CONTINUED = re.compile(r"[(（]?\s*续\s*表?|.{0,20}[(（]续[)）]?\s*$|(?:金额)?单位\s*[:：]")
_METADATA = ("Title", "Subject", "Keywords", "Author")


def read_pdf(content: bytes, _: str, limits: Limits) -> Source:
    """Read the tables and the prose of a PDF that has text.

    Raises:
        DocumentRefused: password_protected, damaged, scanned_pdf, garbled_pdf, pdf_without_lines, too_many_pages or
            page_too_complex.
    """
    with _LIBRARY:
        pages, properties, is_restricted = _read(content, limits)
    _check_text(pages)
    source = Source(sides=[*properties, *((page.aslant, f"第{page.number}页") for page in pages if page.aslant)])
    source.closing = [*_layout_notice(), *_blind_pages(pages), *(_restricted() if is_restricted else [])]
    _Assembly(source, [blocks_of(page) for page in pages]).run()
    return source


def _read(content: bytes, limits: Limits) -> tuple[list[Page], list[tuple[str, str]], bool]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        raise DocumentRefused("password_protected" if locked else "damaged") from error
    try:
        count = len(document)
        if count > limits.pages:
            raise DocumentRefused("too_many_pages", limit=limits.pages)
        pages = list(_loaded(document, count, limits))
        properties = [(document.get_metadata_value(key), "文档属性") for key in _METADATA]
        return pages, properties, pdfium.FPDF_GetSecurityHandlerRevision(document) >= 0
    finally:
        document.close()


def _loaded(document: Any, count: int, limits: Limits) -> Iterator[Page]:
    glyphs = 0
    for index in range(count):
        page = _load(document, index, limits)
        glyphs += len(page.glyphs)
        if glyphs > limits.pdf_characters:
            # Pages may share one content, so that a small file has as many characters as it likes.
            raise DocumentRefused("too_much_text", limit=limits.pdf_characters)
        yield page


def _load(document: Any, index: int, limits: Limits) -> Page:
    try:
        page = document[index]
    except pypdfium2.PdfiumError as error:
        raise DocumentRefused("damaged", place=f"第{index + 1}页") from error
    try:
        return read_page(page.raw, index + 1, limits)
    finally:
        page.close()


def _check_text(pages: list[Page]) -> None:
    """Refuse pictures of pages, with or without recognised text laid invisibly over them, and fonts without meaning."""
    glyphs = sum(len(page.glyphs) for page in pages)
    texts = sum(page.texts for page in pages)
    if not glyphs and not any(page.images for page in pages):
        raise DocumentRefused("no_header" if pages else "damaged")
    if not glyphs or sum(page.invisible for page in pages) > texts / 2:
        raise DocumentRefused("scanned_pdf")
    unreadable = sum(not glyph.readable for page in pages for glyph in page.glyphs)
    if unreadable > glyphs * _GARBLED:
        raise DocumentRefused("garbled_pdf")


def _layout_notice() -> list[Notice]:
    message = "文件是 PDF，表格按页面上的线条还原，换行处按排版规则接续，请与原件对照；"
    return [Notice("pdf_layout", f"{message}有 .docx 或 .xlsx 原件的，以原件送审更可靠。")]


def _blind_pages(pages: list[Page]) -> list[Notice]:
    blind = [f"第{page.number}页" for page in pages if not page.glyphs and page.images]
    if not blind:
        return []
    told = "、".join(blind[:10]) + (f"等 {len(blind)} 页" if len(blind) > 10 else "")
    return [Notice("pdf_pages_without_text", f"{told}是图片，没有文字，未参与比对，请人工核对。", blind[0])]


def _restricted() -> list[Notice]:
    return [Notice("pdf_restricted", "PDF 设有编辑或复制限制，仅读取了其中的文字，请确认来源。")]


class _Assembly:
    """Pages one after the other into one source; a table at a page's end stays open for the next page."""

    def __init__(self, source: Source, pages: list[Blocks]) -> None:
        self.source, self.pages = source, pages
        self.margins = _margins(pages)
        self.captions: list[str] = []
        self.open: list[Fragment] = []
        self.open_captions: list[str] = []
        self.waiting: list[Line] = []
        self.unruled: list[str] = []
        self.doubtful: list[str] = []

    def run(self) -> None:
        """Read every page."""
        sides = list(self.source.sides)
        for blocks in self.pages:
            self.paragraphs = 0
            for block in blocks.blocks:
                if isinstance(block, Fragment):
                    self._table(block)
                elif (id(block)) in self.margins:
                    sides.append((block.text, "页眉页脚"))
                else:
                    self.waiting.append(block)
            self._prose(blocks.page)
        self._close()
        self.source.sides = sides
        if self.doubtful:
            places = "、".join(self.doubtful[:8])
            message = f"{places} 的几行之间没有横线，不能可靠地分行，请人工核对。"
            self.source.notices.append(Notice("pdf_rows_without_lines", message, self.doubtful[0]))
        if self.unruled and not self.source.grids:
            raise DocumentRefused("pdf_without_lines", place=self.unruled[0])
        if self.unruled:
            places = "、".join(self.unruled[:8])
            message = f"{places} 有没有表格线的表，不能可靠分列，未参与逐项比对，仅作文字筛查，请人工核对。"
            self.source.notices.append(Notice("pdf_table_without_lines", message, self.unruled[0]))

    def _table(self, fragment: Fragment) -> None:
        blocks = self.pages[fragment.page - 1]
        between = [line.text.strip() for line in self.waiting]
        goes_on = (
            bool(self.open)
            and self.open[-1].page == fragment.page - 1
            and all(len(text) < 30 and _CONTINUED.match(text) for text in between)
            and belongs(fragment, self.open[-1] if len(self.open) == 1 else self.open[0])
        )
        self._prose(blocks.page)
        if goes_on:
            self.open.append(fragment)
            self.captions = []
            return
        self._close()
        self.open, self.open_captions = [fragment], self.captions[-_CAPTION_LINES:]
        self.captions = []

    def _close(self) -> None:
        if self.open:
            name = f"表{len(self.source.grids) + 1}"
            self.doubtful += [
                f"第{part.page}页 {name} 第{row + 1}行" for part in self.open for row in sorted(part.doubtful)
            ]
            grid = to_grid(self.open, name)
            grid.captions = self.open_captions
            grid.rows = [row for row in grid.rows if row.anchors]
            self.source.grids.append(grid)
        self.open = []

    def _prose(self, page: Page) -> None:
        lines, self.waiting = self.waiting, []
        if not lines:
            return
        limit = max(line.x1 for line in lines) - 1.0
        for text, line in joined(lines, limit):
            self.paragraphs += 1
            place = f"第{page.number}页 第{self.paragraphs}段"
            if sum(bool(role_of(piece)) for piece in line.pieces) >= 3:
                self.unruled.append(place)
            self.source.clauses.append(Clause(text, place))
            self.captions.append(text)


def _margins(pages: list[Blocks]) -> set[int]:
    """The lines at the head and foot of pages that come again on most of them, or are page numbers."""
    found: dict[tuple[str, int], list[int]] = {}
    numbers = set()
    for blocks in pages:
        for line in _outer(blocks):
            text = re.sub(r"\d+|[一二三四五六七八九十百]+(?=页)", "#", "".join(line.text.split()))
            found.setdefault((text, round(line.base / 4)), []).append(id(line))
            if _PAGE_NUMBER.fullmatch(line.text):
                numbers.add(id(line))
    most = max(2, len(pages) * 0.5)
    return numbers | {one for lines in found.values() if len(lines) >= most for one in lines}


def _outer(blocks: Blocks) -> Iterator[Line]:
    height = blocks.page.height
    for block in blocks.blocks:
        if isinstance(block, Line) and not height * _MARGIN < block.base < height * (1 - _MARGIN):
            yield block
