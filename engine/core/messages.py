"""What is said between Python and the engine's Java side: JSON, as bytes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jpype

from engine.core.errors import Overloaded, Rejected, Unanswered

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Answer:
    """What the engine did on a command: the key and the record it wrote, as JSON."""

    key: int
    value_type: str
    intent: str
    value: dict[str, Any]


@dataclass(frozen=True)
class Record:
    """One event of the engine's log. The timestamp is in milliseconds since 1970, by the engine's clock."""

    position: int
    key: int
    value_type: str
    intent: str
    timestamp: int
    value: dict[str, Any]


def encoded(value: Mapping[str, Any]) -> Any:
    """A record value as a Java byte array."""
    return jpype.JArray(jpype.JByte)(json.dumps(value, ensure_ascii=False).encode())


def decoded(answer: bytes) -> Answer:
    """The engine's answer.

    Raises:
        Rejected, Overloaded, Unanswered: the command came to nothing.
    """
    fields = json.loads(answer)
    if "rejected" in fields:
        raise Rejected(fields["rejected"], fields["reason"])
    if "refused" in fields:
        message = f"引擎暂时不接受更多命令({fields['refused']})。该操作没有执行,请稍后重试。"
        raise Overloaded(message)
    if "unanswered" in fields:
        message = "The engine has not answered in time"
        raise Unanswered(message)
    return Answer(fields["key"], fields["valueType"], fields["intent"], fields["value"])
