"""From bytes to a parameter table: check, unpack, read, refuse secrets, lay out, cross-check."""

import hashlib
from collections.abc import Iterator

from domain.documents.kinds import Kind, check_container, kind_of
from domain.documents.limits import Limits
from domain.documents.listing import lay_out
from domain.documents.markup import check_markup
from domain.documents.package import Package, open_package
from domain.documents.refusals import DocumentRefused
from domain.documents.secrecy import first_marking, is_marked_name
from domain.documents.sidetexts import active_content_notices, side_texts
from domain.documents.table import ParameterTable
from domain.documents.wordfile import TextContent, read_text_document
from domain.documents.workbook import read_workbook

_STANDARD = Limits()


def read_document(content: bytes, file_name: str, limits: Limits = _STANDARD) -> ParameterTable:
    """Read an approved table or a tender.

    Args:
        content: the file as uploaded.
        file_name: its name, used for the secrecy check and the unit of money, never for the type.
        limits: ceilings; the defaults suit lists of thousands of rows.

    Raises:
        DocumentRefused: anything that must not or cannot be taken in, with a Chinese message for the sender.
    """
    check_container(content)
    if is_marked_name(file_name):
        raise DocumentRefused("secrecy_marking", place="文件名")
    package = open_package(content, limits)
    kind = kind_of(package.names)
    check_markup(package)
    found = _open(kind, content, package, limits)
    _check_secrecy(found, package, limits)
    digest = hashlib.sha256(content).hexdigest()
    return lay_out(found, file_name, digest, limits, active_content_notices(package, limits))


def _open(kind: Kind, content: bytes, package: Package, limits: Limits) -> TextContent:
    if kind is Kind.TEXT:
        return read_text_document(package, limits)
    workbook = read_workbook(content, package, limits)
    return TextContent(workbook.grids, [], workbook.notices)


def _check_secrecy(found: TextContent, package: Package, limits: Limits) -> None:
    marked = next((grid.name for grid in found.grids if is_marked_name(grid.name)), None)
    if marked is not None:
        raise DocumentRefused("secrecy_marking", place="工作表名称")
    place = first_marking(_texts(found)) or first_marking(side_texts(package, limits))
    if place is not None:
        raise DocumentRefused("secrecy_marking", place=place)


def _texts(found: TextContent) -> Iterator[tuple[str, str]]:
    for grid in found.grids:
        for row in grid.rows:
            for cell in row.anchors:
                yield cell.text, cell.place
    for clause in found.clauses:
        yield clause.text, clause.place
