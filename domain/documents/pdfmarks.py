"""What stands on a page of a PDF, upright, measured in points from the top left corner."""

import ctypes
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium


class Glyph(NamedTuple):
    """A character where it stands; `base` is the line it stands on, `readable` False when its meaning is not known."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    readable: bool = True


class Rule(NamedTuple):
    """A drawn line along one axis: its position across, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """What a page shows: `aslant` are texts written across it (watermarks), `images` counts its pictures."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    aslant: str = ""
    images: int = 0
    invisible: int = 0
    texts: int = 0


class Placing:
    """From the page's own coordinates to upright ones: `turn` degrees clockwise make its text stand upright."""

    def __init__(self, raw: Any, turn: int) -> None:
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(raw, ctypes.byref(box))
        self.left, self.bottom, self.turn = box.left, box.bottom, turn % 360
        wide, high = box.right - box.left, box.top - box.bottom
        self.across, self.up = wide, high
        self.width, self.height = (high, wide) if self.turn in {90, 270} else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Give where a point of the page's own coordinates is, upright."""
        x, y = x - self.left, y - self.bottom
        if self.turn == 90:
            return y, x
        if self.turn == 180:
            return self.across - x, y
        if self.turn == 270:
            return self.up - y, self.across - x
        return x, self.up - y
