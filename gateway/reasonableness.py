"""The reasonableness section of a review's page: the hints of a round by topic, and what was answered (Article 18)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from records.hints import Hints
from records.models import ReasonablenessHint

ANSWERS = {"upheld": "采纳", "dismissed": "不采纳"}
TONES = {"upheld": "warn", "dismissed": "done"}


@dataclass(frozen=True)
class Shown:
    """A hint as the page shows it: its number, itself, the answer in words ("" while there is none) and its colour."""

    number: int
    hint: ReasonablenessHint
    answer: str
    tone: str


@dataclass(frozen=True)
class Section:
    """What `_reasonableness.html` shows as `reasonableness`: hints by topic, and sentences that only inform."""

    topics: dict[str, Sequence[Shown]]
    informing: Sequence[ReasonablenessHint]

    @property
    def count(self) -> int:
        """Return how many hints ask for an answer."""
        return sum(len(shown) for shown in self.topics.values())

    @property
    def open(self) -> int:
        """Return how many of them nobody has answered."""
        return sum(not each.answer for shown in self.topics.values() for each in shown)


def read_section(session: Session, review_id: int, review_round: int) -> Section:
    """Return the section of one round; it is empty before the check ran."""
    topics: dict[str, list[Shown]] = {}
    informing = []
    for hint in Hints(session).of_round(review_id, review_round):
        if hint.informs:
            informing.append(hint)
            continue
        answer = hint.answer or ""
        shown = Shown(hint.position + 1, hint, ANSWERS.get(answer, ""), TONES.get(answer, ""))
        topics.setdefault(hint.topic, []).append(shown)
    return Section({topic: tuple(shown) for topic, shown in topics.items()}, tuple(informing))
