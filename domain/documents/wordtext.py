"""The text of one paragraph of a `.docx` body, as a reader would see it after accepting every revision."""

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def kind_of_element(element: Any) -> str:
    """Give an element's name without its namespace, "" for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def paragraph_text(paragraph: Any) -> str:
    """Give a paragraph's text with inserted text and without deleted text; line breaks and tabs are kept."""
    pieces = []
    for element in _kept(paragraph):
        kind = kind_of_element(element)
        if kind == "t":
            pieces.append(element.text or "")
        elif kind in {"br", "cr"}:
            pieces.append("\n")
        elif kind == "tab" and kind_of_element(element.getparent()) == "r":
            pieces.append("\t")
        elif kind == "noBreakHyphen":
            pieces.append("-")
        elif kind == "sym":
            pieces.append(_symbol(element))
    return "".join(pieces)


def _kept(parent: Any) -> Iterator[Any]:
    """Everything below an element in order, without text moved away and the second copy of a text box."""
    for element in parent:
        if kind_of_element(element) not in {"moveFrom", "Fallback", "del"}:
            yield element
            yield from _kept(element)


def _symbol(element: Any) -> str:
    code = element.get(f"{W}char", "")
    return {"F0AB": "★", "F0B3": "≥", "F0A3": "≤", "F0B1": "±"}.get(code.upper(), "")
