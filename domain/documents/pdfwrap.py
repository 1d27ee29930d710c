"""Lines to paragraphs: a line that was only wrapped is joined again, one that was ended stays ended.

What may not be parted is measured as office programs do it: they keep words of letters that 、 connects, and a sign
with its number, on one line, and tear such a chain only where it is longer than a line.
"""

import re
from collections.abc import Callable

from domain.documents.pdflines import Line, em, is_chinese
from domain.documents.pdfmarks import Glyph
from domain.documents.pdfpoints import Points, is_point

_CLOSING = "，。、；：！？）》」』】〕％%℃°‰㎡㎥㎜㎝㎞㎏,.;:!?)]}”’/"
_LISTING = ("、", "，", "-", "~", "至")
_CLOSING_ONLY = "，。、；：！？）》」』】〕"
_OPENING = "（《「『【〔([{“‘±￥¥"
_GLUE = ",.;:、，。"
_UNFINISHED = "、，≥≤＞＜±×~（《“【"
_ENDING = "。；;！？"
_LABEL = re.compile(r"\s*[^，,。；;、：:≥≤\d\s][^，,。；;、：:≥≤]{1,14}[:：]")
_MEASURE = re.compile(r"(?:[:：].*|[≥≤]\s*)\d[^\d，,；;。]{0,5}$")
_VERB = re.compile(r"\s*(?:支持|提供|配置|配备|具备|采用)")
_COMPLETE = re.compile(r"[^\d\s][:：].*\S|[≥≤]\s*\d")
_MARK = re.compile(r"\s*[★☆▲△※●■◆•]")


def joined(lines: list[Line], limit: float) -> list[tuple[str, Line]]:
    """Join wrapped lines into paragraphs, each with its first line; `limit` is where lines end at the latest."""
    paragraphs: list[tuple[str, Line]] = []
    order = Points()
    for position, line in enumerate(lines):
        text = line.text.rstrip() if position + 1 < len(lines) else line.text.strip()
        goes_on = bool(paragraphs) and paragraphs[-1][0].rstrip().endswith(_LISTING)
        after = lines[position + 1] if position + 1 < len(lines) else None
        torn = bool(paragraphs) and _is_torn(lines[position - 1], line, limit)
        begins = not goes_on and not torn and order.begins(text)
        if paragraphs and not begins:
            # A label may be parted itself: 工作温|度：; what is a label alone begins on its own line.
            parted = after is not None and not _LABEL.match(after.text) and is_wrapped(line, after, limit)
            begins = names_another(paragraphs[-1][0], text + after.text if after and parted else text)
        if paragraphs and not begins and (torn or is_wrapped(lines[position - 1], line, limit, after)):
            before, first = paragraphs[-1]
            paragraphs[-1] = (before.rstrip() + text.lstrip() if torn else stitched(before, text), first)
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
    if line.text.rstrip().endswith(tuple(_UNFINISHED)):
        return True
    return line.x1 + _first_word(following) + (_rest_of_word(following, after) if after else 0.0) > limit


def _is_torn(line: Line, following: Line, limit: float) -> bool:
    """Whether a word that is longer than a line was torn: the line is one word, and full to the last character."""
    if not (line.text[-1:].isascii() and line.text[-1:].isalnum() and following.text[:1].isascii()):
        return False
    is_one = _word_end(line.glyphs) == len(line.glyphs)
    return is_one and line.x1 + following.glyphs[0].x1 - following.glyphs[0].x0 > limit


def names_another(before: str, text: str) -> bool:
    """Whether a line names a requirement of its own: it begins as one, and the sentence before is complete."""
    sentence = re.split(r"[，,；;。]", before.rstrip())[-1]
    if _MEASURE.search(sentence) and _VERB.match(text):
        return True
    return bool(_COMPLETE.search(sentence)) and bool(_LABEL.match(text))


def stitched(before: str, after: str) -> str:
    """Put two halves of a wrapped text together: words of letters and digits keep their space."""
    left, right = before.rstrip(), after.lstrip()
    apart = left and right and _is_word(left[-1]) and _is_word(right[0])
    return f"{left} {right}" if apart else f"{left}{right}"


def _first_word(line: Line) -> float:
    """How wide the part is that may not be broken: a word with its signs, or one character, and the marks around it."""
    glyphs = line.glyphs[next((at for at, glyph in enumerate(line.glyphs) if glyph.text != " "), 0) :]
    # Between letters and Chinese characters typesetters leave a quarter of a character.
    return glyphs[_word_end(glyphs) - 1].x1 - glyphs[0].x0 + em(glyphs[0]) / 4


def _word_end(glyphs: list[Glyph]) -> int:
    """Where the first word ends: what stands before letters or figures and a mark, or a bracket, stays with them."""
    texts = [glyph.text for glyph in glyphs]
    end = _while(texts, 0, lambda sign: sign in _OPENING)
    if end < len(texts) and is_chinese(texts[end]):
        end = _while(texts, end + (texts[end] not in _CLOSING), lambda sign: sign in _CLOSING)
        if texts[end - 1] == "/":
            return min(end + 1, len(texts))
        if texts[end - 1] not in _GLUE:
            return end
    while end < len(texts) and _is_lettered(texts[end]):
        end = _while(texts, end, _is_lettered)
        if end < len(texts) and texts[end] in _OPENING:
            return min(end + 2, len(texts))
        end = _while(texts, end, lambda sign: sign in _CLOSING)
        if texts[end - 1] not in _GLUE:
            break
    return max(end, 1)


def _while(texts: list[str], start: int, holds: Callable[[str], bool]) -> int:
    return next((at for at in range(start, len(texts)) if not holds(texts[at])), len(texts))


def _rest_of_word(line: Line, after: Line) -> float:
    """How much of a word that takes up a whole line stands on the line behind."""
    text, rest = line.text.strip(), after.text.strip()
    if rest.startswith(tuple(_CLOSING_ONLY)):
        solid = [glyph for glyph in line.glyphs if glyph.text != " "]
        return _first_word(after) if _word_end(solid) == len(solid) else 0.0
    if " " in text or any(is_chinese(sign) and sign not in _CLOSING for sign in text):
        return 0.0
    return 0.0 if is_chinese(rest) or is_point(rest) or text.endswith(tuple(_ENDING)) else _first_word(after)


def _is_word(text: str) -> bool:
    return text.isascii() and (text.isalnum() or text in "%&'\"()")


def _is_lettered(text: str) -> bool:
    return text != " " and not is_chinese(text)
