"""Handing one command to the engine and waiting for its answer without holding a thread."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from engine.core.errors import Overloaded, Rejected, Unanswered
from engine.core.host import Answer
from engine.rest.operation import Call
from engine.rest.problems import deadline_exceeded, rejected, resource_exhausted

PATIENCE: Final = 10.0
"""Seconds until an unanswered command becomes 504, as in Camunda's gateway."""


async def command(  # noqa: PLR0913 - a command is these five things, and on whose behalf
    call: Call,
    value_type: str,
    intent: str,
    value: Mapping[str, Any],
    *,
    key: int = -1,
    patience: float = PATIENCE,
) -> Answer:
    """Have the engine carry out a command.

    Args:
        call: on whose behalf.
        value_type: the record's value type, such as `USER_TASK`.
        intent: the command, such as `COMPLETE`.
        value: the record's properties.
        key: what the command is about, when it is about something that exists.
        patience: seconds to wait; the command itself is not taken back when they are over.

    Raises:
        ProblemError: the engine refuses (its own text), takes no more commands now (503), or has not answered (504).
    """
    answer = call.services.engine.submit_later(value_type, intent, value, key=key, timeout=patience)
    try:
        # The engine completes the future by itself, so it must not be cancelled from this side.
        return await asyncio.shield(asyncio.wrap_future(answer))
    except Rejected as refusal:
        raise rejected(intent, refusal.kind, refusal.reason) from refusal
    except Unanswered as late:
        raise deadline_exceeded() from late
    except Overloaded as busy:
        raise resource_exhausted() from busy
