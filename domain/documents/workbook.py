"""`.xlsx` and `.xlsm` workbooks to grids: values and formulas, merged ranges spread, every cell with its place.

The parts are read as XML directly, in one pass: a library would load every sheet twice, once for values and once for
formulas, and builds objects for cells before anything could be counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from domain.documents.bookparts import read_parts
from domain.documents.grid import Grid
from domain.documents.limits import Limits
from domain.documents.markup import parse, relationships
from domain.documents.package import Package
from domain.documents.refusals import DocumentRefused
from domain.documents.sheet import Budget, Sheet
from domain.documents.sheetsides import read_sides
from domain.documents.sheetxml import read_sheet
from domain.documents.table import Clause, Notice

_BOOK = "xl/workbook.xml"


@dataclass(slots=True)
class WorkbookContent:
    """What a workbook holds: a grid a sheet, the texts beside the cells, and the reader's notices."""

    grids: list[Grid] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def read_workbook(package: Package, limits: Limits) -> WorkbookContent:
    """Read every sheet of a checked package.

    Raises:
        DocumentRefused: a size limit, or damaged when the parts do not fit together.
    """
    sheets = list(_sheets(package, limits))
    if not sheets:
        raise DocumentRefused("damaged", place=_BOOK)
    if len(sheets) > limits.sheets:
        raise DocumentRefused("too_many_sheets", limit=limits.sheets)
    parts = read_parts(package, limits)
    found = WorkbookContent()
    budget = Budget()
    cells = 0
    for title, state, name in sheets:
        content, cells = read_sheet(package.parts[name], name, parts, limits, cells)
        if state != "visible":
            found.notices.append(Notice("hidden_sheet", f"工作表“{title}”是隐藏的，其内容已一并读取，请核对。", title))
        sheet = Sheet(title, content, parts, budget)
        found.grids.append(Grid(title, sheet.rows(), is_hidden=state != "visible"))
        found.notices.extend(sheet.notices())
        found.clauses.extend(sheet.clauses)
        clauses, notices = read_sides(package, name, title, limits)
        found.clauses.extend(clauses)
        found.notices.extend(notices)
    return found


def _sheets(package: Package, limits: Limits) -> Iterator[tuple[str, str, str]]:
    """Give each sheet's title, its state (visible, hidden, veryHidden) and its part, in the order of the tabs."""
    targets = {
        key: _resolved(target)
        for key, kind, target, outside in relationships(package, _BOOK, limits)
        if kind == "worksheet" and not outside
    }
    root = parse(package, _BOOK, limits)
    for element in root.iter("{*}sheet"):
        name = targets.get(_relation(element))
        if name is None:
            continue
        if name not in package.parts:
            raise DocumentRefused("damaged", place=name)
        yield str(element.get("name", "")), str(element.get("state", "visible")), name


def _relation(element: Any) -> str:
    return next((str(value) for name, value in element.attrib.items() if name.endswith("}id")), "")


def _resolved(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
