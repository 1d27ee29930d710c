"""How a step can end, and the one place that says which error means which ending.

handle returns            → job completed
Outcome                   → BPMN error: the diagram says what happens next
transient fault           → job failed, one retry less, waiting twice as long each time; then an incident
│   Unavailable              our own word for «not now»
│   httpx.TransportError     no connection, no answer in time
│   OperationalError         database locked, restarting or full
│   OSError                  disk full, file system gone
anything else             → a bug: traceback in the log, incident at once, no retry
"""

import logging
import random
import traceback
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy.exc import OperationalError

RETRIES = 7
"""What the diagrams give each job, so that waiting adds up to about two minutes before somebody is called."""

FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=1)


class Outcome(Exception):  # noqa: N818 - an outcome is part of the process, not a failure of the program
    """An ending that the diagram models as a BPMN error.

    Attributes:
        code: the error code of the boundary event.
        variables: what the path behind it needs, plain JSON data.
    """

    def __init__(self, code: str, message: str, variables: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.code = code
        self.variables = dict(variables)


class Unavailable(Exception):  # noqa: N818 - says what is the matter; the job is done again later
    """Something outside cannot do it now. The text is Chinese, for whoever looks at the failed job."""


SPEAKS_OF_CODE = (TypeError, AttributeError, NameError, ImportError)
"""Errors whose texts name parts of the program, never values."""

TRANSIENT = (Unavailable, httpx.TransportError, OperationalError, OSError)


def causes(error: BaseException) -> list[BaseException]:
    """Return the error, or, of a group of errors, the single ones in it."""
    if isinstance(error, BaseExceptionGroup):
        return [single for inner in error.exceptions for single in causes(inner)]
    return [error]


def is_transient(error: BaseException) -> bool:
    """Tell whether doing the same again later may work."""
    return all(isinstance(single, TRANSIENT) for single in causes(error))


def pause(retries_left: int, jitter: float | None = None) -> timedelta:
    """Return how long to wait before the next try: 1 s, 2 s, 4 s … at most a minute, ±20 % so that jobs spread out.

    Args:
        retries_left: of the job that has just failed, as the engine gave it (`RETRIES` at the first try).
        jitter: 0 to 1; drawn when not given.
    """
    tried = max(0, RETRIES - retries_left)
    spread = 0.8 + 0.4 * (random.random() if jitter is None else jitter)  # noqa: S311 - no secret hangs on it
    wait: timedelta = min(FIRST_PAUSE * 2**tried, LONGEST_PAUSE)
    return wait * spread


def describe(error: BaseException) -> str:
    """Say what went wrong without quoting values: a foreign error's text may hold a document's content.

    Our own errors carry texts made for people; of any other only the type and the place are told.
    """
    return "；".join(_describe_one(single) for single in causes(error))


def log_bug(logger: logging.Logger, room: str, error: BaseException) -> None:
    """Write a bug's traceback, without the values an error text may quote."""
    for single in causes(error):
        frames = "".join(traceback.format_tb(single.__traceback__))
        logger.error("%s: %s\n%s", room, _name(single), frames)


def _describe_one(error: BaseException) -> str:
    if isinstance(error, Outcome | Unavailable):
        return str(error)
    frames = traceback.extract_tb(error.__traceback__)
    place = f"，位置 {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"程序出错：{_name(error)}{place}"


def _name(error: BaseException) -> str:
    text = f"（{error}）" if isinstance(error, SPEAKS_OF_CODE) else ""
    return f"{type(error).__name__}{text}"
