"""The rows, cells and blocks of a `.docx` table as they stand after accepting every revision."""

from collections.abc import Iterator
from typing import Any

from domain.documents.wordtext import W, kind_of_element, read_paragraph

WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "smartTag", "moveTo"})
"""Elements that only mark what they hold (content controls, accepted insertions)."""

_NAME_LENGTH = 30


def rows_of(table: Any) -> Iterator[Any]:
    """Yield a table's rows without those deleted."""
    return _within(table, "tr", f"{W}trPr/{W}del")


def cells_of(row: Any) -> Iterator[Any]:
    """Yield a row's cells without those deleted."""
    return _within(row, "tc", f"{W}tcPr/{W}cellDel")


def blocks_of(parent: Any) -> Iterator[tuple[str, Any]]:
    """Yield the paragraphs ("p") and tables ("tbl") of a cell, in order."""
    for element in parent:
        kind = kind_of_element(element)
        if kind in {"p", "tbl"}:
            yield kind, element
        elif kind in WRAPPERS:
            yield from blocks_of(element)


def row_names(row: Any) -> list[str]:
    """Give the first short text of a row, which names what a table inside it is about; none when there is none."""
    texts = (
        "\n".join(read_paragraph(one).text for kind, one in blocks_of(cell) if kind == "p").strip()
        for cell in cells_of(row)
    )
    return [text for text in texts if 1 < len(text) <= _NAME_LENGTH and not text.isdigit()][:1]


def part(properties: Any, name: str) -> Any:
    """Give one of an element's properties, None where it has no such property, or none at all."""
    return None if properties is None else properties.find(f"{W}{name}")


def whole_number(element: Any, default: int, most: int) -> int:
    """Read an element's value as a whole number, never above `most`; the default where it holds none."""
    value = "" if element is None else element.get(f"{W}val", "")
    if not (value.isascii() and value.isdigit()):
        return default
    return min(int(value[:9]), most)


def _within(parent: Any, kind: str, deleted: str) -> Iterator[Any]:
    for element in parent:
        found = kind_of_element(element)
        if found == kind:
            if element.find(deleted) is None:
                yield element
        elif found in WRAPPERS:
            yield from _within(element, kind, deleted)
