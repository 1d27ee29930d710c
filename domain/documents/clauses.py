"""One cell of technical requirements to its single parameters: numbered points, lines, semicolons, ★ and ▲."""

import re
from collections.abc import Callable, Iterator

from domain.documents.enumeration import separate
from domain.documents.table import Parameter

_MARK = r"[★☆▲△*※]"
_CHINESE = "一二三四五六七八九十"
_BOUNDARY = r"(?:^|(?<=[\s;；。,，:：、]))"


def _chinese_order(sign: str) -> int:
    return _CHINESE.find(sign[-1]) + 1 + (10 if len(sign) > 1 else 0)


_Style = tuple[re.Pattern[str], Callable[[str], int]]
_POINTS: tuple[_Style, ...] = tuple(
    (re.compile(rf"{before}(?P<mark>{_MARK}?)\s*{pattern}\s*"), order)
    for before, pattern, order in (
        # A bare number needs a boundary before it; brackets and circles are their own.
        (_BOUNDARY, r"(?P<n>\d{1,2})\s*(?:[、．)）]|\.(?!\d))", int),
        ("", r"[(（]\s*(?P<n>\d{1,2})\s*[)）]", int),
        ("", r"(?P<n>[①-⑳])", lambda sign: ord(sign) - 0x245F),
        (_BOUNDARY, r"(?P<n>[一二三四五六七八九十]{1,2})\s*、", _chinese_order),
        (_BOUNDARY, r"(?P<n>[a-z])\s*[)）]", lambda sign: ord(sign) - 96),
        (_BOUNDARY, r"(?P<n>[A-Z])\s*[)）、]", lambda sign: ord(sign) - 64),
    )
)
_LEADING_MARK = re.compile(rf"^\s*({_MARK})\s*")
_SEPARATORS = re.compile(r"[;；]")
_HEADING = re.compile(r"[^:：]{1,20}[:：]\s*$")
_EDGES = " \t\r\n;；。,，"
_EMPTY = {"", "/", "-", "—", "无", "——", "//", "见附件"}


def split_parameters(text: str, place: str, *, readable: bool = True, mark: str = "") -> tuple[Parameter, ...]:
    """Split a cell into parameters in reading order, each keeping the cell's place and its own mark.

    A point's running number is dropped; its mark stays in the text as written and is also given as ★ or ▲.
    `mark` is the mark of the whole row, for points that have none of their own.
    """
    if not readable:
        return (Parameter(text, place, mark, readable=False),)
    pieces = [piece for point in _pieces(text) for piece in separate(point) if piece.strip(_EDGES) not in _EMPTY]
    parameters = []
    for order, piece in enumerate(pieces, start=1):
        where = f"{place} 第{order}条" if len(pieces) > 1 else place
        parameters.append(Parameter(piece.strip(_EDGES), where, mark_of(piece) or mark))
    return tuple(parameters)


def mark_of(text: str) -> str:
    """Give "★", "▲" or "" by the sign a text begins with."""
    match = _LEADING_MARK.match(text)
    if match is None:
        return ""
    return "▲" if match[1] in "▲△" else "★"


def without_mark(text: str) -> str:
    """Drop the leading sign of importance from a text."""
    return _LEADING_MARK.sub("", text, count=1).strip()


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
    best: tuple[int, list[tuple[int, int, str]]] | None = None
    for pattern, value in _POINTS:
        marks: list[tuple[int, int, str]] = []
        for match in pattern.finditer(text):
            if value(match["n"]) == len(marks) + 1:
                marks.append((match.start(), match.end(), match["mark"]))
        if marks and (len(marks) > 1 or not text[: marks[0][0]].strip()) and (best is None or marks[0][0] < best[0]):
            best = (marks[0][0], marks)
    if best is None:
        return None
    marks = best[1]
    ends = [start for start, _, _ in marks[1:]] + [len(text)]
    parts = [sign + text[begin:end] for (_, begin, sign), end in zip(marks, ends, strict=True)]
    return text[: marks[0][0]], parts
