"""Figures set small and raised behind a text: they stay on its line, as the powers that they are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from domain.documents.pdfmarks import Glyph
from domain.documents.raised import raised

_SMALLER = 0.9
_LOWEST, _HIGHEST = 0.12, 0.75
_BEFORE, _BEHIND = 0.15, 0.2
_FIELD = 12.0
_CROWDED = 8
"""Glyphs of one field of the page that are looked at; more than that are printed over each other."""


def settled(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """Give glyphs in their order, raised figures as ⁶ and on the line of the text that they are raised from.

    Left where they are, they would make a line above, or run into their base: 10⁶ would be 106.
    """
    fields: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        _keep(fields, glyph)
    for glyph in glyphs:
        power = raised(glyph.text)
        base = _base_of(glyph, fields) if power != glyph.text else None
        if base is None:
            yield glyph
            continue
        found = glyph._replace(text=power, top=base.top, bottom=base.bottom, base=base.base)
        _keep(fields, found)
        yield found


def _keep(fields: dict[tuple[int, int], list[Glyph]], glyph: Glyph) -> None:
    field = fields[int(glyph.x1 // _FIELD), int(glyph.base // _FIELD)]
    if glyph.text.strip() and len(field) < _CROWDED:
        field.append(glyph)


def _base_of(glyph: Glyph, fields: dict[tuple[int, int], list[Glyph]]) -> Glyph | None:
    """The glyph that a figure is raised from: it ends where the figure begins, and is larger and lower."""
    column, row = int(glyph.x0 // _FIELD), int(glyph.base // _FIELD)
    near = ((column + across, row + down) for down in (0, 1) for across in (-1, 0, 1))
    return next((one for field in near for one in fields.get(field, ()) if _is_raised(glyph, one)), None)


def _is_raised(glyph: Glyph, base: Glyph) -> bool:
    height = base.bottom - base.top
    return (
        glyph.bottom - glyph.top <= height * _SMALLER
        and _LOWEST * height <= base.base - glyph.base <= _HIGHEST * height
        and -_BEFORE * height <= glyph.x0 - base.x1 <= _BEHIND * height
    )
