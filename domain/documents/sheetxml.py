"""One sheet's XML to stored cells, read as a stream: every bound is checked before what it bounds is kept."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from domain.documents.bookparts import BookParts, Text, local, released, rich_text
from domain.documents.celltext import clean, unescaped
from domain.documents.limits import Limits
from domain.documents.refusals import DocumentRefused
from domain.documents.sheetscan import Tally, reference

_CELL_PARTS = 5_000
_OFF = {"", "0", "false"}


@dataclass(slots=True)
class Stored:
    """A cell as stored: `kind` is the format's letter (n, str, b, e, d), `raw` its value, "" when there is none."""

    kind: str
    raw: str
    style: int
    formula: str | None = None
    struck: str = ""


@dataclass(slots=True)
class SharedFormula:
    """A formula that other cells repeat, shifted: where it stands, and its text."""

    origin: str
    text: str


@dataclass(slots=True)
class SheetContent:
    """What a sheet stores: cells by row and column, merged ranges (top, left, bottom, right), and what is hidden."""

    rows: dict[int, dict[int, Stored]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    has_hidden_rows: bool = False
    has_hidden_columns: bool = False
    shared: dict[str, SharedFormula] = field(default_factory=dict)
    width: int = 0


def read_sheet(content: bytes, place: str, parts: BookParts, limits: Limits, cells: int) -> tuple[SheetContent, int]:
    """Read one sheet; `cells` is how many the sheets before held, and the new count is given back.

    Raises:
        DocumentRefused: too_many_rows, too_many_columns, too_many_cells, too_many_merged, too_much_markup,
            cell_too_long or damaged.
    """
    reader = _Reader(place, parts, limits, cells)
    try:
        for event, element in etree.iterparse(
            io.BytesIO(content),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        ):
            reader.take(event, element)
    except etree.XMLSyntaxError as error:
        raise DocumentRefused("too_deep" if "depth" in str(error) else "damaged", place=place) from error
    except (ValueError, IndexError) as error:
        raise DocumentRefused("damaged", place=place) from error
    return reader.found, reader.tally.cells


class _Reader:
    def __init__(self, place: str, parts: BookParts, limits: Limits, cells: int) -> None:
        self.place, self.parts, self.limits = place, parts, limits
        self.tally = Tally(place, limits, cells)
        self.found = SheetContent()
        self.inside = 0

    def take(self, event: str, element: Any) -> None:
        """Take one element as it begins or ends; all but a cell's own parts are let go at once."""
        kind = local(element)
        if event == "start":
            self._open(kind, element)
            return
        if kind == "c":
            self.inside = 0
            self._cell(element)
        elif self.inside:
            return
        elif kind == "mergeCell":
            self.found.merged.append(self.tally.merge(element.get("ref", "")))
        released(element)

    def _open(self, kind: str, element: Any) -> None:
        if self.inside or kind == "c":
            self.inside += 1
            if self.inside > _CELL_PARTS:
                raise DocumentRefused("too_much_markup", place=self.place, limit=_CELL_PARTS)
        elif kind == "row":
            self.tally.open_row(element.get("r"))
            self.found.has_hidden_rows |= element.get("hidden", "") not in _OFF
        elif kind == "col":
            self.found.has_hidden_columns |= element.get("hidden", "") not in _OFF

    def _cell(self, element: Any) -> None:
        row, column = self.tally.cell(element.get("r"))
        stored = self._stored(element, row, column)
        if stored is None:
            return
        if len(stored.raw) > self.limits.cell_characters:
            raise DocumentRefused("cell_too_long", place=self.place, limit=self.limits.cell_characters)
        self.found.rows.setdefault(row, {})[column] = stored
        self.found.width = max(self.found.width, column)

    def _stored(self, element: Any, row: int, column: int) -> Stored | None:
        kind, style = element.get("t", "n"), element.get("s", "")
        raw, formula = "", None
        text = Text("")
        for child in element:
            name = local(child)
            if name == "v":
                raw = child.text or ""
            elif name == "f":
                formula = self._formula(child, reference(row, column))
            elif name == "is":
                text = rich_text(child)
        if kind == "s":
            text = self.parts.strings[_index(raw)] if raw.strip() else text
        if kind in {"s", "inlineStr"}:
            kind, raw = "str", text.shown
        elif kind == "str":
            raw = clean(unescaped(raw))
        if not raw and formula is None and not text.struck:
            return None
        return Stored(kind, raw, int(style) if style.isdigit() and len(style) < 7 else 0, formula, text.struck)

    def _formula(self, element: Any, place: str) -> str:
        """The formula's text; a shared one is kept under its number, and its repetitions name it as `#number`."""
        text, shared = element.text or "", element.get("si")
        if element.get("t") == "shared" and shared is not None:
            if text:
                self.found.shared.setdefault(shared, SharedFormula(place, text))
            else:
                return f"#{shared}"
        return f"{{{text}}}" if element.get("t") == "array" else text


def _index(raw: str) -> int:
    index = int(raw)
    if index < 0:
        raise IndexError(raw)
    return index


def spread(found: SheetContent) -> Iterator[tuple[tuple[int, int], tuple[int, int, int, int]]]:
    """Give every (row, column) of a merged range inside the used area, and the range as (top, left, down, across)."""
    last = max(found.rows, default=0)
    for top, left, bottom, right in found.merged:
        span = (top, left, bottom - top + 1, right - left + 1)
        for row in range(top, min(bottom, last) + 1):
            for column in range(left, min(right, found.width) + 1):
                yield (row, column), span
