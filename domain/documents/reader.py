"""From bytes to a parameter table: check, unpack, read, refuse secrets, lay out, cross-check."""

import hashlib
from collections.abc import Callable, Iterator

from domain.documents.delimited import read_delimited
from domain.documents.kinds import Kind, family_of, kind_of
from domain.documents.limits import Limits
from domain.documents.listing import lay_out
from domain.documents.markup import check_markup
from domain.documents.oldworkbook import read_old_workbook
from domain.documents.package import open_package
from domain.documents.pdffile import read_pdf
from domain.documents.refusals import DocumentRefused
from domain.documents.secrecy import first_marking, is_marked_name
from domain.documents.sidetexts import active_content_notices, side_texts
from domain.documents.source import Source
from domain.documents.table import ParameterTable
from domain.documents.wordfile import read_text_document
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
    source = open_document(content, file_name, limits)
    digest = hashlib.sha256(content).hexdigest()
    return lay_out(source, file_name, digest, limits, source.closing)


def open_document(content: bytes, file_name: str, limits: Limits = _STANDARD) -> Source:
    """Take a document apart without asking what its tables list; arguments and refusals as of `read_document`."""
    family = family_of(content)
    if is_marked_name(file_name):
        raise DocumentRefused("secrecy_marking", place="文件名")
    if len(content) > limits.file_bytes:
        raise DocumentRefused("file_too_large", limit=f"{limits.file_bytes // 1_000_000} MB")
    source = _READERS[family](content, file_name, limits)
    _check_secrecy(source)
    return source


def _read_package(content: bytes, _: str, limits: Limits) -> Source:
    package = open_package(content, limits)
    kind = kind_of(package.names)
    check_markup(package)
    if kind is Kind.TEXT:
        text = read_text_document(package, limits)
        source = Source(text.grids, text.clauses, text.notices)
    else:
        workbook = read_workbook(package, limits)
        source = Source(workbook.grids, workbook.clauses, workbook.notices)
    source.sides = side_texts(package, limits)
    source.closing = active_content_notices(package, limits)
    return source


_READERS: dict[Kind, Callable[[bytes, str, Limits], Source]] = {
    Kind.PACKAGE: _read_package,
    Kind.OLD_WORKBOOK: read_old_workbook,
    Kind.PDF: read_pdf,
    Kind.DELIMITED: read_delimited,
}


def _check_secrecy(source: Source) -> None:
    marked = next((grid.name for grid in source.grids if is_marked_name(grid.name)), None)
    if marked is not None:
        raise DocumentRefused("secrecy_marking", place="工作表名称")
    place = first_marking(_texts(source)) or first_marking(source.sides)
    if place is not None:
        raise DocumentRefused("secrecy_marking", place=place)


def _texts(found: Source) -> Iterator[tuple[str, str]]:
    for grid in found.grids:
        for row in grid.rows:
            for cell in row.anchors:
                yield cell.text, cell.place
    for clause in found.clauses:
        yield clause.text, clause.place
