"""One reading of a text: full width and half width, dashes, signs and stray spaces no longer differ."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps

_SIGNS = str.maketrans({
    "﹥": ">", "﹤": "<", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤",
    "–": "-", "—": "-", "―": "-", "−": "-", "‐": "-", "‑": "-", "─": "-", "～": "~", "〜": "~", "∼": "~", "∽": "~",
    "×": "×", "✕": "×", "✖": "×", "╳": "×", "＊": "*",
    "。": "。", "、": "、", "﹔": ";", "“": '"', "”": '"', "‘": "'", "’": "'", "㎡": "㎡", "㎏": "㎏",
    # What is there and not seen: joiners, marks of direction, soft hyphens.
    **dict.fromkeys([*map(chr, range(0x200B, 0x2010)), *map(chr, range(0x202A, 0x202F)), "\u2060", "\ufeff", "\u00ad"]),
})  # fmt: skip
_COMPARATORS = re.compile(r">\s*=|=\s*>|≥\s*=")
_AT_MOST = re.compile(r"<\s*=|=\s*<|≤\s*=")
_LOOSE_SPACE = re.compile(r"(?<![A-Za-z0-9.]) | (?![A-Za-z0-9])")
# A point between digits and a minus before a number belong to the value, so a name keeps them.
_UNNAMED = re.compile(r"[\s()\[\]{}【】〔〕<>《》「」\"',;:、。·_★▲*#]+|(?<!\d)\.|\.(?!\d)|-(?!\d)|(?<=[A-Za-z0-9])-")
_POWER = re.compile("(?<=[0-9])[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")


_LONG = 400


def _remembered(function: Callable[[str], str]) -> Callable[[str], str]:
    """Remember what short texts became; long ones come once, and remembering them would hold whole documents."""
    cached = lru_cache(maxsize=65536)(function)

    @wraps(function)
    def called(text: str) -> str:
        return cached(text) if len(text) <= _LONG else function(text)

    return called


@_remembered
def fold(text: str) -> str:
    """Normalise width, signs and spaces; a single space is kept only between two Latin letters or digits.

    Letters keep their case, because `Mb` and `MB` are different units. Line ends become one space.
    """
    if not text.isascii():
        text = text.translate(_SIGNS)
        # A raised power would run into its base (10⁸ → 108) once it is a plain digit.
        raised = text if _RAISED.isdisjoint(text) else _POWER.sub(lambda match: f"^{match[0]}", text)
        text = unicodedata.normalize("NFKC", raised).translate(_SIGNS)
    if "=" in text:
        text = _AT_MOST.sub("≤", _COMPARATORS.sub("≥", text))
    text = " ".join(text.split())
    return _LOOSE_SPACE.sub("", text) if " " in text else text


@_remembered
def key(text: str) -> str:
    """Reduce a name to what identifies it: folded, lower case, without spaces, brackets' marks and punctuation."""
    return _UNNAMED.sub("", fold(text)).casefold()


@_remembered
def plain(text: str) -> str:
    """Reduce a text to what is written: folded, without spaces and closing punctuation, case kept."""
    return fold(text).replace(" ", "").strip(";。,、")
