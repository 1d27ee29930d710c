"""Technical parameter reviews (Article 18): one per process instance, with findings and opinions for each round."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from types import MappingProxyType

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session, joinedload

from domain.parameters.verdicts import Finding, FindingKind, Subject, Verdict
from records.insertion import insert_if_new
from records.models import (
    ENDED,
    Conclusion,
    ParameterFinding,
    ParameterReview,
    Project,
    ReviewerOpinion,
    ReviewStage,
    ReviewState,
)

_WRITTEN = [field.name for field in fields(Finding)]


@dataclass(frozen=True)
class Request:
    """What a project unit asks to have reviewed."""

    process_instance_key: int
    project_id: int
    package: str
    approval_number: str
    approval_date: date | None
    submitted_by: str


@dataclass(frozen=True)
class Judgement:
    """What reviewer A decided about one finding; the word is the form's (`accepted`, `revise`, `refused`, `adjust`)."""

    disposition: str
    note: str = ""


@dataclass(frozen=True)
class Opinion:
    """What a person (user name) decided at a stage."""

    stage: ReviewStage
    person: str
    decision: str
    note: str = ""


class Reviews:
    """The reviews and what was found in them."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def open(self, request: Request, at: datetime) -> ParameterReview:
        """Open the review of a process instance; asked again, return the one there is.

        Until its tables are taken in, what was asked for may still be corrected; afterwards it stays.
        """
        values = {**vars(request), "round": 1, "state": ReviewState.CHECKING, "created_at": at, "updated_at": at}
        insert_if_new(self.session, ParameterReview, values, ["process_instance_key"])
        belongs = ParameterReview.process_instance_key == request.process_instance_key
        untouched = belongs & ParameterReview.baseline_table_id.is_(None)
        self.session.execute(update(ParameterReview).where(untouched).values(**vars(request)))
        return self.session.scalars(_WITH_PROJECT.where(belongs).execution_options(populate_existing=True)).one()

    def of_instance(self, process_instance_key: int) -> ParameterReview:
        """Return the review of a process instance, with its project.

        Raises:
            sqlalchemy.exc.NoResultFound: no review was opened for it.
        """
        belongs = ParameterReview.process_instance_key == process_instance_key
        return self.session.scalars(_WITH_PROJECT.where(belongs)).one()

    def find_instance(self, process_instance_key: int) -> ParameterReview | None:
        """Return the review of a process instance, with its project, or None before its first step ran."""
        belongs = ParameterReview.process_instance_key == process_instance_key
        return self.session.scalars(_WITH_PROJECT.where(belongs)).one_or_none()

    def with_id(self, review_id: int) -> ParameterReview | None:
        """Return a review, with its project."""
        return self.session.scalars(_WITH_PROJECT.where(ParameterReview.id == review_id)).one_or_none()

    def of_project(self, project_id: int) -> Sequence[ParameterReview]:
        """Return a project's reviews, newest first."""
        belongs = ParameterReview.project_id == project_id
        return self.session.scalars(_WITH_PROJECT.where(belongs).order_by(ParameterReview.id.desc())).all()

    def open_instances(self) -> Sequence[int]:
        """Return the process instances whose review has not ended."""
        is_open = ParameterReview.state.not_in(ENDED)
        return self.session.scalars(select(ParameterReview.process_instance_key).where(is_open)).all()

    def others_open(self, review: ParameterReview) -> int:
        """Count the other reviews of the same project and package that have not ended."""
        reviews = self.of_project(review.project_id)
        return sum(one.package == review.package and one.state not in ENDED and one is not review for one in reviews)

    def move(self, review: ParameterReview, state: ReviewState, at: datetime) -> None:
        """Note where the review stands now."""
        review.state, review.updated_at, review.project.last_worked_at = state, at, at
        if state in ENDED:
            review.ended_at = at

    def start_round(self, review: ParameterReview, review_round: int, at: datetime) -> None:
        """Begin a further round: what was found and said in the rounds before stays."""
        review.round, review.conclusion = review_round, None
        self.move(review, ReviewState.CHECKING, at)

    def conclude(self, review: ParameterReview, conclusion: Conclusion, at: datetime) -> None:
        """Note the conclusion of the current round."""
        review.conclusion, review.updated_at, review.project.last_worked_at = conclusion, at, at

    def add_findings(
        self,
        review: ParameterReview,
        findings: Iterable[Finding],
        carried_over: Mapping[str, ParameterFinding],
        overruled: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Add findings to the current round, after those already there.

        Args:
            review: whose current round it is.
            findings: with their `finding_id`.
            carried_over: earlier findings by `finding_id` whose explanation and judgement still hold.
            overruled: verdicts by `finding_id` that reviewers put in the machine's place and that still hold.
        """
        start = len(self.findings(review.id, review.round))
        rows = [
            {
                **{name: getattr(finding, name) for name in _WRITTEN},
                "review_id": review.id,
                "round": review.round,
                "position": position,
                "overruled": overruled.get(finding.finding_id),
                **_judged(carried_over.get(finding.finding_id)),
            }
            for position, finding in enumerate(findings, start)
        ]
        if rows:
            self.session.execute(insert(ParameterFinding), rows)

    def findings(self, review_id: int, review_round: int) -> Sequence[ParameterFinding]:
        """Return the findings of one round in the order of the tables."""
        belongs = (ParameterFinding.review_id == review_id) & (ParameterFinding.round == review_round)
        return self.session.scalars(select(ParameterFinding).where(belongs).order_by(ParameterFinding.position)).all()

    def verdict_counts(self, review_id: int, review_round: int) -> dict[str, int]:
        """Count the findings of one round by the verdict that counts: the reviewers', else the machine's."""
        belongs = (ParameterFinding.review_id == review_id) & (ParameterFinding.round == review_round)
        verdict = func.coalesce(ParameterFinding.overruled, ParameterFinding.verdict)
        counted = select(verdict, func.count()).where(belongs).group_by(verdict)
        return dict(iter(self.session.execute(counted)))

    def explain(self, review: ParameterReview, explanations: Mapping[str, str]) -> None:
        """Note the unit's explanations of the current round, by `finding_id`."""
        for finding in self.findings(review.id, review.round):
            if finding.finding_id in explanations:
                finding.explanation = explanations[finding.finding_id]

    def judge(self, review: ParameterReview, judgements: Mapping[str, Judgement]) -> None:
        """Note the reviewer's judgements of the current round, by `finding_id`."""
        for finding in self.findings(review.id, review.round):
            judgement = judgements.get(finding.finding_id)
            if judgement is not None:
                finding.disposition, finding.note = judgement.disposition, judgement.note

    def add_opinion(self, review: ParameterReview, opinion: Opinion, at: datetime) -> None:
        """Add what a reviewer decided at a stage of the current round."""
        self.session.add(ReviewerOpinion(review_id=review.id, round=review.round, **vars(opinion), at=at))

    def opinions(self, review_id: int) -> Sequence[ReviewerOpinion]:
        """Return the reviewers' opinions of all rounds, oldest first."""
        belongs = ReviewerOpinion.review_id == review_id
        return self.session.scalars(select(ReviewerOpinion).where(belongs).order_by(ReviewerOpinion.id)).all()


_WITH_PROJECT = select(ParameterReview).options(
    joinedload(ParameterReview.project).joinedload(Project.organisation),
    joinedload(ParameterReview.opinion_document),
    joinedload(ParameterReview.published_document),
    joinedload(ParameterReview.change),
)


def as_finding(row: ParameterFinding) -> Finding:
    """Return a stored finding as the rules know it, with the machine's verdict."""
    words = {"subject": Subject(row.subject), "verdict": Verdict(row.verdict), "kind": FindingKind(row.kind)}
    return Finding(**{name: getattr(row, name) for name in _WRITTEN} | words)


def _judged(earlier: ParameterFinding | None) -> dict[str, object]:
    if earlier is None:
        return {"carried_over": False, "explanation": None, "disposition": None, "note": None}
    return {
        "carried_over": True,
        "explanation": earlier.explanation,
        "disposition": earlier.disposition,
        "note": earlier.note,
    }
