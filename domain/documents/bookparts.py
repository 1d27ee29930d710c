"""What the sheets of a workbook share: its strings, and what each cell style means for reading."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from domain.documents.celltext import clean, unescaped
from domain.documents.limits import Limits
from domain.documents.markup import check_amount, parse
from domain.documents.package import Package
from domain.documents.raised import raised
from domain.documents.refusals import DocumentRefused

_STRINGS = "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"
_OFF = {"0", "false", "none"}


@dataclass(frozen=True, slots=True)
class Text:
    """A cell's text without the runs that are struck out, which are kept beside it."""

    shown: str
    struck: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """A cell style: its number format, whether that shows a date, whether the font is struck out."""

    number_format: str = ""
    is_date: bool = False
    is_struck: bool = False


@dataclass(slots=True)
class BookParts:
    """The shared strings by their index, and the styles by theirs."""

    strings: list[Text] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)

    def style(self, index: int) -> Style:
        """The style of a number, the plain one when the workbook has none of it."""
        return self.styles[index] if 0 <= index < len(self.styles) else Style()


def read_parts(package: Package, limits: Limits) -> BookParts:
    """Read the shared strings and styles.

    Raises:
        DocumentRefused: damaged, too_much_markup or cell_too_long.
    """
    return BookParts(list(_strings(package, limits)), list(_styles(package, limits)))


def local(element: Any) -> str:
    """An element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def released(element: Any) -> None:
    """Empty an element that has been read and unlink all before it, so that a stream needs only what is kept."""
    parent = element.getparent()
    element.clear()
    # A root has no parent, and what stands before it is a comment.
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def rich_text(element: Any) -> Text:
    """The text of an `si`, `is` or comment's `text`: its runs joined, phonetic readings left out."""
    shown: list[str] = []
    struck: list[str] = []
    for child in element:
        kind = local(child)
        if kind == "t":
            shown.append(child.text or "")
        elif kind == "r":
            text = "".join(one.text or "" for one in child if local(one) == "t")
            properties = next((one for one in child if local(one) == "rPr"), None)
            (struck if _is_struck(properties) else shown).append(raised(text) if _is_raised(properties) else text)
    return Text(clean(unescaped("".join(shown))), clean(unescaped("".join(struck))))


def _is_struck(properties: Any) -> bool:
    strike = None if properties is None else next((one for one in properties if local(one) == "strike"), None)
    return strike is not None and strike.get("val", "1") not in _OFF


def _is_raised(properties: Any) -> bool:
    placing = () if properties is None else properties
    return any(local(one) == "vertAlign" and one.get("val") == "superscript" for one in placing)


def _strings(package: Package, limits: Limits) -> Iterator[Text]:
    content = package.parts.get(_STRINGS)
    if content is None:
        return
    check_amount(content, _STRINGS, limits)
    try:
        for _, element in etree.iterparse(
            io.BytesIO(content), tag="{*}si", resolve_entities=False, no_network=True, load_dtd=False
        ):
            text = rich_text(element)
            if len(text.shown) > limits.cell_characters:
                raise DocumentRefused("cell_too_long", place=_STRINGS, limit=limits.cell_characters)
            yield text
            released(element)
    except etree.XMLSyntaxError as error:
        raise DocumentRefused("damaged", place=_STRINGS) from error


def _styles(package: Package, limits: Limits) -> Iterator[Style]:
    if _STYLES not in package.parts:
        return
    root = parse(package, _STYLES, limits)
    groups = {local(group): group for group in root}
    formats = {
        one.get("numFmtId", ""): one.get("formatCode", "")
        for one in groups.get("numFmts", ())
        if local(one) == "numFmt"
    }
    fonts = [_is_struck(one) for one in groups.get("fonts", ()) if local(one) == "font"]
    for one in groups.get("cellXfs", ()):
        if local(one) != "xf":
            continue
        number = one.get("numFmtId", "0")
        code = formats.get(number) or (BUILTIN_FORMATS.get(int(number), "") if _is_small(number) else "")
        font = one.get("fontId", "")
        is_struck = _is_small(font) and int(font) < len(fonts) and fonts[int(font)]
        yield Style(code, bool(is_date_format(code)), is_struck)


def _is_small(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7
