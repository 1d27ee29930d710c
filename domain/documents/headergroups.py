"""Header groups whose cells were never joined: 数量 | (blank) above 市级 | 区县级, as every `.csv` has them."""

from dataclasses import replace

from domain.documents.grid import Cell, Row
from domain.documents.titles import is_titlelike, role_of

_BLANK = Cell("", "")
_GROUPS = frozenset({"spec", "quantity", "unit_price", "total"})


def splits_unjoined(above: Row, row: Row) -> bool:
    """Whether a row only names what stands under the groups of the row above, which span blank cells beside them."""
    own = [index for index, cell in enumerate(row.cells) if cell.anchor and cell.text.strip()]
    if len(own) < 2 or not all(is_titlelike(row.cells[index].text) for index in own):
        return False
    if any(row.cells[index].text.strip().isdigit() for index in own):
        return False
    groups = _groups(above, row)
    spanned = [index for index in own if groups.get(index, index) != index]
    return bool(spanned) and all(
        index in groups and role_of(above.cells[groups[index]].text) in _GROUPS for index in own
    )


def spread_groups(rows: list[Row]) -> list[Row]:
    """Say a group's title above all of its columns, where the cells beside it were left blank."""
    spread = list(rows)
    for position in range(len(rows) - 1):
        above, row = spread[position], rows[position + 1]
        groups = {index: group for index, group in _groups(above, row).items() if group != index}
        if groups:
            cells = [above.cells[index] if index < len(above.cells) else _BLANK for index in range(max(groups) + 1)]
            for index, group in groups.items():
                cells[index] = replace(above.cells[group], anchor=False)
            spread[position] = replace(above, cells=(*cells, *above.cells[len(cells) :]))
    return spread


def _groups(above: Row, row: Row) -> dict[int, int]:
    """For each title of a row, the column of the title above that it belongs to: its own, or the last before blanks."""
    found: dict[int, int] = {}
    for index, cell in enumerate(row.cells):
        if not cell.anchor or not cell.text.strip():
            continue
        if index < len(above.cells) and above.cells[index].text.strip():
            found[index] = index
        elif index - 1 in found:
            found[index] = found[index - 1]
    return found
