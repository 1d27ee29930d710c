"""One list in every format: the sample projects' approved tables saved as `.xls`, text and PDF give the same items."""

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from domain.documents import ParameterTable, read_document
from tests.domain.old_workbooks import old_workbook
from tests.domain.pdf_files import pdf, table

SAMPLES = Path(__file__).parents[3] / "samples"
PROJECTS = sorted(path.parent.name for path in SAMPLES.glob("*/approved.xlsx"))
WIDE = (1400.0, 842.0)
ROOM = 700.0


def sheet(project: str) -> Any:
    (only,) = openpyxl.load_workbook(SAMPLES / project / "approved.xlsx").worksheets
    return only


def cells(project: str) -> list[list[Any]]:
    return [list(row) for row in sheet(project).iter_rows(values_only=True)]


def original(project: str) -> ParameterTable:
    return read_document((SAMPLES / project / "approved.xlsx").read_bytes(), "清单.xlsx")


def squeezed(text: str) -> str:
    return "".join(text.split())


def said(found: ParameterTable) -> list[tuple[Any, ...]]:
    """What the items say, without places and without spaces that only lay out."""
    return [
        (
            squeezed(item.name), squeezed(item.subsystem), item.package,
            item.quantity and (item.quantity.number, item.quantity.unit), item.amount_fen,
            [(squeezed(one.text), one.mark, one.readable) for one in item.parameters],
        )
        for item in found.items
    ]  # fmt: skip


@pytest.mark.parametrize("project", PROJECTS)
def test_saved_as_an_old_workbook_the_items_and_their_places_are_the_same(project: str) -> None:
    areas = [
        (area.min_row - 1, area.max_row - 1, area.min_col - 1, area.max_col - 1)
        for area in sheet(project).merged_cells.ranges
    ]
    saved = read_document(old_workbook({sheet(project).title: cells(project)}, merged=areas), "清单.xls")
    assert saved.items == original(project).items
    assert saved.subtotals == original(project).subtotals
    assert saved.notices == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("project", PROJECTS)
def test_saved_as_text_the_items_are_the_same(project: str, encoding: str) -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(["" if cell is None else cell for cell in row] for row in cells(project))
    saved = read_document(buffer.getvalue().encode(encoding), "清单.csv")
    assert said(saved) == said(original(project))
    assert [one.fen for one in saved.subtotals] == [one.fen for one in original(project).subtotals]


@pytest.mark.parametrize("project", PROJECTS)
def test_printed_as_a_pdf_over_many_pages_the_items_are_the_same(project: str) -> None:
    pages, rest = [], printed(project)
    widths = [60.0, *(160.0 if len(rest[0]) > 8 else 180.0,) * 2, 420.0, *(80.0,) * (len(rest[0]) - 4)]
    while rest:
        count = next((at for at in range(1, len(rest)) if drop(rest[: at + 1], widths) > ROOM), len(rest))
        pages.append(table(rest[:count], widths, left=20)[0])
        rest = rest[count:]
    saved = read_document(pdf(*pages, box=WIDE), "清单.pdf")
    assert len(pages) > 2
    assert said(saved) == said(original(project))
    assert [notice.code for notice in saved.notices] == ["pdf_layout"]


def printed(project: str) -> list[list[str]]:
    """The rows as text; a merged title is drawn as one wide cell."""
    spans = {(area.min_row, area.min_col): area for area in sheet(project).merged_cells.ranges}
    rows: list[list[str]] = [[number(cell) for cell in row] for row in cells(project)]
    for (top, left), area in spans.items():
        for row in range(top, area.max_row + 1):
            for column in range(left + 1, area.max_col + 1):
                rows[row - 1][column - 1] = "←"
    return rows


def number(cell: Any) -> str:
    return (
        format(Decimal(repr(cell)).normalize(), "f") if isinstance(cell, float) else "" if cell is None else str(cell)
    )


def drop(rows: list[list[str]], widths: list[float]) -> float:
    return 780.0 - table(rows, widths, left=20)[1]
