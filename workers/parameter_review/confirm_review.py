"""复核审查意见: the guard of reviewer B's task."""

from collections.abc import Sequence

from records.models import ReviewStage, ReviewState
from records.overrides import Statement
from records.reviews import Opinion
from workers.parameter_review._overrides import proposals_of, state, told
from workers.parameter_review._periods import Periods
from workers.parameter_review._round import review_of
from workers.registry import Books, Registry, Variables
from workers.step import TaskEvent, job_type
from workers.words import writable

ALONE = "您填写了改判：一个人不能单独改判，请选择“退回初审”，由初审人办理后再复核。填写的内容没有提交。"
DECISIONS = {"confirmed": "同意初审意见", "returned": "退回初审"}


class ConfirmReview:
    """Four eyes: nobody confirms their own review, and no verdict is overruled by one person alone (Article 18).

    Whoever confirms agrees with every override of the first reviewer. One of their own goes back with the review, to be
    taken up by the first reviewer, who signs it, and confirmed by another.

    Both names come from the engine's assignments. The signature is written under the element instance key, so the
    same completion asked for twice is one signature.
    """

    def __init__(self, registry: Registry, periods: Periods) -> None:
        self._registry = registry
        self._periods = periods

    def judge(self, task: TaskEvent) -> str | None:
        """Deny an assignment to the reviewer, and a completion by the reviewer, by nobody or without a decision."""
        with self._registry.reading(task.occasion, job_type(self)) as books:
            reviewer = _reviewer(books, task)
            proposals, wrong = _proposals(books, task)
        if task.assignee and task.assignee == reviewer:
            return "您已办理本项目的初审，复核须由另一名审查人员办理。任务仍在待办中，内容没有变化。"
        if task.event != "completing":
            return None
        if problem := _incomplete(task) or wrong:
            return problem
        self._registry.once(task.occasion, job_type(self), lambda books: self._sign(books, task, proposals))
        return None

    def _sign(self, books: Books, task: TaskEvent, proposals: Sequence[Statement]) -> Variables:
        review = review_of(books, task.occasion)
        state(books, proposals, ReviewStage.SECOND, task)
        confirmation = task.variables["confirmation"]
        comment = writable(task.variables.get("confirmation_comment"))
        opinion = Opinion(ReviewStage.SECOND, task.assignee, DECISIONS[confirmation], comment)
        books.reviews.add_opinion(review, opinion, task.occasion.now)
        if confirmation == "returned":
            books.reviews.move(review, ReviewState.REVIEWING, task.occasion.now)
            books.reopen_period(self._periods.review)
        else:
            books.close_period(self._periods.confirmation)
        books.note(f"review.{confirmation}", {"round": review.round}, actor=task.assignee)
        return {"confirmer": task.assignee}


def _incomplete(task: TaskEvent) -> str | None:
    if not task.assignee:
        return "请先领取任务再提交：复核意见要有署名。填写的内容没有提交。"
    if task.variables.get("confirmation") not in list(DECISIONS):
        return "请选择复核结论（同意初审意见，或退回初审）。填写的内容没有提交。"
    return None


def _proposals(books: Books, task: TaskEvent) -> tuple[list[Statement], str | None]:
    """Return the overrides that go back with the review, or why they cannot be taken."""
    review = review_of(books, task.occasion)
    rows = books.reviews.findings(review.id, review.round)
    standing = books.overrides.standing(review.id, review.round)
    proposals, problems = proposals_of(rows, standing, task.variables.get("returned_overrides"))
    if problems:
        return [], told(problems)
    alone = bool(proposals) and task.variables.get("confirmation") != "returned"
    return proposals, ALONE if alone else None


def _reviewer(books: Books, task: TaskEvent) -> str | None:
    review = review_of(books, task.occasion)
    signed = [
        opinion.person
        for opinion in books.reviews.opinions(review.id)
        if opinion.round == review.round and opinion.stage is ReviewStage.FIRST
    ]
    return signed[-1] if signed else None
