"""Tables with horizontal lines only whose cells stand in the middle of their rows, as browsers print them.

A line under every row says where rows end. Where several rows stand between two lines, each row's upper edge and the
middle of its number give its lower edge; the last one has to meet the line below. One doubt, and the table is left to a
person.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from domain.documents.pdfcolumns import gaps_of, text_between
from domain.documents.pdflines import Line, lines_of
from domain.documents.pdfmarks import Glyph, Rule
from domain.documents.pdfruling import Box, Ruled
from domain.documents.titles import role_of, subtotal_words

_FEWEST_TITLES = 3
_SLACK = 3.5
_ROOM = 0.5


def find_level_tables(rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> Iterator[Ruled]:
    """Find the tables among lines of equal width from top to bottom; each begins with a header between two lines."""
    start, end = rules[0].start, rules[0].end
    within = [one for one in glyphs if one.text != " " and start - 2 <= one.x0 and one.x1 <= end + 2]
    heads = [index for index in range(len(rules) - 1) if _titles(_inside(within, rules[index], rules[index + 1]))]
    for head, following in pairwise([*heads, len(rules)]):
        table = _table(rules[head:following], within)
        if table is not None:
            yield table


def _titles(glyphs: list[Glyph]) -> bool:
    """Whether what stands between two lines is a header: most of what gaps part are titles of columns."""
    if not glyphs:
        return False
    edges = [min(one.x0 for one in glyphs), *gaps_of(glyphs), max(one.x1 for one in glyphs)]
    roles = [bool(role_of(_cell(glyphs, left, right))) for left, right in pairwise(edges)]
    return sum(roles) >= _FEWEST_TITLES and sum(roles) * 2 > len(roles)


def _table(rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> Ruled | None:
    if len(rules) < _FEWEST_TITLES:
        return None
    header = _inside(glyphs, rules[0], rules[1])
    gaps = gaps_of(_inside(glyphs, rules[0], rules[-1]))
    xs = [rules[0].start, *gaps, rules[0].end]
    # What is written across two columns closes the gap between them, and an empty strip in a column makes another one.
    if len(gaps) != len(gaps_of(header)) or role_of(_cell(header, xs[0], xs[1])) != "number":
        return None
    ys = [rules[0].at, rules[1].at]
    for above, below in pairwise(rules[1:]):
        edges = _rows(_inside(glyphs, above, below), xs, above.at, below.at)
        if not edges:
            return None
        ys += edges
    return Ruled(xs, ys, [Box(row, row, column, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)])


def _rows(glyphs: list[Glyph], xs: list[float], top: float, bottom: float) -> list[float]:
    """The lower edges of the rows between two lines; none where there is a doubt."""
    lines = lines_of(glyphs)
    numbers = [line for one in lines if (line := _first(one, xs[1])) is not None]
    if not numbers or not all(_begins_row(line.text.strip()) for line in numbers):
        return []
    strips = _strips(lines)
    chosen: list[tuple[float, float]] = []
    edge = top
    for number in numbers[:-1]:
        near = number.top + number.bottom - edge
        fitting = [one for one in strips if one[0] - _SLACK <= near <= one[1] + _SLACK and one[0] >= number.bottom - 1]
        if len(fitting) != 1:
            return []
        chosen += fitting
        edge = sum(fitting[0]) / 2
    # Rows are further apart than the lines in them, or nobody could tell which lines are one row.
    others = [high - low for low, high in strips if (low, high) not in chosen]
    if chosen and min(high - low for low, high in chosen) <= max(others, default=0.0) + _ROOM:
        return []
    is_even = abs(numbers[-1].top + numbers[-1].bottom - edge - bottom) <= _SLACK * 2
    return [*(sum(one) / 2 for one in chosen), bottom] if is_even else []


def _begins_row(text: str) -> bool:
    return text.replace(".", "").isdecimal() or any(word in text for word in subtotal_words())


def _first(line: Line, right: float) -> Line | None:
    glyphs = [one for one in line.glyphs if (one.x0 + one.x1) / 2 < right and one.text.strip()]
    return Line(glyphs) if glyphs else None


def _strips(lines: list[Line]) -> list[tuple[float, float]]:
    """The white strips across the whole table, each from its upper to its lower end."""
    ordered = sorted(lines, key=lambda one: one.top)
    found = []
    reached = ordered[0].bottom
    for line in ordered[1:]:
        if line.top > reached:
            found.append((reached, line.top))
        reached = max(reached, line.bottom)
    return found


def _inside(glyphs: Sequence[Glyph], above: Rule, below: Rule) -> list[Glyph]:
    return [one for one in glyphs if above.at < (one.top + one.bottom) / 2 < below.at]


def _cell(glyphs: list[Glyph], left: float, right: float) -> str:
    return "".join(text_between(line, left, right) for line in lines_of(glyphs))
