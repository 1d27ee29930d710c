"""A document read in a process of its own, with bounded time and memory; `python -m intake`.

The parent writes one line of JSON (name, limits, ceilings) and the document, and reads one JSON answer. The answer is
data only, so that a child that a hostile document has taken over can at worst tell a wrong table.
"""

import json
import math
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from domain.documents import DocumentRefused, Limits, ParameterTable, read_document
from domain.documents.corrections import ChangeDocument, read_changes
from domain.plain import from_plain, to_plain
from intake.bounded import bound
from intake.processes import OutOfTime, run_child
from intake.settings import IntakeSettings

_ROOT = Path(__file__).resolve().parents[1]
_SPENT = {-9, -24, -6}
"""Killed, out of processor time, or ended by a library that got no memory."""


READINGS: dict[type, Callable[[bytes, str, Limits], Any]] = {
    ParameterTable: read_document,
    ChangeDocument: read_changes,
}
"""What a document can be read as, and by which reader."""

_Read = TypeVar("_Read", ParameterTable, ChangeDocument)


class ReaderFailed(RuntimeError):  # noqa: N818 - the traceback below it is what matters
    """The reader itself went wrong: a bug, told with the child's traceback."""


def read_apart(wanted: type[_Read], content: bytes, file_name: str, settings: IntakeSettings) -> _Read:
    """Read a document in a child process.

    Args:
        wanted: what to read it as, one of `READINGS`.
        content: the document.
        file_name: its name.
        settings: how large it may be, and how much time and memory the child may take.

    Raises:
        DocumentRefused: as the reader does; reading_too_costly when a ceiling was met, damaged when the library crashed
            on the document.
        ReaderFailed: a bug of the reader.
    """
    timeout = settings.reading_timeout
    ceilings = {"seconds": math.ceil(timeout.total_seconds()), "memory": settings.reading_memory}
    asked = {"wanted": wanted.__name__, "name": file_name, "limits": asdict(settings.limits), **ceilings}
    head = json.dumps(asked).encode() + b"\n"
    command = [sys.executable, "-m", "intake"]
    env = {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        ended = run_child(command, env, _ROOT, timeout, head + content)
    except OutOfTime as late:
        raise DocumentRefused("reading_too_costly") from late
    if ended.code in _SPENT:
        raise DocumentRefused("reading_too_costly")
    if ended.code < 0:
        raise DocumentRefused("damaged")
    if ended.code:
        raise ReaderFailed(ended.complaint)
    return _told(wanted, json.loads(ended.output))


def _told(wanted: type[_Read], answer: dict[str, Any]) -> _Read:
    if "refused" in answer:
        refused = answer["refused"]
        raise DocumentRefused.as_told(refused["code"], refused["place"], refused["message"])
    return from_plain(wanted, answer["read"])


def main() -> int:
    """Read what standard input brings and answer on standard output."""
    head = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    bound(head["seconds"], head["memory"], largest_file=0)
    read = next(reader for wanted, reader in READINGS.items() if wanted.__name__ == head["wanted"])
    sys.stdout.write(_answer(lambda: read(content, head["name"], Limits(**head["limits"]))))
    return 0


def _answer(read: Callable[[], Any]) -> str:
    try:
        return json.dumps({"read": to_plain(read())})
    except DocumentRefused as refused:
        told = refused
    except MemoryError:
        told = DocumentRefused("reading_too_costly")
    return json.dumps({"refused": {"code": told.code, "place": told.place, "message": told.message}})
