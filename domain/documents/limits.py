"""How large a document may be before it is refused rather than read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings checked before any library opens a file. Sizes are bytes; the defaults fit a 2,000-row list many times.

    `ratio` is unpacked size over packed size of one entry; it is applied only above `ratio_floor`, because a short
    and very regular part (an empty style sheet) honestly packs a hundredfold.
    """

    file_bytes: int = 50_000_000
    entries: int = 2_000
    unpacked_bytes: int = 300_000_000
    entry_bytes: int = 150_000_000
    ratio: int = 200
    ratio_floor: int = 5_000_000
    sheets: int = 100
    rows: int = 50_000
    columns: int = 256
    cells: int = 1_000_000
    merged_ranges: int = 20_000
    merged_cells: int = 500_000
    cell_characters: int = 40_000
    items: int = 20_000
    nesting: int = 200
