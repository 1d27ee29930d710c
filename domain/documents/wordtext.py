"""The text of one paragraph of a `.docx` body, as a reader would see it after accepting every revision."""

from dataclasses import dataclass, field
from typing import Any

from domain.documents.celltext import clean
from domain.documents.raised import raised

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_GONE = frozenset({"moveFrom", "Fallback", "del", "rPr", "pPr", "rt", "tbl"})
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote", "commentReference": "comment"}
_OFF = frozenset({"0", "false", "off", "none"})
_SYMBOLS = {
    "F0AB": "★", "F0B3": "≥", "F0A3": "≤", "F0B1": "±", "F0B4": "×", "F0B0": "°", "F06D": "μ", "F057": "Ω",
    "F0D7": "·", "F0B7": "●", "F06C": "●", "F06E": "■", "F0D8": "➢", "F0FC": "√",
}  # fmt: skip


@dataclass(slots=True)
class ParagraphText:
    """A paragraph taken apart: its text, what is struck out of it or hidden, its pictures, the notes it refers to.

    `notes` are (kind, id), the kind one of footnote, endnote and comment.
    """

    pieces: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    has_picture: bool = False
    tables: list[Any] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text as shown; line breaks and tabs are kept."""
        return clean("".join(self.pieces))


def kind_of_element(element: Any) -> str:
    """Give an element's name without its namespace, "" for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def paragraph_text(paragraph: Any) -> str:
    """Give a paragraph's text with inserted text, without deleted, struck-out and hidden text."""
    return read_paragraph(paragraph).text


def read_paragraph(paragraph: Any) -> ParagraphText:
    """Read a paragraph; tables in its text boxes are given back, their text is no part of it."""
    found = ParagraphText()
    _walk(paragraph, found, found.pieces)
    return found


def is_on(properties: Any, *names: str) -> bool:
    """Whether a switch (`w:strike`, `w:vanish`) stands in properties and is not turned off."""
    if properties is None:
        return False
    held = (properties.find(f"{W}{name}") for name in names)
    return any(one is not None and one.get(f"{W}val", "1") not in _OFF for one in held)


def _walk(parent: Any, found: ParagraphText, into: list[str]) -> None:
    """Take everything below an element in order, without text moved away and the second copy of a text box."""
    for element in parent:
        kind = kind_of_element(element)
        if kind == "tbl":
            found.tables.append(element)
        if kind in _GONE:
            continue
        if kind == "r":
            _run(element, found, into)
            continue
        if kind == "sup":
            # A formula's power (m:sup) has its digits in a part of its own.
            _raise(element, found, into)
            continue
        _take(element, kind, found, into)
        if kind == "p" and into and not into[-1].endswith("\n"):
            # Paragraphs of a text box are lines of their own.
            into.append("\n")
        _walk(element, found, into)


def _run(element: Any, found: ParagraphText, into: list[str]) -> None:
    properties = element.find(f"{W}rPr")
    if is_on(properties, "vanish"):
        into = found.hidden
    elif is_on(properties, "strike", "dstrike"):
        into = found.struck
    placing = None if properties is None else properties.find(f"{W}vertAlign")
    if placing is not None and placing.get(f"{W}val") == "superscript":
        _raise(element, found, into)
    else:
        _walk(element, found, into)


def _raise(element: Any, found: ParagraphText, into: list[str]) -> None:
    inner: list[str] = []
    _walk(element, found, inner)
    into.append(raised("".join(inner)))


def _take(element: Any, kind: str, found: ParagraphText, into: list[str]) -> None:
    if kind == "t":
        into.append(element.text or "")
    elif kind in {"br", "cr"}:
        into.append("\n")
    elif kind == "tab" and kind_of_element(element.getparent()) == "r":
        into.append("\t")
    elif kind == "noBreakHyphen":
        into.append("-")
    elif kind == "sym":
        into.append(_SYMBOLS.get(element.get(f"{W}char", "").upper(), ""))
    elif kind in {"pic", "imagedata", "OLEObject"}:
        found.has_picture = True
    elif kind in _NOTES:
        found.notes.append((_NOTES[kind], element.get(f"{W}id", "")))
