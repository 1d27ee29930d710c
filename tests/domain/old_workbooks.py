"""Old workbooks built in memory: a compound file with one BIFF8 stream, plain enough to be broken on purpose."""

import struct
from collections.abc import Iterable, Mapping, Sequence

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


class Percent(float):
    """A number that the sheet shows as a percentage."""


def record(code: int, data: bytes = b"") -> bytes:
    """One record of a workbook stream."""
    return struct.pack("<HH", code, len(data)) + data


def old_workbook(
    content: Mapping[str, Iterable[Sequence[object]]],
    *,
    merged: Iterable[tuple[int, int, int, int]] = (),
    hidden: Iterable[str] = (),
    extra: bytes = b"",
    streams: Mapping[str, bytes] | None = None,
) -> bytes:
    """A `.xls` file of sheets.

    `merged` are (first row, last row, first column, last column) of the first sheet, from zero; `extra` records go into
    the first sheet, and `streams` beside the workbook's own.
    """
    stream = workbook_stream(content, merged=merged, hidden=hidden, extra=extra)
    return compound_file({"Workbook": stream, **(streams or {})})


def workbook_stream(
    content: Mapping[str, Iterable[Sequence[object]]],
    *,
    merged: Iterable[tuple[int, int, int, int]] = (),
    hidden: Iterable[str] = (),
    extra: bytes = b"",
) -> bytes:
    """The records of a workbook."""
    bodies = []
    for position, rows in enumerate(content.values()):
        body = record(0x809, struct.pack("<HHHHLL", 0x600, 0x10, 0, 0, 0, 0))
        body += b"".join(
            _cell(row, column, value) for row, cells in enumerate(rows) for column, value in enumerate(cells)
        )
        if position == 0:
            areas = list(merged)
            body += extra
            if areas:
                body += record(
                    0xE5, struct.pack("<H", len(areas)) + b"".join(struct.pack("<HHHH", *one) for one in areas)
                )
        bodies.append(body + record(0x0A))
    head = record(0x809, struct.pack("<HHHHLL", 0x600, 0x05, 0, 0, 0, 0)) + record(0x42, struct.pack("<H", 1200))
    font = struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\x00" + b"Arial"
    head += record(0x31, font) * 4
    for number_format in (0, 10, 14):
        head += record(0xE0, struct.pack("<HHHBBBBLLH", 0, number_format, 0, 0x20, 0, 0, 0, 0, 0, 0x20C0))
    names = [_text(name, "<B") for name in content]
    start = len(head) + sum(4 + 6 + len(name) for name in names) + 4
    for title, name, body in zip(content, names, bodies, strict=True):
        head += record(0x85, struct.pack("<LBB", start, title in set(hidden), 0) + name)
        start += len(body)
    return head + record(0x0A) + b"".join(bodies)


def _text(text: str, length: str) -> bytes:
    return struct.pack(length, len(text)) + b"\x01" + text.encode("utf-16-le")


def _cell(row: int, column: int, value: object) -> bytes:
    if value is None or value == "":
        return record(0x201, struct.pack("<HHH", row, column, 0))
    if isinstance(value, bool):
        return record(0x205, struct.pack("<HHHBB", row, column, 0, value, 0))
    if isinstance(value, int | float):
        return record(0x203, struct.pack("<HHHd", row, column, isinstance(value, Percent), float(value)))
    return record(0x204, struct.pack("<HHH", row, column, 0) + _text(str(value), "<H"))


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with streams at its top, each long enough to need no short sectors."""
    padded = {name: data.ljust(max(4096, -(-len(data) // _SECTOR) * _SECTOR), b"\0") for name, data in streams.items()}
    directory_sectors = -(-(len(padded) + 1) * 128 // _SECTOR)
    data_sectors = sum(len(data) for data in padded.values()) // _SECTOR
    fat_sectors = 1
    while fat_sectors * 128 < fat_sectors + directory_sectors + data_sectors:
        fat_sectors += 1
    fat = [_FAT] * fat_sectors + _chain(fat_sectors, directory_sectors)
    entries = [_entry("Root Entry", 5, _END, 0, child=1 if padded else _FREE)]
    for position, (name, data) in enumerate(padded.items(), start=1):
        right = position + 1 if position < len(padded) else _FREE
        entries.append(_entry(name, 2, len(fat), len(data), right=right))
        fat += _chain(len(fat), len(data) // _SECTOR)
    fat += [_FREE] * (fat_sectors * 128 - len(fat))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<LLLLLLLLL", 0, fat_sectors, fat_sectors, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109L", *[*range(fat_sectors), *[_FREE] * (109 - fat_sectors)])
    directory = b"".join(entries).ljust(directory_sectors * _SECTOR, b"\0")
    return header + struct.pack(f"<{len(fat)}L", *fat) + directory + b"".join(padded.values())


def _chain(start: int, length: int) -> list[int]:
    return [*range(start + 1, start + length), _END]


def _entry(name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE) -> bytes:
    stored = name.encode("utf-16-le") + b"\0\0"
    entry = stored.ljust(64, b"\0") + struct.pack("<HBBLLL", len(stored), kind, 1, _FREE, right, child)
    return (entry.ljust(116, b"\0") + struct.pack("<LL", start, size)).ljust(128, b"\0")
