"""The zip package of a document: its directory judged before it is opened, its parts counted while they unpack."""

import io
import zipfile
import zlib
from dataclasses import dataclass

from domain.documents.limits import Limits
from domain.documents.refusals import DocumentRefused

_CHUNK = 1 << 16
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30


@dataclass(frozen=True, slots=True)
class Package:
    """The unpacked parts of a document, each within the limits, by their names."""

    parts: dict[str, bytes]

    @property
    def names(self) -> frozenset[str]:
        """Every part's name."""
        return frozenset(self.parts)

    def under(self, prefix: str) -> list[str]:
        """Name the parts below a folder, in order."""
        return sorted(name for name in self.parts if name.startswith(prefix))


def open_package(content: bytes, limits: Limits) -> Package:
    """Unpack a document's parts in memory.

    Raises:
        DocumentRefused: file_too_large, damaged, too_many_entries, unsafe_entry_name, overlapping_entries,
            encrypted_entry or zip_bomb.
    """
    if len(content) > limits.file_bytes:
        raise DocumentRefused("file_too_large", limit=f"{limits.file_bytes // 1_000_000} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_directory(entries, len(content), limits)
            return Package(_unpack(archive, entries, limits))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise DocumentRefused("damaged") from error


def _check_directory(entries: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise DocumentRefused("too_many_entries", limit=limits.entries)
    for entry in entries:
        if _is_unsafe(entry.filename):
            raise DocumentRefused("unsafe_entry_name")
        if entry.flag_bits & _ENCRYPTED:
            raise DocumentRefused("encrypted_entry")
    if len({entry.filename for entry in entries}) != len(entries):
        raise DocumentRefused("overlapping_entries")
    _check_overlap(entries, size)
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise DocumentRefused("zip_bomb")


def _is_unsafe(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return not name or name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\x00" in name


def _check_overlap(entries: list[zipfile.ZipInfo], size: int) -> None:
    # Entries that share packed bytes let a small file unpack to any size; honest writers never do it.
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            raise DocumentRefused("overlapping_entries")
        end = entry.header_offset + _LOCAL_HEADER + len(entry.filename.encode()) + entry.compress_size
        if end > size:
            raise DocumentRefused("damaged")


def _unpack(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: Limits) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = limits.unpacked_bytes
    for entry in entries:
        if entry.is_dir():
            continue
        parts[entry.filename] = _unpack_entry(archive, entry, min(left, limits.entry_bytes), limits)
        left -= len(parts[entry.filename])
    return parts


def _unpack_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, ceiling: int, limits: Limits) -> bytes:
    # The directory's sizes are the sender's claim, so the bytes themselves are counted as they come.
    chunks = []
    size = 0
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            packed = max(entry.compress_size, 1)
            if size > ceiling or (size > limits.ratio_floor and size > packed * limits.ratio):
                raise DocumentRefused("zip_bomb", place=entry.filename)
            chunks.append(chunk)
    return b"".join(chunks)
