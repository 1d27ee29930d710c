"""Tables without upright lines: columns by the gaps that run down through all rows, and only where nothing is in doubt.

Such a table stands between two drawn lines of the same width, its first line of text is a header, every gap between two
titles runs through to the end, and every row begins with a line that fills most columns. One doubt, and the table is
left to a person.
"""

from collections.abc import Sequence
from itertools import pairwise

from domain.documents.pdfcolumns import gaps_of, text_between
from domain.documents.pdflevels import find_level_tables
from domain.documents.pdflines import Line, lines_of
from domain.documents.pdfmarks import Glyph, Rule
from domain.documents.pdfruling import Box, Ruled
from domain.documents.titles import role_of

_SAME = 6.0
_MOST_GROUPS = 60
_FEWEST_TITLES = 3
_FILLED = 0.6


def find_open_tables(across: list[Rule], glyphs: Sequence[Glyph]) -> list[Ruled]:
    """Find the tables between lines of equal width; `across` are the lines that touch no upright one."""
    groups: dict[tuple[int, int], list[Rule]] = {}
    for rule in sorted(across, key=lambda one: one.at):
        groups.setdefault((round(rule.start / _SAME), round(rule.end / _SAME)), []).append(rule)
    several = [group for group in groups.values() if len(group) > 1]
    # A form with lines to write on has many such groups and no table; every group costs a look at all of the page.
    found: list[Ruled] = []
    for group in several if len(several) <= _MOST_GROUPS else []:
        table = _table(group, glyphs)
        found.extend(find_level_tables(group, glyphs) if table is None else [table])
    return found


def _table(rules: list[Rule], glyphs: Sequence[Glyph]) -> Ruled | None:
    top, bottom, start, end = rules[0].at, rules[-1].at, rules[0].start, rules[0].end
    inside = [one for one in glyphs if top < (one.top + one.bottom) / 2 < bottom and start - 2 <= one.x0 <= end + 2]
    lines = lines_of(inside)
    if len(lines) < 2:
        return None
    gaps = gaps_of([one for one in inside if one.text != " "])
    xs = [start, *gaps, end]
    titles = [text_between(lines[0], left, right) for left, right in pairwise(xs)]
    # As many columns as the header has words apart: a line written across two columns closes the gap between them.
    if sum(bool(role_of(title)) for title in titles) < _FEWEST_TITLES or len(titles) != len(lines[0].pieces):
        return None
    under = next((rule.at for rule in rules[1:-1] if rule.at > lines[0].base), lines[1].top)
    rows = [line for line in lines if line.base > under]
    firsts = [line for line in rows if text_between(line, xs[0], xs[1])]
    if not firsts or firsts[0] is not rows[0] or not all(_fills(line, xs) for line in (lines[0], *firsts)):
        return None
    ys = [top, under, *(line.top - 0.5 for line in firsts[1:]), bottom]
    if sorted(ys) != ys:
        return None
    boxes = [Box(row, row, column, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)]
    return Ruled(xs, ys, boxes)


def _fills(line: Line, xs: list[float]) -> bool:
    filled = sum(bool(text_between(line, left, right)) for left, right in pairwise(xs))
    return filled >= (len(xs) - 1) * _FILLED
