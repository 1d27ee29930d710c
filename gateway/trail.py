"""The audit trail told in sentences."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gateway.people import Names
from records.models import AuditEvent

SENTENCES: dict[str, str] = {}


@dataclass(frozen=True)
class Happening:
    """One event of a project's history: when, who, what."""

    at: datetime
    actor: str
    text: str


def tell(event: AuditEvent, names: Names) -> Happening:
    """Return an event in words; an action without a sentence of its own is shown by its name."""
    payload: dict[str, Any] = json.loads(event.payload)
    sentence = SENTENCES.get(event.action, event.action)
    return Happening(event.at, names.person(event.actor), sentence.format_map(_Blank(payload)))


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""
