"""One page of a PDF as glyphs and ruled lines, upright, measured in points from the top left corner.

PDFium reads the file: it is made to meet hostile files, and takes a tenth of the time that a parser written in Python
does. Nothing is rendered and no script, link or attachment is touched.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from domain.documents.limits import Limits
from domain.documents.pdfglyphs import plain_character
from domain.documents.refusals import DocumentRefused

_THIN = 3.0
_STRAIGHT = 1.0
_DEEPEST = 6
_INVISIBLE = 3
_SURROGATES = range(0xD800, 0xE000)
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_Matrix = tuple[float, float, float, float, float, float]


class Glyph(NamedTuple):
    """A character where it stands; `base` is the line it stands on, `readable` False when its meaning is not known."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    readable: bool = True


class Rule(NamedTuple):
    """A drawn line along one axis: its position across, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """What a page shows: `aslant` are texts written across it (watermarks), `images` counts its pictures."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    aslant: str = ""
    images: int = 0
    invisible: int = 0
    texts: int = 0


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
        placing = _Placing(raw, turn[0][0] if turn else pdfium.FPDFPage_GetRotation(raw) * 90)
        page = Page(number, placing.width, placing.height)
        _read_glyphs(text_page, angles, placing, page)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    _Shapes(page, placing, limits).read(raw)
    return page


class _Placing:
    """From the page's own coordinates to upright ones: `turn` degrees clockwise make its text stand upright."""

    def __init__(self, raw: Any, turn: int) -> None:
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(raw, ctypes.byref(box))
        self.left, self.bottom, self.turn = box.left, box.bottom, turn % 360
        wide, high = box.right - box.left, box.top - box.bottom
        self.across, self.up = wide, high
        self.width, self.height = (high, wide) if self.turn in {90, 270} else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        if self.turn == 90:
            return y, x
        if self.turn == 180:
            return self.across - x, y
        if self.turn == 270:
            return self.up - y, self.across - x
        return x, self.up - y


def _angle(text_page: Any, index: int) -> int:
    radians = pdfium.FPDFText_GetCharAngle(text_page, index)
    # The library counts clockwise; a page is turned clockwise to bring text of an anticlockwise angle upright.
    return round(-math.degrees(radians)) % 360 if math.isfinite(radians) else 0


def _read_glyphs(text_page: Any, angles: list[int], placing: _Placing, page: Page) -> None:
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


def _glyph(text: str, first: tuple[float, float], second: tuple[float, float], base: float, *, readable: bool) -> Glyph:
    (left, right), (top, bottom) = sorted((first[0], second[0])), sorted((first[1], second[1]))
    return Glyph(text, left, right, top, bottom, base if math.isfinite(base) else bottom, readable)


def _joined(high: int, code: int) -> tuple[int, int]:
    """Join two halves of a character beyond the basic plane: (the character or 0, the half that waits or 0)."""
    if code < 0xDC00:
        return 0, code
    return (0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0) if high else (0, 0)


class _Shapes:
    """The straight lines a page draws, as strokes or as thin filled boxes."""

    def __init__(self, page: Page, placing: _Placing, limits: Limits) -> None:
        self.page, self.placing, self.limits = page, placing, limits
        self.seen = 0

    def read(self, raw: Any) -> None:
        for index in range(pdfium.FPDFPage_CountObjects(raw)):
            self._object(pdfium.FPDFPage_GetObject(raw, index), _IDENTITY, 0)

    def _count(self, more: int) -> None:
        self.seen += more
        if self.seen > self.limits.page_shapes:
            raise DocumentRefused("page_too_complex", place=f"第{self.page.number}页", limit=self.limits.page_shapes)

    def _object(self, raw: Any, outer: _Matrix, depth: int) -> None:
        self._count(1)
        kind = pdfium.FPDFPageObj_GetType(raw)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(raw, _product(_matrix(raw), outer))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.page.images += 1
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self.page.texts += 1
            self.page.invisible += pdfium.FPDFTextObj_GetTextRenderMode(raw) == _INVISIBLE
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _product(_matrix(raw), outer)
            for index in range(pdfium.FPDFFormObj_CountObjects(raw)):
                self._object(pdfium.FPDFFormObj_GetObject(raw, index), inner, depth + 1)

    def _path(self, raw: Any, matrix: _Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(raw, ctypes.byref(fill), ctypes.byref(stroke))
        if not fill.value and not stroke.value:
            return
        for points in self._subpaths(raw, matrix):
            if stroke.value:
                for first, second in pairwise(points):
                    self._segment(*first, *second)
            elif len(points) > 1:
                self._bar(points)

    def _subpaths(self, raw: Any, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
        points: list[tuple[float, float]] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        segments = pdfium.FPDFPath_CountSegments(raw)
        self._count(segments)
        for index in range(segments):
            segment = pdfium.FPDFPath_GetPathSegment(raw, index)
            pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            point = self.placing.point(*_applied(matrix, x.value, y.value))
            if not all(map(math.isfinite, point)):
                continue
            if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
                yield points
                points = []
            points.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        yield points

    def _segment(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if abs(y0 - y1) < _STRAIGHT < abs(x0 - x1):
            self.page.across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) < _STRAIGHT < abs(y0 - y1):
            self.page.down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def _bar(self, points: list[tuple[float, float]]) -> None:
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        if y1 - y0 <= _THIN < x1 - x0:
            self.page.across.append(Rule((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= _THIN < y1 - y0:
            self.page.down.append(Rule((x0 + x1) / 2, y0, y1))


def _matrix(raw: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(raw, ctypes.byref(matrix)):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _product(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _applied(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
