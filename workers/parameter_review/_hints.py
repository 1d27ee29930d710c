"""Reasonableness hints as a form shows them, short and numbered, and what the reviewers answered (design D4)."""

from collections.abc import Iterable, Sequence
from typing import Any

from records.hints import DISMISSED, UPHELD, Answer
from records.models import ParameterReview, ReasonablenessHint
from workers.registry import Books
from workers.words import writable

MOST_HINTS = 40
LONGEST_TEXT = 200
ASKED = "请说明理由或修改招标文件"


def open_hints(hints: Iterable[ReasonablenessHint]) -> list[ReasonablenessHint]:
    """Return the hints a reviewer is asked about: not those that only inform or were dismissed in an earlier round."""
    return [hint for hint in hints if not hint.informs and not hint.carried_over]


def number(hint: ReasonablenessHint) -> int:
    """Return the number by which forms and opinion name a hint: its place in the round, from 1."""
    return hint.position + 1


def hint_lines(hints: Sequence[ReasonablenessHint]) -> list[dict[str, Any]]:
    """Return the first `MOST_HINTS` hints for a form, each text at most `LONGEST_TEXT` characters long."""
    return [
        {
            "no": number(hint),
            "topic": hint.topic,
            "item": _clip("·".join(filter(None, (hint.subsystem, hint.item)))),
            "reason": _clip(hint.reason),
            "evidence": _clip(hint.evidence or hint.tender),
            "figure": _clip(hint.figure),
        }
        for hint in hints[:MOST_HINTS]
    ]


def hints_note(hints: Sequence[ReasonablenessHint], informing: Iterable[ReasonablenessHint]) -> str:
    """Return what a form says above the hints: what is only to be known, and how many it leaves out."""
    more = len(hints) - MOST_HINTS
    left = [f"下面列出前 {MOST_HINTS} 条提示，另有 {more} 条见“技术参数审查”页面。"] if more > 0 else []
    return "".join([*(f"{hint.reason}。" for hint in informing), *left])


def settle_hints(books: Books, review: ParameterReview, said: Any) -> list[dict[str, Any]]:
    """Write the answers to the round's hints; return the upheld ones as lines of what the unit must change.

    A hint nobody answered stays unanswered: hints hold up nothing by themselves.
    """
    hints = books.hints.of_round(review.id, review.round)
    answers = _answers(hints, said)
    books.hints.answer(review, answers)
    return [
        {
            "no": f"合理性{number(hint)}",
            "item": _clip("·".join(filter(None, (hint.subsystem, hint.item)))),
            "parameter": hint.parameter,
            "approved": _clip(hint.approved) or "（无）",
            "tender": _clip(hint.tender) or "（无）",
            "verdict": hint.topic,
            "reason": _clip(hint.reason),
            "requirement": hint.note or ASKED,
        }
        for hint in hints
        if hint.answer == UPHELD and hint.hint_id in answers
    ]


def _answers(hints: Iterable[ReasonablenessHint], said: Any) -> dict[str, Answer]:
    """Return the answers by `hint_id`; other clients than the form may send anything."""
    lines = [line for line in said if isinstance(line, dict)] if isinstance(said, list) else []
    by_number = {
        line["no"]: Answer(writable(line.get("answer")), writable(line.get("answer_note")))
        for line in lines
        if isinstance(line.get("no"), int) and line.get("answer") in {UPHELD, DISMISSED}
    }
    return {hint.hint_id: by_number[number(hint)] for hint in open_hints(hints) if number(hint) in by_number}


def _clip(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
