"""`.pdf` documents with text to grids and prose: every page's tables by their ruled lines, places by page."""

import threading
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from domain.documents.limits import Limits
from domain.documents.pdfassembly import assemble
from domain.documents.pdfblocks import blocks_of
from domain.documents.pdfmarks import Page
from domain.documents.pdfpage import read_page
from domain.documents.refusals import DocumentRefused
from domain.documents.source import Source
from domain.documents.table import Notice

_LIBRARY = threading.Lock()
"""PDFium serves one thread at a time."""

_GARBLED = 0.2
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
    assemble(source, [blocks_of(page) for page in pages])
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
