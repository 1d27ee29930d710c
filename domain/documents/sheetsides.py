"""What stands beside a sheet's cells: comments, text boxes and pictures, each with the cell it is fixed to."""

from collections.abc import Iterator
from typing import Any

from domain.documents.bookparts import local, rich_text
from domain.documents.celltext import clean
from domain.documents.limits import Limits
from domain.documents.markup import parse, relationships
from domain.documents.package import Package
from domain.documents.sheetscan import reference
from domain.documents.table import Clause, Notice

_COMMENTS = frozenset({"comments", "threadedComment"})


def read_sides(package: Package, sheet: str, title: str, limits: Limits) -> tuple[list[Clause], list[Notice]]:
    """Read a sheet's comments and drawings: texts as clauses, pictures as a notice.

    Raises:
        DocumentRefused: damaged, too_deep or too_much_markup.
    """
    clauses: list[Clause] = []
    pictures: list[str] = []
    for _, kind, target, outside in relationships(package, sheet, limits):
        name = _resolved(target)
        if outside or name not in package.parts:
            continue
        if kind in _COMMENTS:
            clauses.extend(_comments(parse(package, name, limits), title))
        elif kind == "drawing":
            for place, text in _shapes(parse(package, name, limits), title):
                if text:
                    clauses.append(Clause(text, place))
                else:
                    pictures.append(place)
    if not pictures:
        return clauses, []
    message = f"工作表“{title}”有图片，图中文字无法读取，如含参数请人工核对：{'、'.join(pictures[:8])}。"
    return clauses, [Notice("picture", message, pictures[0])]


def _comments(root: Any, title: str) -> Iterator[Clause]:
    for element in root.iter("{*}comment", "{*}threadedComment"):
        for child in element:
            if local(child) == "text":
                text = rich_text(child).shown.strip() or clean(child.text or "").strip()
                if text:
                    yield Clause(f"（批注）{text}", f"{title}!{element.get('ref', '')}")


def _shapes(root: Any, title: str) -> Iterator[tuple[str, str]]:
    """Give the place of every anchored shape and its text, "" for a picture."""
    for anchor in root:
        start = next((one for one in anchor if local(one) == "from"), None) if isinstance(anchor.tag, str) else None
        place = f"{title}!{_anchored(start)}" if start is not None else title
        lines = [
            "".join(one.text or "" for one in line.iter("{*}t"))
            for line in anchor.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}p")
        ]
        text = clean("\n".join(line for line in lines if line.strip())).strip()
        if text:
            yield place, text
        if any(True for _ in anchor.iter("{*}pic")):
            yield place, ""


def _anchored(start: Any) -> str:
    where = {local(one): (one.text or "").strip() for one in start}
    column, row = where.get("col", ""), where.get("row", "")
    known = column.isdigit() and row.isdigit() and len(column) < 6 and len(row) < 8
    return reference(int(row) + 1, int(column) + 1) if known else ""


def _resolved(target: str) -> str:
    """A target as a part's name; relations of a sheet are relative to `xl/worksheets/`."""
    if target.startswith("/"):
        return target[1:]
    return f"xl/{target[3:]}" if target.startswith("../") else f"xl/worksheets/{target}"
