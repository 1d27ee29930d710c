"""A grid to items: the tables of a document read one after another."""

import re

from domain.documents.fields import caption_unit, heading_text, item_name
from domain.documents.grid import Grid
from domain.documents.headers import Columns
from domain.documents.progress import Progress
from domain.documents.rows import RowReader


def read_table(progress: Progress, grid: Grid, columns: Columns, *, continued: bool) -> None:
    """Read a table's rows; `continued` when it goes on from the table before, without a header of its own."""
    if not continued:
        progress.section = progress.subsystem = ""
        progress.table = grid.name
        progress.device = _device(grid) if columns.first("name") is None else ""
    rows = grid.rows if continued else grid.rows[columns.first_row :]
    for position, row in enumerate(rows):
        following = rows[position + 1] if position + 1 < len(rows) else None
        RowReader(progress, columns, row, following).take()


def _device(grid: Grid) -> str:
    """The device a table of its own is about: the last short line above it."""
    for line in reversed(grid.captions):
        text = heading_text(line)
        if text and len(text) <= 30 and not caption_unit(line):
            return item_name(re.sub(r"(?:技术)?(?:参数|指标|规格)(?:要求|表|及要求)*$", "", text)) or text
    return grid.name if grid.is_sheet else ""
