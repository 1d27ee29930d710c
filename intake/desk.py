"""The desk where documents are taken in: converted first, read apart, or read right here, each as its format asks."""

import hashlib
from dataclasses import replace
from typing import TypeVar, cast

from domain.documents import DocumentRefused, Limits, Notice, ParameterTable
from domain.documents.corrections import ChangeDocument
from domain.documents.kinds import Conversion, Kind, conversion_of, family_of
from domain.documents.secrecy import is_marked_name
from intake.apart import READINGS, read_apart
from intake.libreoffice import LibreOffice
from intake.settings import IntakeSettings

_APART = frozenset({Kind.PDF, Kind.OLD_WORKBOOK})
"""Read by libraries whose time and memory only a process of their own can bound."""


_Read = TypeVar("_Read", ParameterTable, ChangeDocument)


class Intake:
    """Reads approved tables and tenders of every format this installation can read."""

    def __init__(self, settings: IntakeSettings) -> None:
        self._settings = settings
        program = settings.converter
        self._office = (
            LibreOffice(program, settings.conversion_timeout, settings.conversion_memory) if program else None
        )

    @property
    def limits(self) -> Limits:
        """How large a document may be."""
        return self._settings.limits

    def read(self, content: bytes, file_name: str) -> ParameterTable:
        """Read a document, converting it first where that is needed and possible.

        Args:
            content: the file as uploaded.
            file_name: its name, used for the secrecy check and the unit of money, never for the type.

        Returns:
            The table; its digest is always that of `content`, its places are those of what was read.

        Raises:
            DocumentRefused: anything that must not or cannot be taken in, with a Chinese message for the sender.
        """
        read, conversion = self._taken_in(ParameterTable, content, file_name)
        return _as_sent(read, content, conversion)

    def read_changes(self, content: bytes, file_name: str) -> ChangeDocument:
        """Read a document that names only what changes; arguments and refusals as of `read`."""
        read, conversion = self._taken_in(ChangeDocument, content, file_name)
        return replace(read, table=_as_sent(read.table, content, conversion))

    def _taken_in(self, wanted: type[_Read], content: bytes, file_name: str) -> tuple[_Read, Conversion | None]:
        limits = self.limits
        if is_marked_name(file_name):
            raise DocumentRefused("secrecy_marking", place="文件名")
        if len(content) > limits.file_bytes:
            raise DocumentRefused("file_too_large", limit=f"{limits.file_bytes // 1_000_000} MB")
        conversion = conversion_of(content, limits) if self._office else None
        if conversion is not None and self._office is not None:
            content = self._office.convert(content, conversion)
        if family_of(content) in _APART:
            return read_apart(wanted, content, file_name, self._settings), conversion
        return cast("_Read", READINGS[wanted](content, file_name, limits)), conversion


def _as_sent(table: ParameterTable, content: bytes, conversion: Conversion | None) -> ParameterTable:
    """Give a table the digest of what was sent, and tell what it was converted from."""
    if conversion is None:
        return table
    digest = hashlib.sha256(content).hexdigest()
    return replace(table, sha256=digest, notices=(_converted(conversion), *table.notices))


def _converted(conversion: Conversion) -> Notice:
    message = (
        f"文件是 {conversion.found} 格式，已由 LibreOffice 转换为 .{conversion.target} 后读取，宏和外部链接未被执行；"
        "位置按转换后的文件标注，请与原件核对。"
    )
    return Notice("converted", message)
