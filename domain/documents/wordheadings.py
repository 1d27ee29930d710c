"""Which paragraphs of a `.docx` are headings by their style, though no number says so."""

import re
from typing import Any

from domain.documents.limits import Limits
from domain.documents.markup import parse
from domain.documents.package import Package
from domain.documents.wordtable import part, whole_number
from domain.documents.wordtext import W

_STYLES = "word/styles.xml"
_NAMED = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_BODY = 9
_DEPTH = 10


class Headings:
    """The styles of a document that are headings, by their level from 1."""

    def __init__(self, levels: dict[str, int]) -> None:
        self.levels = levels

    def level(self, paragraph: Any) -> int:
        """Give a paragraph's level in the outline, 0 for body text; its own setting goes before its style's."""
        properties = paragraph.find(f"{W}pPr")
        own = part(properties, "outlineLvl")
        if own is not None:
            return _level(own)
        style = part(properties, "pStyle")
        return 0 if style is None else self.levels.get(style.get(f"{W}val", ""), 0)


def read_headings(package: Package, limits: Limits) -> Headings:
    """Read which styles are headings: by their name, their outline level, or the style they are based on.

    Raises:
        DocumentRefused: damaged, too_deep or too_much_markup.
    """
    if _STYLES not in package.parts:
        return Headings({})
    styles = {one.get(f"{W}styleId", ""): one for one in parse(package, _STYLES, limits).iter(f"{W}style")}
    return Headings({name: level for name in styles if (level := _level_of_style(name, styles))})


def _level_of_style(name: str, styles: dict[str, Any]) -> int:
    for _ in range(_DEPTH):
        style = styles.get(name)
        if style is None:
            break
        outline = part(part(style, "pPr"), "outlineLvl")
        if outline is not None:
            return _level(outline)
        named = part(style, "name")
        found = _NAMED.fullmatch("" if named is None else named.get(f"{W}val", "").strip())
        if found is not None:
            return int(found[1])
        base = part(style, "basedOn")
        name = "" if base is None else base.get(f"{W}val", "")
    return 0


def _level(outline: Any) -> int:
    level = whole_number(outline, _BODY, _BODY)
    return level + 1 if level < _BODY else 0
