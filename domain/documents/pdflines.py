"""Glyphs to lines, from top to bottom and from left to right."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.documents.pdfmarks import Glyph

_SAME_LINE = 0.35


@dataclass(slots=True)
class Line:
    """Glyphs on one line, from left to right."""

    glyphs: list[Glyph]

    @property
    def x0(self) -> float:
        """Its left end."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """Its right end, without the space at it."""
        return max((glyph.x1 for glyph in self.glyphs if glyph.text != " "), default=self.glyphs[-1].x1)

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(glyph.bottom for glyph in self.glyphs)

    @property
    def base(self) -> float:
        """The line it stands on."""
        return self.glyphs[0].base

    @property
    def text(self) -> str:
        """Its text, with a space where the gap between two characters is one."""
        return "".join(self._pieces())

    @property
    def pieces(self) -> list[str]:
        """Its text cut where gaps are wider than any space between words: the cells of a row without lines."""
        found, start = [], 0
        for index in range(1, len(self.glyphs)):
            before, after = self.glyphs[index - 1], self.glyphs[index]
            if after.x0 - before.x1 > em(before) * 0.9:
                found.append(Line(self.glyphs[start:index]).text.strip())
                start = index
        found.append(Line(self.glyphs[start:]).text.strip())
        return [piece for piece in found if piece]

    def _pieces(self) -> Iterable[str]:
        before: Glyph | None = None
        for glyph in self.glyphs:
            if before is not None and glyph.text != " " and before.text != " ":
                # Typesetters part letters from Chinese characters by a quarter of a character without anybody's space.
                words = _is_latin(before.text) and _is_latin(glyph.text)
                if glyph.x0 - before.x1 > em(glyph) * (0.18 if words else 0.7):
                    yield " "
            yield glyph.text
            before = glyph


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Sort glyphs into lines from top to bottom; what is printed twice for boldness counts once."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: one.base):
        current = lines[-1] if lines else None
        if current is not None and abs(glyph.base - current[0].base) <= (glyph.bottom - glyph.top) * _SAME_LINE:
            current.append(glyph)
        else:
            lines.append([glyph])
    found = [Line(_without_doubles(sorted(line, key=lambda one: one.x0))) for line in lines]
    return [line for line in found if line.text.strip()]


def em(glyph: Glyph) -> float:
    """How wide a Chinese character of its size is, roughly."""
    return max((glyph.bottom - glyph.top) * 0.75, 1.0)


def _is_latin(text: str) -> bool:
    return text.isascii() and (text.isalnum() or text in "-+/_=<>%&#@'\"(")


def is_chinese(text: str) -> bool:
    """Whether a text begins with a Chinese character or a full-width sign."""
    return "\u3000" <= text[:1] <= "\u9fff" or "\uff00" <= text[:1] <= "\uffef"


def _without_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in glyphs:
        near = [one for one in kept[-2:] if one.text == glyph.text]
        if not any(abs(one.x0 - glyph.x0) < (glyph.x1 - glyph.x0) * 0.3 for one in near):
            kept.append(glyph)
    return kept
