"""One cell of technical requirements to its single parameters: numbered points, lines, semicolons, ★ and ▲."""

import re
from collections.abc import Callable, Iterator

from domain.documents.enumeration import separate
from domain.documents.table import Parameter

_MARK = r"[★☆▲△*※]"
_MARKS = frozenset("★☆▲△*※")
_NUMBER_MARK = r"[★☆▲△*※#]"
_CHINESE = "一二三四五六七八九十"
# After a bare number and a space these make it a count (1 台), not the number of a point.
_COUNTED = "台套个块颗路对只根条张片项组箱点人年月日天小分秒米元万核口GMKTPkmVAWUg%℃°"
_LINE = r"(?:^|(?<=\n))[ \t\u3000]*"
_BULLET = re.compile(r"^\s*(?:[•●◆■□▪➢►▶◇○·✓√\uf000-\uf0ff]\s*|[-–—]\s+(?!\d))")
_OUTLINE = re.compile(
    rf"{_LINE}(?P<mark>{_MARK}?)\s*(?P<n>\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}})(?:[、.．]\s*|[ \t\u3000]+|(?=[^\d\s.．]))"
)
_BOUNDARY = r"(?:^|(?<=[\s;；。,，:：、]))"


def _order(sign: str) -> int:
    return int(sign) if sign.isdigit() else _chinese_order(sign)


def _chinese_order(sign: str) -> int:
    return _CHINESE.find(sign[-1]) + 1 + (10 if len(sign) > 1 else 0)


_Style = tuple[re.Pattern[str], Callable[[str], int]]
_POINTS: tuple[_Style, ...] = tuple(
    (re.compile(rf"{before}(?P<mark>{_NUMBER_MARK}?)\s*{pattern}\s*"), order)
    for before, pattern, order in (
        # A bare number needs a boundary before it; brackets and circles are their own.
        (_BOUNDARY, r"(?P<n>\d{1,2})\s*(?:[、．)）]|\.(?!\d)|[:：](?![\d：:]))", int),
        ("", r"[(（\[【]\s*(?P<n>\d{1,2})\s*[)）\]】]", int),
        ("", r"(?P<n>[①-⑳])", lambda sign: ord(sign) - 0x245F),
        ("", r"(?P<n>[⑴-⒇])", lambda sign: ord(sign) - 0x2473),
        ("", r"(?P<n>[⒈-⒛])", lambda sign: ord(sign) - 0x2487),
        (_LINE, rf"(?P<n>\d{{1,2}})[ \t\u3000]+(?![\d{_COUNTED}])(?=\S)", int),
        (_LINE, rf"第\s*(?P<n>\d{{1,2}}|[{_CHINESE}]{{1,2}})\s*[条点项][:：、.．\s]", _order),
        ("", rf"[(（]\s*(?P<n>[{_CHINESE}]{{1,2}})\s*[)）]", _chinese_order),
        (_BOUNDARY, r"(?P<n>[一二三四五六七八九十]{1,2})\s*、", _chinese_order),
        (_BOUNDARY, r"(?P<n>[a-z])\s*[)）]", lambda sign: ord(sign) - 96),
        (_BOUNDARY, r"(?P<n>[A-Z])\s*[)）、]", lambda sign: ord(sign) - 64),
    )
)
_FIRST = "[0０]?[1１]"
# A numbering begins with 1, 一, a or A, and a sign behind or around it; most texts hold no such place.
_NUMBER = re.compile(
    rf"[①⑴⒈]|(?<!\d){_FIRST}\s*[、．.)）:：\]】\s]|第\s*(?:{_FIRST}|一)|[{_CHINESE}]\s*[)）、]|(?<![A-Za-z])[Aa]\s*[)）、]|\d[.．]{_FIRST}(?!\d)"
)
_LEADING_MARK = re.compile(rf"^\s*({_MARK})\s*")
_TRAILING_MARK = re.compile(r"\s*[(（【]?\s*([★☆▲△])\s*[)）】]?[\s;；。]*$")
_SEPARATORS = re.compile(r"[;；]")
_HEADING = re.compile(
    r"[^:：]{1,20}[:：]\s*$|(?!满足|符合|支持|提供|具备|不|应|须|需|达到)[^:：，,；;\d≥≤]{1,10}(?:参数|要求|指标|配置|规格|性能|部分)\s*$"
)
_GAP = 5
_LISTED = re.compile(r"(?:\d|[一二三四五六七八九十]|(?<![A-Za-z])[A-Za-z])\s*、\s*$")
_MEMBER = re.compile(r"\d+\s*[、和及或]")
_EDGES = " \t\r\n;；。,，"
_EMPTY = {"", "/", "-", "—", "无", "——", "//", "见附件"}


def split_parameters(text: str, place: str, *, readable: bool = True, mark: str = "") -> tuple[Parameter, ...]:
    """Split a cell into parameters in reading order, each keeping the cell's place and its own mark.

    A point's running number is dropped; its mark stays in the text as written and is also given as ★ or ▲.
    `mark` is the mark of the whole row, for points that have none of their own.
    """
    if not readable:
        return (Parameter(text, place, mark, readable=False),)
    points = (_BULLET.sub("", point) for point in _pieces(text))
    pieces = [piece for point in points for piece in separate(point) if piece.strip(_EDGES) not in _EMPTY]
    parameters = []
    for order, piece in enumerate(pieces, start=1):
        where = f"{place} 第{order}条" if len(pieces) > 1 else place
        parameters.append(Parameter(piece.strip(_EDGES), where, mark_of(piece) or mark))
    return tuple(parameters)


def mark_of(text: str) -> str:
    """Give "★", "▲" or "" by the sign a text begins or ends with."""
    if _MARKS.isdisjoint(text):
        return ""
    match = _LEADING_MARK.match(text) or _TRAILING_MARK.search(text)
    if match is None:
        return ""
    return "▲" if match[1] in "▲△" else "★"


def without_mark(text: str) -> str:
    """Drop the sign of importance that a text begins or ends with."""
    if _MARKS.isdisjoint(text):
        return text.strip()
    bare = _LEADING_MARK.sub("", text, count=1).strip()
    return (_TRAILING_MARK.sub("", bare, count=1) or bare).strip()


def _pieces(text: str) -> Iterator[str]:
    points = _numbered(text)
    if points is None:
        yield from _unnumbered(text)
        return
    lead, parts = points
    if lead.strip(_EDGES) and not _HEADING.fullmatch(lead.strip()):
        yield from _unnumbered(lead)
    for part in parts:
        inner = _numbered(part)
        if inner is None:
            yield " ".join(part.split("\n"))
        else:
            yield from _nested(part, inner)


def _nested(part: str, inner: tuple[str, list[str]]) -> Iterator[str]:
    heading, points = inner
    if heading.strip(_EDGES) and not _HEADING.fullmatch(heading.strip()):
        yield " ".join(heading.split("\n"))
    sign = mark_of(part)
    for point in points:
        yield " ".join((point if mark_of(point) or not sign else f"{sign}{point}").split("\n"))


def _unnumbered(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from _outside_brackets(line)


def _outside_brackets(line: str) -> Iterator[str]:
    depth = start = 0
    for position, char in enumerate(line):
        depth += (char in "(（") - (char in ")）")
        if depth <= 0 and _SEPARATORS.match(char):
            yield line[start:position]
            start = position + 1
    yield line[start:]


def _numbered(text: str) -> tuple[str, list[str]] | None:
    """Find the numbering that runs 1, 2, 3 … through the text: what stands before it, and its points."""
    if not _NUMBER.search(text):
        return None
    outline = _outline(text)
    best: tuple[int, list[tuple[int, int, str]]] | None = (outline[0][0], outline) if outline else None
    for pattern, value in _POINTS:
        marks: list[tuple[int, int, str]] = []
        last = 0
        for match in pattern.finditer(text):
            number = value(match["n"])
            if pattern.pattern.startswith(_BOUNDARY) and _is_enumerated(text, match):
                continue
            if number == last + 1 or (last < number <= last + _GAP and marks and _begins(text, match.start())):
                marks.append((match.start(), match.end(), match["mark"]))
                last = number
        if marks and (len(marks) > 1 or not text[: marks[0][0]].strip()) and (best is None or marks[0][0] < best[0]):
            best = (marks[0][0], marks)
    if best is None:
        return None
    marks = best[1]
    ends = [start for start, _, _ in marks[1:]] + [len(text)]
    # A # before a number is the sign of important points where ★ and ▲ are not at hand.
    parts = [sign.replace("#", "▲") + text[begin:end] for (_, begin, sign), end in zip(marks, ends, strict=True)]
    return text[: marks[0][0]], parts


def _is_enumerated(text: str, match: re.Match[str]) -> bool:
    """Whether a number is a member of a list (RAID0、1、5、10), or behind a comma where points have their lines."""
    before = text[: match.start()].rstrip(" \t\u3000")
    behind_comma = before.endswith(("，", ",")) and "\n" in text
    return behind_comma or bool(_LISTED.search(before[-8:])) or bool(_MEMBER.match(text, match.end()))


def _begins(text: str, position: int) -> bool:
    """Whether a line or a sentence begins here: only there may a number be left out (a point struck from the list)."""
    before = text[:position].rstrip(" \t\u3000")
    return not before or before[-1] in "\n;；。"


def _outline(text: str) -> list[tuple[int, int, str]]:
    """Find lines numbered 1.1, 1.2, 1.2.1, 2.1 …; 1.5 in a value follows no such order and is left alone."""
    marks: list[tuple[int, int, str]] = []
    last: tuple[int, ...] = ()
    for match in _OUTLINE.finditer(text):
        number = tuple(int(part) for part in re.split(r"[.．]", match["n"]))
        if _follows(number, last):
            marks.append((match.start(), match.end(), match["mark"]))
            last = number
    return marks if len(marks) > 1 else []


def _follows(number: tuple[int, ...], last: tuple[int, ...]) -> bool:
    if not last:
        return number[-1] == 1
    if number[:-1] == last:
        return number[-1] == 1
    length = len(number)
    same = len(last) >= length and number[:-1] == last[: length - 1] and 0 < number[-1] - last[length - 1] <= _GAP
    next_group = length == len(last) and number[-1] == 1 and number[:-2] == last[:-2] and number[-2] == last[-2] + 1
    return same or next_group
