"""One page of a PDF read with PDFium: its glyphs, and through `pdfshapes` its lines.

PDFium reads the file: it is made to meet hostile files, and with our tables takes a third of pdfplumber's time
(`benchmarks/read_formats.py`). Nothing is rendered and no script, link or attachment is touched.
"""

import ctypes
import math
from collections import Counter
from typing import Any

import pypdfium2.raw as pdfium

from domain.documents.limits import Limits
from domain.documents.pdfglyphs import plain_character
from domain.documents.pdfmarks import Glyph, Page, Placing
from domain.documents.pdfraised import settled
from domain.documents.pdfshapes import read_shapes
from domain.documents.refusals import DocumentRefused

_SURROGATES = range(0xD800, 0xE000)


def read_page(raw: Any, number: int, limits: Limits) -> Page:
    """Read a loaded page.

    Raises:
        DocumentRefused: page_too_complex.
    """
    place = f"第{number}页"
    text_page = pdfium.FPDFText_LoadPage(raw)
    try:
        count = pdfium.FPDFText_CountChars(text_page)
        if count > limits.page_characters:
            raise DocumentRefused("page_too_complex", place=place, limit=limits.page_characters)
        angles = [_angle(text_page, index) for index in range(count)]
        turn = Counter(angle for angle in angles if angle % 90 == 0).most_common(1)
        placing = Placing(raw, turn[0][0] if turn else pdfium.FPDFPage_GetRotation(raw) * 90)
        page = Page(number, placing.width, placing.height)
        _read_glyphs(text_page, angles, placing, page)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    read_shapes(raw, page, placing, limits)
    return page


def _angle(text_page: Any, index: int) -> int:
    radians = pdfium.FPDFText_GetCharAngle(text_page, index)
    # The library counts clockwise; a page is turned clockwise to bring text of an anticlockwise angle upright.
    return round(-math.degrees(radians)) % 360 if math.isfinite(radians) else 0


def _read_glyphs(text_page: Any, angles: list[int], placing: Placing, page: Page) -> None:
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    aslant = []
    high = 0
    for index, angle in enumerate(angles):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if pdfium.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        if code in _SURROGATES:
            code, high = _joined(high, code)
            if not code:
                continue
        text = plain_character(code)
        if angle != placing.turn:
            aslant.append(text)
            continue
        if not text or not pdfium.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(box)):
            continue
        pdfium.FPDFText_GetCharOrigin(text_page, index, ctypes.byref(x), ctypes.byref(y))
        readable = code not in {0, 0xFFFD, 0xFFFE} and not 0xE000 <= code <= 0xF8FF
        if readable and pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1:
            readable = False
        first, second = placing.point(box.left, box.top), placing.point(box.right, box.bottom)
        edges = (*first, *second)
        if all(map(math.isfinite, edges)):
            page.glyphs.append(_glyph(text, first, second, placing.point(x.value, y.value)[1], readable=readable))
    page.aslant = "".join(aslant)
    page.glyphs = list(settled(page.glyphs))


def _glyph(text: str, first: tuple[float, float], second: tuple[float, float], base: float, *, readable: bool) -> Glyph:
    (left, right), (top, bottom) = sorted((first[0], second[0])), sorted((first[1], second[1]))
    return Glyph(text, left, right, top, bottom, base if math.isfinite(base) else bottom, readable)


def _joined(high: int, code: int) -> tuple[int, int]:
    """Join two halves of a character beyond the basic plane: (the character or 0, the half that waits or 0)."""
    if code < 0xDC00:
        return 0, code
    return (0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0) if high else (0, 0)
