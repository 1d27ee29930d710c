"""Overruled verdicts: what reviewers state about findings, round by round, and which statement stands (Article 18)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.models import FindingOverride, ParameterFinding, ParameterReview, ReviewStage


@dataclass(frozen=True)
class Statement:
    """The verdict a reviewer puts on a finding, and why; the machine's own verdict takes an override back."""

    finding_id: str
    verdict: str
    reason: str


@dataclass(frozen=True)
class Stated:
    """At which stage, by whom (user name) and in which user task's element instance statements were made."""

    stage: ReviewStage
    person: str
    element_instance_key: int


class Overrides:
    """Statements are only added; the last one about a finding of a round stands, and counts once it is settled."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def of_round(self, review_id: int, review_round: int) -> Sequence[FindingOverride]:
        """Return every statement of a round, oldest first."""
        belongs = (FindingOverride.review_id == review_id) & (FindingOverride.round == review_round)
        return self.session.scalars(select(FindingOverride).where(belongs).order_by(FindingOverride.id)).all()

    def standing(self, review_id: int, review_round: int) -> dict[str, FindingOverride]:
        """Return the statement that stands about each finding of a round, by `finding_id`."""
        return {row.finding_id: row for row in self.of_round(review_id, review_round)}

    def add(
        self, review: ParameterReview, statements: Iterable[Statement], stated: Stated, at: datetime
    ) -> list[FindingOverride]:
        """Add statements about findings of the current round; one that its own author made already is not repeated.

        Returns:
            The rows that are new.

        Raises:
            KeyError: the round has no such finding.
        """
        standing = self.standing(review.id, review.round)
        machine = {row.finding_id: row.verdict for row in self._findings(review)}
        added = []
        for statement in statements:
            earlier = standing.get(statement.finding_id)
            said = (statement.verdict, statement.reason, stated.person)
            if earlier and (earlier.verdict_after, earlier.reason, earlier.person) == said:
                continue
            row = FindingOverride(
                review_id=review.id,
                round=review.round,
                finding_id=statement.finding_id,
                verdict_before=earlier.verdict_after if earlier else machine[statement.finding_id],
                verdict_after=statement.verdict,
                reason=statement.reason,
                at=at,
                **vars(stated),
            )
            self.session.add(row)
            added.append(row)
        self.session.flush()
        return added

    def carry_over(
        self, review: ParameterReview, last: tuple[int, int], finding_ids: Collection[str], run: int, at: datetime
    ) -> None:
        """Repeat in the current round what stood in the round before about findings that did not change since.

        Args:
            review: whose current round it is.
            last: review and round before; the first round of a change goes on from another review's.
            finding_ids: the findings.
            run: element instance key of the step that carries over.
            at: when.
        """
        for row in self.standing(*last).values():
            if row.finding_id in finding_ids:
                self.session.add(
                    FindingOverride(
                        review_id=review.id,
                        round=review.round,
                        finding_id=row.finding_id,
                        stage=row.stage,
                        person=row.person,
                        verdict_before=row.verdict_before,
                        verdict_after=row.verdict_after,
                        reason=row.reason,
                        at=at,
                        element_instance_key=run,
                        carried_from=row.id,
                    )
                )
        self.session.flush()

    def settle(self, review: ParameterReview) -> dict[str, FindingOverride]:
        """Let the standing statements of the current round count, now that both reviewers agree.

        Returns:
            Those that put another verdict in the machine's place, by `finding_id`.
        """
        standing = self.standing(review.id, review.round)
        overruling = {}
        for finding in self._findings(review):
            statement = standing.get(finding.finding_id)
            if statement is None or statement.verdict_after == finding.verdict:
                finding.overruled = None
            else:
                finding.overruled = statement.verdict_after
                overruling[finding.finding_id] = statement
        self.session.flush()
        return overruling

    def _findings(self, review: ParameterReview) -> Sequence[ParameterFinding]:
        belongs = (ParameterFinding.review_id == review.id) & (ParameterFinding.round == review.round)
        return self.session.scalars(select(ParameterFinding).where(belongs)).all()
