"""Reasonableness hints as a form shows them: few, short, numbered; the rest is on the review's page (design D4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.reasonableness import Hint

MOST_HINTS = 60
LONGEST_TEXT = 240


@dataclass(frozen=True)
class Hints:
    """The hints of a round."""

    hints: tuple[Hint, ...]


def hint_lines(hints: Sequence[Hint]) -> list[dict[str, Any]]:
    """Return the first `MOST_HINTS` hints for a form, each text at most `LONGEST_TEXT` characters long."""
    return [
        {
            "no": number,
            "topic": hint.topic.value,
            "item": _clip("·".join(filter(None, (hint.subsystem, hint.item)))),
            "reason": _clip(hint.reason),
        }
        for number, hint in enumerate(hints[:MOST_HINTS], 1)
    ]


def hints_note(count: int) -> str:
    """Return the sentence that says how many hints a form leaves out, "" when it shows them all."""
    more = count - MOST_HINTS
    return f"下面列出前 {MOST_HINTS} 条提示，另有 {more} 条见“技术参数审查”页面。" if more > 0 else ""


def _clip(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
