"""One reading of a text: full width and half width, dashes, signs and stray spaces no longer differ."""

import re
import unicodedata
from functools import lru_cache

_SIGNS = str.maketrans({
    "﹥": ">", "﹤": "<", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤",
    "–": "-", "—": "-", "―": "-", "−": "-", "‐": "-", "‑": "-", "─": "-", "～": "~", "〜": "~", "∼": "~", "∽": "~",
    "×": "×", "✕": "×", "✖": "×", "╳": "×", "＊": "*",
    "。": "。", "、": "、", "﹔": ";", "“": '"', "”": '"', "‘": "'", "’": "'", "㎡": "㎡", "㎏": "㎏",
})  # fmt: skip
_COMPARATORS = re.compile(r">\s*=|=\s*>|≥\s*=")
_AT_MOST = re.compile(r"<\s*=|=\s*<|≤\s*=")
_SPACE = re.compile(r"\s+")
_LOOSE_SPACE = re.compile(r"(?<![A-Za-z0-9.]) | (?![A-Za-z0-9])")
_INVISIBLE = re.compile("[\u200b-‏⁠﻿­‪-‮]")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Normalise width, signs and spaces; a single space is kept only between two Latin letters or digits.

    Letters keep their case, because `Mb` and `MB` are different units. Line ends become one space.
    """
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text.translate(_SIGNS))).translate(_SIGNS)
    plain = _AT_MOST.sub("≤", _COMPARATORS.sub("≥", plain))
    return _LOOSE_SPACE.sub("", _SPACE.sub(" ", plain).strip())


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """Reduce a name to what identifies it: folded, lower case, without spaces, brackets' marks and punctuation."""
    return re.sub(r"[\s()\[\]{}【】〔〕<>《》「」\"',.;:、。·_\-★▲*#]+", "", fold(text)).casefold()
