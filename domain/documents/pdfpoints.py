"""The numbers of points at the beginning of lines: 1、 (2) ③ 四、 b)."""

import re

_POINT = re.compile(
    r"\s*[★☆▲△※*●■◆•·]?\s*(?:[(（]?\s*(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])\s*[)）、．]"
    r"|(?P<m>\d{1,2})\.(?!\d)|(?P<c>[①-⑳]))"
)
_CHINESE = "一二三四五六七八九十"


class Points:
    """The numbering of the points of one cell: a number that is not the next one is a figure and starts no point."""

    def __init__(self) -> None:
        self.last: set[int] = set()

    def begins(self, text: str) -> bool:
        """Whether a line begins the next point, which then counts."""
        match = _POINT.match(text)
        if match is None:
            return False
        value = _value(match)
        begins = value == 1 or value - 1 in self.last
        if begins:
            self.last.add(value)
        return begins


def is_point(text: str) -> bool:
    """Whether a text begins with anything that may be a point's number."""
    return bool(_POINT.match(text))


def _value(match: re.Match[str]) -> int:
    sign = match["n"] or match["m"] or match["c"]
    if sign.isascii() and sign.isdigit():
        return int(sign)
    if sign[-1] in _CHINESE:
        return _CHINESE.index(sign[-1]) + 1 + (10 if len(sign) > 1 else 0)
    return ord(sign) - 0x245F if match["c"] else ord(sign.lower()) - 96
