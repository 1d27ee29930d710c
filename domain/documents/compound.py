"""Compound files (OLE2), the container of old Office and WPS files: their directory and single streams.

Every chain is followed with a bound and every number in the file is only a claim: a damaged or hostile file ends in a
refusal, never in a loop. Structure: [MS-CFB].
"""

import struct
from dataclasses import dataclass

from domain.documents.refusals import DocumentRefused

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
_HEADER_DIFAT = 109
_ENTRY = 128
_END = 0xFFFFFFFA
_NO_ENTRY = 0xFFFFFFFF
_STREAM, _ROOT = 2, 5
_MOST_ENTRIES = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the directory; `kind` is 1 for a storage, 2 for a stream, 5 for the root."""

    name: str
    kind: int
    start: int
    size: int
    left: int
    right: int
    child: int


class CompoundFile:
    """A compound file's directory, and what is in it.

    Raises:
        DocumentRefused: damaged.
    """

    def __init__(self, content: bytes) -> None:
        if len(content) < 512 or not content.startswith(SIGNATURE):
            raise DocumentRefused("damaged")
        self._content = content
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in {9, 12} or mini_shift != 6:
            raise DocumentRefused("damaged")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        self._first_directory, self._cutoff, self._first_mini = (
            struct.unpack_from("<L", content, place)[0] for place in (48, 56, 60)
        )
        self._fat = self._read_fat()
        self._entries = self._read_directory()
        self.children = self._walk(self._entries[0].child)
        self._mini: tuple[list[int], bytes] | None = None

    @property
    def names(self) -> frozenset[str]:
        """Names of the streams and storages at the top of the file."""
        return frozenset(self.children)

    def stream(self, name: str) -> bytes | None:
        """Give a stream at the top of the file whole, None when there is none of the name."""
        entry = self.children.get(name)
        if entry is None or entry.kind != _STREAM:
            return None
        if entry.size >= self._cutoff:
            return self._chain(entry.start)[: entry.size]
        fat, stored = self._mini_stream()
        return _follow(stored, fat, entry.start, self._mini_size, 0)[: entry.size]

    def _read_fat(self) -> list[int]:
        numbers = list(struct.unpack_from(f"<{_HEADER_DIFAT}L", self._content, 76))
        following = struct.unpack_from("<L", self._content, 68)[0]
        most = len(self._content) // self._size + 1
        for _ in range(most):
            if following >= _END:
                break
            sector = self._sector(following)
            numbers += struct.unpack(f"<{len(sector) // 4}L", sector)
            following = numbers.pop()
        fat: list[int] = []
        for number in numbers[: most + _HEADER_DIFAT]:
            if number < _END:
                sector = self._sector(number)
                fat += struct.unpack(f"<{len(sector) // 4}L", sector)
        return fat

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._content[start : start + self._size]
        if len(sector) < self._size:
            raise DocumentRefused("damaged")
        return sector

    def _chain(self, start: int) -> bytes:
        return _follow(self._content, self._fat, start, self._size, self._size)

    def _mini_stream(self) -> tuple[list[int], bytes]:
        if self._mini is None:
            table = self._chain(self._first_mini)
            fat = list(struct.unpack(f"<{len(table) // 4}L", table[: len(table) // 4 * 4]))
            self._mini = fat, self._chain(self._entries[0].start)
        return self._mini

    def _read_directory(self) -> list[Entry]:
        stored = self._chain(self._first_directory)
        entries = [_entry(stored, start) for start in range(0, len(stored) - _ENTRY + 1, _ENTRY)]
        if not entries or entries[0].kind != _ROOT or len(entries) > _MOST_ENTRIES:
            raise DocumentRefused("damaged")
        return entries

    def _walk(self, first: int) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        waiting, seen = [first], set[int]()
        while waiting:
            number = waiting.pop()
            if number == _NO_ENTRY or number in seen or number >= len(self._entries):
                continue
            seen.add(number)
            entry = self._entries[number]
            found.setdefault(entry.name, entry)
            waiting += [entry.left, entry.right]
        return found


def _entry(stored: bytes, start: int) -> Entry:
    length = min(struct.unpack_from("<H", stored, start + 64)[0], 64)
    name = stored[start : start + max(length - 2, 0)].decode("utf-16-le", "replace")
    left, right, child = struct.unpack_from("<LLL", stored, start + 68)
    first, size = struct.unpack_from("<LL", stored, start + 116)
    return Entry(name, stored[start + 66], first, size, left, right, child)


def _follow(stored: bytes, fat: list[int], start: int, size: int, offset: int) -> bytes:
    """Join the sectors of a chain; a chain that comes back to itself or leaves the file is damage."""
    pieces = []
    number = start
    left = len(stored) // size + 1
    while number < _END:
        position = number * size + offset
        if number >= len(fat) or position >= len(stored) or left == 0:
            raise DocumentRefused("damaged")
        pieces.append(stored[position : position + size])
        number, left = fat[number], left - 1
    return b"".join(pieces)
