"""Glyphs to lines and paragraphs: a line that was only wrapped is joined again, one that was ended stays ended."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.documents.pdfmarks import Glyph
from domain.documents.pdfpoints import Points, is_point

_SAME_LINE = 0.35
_CLOSING = "，。、；：！？）》」』】〕％%,.;:!?)]}”’"
_LISTING = ("、", "，", "-", "~", "至")
_CLOSING_ONLY = "，。、；：！？）》」』】〕"
_ENDING = "。；;！？"
_MARK = re.compile(r"\s*[★☆▲△※●■◆•]")


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
            if after.x0 - before.x1 > _em(before) * 0.9:
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
                if glyph.x0 - before.x1 > _em(glyph) * (0.18 if words else 0.7):
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


def joined(lines: list[Line], limit: float) -> list[tuple[str, Line]]:
    """Join wrapped lines into paragraphs, each with its first line; `limit` is where lines end at the latest."""
    paragraphs: list[tuple[str, Line]] = []
    order = Points()
    for position, line in enumerate(lines):
        text = line.text.rstrip() if position + 1 < len(lines) else line.text.strip()
        goes_on = bool(paragraphs) and paragraphs[-1][0].rstrip().endswith(_LISTING)
        begins = not goes_on and order.begins(text)
        after = lines[position + 1] if position + 1 < len(lines) else None
        if paragraphs and not begins and is_wrapped(lines[position - 1], line, limit, after):
            before, first = paragraphs[-1]
            paragraphs[-1] = (stitched(before, text), first)
        else:
            paragraphs.append((text.strip(), line))
    return paragraphs


def is_wrapped(line: Line, following: Line, limit: float, after: Line | None = None) -> bool:
    """Whether a line ended only because the first word of the following one had no room left.

    A mark that closes a sentence never begins one. `after` is the line behind, into which a word too long for a line of
    its own, or the mark behind a word, may have been broken.
    """
    text = following.text.strip()
    if text.startswith(tuple(_CLOSING_ONLY)):
        return True
    if line.text.rstrip().endswith(tuple(_ENDING)) or _MARK.match(text):
        return False
    return line.x1 + _first_word(following) + (_rest_of_word(following, after) if after else 0.0) > limit


def stitched(before: str, after: str) -> str:
    """Put two halves of a wrapped text together: words of letters and digits keep their space."""
    left, right = before.rstrip(), after.lstrip()
    apart = left and right and _is_latin(left[-1]) and _is_latin(right[0])
    return f"{left} {right}" if apart else f"{left}{right}"


def _first_word(line: Line) -> float:
    """How wide the part is that may not be broken: a word with its signs, or one character, and the marks behind it."""
    glyphs = line.glyphs[next((at for at, glyph in enumerate(line.glyphs) if glyph.text != " "), 0) :]
    end = 1
    if not _is_chinese(glyphs[0].text):
        while end < len(glyphs) and glyphs[end].text != " " and not _is_chinese(glyphs[end].text):
            end += 1
    while end < len(glyphs) and glyphs[end].text in _CLOSING:
        end += 1
    # Between letters and Chinese characters typesetters leave a quarter of a character.
    return glyphs[end - 1].x1 - glyphs[0].x0 + _em(glyphs[0]) / 4


def _rest_of_word(line: Line, after: Line) -> float:
    """How much of a word that takes up a whole line stands on the line behind."""
    text, rest = line.text.strip(), after.text.strip()
    if " " in text or any(_is_chinese(sign) and sign not in _CLOSING for sign in text):
        return 0.0
    if rest.startswith(tuple(_CLOSING_ONLY)):
        return _em(after.glyphs[0]) * 1.4
    return 0.0 if _is_chinese(rest) or is_point(rest) or text.endswith(tuple(_ENDING)) else _first_word(after)


def _em(glyph: Glyph) -> float:
    return max((glyph.bottom - glyph.top) * 0.75, 1.0)


def _is_latin(text: str) -> bool:
    return text.isascii() and (text.isalnum() or text in "-+/_=<>%&#@'\"(")


def _is_chinese(text: str) -> bool:
    return "\u3000" <= text[:1] <= "\u9fff" or "\uff00" <= text[:1] <= "\uffef"


def _without_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in glyphs:
        near = [one for one in kept[-2:] if one.text == glyph.text]
        if not any(abs(one.x0 - glyph.x0) < (glyph.x1 - glyph.x0) * 0.3 for one in near):
            kept.append(glyph)
    return kept
