"""Columns of a table without upright lines: the strips in which no character stands."""

from collections.abc import Sequence

from domain.documents.pdflines import Line
from domain.documents.pdfmarks import Glyph

_NARROWEST = 4.0


def gaps_of(glyphs: Sequence[Glyph]) -> list[float]:
    """The middle of every strip between characters that runs down through all of them."""
    gaps: list[float] = []
    reached: float | None = None
    for glyph in sorted(glyphs, key=lambda one: one.x0):
        if reached is not None and glyph.x0 - reached >= _NARROWEST:
            gaps.append((reached + glyph.x0) / 2)
        reached = max(reached or glyph.x1, glyph.x1)
    return gaps


def text_between(line: Line, left: float, right: float) -> str:
    """What of a line stands between two edges."""
    return "".join(one.text for one in line.glyphs if left <= (one.x0 + one.x1) / 2 < right).strip()
