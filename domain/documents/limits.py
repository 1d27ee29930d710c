"""How large a document may be before it is refused rather than read."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any


class LimitRefused(ValueError):  # noqa: N818  (told to whoever wrote the setting, not a failure of the program)
    """A limit is unknown or no positive whole number; the text is Chinese and names it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings checked before any library opens a file. Sizes are bytes; the defaults fit a 2,000-row list many times.

    `ratio` is unpacked size over packed size of one entry; it is applied only above `ratio_floor`, because a short
    and very regular part (an empty style sheet) honestly packs a hundredfold. `markup` bounds the tags and
    attributes of one part, `characters` all text of a document together. A PDF is bounded by
    its `pages`, the glyphs (`page_characters`) and drawn lines (`page_shapes`) of one, and all glyphs together
    (`pdf_characters`).
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
    markup: int = 8_000_000
    characters: int = 10_000_000
    pages: int = 600
    page_characters: int = 40_000
    pdf_characters: int = 1_500_000
    page_shapes: int = 60_000

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any]) -> "Limits":
        """Take limits from a table of a configuration file, the others staying as they are.

        Raises:
            LimitRefused: a name that is no limit, or a value that is no positive whole number.
        """
        return cls().overlaid(given)

    def overlaid(self, given: Mapping[str, Any]) -> "Limits":
        """Lay other ceilings over these.

        Raises:
            LimitRefused: a name that is no limit, or a value that is no positive whole number.
        """
        known = {field.name for field in fields(self)}
        for name, value in given.items():
            if name not in known:
                raise LimitRefused(f"limits 里没有“{name}”这一项，可用的有：{'、'.join(sorted(known))}。请改正后重试。")
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise LimitRefused(f"limits 的“{name}”应为正整数，现在是“{value}”。请改正后重试。")
        return replace(self, **given)

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> "Limits":
        """Take limits from variables `ZHENGJIAN_LIMIT_<NAME>` (`ZHENGJIAN_LIMIT_ROWS=80000`).

        Raises:
            LimitRefused: a variable that names no limit, or holds no positive whole number.
        """
        prefix = "ZHENGJIAN_LIMIT_"
        given = {name.removeprefix(prefix).lower(): value for name, value in env.items() if name.startswith(prefix)}
        return cls.from_mapping(
            {name: int(value) if value.isascii() and value.isdigit() else value for name, value in given.items()}
        )
