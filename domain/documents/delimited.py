"""`.csv`, `.tsv` and other text tables to a grid: the separator found, quoted fields with line breaks, places.

A row is counted as a spreadsheet shows it: `清单.csv 第3行第4列` is the cell D3 there, however many lines of text the
rows above it take up.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import PurePath

from domain.documents.celltext import clean
from domain.documents.grid import Cell, Grid, Row
from domain.documents.headers import find_columns
from domain.documents.limits import Limits
from domain.documents.plaintext import decode
from domain.documents.refusals import DocumentRefused
from domain.documents.source import Source
from domain.documents.titles import role_of

_SEPARATORS = (",", "\t", ";", "，")
_PROBE_ROWS = 60
_HEADER_ROWS = 40
_PROBE_CHARACTERS = 100_000
_DECLARED = re.compile(r"sep=([,;\t，])[ \t]*\r?\n", re.IGNORECASE)


def read_delimited(content: bytes, file_name: str, limits: Limits) -> Source:
    """Read a text table.

    Raises:
        DocumentRefused: mixed_encoding, nul_bytes, unclosed_quote, too_many_rows, too_many_columns, too_many_cells or
            cell_too_long.
    """
    text = decode(content)
    declared = _DECLARED.match(text)
    name = PurePath(file_name).name or "文本"
    separator, start = (declared[1], declared.end()) if declared else (_best(text, name, limits), 0)
    return Source([_grid(list(_records(text, start, separator, name, limits)), name)])


def _best(text: str, name: str, limits: Limits) -> str:
    """Choose the separator under which a header is found, the commonest one when there is none."""
    found = {one: _probe(text, one, name, limits) for one in _SEPARATORS if one in text}
    return max(found, key=lambda one: found[one]) if found else ","


def _probe(text: str, separator: str, name: str, limits: Limits) -> tuple[int, int]:
    records = []
    # Under a wrong separator a quote may well stay open or a row grow too long; what the right one has against the
    # file is told when the whole is read.
    with suppress(DocumentRefused):
        for record in _records(text, 0, separator, name, limits):
            records.append(record)
            if len(records) == _PROBE_ROWS:
                break
    columns = find_columns(_grid(records, name))
    return (len(columns.roles) if columns else 0, text.count(separator, 0, _PROBE_CHARACTERS))


@cache
def _field(separator: str) -> re.Pattern[str]:
    # Possessive, so that a quote without its partner costs one pass and no search back.
    quoted = r'[ \t]*+"(?P<quoted>(?:[^"]++|"")*+)"' if separator != "\t" else r' *+"(?P<quoted>(?:[^"]++|"")*+)"'
    rest = rf"(?P<rest>[^{separator}\r\n]*+)"
    return re.compile(rf"(?:{quoted})?{rest}(?P<end>{separator}|\r\n|\n|\r|\Z)")


def _records(text: str, start: int, separator: str, name: str, limits: Limits) -> Iterator[list[str]]:
    record: list[str] = []
    rows = cells = 0
    pattern = _field(separator)
    position = start
    while position < len(text):
        match = pattern.match(text, position)
        if match is None:
            raise DocumentRefused("damaged", place=f"{name} 第{rows + 1}行")
        place = f"{name} 第{rows + 1}行第{len(record) + 1}列"
        if match["quoted"] is None and match["rest"].lstrip(" \t").startswith('"'):
            raise DocumentRefused("unclosed_quote", place=place)
        quoted = match["quoted"]
        field = match["rest"] if quoted is None else quoted.replace('""', '"') + match["rest"].rstrip()
        if len(field) > limits.cell_characters:
            raise DocumentRefused("cell_too_long", place=place, limit=limits.cell_characters)
        record.append(field)
        cells += 1
        _bound(rows + 1, len(record), cells, place, limits)
        position = match.end()
        if match["end"] != separator:
            yield record
            record, rows = [], rows + 1
    if record:
        # The file ends behind a separator: the last field is there and empty.
        yield [*record, ""]


def _bound(rows: int, columns: int, cells: int, place: str, limits: Limits) -> None:
    if rows > limits.rows:
        raise DocumentRefused("too_many_rows", place=place, limit=limits.rows)
    if columns > limits.columns:
        raise DocumentRefused("too_many_columns", place=place, limit=limits.columns)
    if cells > limits.cells:
        raise DocumentRefused("too_many_cells", place=place, limit=limits.cells)


def _grid(records: list[list[str]], name: str) -> Grid:
    width = max((len(record) for record in records), default=0)
    rows = [_row(record, number, width, name) for number, record in enumerate(records, start=1)]
    kept = [row for row in rows if row.anchors]
    for position in range(min(len(kept) - 1, _HEADER_ROWS)):
        kept[position] = _with_groups(kept[position], kept[position + 1])
    return Grid(PurePath(name).stem, kept)


def _row(record: list[str], number: int, width: int, name: str) -> Row:
    place = f"{name} 第{number}行"
    texts = [clean(field) for field in record]
    padded = [*texts, *[""] * (width - len(texts))]
    return Row(tuple(Cell(text, f"{place}第{column}列") for column, text in enumerate(padded, start=1)), place)


def _with_groups(row: Row, below: Row) -> Row:
    """Spread the titles of a header over the empty cells they were merged with before the sheet was saved as text.

    Such a row is told by the one below it, which has titles exactly where the upper one has a group and none elsewhere.
    """
    cells = list(row.cells)
    for start, cell in enumerate(row.cells):
        end = start + 1
        while end < len(cells) and not cells[end].text.strip() and below.cells[end].text.strip():
            end += 1
        if end == start + 1 or not cell.text.strip() or not role_of(below.cells[start].text):
            continue
        if not all(role_of(one.text) for one in below.cells[start:end]):
            continue
        across = end - start
        cells[start:end] = [replace(cell, across=across), *[replace(cell, across=across, anchor=False)] * (across - 1)]
    return replace(row, cells=tuple(cells))
