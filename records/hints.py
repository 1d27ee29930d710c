"""The hints of the reasonableness check, round by round, and what reviewers answered (Article 18)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from domain.reasonableness import Hint
from records.models import ParameterReview, ReasonablenessHint

UPHELD = "upheld"
DISMISSED = "dismissed"
_WRITTEN = [field.name for field in fields(Hint)]


@dataclass(frozen=True)
class Answer:
    """What a reviewer answered to one hint: `upheld` 采纳 or `dismissed` 不采纳, and why."""

    answer: str
    note: str = ""


class Hints:
    """The hints of reviews."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, review: ParameterReview, hints: Iterable[Hint], earlier: Mapping[str, ReasonablenessHint]) -> None:
        """Add the hints of the current round.

        Args:
            review: whose current round it is.
            hints: with their `hint_id`.
            earlier: answered hints of the round before by `hint_id` whose answer still holds.
        """
        rows = [
            {
                **{name: getattr(hint, name) for name in _WRITTEN},
                "topic": hint.topic.value,
                "review_id": review.id,
                "round": review.round,
                "position": position,
                "carried_over": hint.hint_id in earlier,
                "answer": earlier[hint.hint_id].answer if hint.hint_id in earlier else None,
                "note": earlier[hint.hint_id].note if hint.hint_id in earlier else "",
            }
            for position, hint in enumerate(hints)
        ]
        if rows:
            self.session.execute(insert(ReasonablenessHint), rows)

    def of_round(self, review_id: int, review_round: int) -> Sequence[ReasonablenessHint]:
        """Return the hints of one round, in order."""
        belongs = (ReasonablenessHint.review_id == review_id) & (ReasonablenessHint.round == review_round)
        return self.session.scalars(
            select(ReasonablenessHint).where(belongs).order_by(ReasonablenessHint.position)
        ).all()

    def answer(self, review: ParameterReview, answers: Mapping[str, Answer]) -> None:
        """Note the reviewer's answers of the current round, by `hint_id`."""
        for hint in self.of_round(review.id, review.round):
            given = answers.get(hint.hint_id)
            if given is not None:
                hint.answer, hint.note = given.answer, given.note
