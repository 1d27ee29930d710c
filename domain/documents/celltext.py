"""What is invisible in a text or only a program's way of storing it, taken out before anything reads it."""

import re

# Zero width, joiners, direction marks, soft hyphens and the mark of a byte order carry no meaning in a table.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")
_PADDING = re.compile("[ \t\u3000]{17,}")
_EMPTY_LINES = re.compile("\n{9,}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def clean(text: str) -> str:
    """Drop invisible characters; every line end becomes a line feed, every space but the full-width one a plain one.

    Runs of spaces and empty lines that only pad are shortened: no pattern that reads the text has to look at each.
    """
    if len(text) < 17 and text.isascii() and text.isprintable():
        return text
    plain = _SPACES.sub(" ", _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))
    return _EMPTY_LINES.sub("\n\n", _PADDING.sub(" ", plain))


def unescaped(text: str) -> str:
    """Read a workbook's `_x000D_` escapes as the characters they stand for; other control characters are dropped."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    char = chr(code)
    if 0xD800 <= code <= 0xDFFF or (code < 0x20 and char not in "\r\t\n"):
        return ""
    return char
