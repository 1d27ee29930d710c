"""Prose as an outline: paragraphs put under the numbered headings they belong to."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from domain.documents.table import Clause
from domain.numerals import chinese_integer

_DEEPEST = 12
_CHINESE = "[一二三四五六七八九十]{1,3}"
_STYLES = tuple(
    (name, re.compile(rf"\s*(?P<mark>[★☆▲△*※]?)\s*{pattern}\s*"))
    for name, pattern in (
        ("chapter", rf"第\s*(?P<n>{_CHINESE}|\d{{1,2}})\s*(?:章|节|部分|篇|包)\s*[:：、.．]?"),
        ("一、", rf"(?P<n>{_CHINESE})\s*[、.．]"),
        ("（一）", rf"[(（]\s*(?P<n>{_CHINESE})\s*[)）]"),
        ("1.1", r"(?P<n>\d{1,2}(?:[.．]\d{1,2}){1,4})(?:[、.．]|(?=\s)|(?=[^\d\s.．%]))"),
        ("1、", r"(?P<n>\d{1,3})\s*(?:[、．]|\.(?!\d))"),
        ("（1）", r"[(（]\s*(?P<n>\d{1,3})\s*[)）]"),
        ("1）", r"(?P<n>\d{1,3})\s*[)）]"),
        ("①", r"(?P<n>[①-⑳])"),
        ("a)", r"(?P<n>[a-zA-Z])\s*[)）]"),
    )
)


@dataclass(slots=True)
class Line:
    """One paragraph without its number, the clause it comes from, and the paragraphs below it."""

    text: str
    clause: Clause
    is_numbered: bool = False
    below: list["Line"] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A heading that is still open: its style, its number, the line, and its rank by the style of its paragraph."""

    style: str
    number: int
    line: Line
    level: int = 0


def outlined(clauses: Iterable[Clause], is_name: Callable[[str], bool]) -> list[Line]:
    """Put paragraphs under their headings; a line that `is_name` heads what follows it though it has no number.

    A paragraph that is a heading by its style is one without a number too.
    """
    root = Line("", Clause("", ""))
    stack = [_Open("", 0, root)]
    for clause in clauses:
        style, number, text = _numbered(clause.text)
        line = Line(text, clause, bool(style))
        if not style and is_name(text):
            style, number = "name", 1
        if clause.level:
            _close_ranked(stack, clause.level, has_number=bool(style))
        if style:
            _close(stack, style, number)
        elif clause.level:
            style, line.is_numbered = "heading", True
        stack[-1].line.below.append(line)
        if style:
            stack.append(_Open(style, number, line, clause.level))
    return root.below


def walk(lines: list[Line], enters: Callable[[Line], bool]) -> Iterator[Line]:
    """Give lines in reading order, those below only where `enters` says so."""
    waiting = list(reversed(lines))
    while waiting:
        line = waiting.pop()
        yield line
        if enters(line):
            waiting.extend(reversed(line.below))


def _close(stack: list[_Open], style: str, number: int) -> None:
    """Close the headings that a new one of this style and number ends; a list that begins anew stands below."""
    depth = next((index for index in range(len(stack) - 1, 0, -1) if stack[index].style == style), 0)
    going_on = [
        index
        for index in range(len(stack) - 1, 0, -1)
        if stack[index].style == style and 0 < number - stack[index].number <= 3
    ]
    if going_on:
        del stack[going_on[0] :]
    elif depth and (number > 1 or style in {"name", "chapter", "1.1"} or len(stack) > _DEEPEST):
        del stack[depth:]
    elif depth and stack[depth].number >= number and depth == len(stack) - 1 and not stack[depth].line.below:
        # 1, 1: a list whose numbers are all the same, as copying makes them.
        del stack[depth:]
    del stack[_DEEPEST:]


def _close_ranked(stack: list[_Open], level: int, *, has_number: bool) -> None:
    """Close the headings that one of this rank ends: those of its own rank or below, and lists under one above it."""
    ranked = [index for index, one in enumerate(stack) if one.level >= level and one.style in {"name", "heading"}]
    if ranked:
        del stack[ranked[0] :]
    if has_number:
        return
    own = [index for index, one in enumerate(stack) if one.level >= level]
    above = [index for index, one in enumerate(stack) if 0 < one.level < level]
    plain = [index for index, one in enumerate(stack) if index and one.style not in {"chapter", "一、"}]
    if own:
        del stack[own[0] :]
    elif above:
        del stack[above[-1] + 1 :]
    elif plain:
        del stack[plain[0] :]
    del stack[_DEEPEST:]


def _numbered(text: str) -> tuple[str, int, str]:
    for name, pattern in _STYLES:
        match = pattern.match(text)
        if match is None:
            continue
        style, number = (name, _value(match["n"])) if name != "1.1" else _dotted(match["n"])
        return style, number, f"{match['mark']}{text[match.end() :].strip()}"
    return "", 0, text.strip()


def _dotted(number: str) -> tuple[str, int]:
    parts = re.split(r"[.．]", number)
    return f"1.1 of {len(parts)}", int(parts[-1])


def _value(sign: str) -> int:
    if sign.isdecimal():
        return int(sign)
    if "①" <= sign <= "⑳":
        return ord(sign) - 0x245F
    return chinese_integer(sign) or ord(sign[0].lower()) - 96
