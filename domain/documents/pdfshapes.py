"""The straight lines that a page of a PDF draws, as strokes or as thin filled boxes, within forms too."""

import ctypes
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from domain.documents.limits import Limits
from domain.documents.pdfmarks import Page, Placing, Rule
from domain.documents.refusals import DocumentRefused

_THIN = 3.0
_STRAIGHT = 1.0
_DEEPEST = 6
_INVISIBLE = 3
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_Matrix = tuple[float, float, float, float, float, float]


def read_shapes(raw: Any, page: Page, placing: Placing, limits: Limits) -> None:
    """Add a loaded page's lines, and how many pictures and texts it has.

    Raises:
        DocumentRefused: page_too_complex.
    """
    _Shapes(page, placing, limits).read(raw)


class _Shapes:
    """The straight lines a page draws, as strokes or as thin filled boxes."""

    def __init__(self, page: Page, placing: Placing, limits: Limits) -> None:
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
