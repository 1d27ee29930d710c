"""Changes during procurement (Article 18): which agreed review one goes on from, and what stands in its way."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from records.insertion import insert_if_new
from records.models import ENDED, ParameterChange, ParameterFinding, ParameterReview, Project, ReviewState

_NUMBER = re.compile(r"[^\s《》]+〔\d{4}〕\d+(?:-\d+)?号")


@dataclass(frozen=True)
class NewChange:
    """A change as its unit states it, and the round of the review in which the tender it changes was agreed."""

    kind: str
    scope: str
    reason: str
    notice_number: str
    notice_date: date
    agreed_review_id: int
    agreed_round: int


class Changes:
    """The reviews of a procurement package, each going on from the one that was agreed before it."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def hold(self, project_id: int) -> None:
        """Let nobody else begin a change of the project until this transaction ends."""
        self.session.execute(select(Project.id).where(Project.id == project_id).with_for_update())

    def of_package(self, project_id: int, package: str) -> Sequence[ParameterReview]:
        """Return the reviews of a project's package, newest first, with what each changes."""
        belongs = (ParameterReview.project_id == project_id) & (ParameterReview.package == package)
        wanted = select(ParameterReview).where(belongs).order_by(ParameterReview.id.desc())
        whole = joinedload(ParameterReview.change), joinedload(ParameterReview.opinion_document)
        return self.session.scalars(wanted.options(*whole, _PROJECT)).all()

    def record(self, review: ParameterReview, new: NewChange) -> None:
        """Note what the review's change is; until its tender is taken in, it may still be corrected."""
        values = {"review_id": review.id, **vars(new)}
        if not insert_if_new(self.session, ParameterChange, values, ["review_id"]):
            stored = self.session.scalars(select(ParameterChange).where(ParameterChange.review_id == review.id)).one()
            for name, value in vars(new).items():
                setattr(stored, name, value)
        self.session.flush()

    def note_agreed(self, review: ParameterReview, texts: Mapping[str, str]) -> None:
        """Note what the tender agreed last said in the rows of the review's current round, by `finding_id`."""
        belongs = (ParameterFinding.review_id == review.id) & (ParameterFinding.round == review.round)
        for row in self.session.scalars(select(ParameterFinding).where(belongs)) if texts else ():
            row.agreed = texts.get(row.finding_id)
        self.session.flush()

    def of_review(self, review_id: int) -> ParameterChange | None:
        """Return what a review's change is, None for a review before procurement."""
        return self.session.scalars(select(ParameterChange).where(ParameterChange.review_id == review_id)).one_or_none()


_PROJECT = joinedload(ParameterReview.project).joinedload(Project.organisation)


def latest_agreed(reviews: Sequence[ParameterReview]) -> list[ParameterReview]:
    """Pick the agreed reviews of a package that no agreed change has gone on from; more than one is ambiguous."""
    agreed = [review for review in reviews if review.state is ReviewState.AGREED]
    changed = {review.change.agreed_review_id for review in agreed if review.change is not None}
    return [review for review in agreed if review.id not in changed]


def last_of(reviews: Sequence[ParameterReview], review: ParameterReview) -> ParameterReview:
    """Return the newest agreed review that goes on from this one, over any number of changes; itself when none does."""
    after: Mapping[int, ParameterReview] = {
        other.change.agreed_review_id: other
        for other in reviews
        if other.change is not None and other.state is ReviewState.AGREED
    }
    while review.id in after:
        review = after[review.id]
    return review


def running_change(reviews: Sequence[ParameterReview], process_instance_key: int = 0) -> ParameterReview | None:
    """Return the change of a package that another process instance than this one has under way."""
    for review in reviews:
        is_open = review.change is not None and review.state not in ENDED
        if is_open and review.process_instance_key != process_instance_key:
            return review
    return None


def opinion_number(review: ParameterReview) -> str:
    """Return the number of a review's last opinion, as its document names it; "" before there is one."""
    document = review.opinion_document
    found = _NUMBER.search(document.file_name) if document else None
    return found[0] if found else ""


def plain_change(change: ParameterChange) -> dict[str, Any]:
    """Return a change as the audit trail and pushed events tell it."""
    return {
        "kind": change.kind,
        "scope": change.scope,
        "reason": change.reason,
        "notice_number": change.notice_number,
        "notice_date": change.notice_date.isoformat(),
        "agreed_review": change.agreed_review_id,
        "agreed_round": change.agreed_round,
    }
