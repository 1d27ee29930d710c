"""Parts of one table on several pages to one grid: repeated headers dropped, rows cut by a page's end made whole."""

from dataclasses import dataclass, field
from itertools import pairwise

from domain.documents.grid import Cell, Grid, Row
from domain.documents.headers import find_columns
from domain.documents.pdfbands import Fragment
from domain.documents.pdflines import Line
from domain.documents.pdfpoints import is_point
from domain.documents.pdfwrap import is_wrapped, joined, names_another

_SAME_EDGE = 4.0
_WIDEST_PAD = 8.0
_SLACK = 1.5
_HEADER_ROWS = 4


@dataclass(eq=False, slots=True)
class _Draft:
    """A cell while its lines still come in."""

    place: str
    edge: float
    across: int
    down: int
    lines: list[Line] = field(default_factory=list)
    is_sure: bool = True

    def text(self, pad: float) -> str:
        return "\n".join(text for text, _ in joined(self.lines, self.edge - pad - _SLACK))

    @property
    def readable(self) -> bool:
        return self.is_sure and all(glyph.readable for line in self.lines for glyph in line.glyphs)


_Rows = list[tuple[str, list[_Draft]]]


def belongs(fragment: Fragment, before: Fragment) -> bool:
    """Whether a part at the top of a page goes on with the table at the end of the page before.

    The edges must be the same, as far as both parts have them, and a header of its own makes it another table.
    """
    mine, theirs = fragment.ruled.xs, before.ruled.xs
    if abs(mine[0] - theirs[0]) > _SAME_EDGE or abs(mine[-1] - theirs[-1]) > _SAME_EDGE:
        return False
    fewer, more = sorted((mine, theirs), key=len)
    if not all(min(abs(one - other) for other in more) <= _SAME_EDGE for one in fewer):
        return False
    own, header = to_grid([fragment], ""), to_grid([before], "")
    columns = find_columns(own)
    if columns is None or columns.first_row > _HEADER_ROWS:
        return True
    return _texts(own.rows[columns.first_row - 1]) in [_texts(row) for row in header.rows]


def to_grid(fragments: list[Fragment], name: str) -> Grid:
    """Make one grid of the parts of a table."""
    xs = _edges(fragments)
    pad = _pad(fragments)
    rows: _Rows = []
    head: list[str] = []
    for fragment in fragments:
        drafts = _drafts(fragment, xs, name)
        if not rows:
            head = [_key(row, pad) for _, row in drafts[:_HEADER_ROWS]]
        else:
            drafts = drafts[_repeated(drafts, head, pad) :]
            if drafts and rows and _is_cut(rows[-1][1], drafts[0][1], pad):
                _mend(rows[-1][1], drafts.pop(0)[1])
            elif drafts and rows:
                _carry(rows[-1][1], drafts[0][1], pad)
        rows += drafts
    return Grid(
        name,
        [_row(place, row, rows[at - 1][1] if at else [], pad) for at, (place, row) in enumerate(rows)],
        is_sheet=False,
    )


def _edges(fragments: list[Fragment]) -> list[float]:
    xs: list[float] = []
    for fragment in sorted(fragments, key=lambda one: -len(one.ruled.xs)):
        xs += [one for one in fragment.ruled.xs if all(abs(one - other) > _SAME_EDGE for other in xs)]
    return sorted(xs)


def _pad(fragments: list[Fragment]) -> float:
    """The room between a cell's edge and its text, taken from the left where text begins."""
    gaps = [
        line.x0 - fragment.ruled.xs[box.left]
        for fragment in fragments
        for box, lines in fragment.lines.items()
        for line in lines
    ]
    return min([_WIDEST_PAD, *(gap for gap in gaps if gap > 0)])


def _drafts(fragment: Fragment, xs: list[float], name: str) -> _Rows:
    ruled = fragment.ruled
    cells = {}
    at = {}
    middles = [(left + right) / 2 for left, right in pairwise(xs)]
    for box in ruled.boxes:
        covered = [
            index for index, middle in enumerate(middles) if ruled.xs[box.left] < middle < ruled.xs[box.right + 1]
        ]
        place = f"第{fragment.page}页 {name} 第{box.top + 1}行"
        lines = fragment.lines.get(box, [])
        cells[box] = _Draft(place, ruled.xs[box.right + 1], max(len(covered), 1), box.bottom - box.top + 1, list(lines))
        cells[box].is_sure = fragment.doubtful.isdisjoint(range(box.top, box.bottom + 1))
        for row in range(box.top, box.bottom + 1):
            for index in covered:
                at[row, index] = box
    rows: _Rows = []
    for row in range(len(ruled.ys) - 1):
        place = f"第{fragment.page}页 {name} 第{row + 1}行"
        blank = _Draft(place, 0.0, 1, 1)
        found = [cells[at[row, index]] if (row, index) in at else blank for index in range(len(middles))]
        rows.append((place, found))
    return rows


def _key(row: list[_Draft], pad: float) -> str:
    return "|".join("".join(draft.text(pad).split()) for draft in row)


def _texts(row: Row) -> list[str]:
    return ["".join(cell.text.split()) for cell in row.anchors]


def _repeated(rows: _Rows, head: list[str], pad: float) -> int:
    count = 0
    while count < min(len(rows), len(head)) and _key(rows[count][1], pad) == head[count]:
        count += 1
    return count


def _is_cut(above: list[_Draft], below: list[_Draft], pad: float) -> bool:
    """Whether a page's first row is the rest of the last row of the page before.

    A cell that has text in both must have broken off in the middle, and the others too or go on with a number. Where
    the rest is one cell alone below a row with more, it makes no difference to the list whether it is joined, so it
    is. Where both rows hold one parameter alone, below an item that goes on, the rest must not begin as one does.
    """
    upper = [index for index, draft in enumerate(above) if draft.lines]
    lower = [index for index, draft in enumerate(below) if draft.lines]
    both = [index for index in lower if index in upper]
    if not both:
        return False
    is_alone = len({id(below[index]) for index in lower}) == 1
    if upper[0] == lower[0]:
        if lower[0] == 0 or not is_alone or _begins_anew(above[lower[0]].text(pad), below[lower[0]].text(pad)):
            return False
    elif upper[0] < lower[0] and is_alone:
        return True
    broken = [_breaks_off(above[index], below[index], pad) for index in both]
    counting = [is_point(below[index].text(pad)) for index in both]
    return any(broken) and all(off or on for off, on in zip(broken, counting, strict=True))


def _begins_anew(above: str, below: str) -> bool:
    """Whether both halves are parameters of their own, or the lower one begins with a point's number."""
    return is_point(below) or names_another(above, below)


def _breaks_off(above: _Draft, below: _Draft, pad: float) -> bool:
    after = below.lines[1] if len(below.lines) > 1 else None
    return is_wrapped(above.lines[-1], below.lines[0], above.edge - pad - _SLACK, after)


def _mend(above: list[_Draft], below: list[_Draft]) -> None:
    mended: set[int] = set()
    for upper, lower in zip(above, below, strict=True):
        if id(lower) not in mended:
            upper.lines += lower.lines
            # A cell merged downwards would say the rest again in each of its rows.
            lower.lines = []
            mended.add(id(lower))


def _carry(above: list[_Draft], below: list[_Draft], pad: float) -> None:
    """Give a cell merged over rows of both pages the rest of its text: below it the next parameter's row begins."""
    if below[0].lines or not above[0].lines:
        return
    for upper, lower in zip(above[1:], below[1:], strict=True):
        if upper is not lower and upper.down > 1 and upper.lines and lower.lines and _breaks_off(upper, lower, pad):
            upper.lines += lower.lines
            lower.lines = []


def _row(place: str, drafts: list[_Draft], above: list[_Draft], pad: float) -> Row:
    cells = []
    for index, draft in enumerate(drafts):
        repeats = (index > 0 and drafts[index - 1] is draft) or (index < len(above) and above[index] is draft)
        cells.append(Cell(draft.text(pad), draft.place, not repeats, draft.across, draft.down, draft.readable))
    return Row(tuple(cells), place)
