"""A grid to items: the tables of a document read one after another."""

import re

from domain.documents.fields import caption_unit, heading_text, item_name
from domain.documents.grid import Grid
from domain.documents.headers import Columns
from domain.documents.progress import Progress
from domain.documents.rows import RowReader

_NAME_LENGTH = 30
_GENERIC = re.compile(
    r"(?:的)?(?:主要)?(?:技术|性能|具体|详细)?(?:参数|指标|规格|要求)(?:要求|及要求|表|清单|明细|一览表)*$"
)
_SENTENCE = re.compile(r"如下|详见|说明|[，。；;,]|^注|^续表")


def read_table(progress: Progress, grid: Grid, columns: Columns, *, continued: bool) -> None:
    """Read a table's rows; `continued` when it goes on from the table before, without a header of its own."""
    if not continued:
        progress.section = progress.subsystem = ""
        progress.table = grid.name
        progress.device = device_above(grid) if columns.first("name") is None else ""
    rows = grid.rows if continued else grid.rows[columns.first_row :]
    for position, row in enumerate(rows):
        following = rows[position + 1] if position + 1 < len(rows) else None
        RowReader(progress, columns, row, following).take()


def device_above(grid: Grid) -> str:
    """The device a table of its own is about: the last line above it that can be a name, "" when there is none."""
    for line in reversed(grid.captions):
        text = heading_text(line)
        name = item_name(_GENERIC.sub("", text))
        if name and len(text) <= _NAME_LENGTH and not caption_unit(line) and not _SENTENCE.search(text):
            return name
    return grid.name if grid.is_sheet else ""
