"""复核审查意见: the guard of reviewer B's task."""

from records.models import ReviewStage, ReviewState
from records.reviews import Opinion
from workers.parameter_review._periods import Periods
from workers.parameter_review._round import review_of
from workers.registry import Books, Registry, Variables
from workers.step import TaskEvent, job_type
from workers.words import writable

DECISIONS = {"confirmed": "同意初审意见", "returned": "退回初审"}


class ConfirmReview:
    """Four eyes: nobody confirms their own review (Article 18).

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
        if task.assignee and task.assignee == reviewer:
            return "您已办理本项目的初审，复核须由另一名审查人员办理。任务仍在待办中，内容没有变化。"
        if task.event != "completing":
            return None
        if not task.assignee:
            return "请先领取任务再提交：复核意见要有署名。填写的内容没有提交。"
        if task.variables.get("confirmation") not in list(DECISIONS):
            return "请选择复核结论（同意初审意见，或退回初审）。填写的内容没有提交。"
        self._registry.once(task.occasion, job_type(self), lambda books: self._sign(books, task))
        return None

    def _sign(self, books: Books, task: TaskEvent) -> Variables:
        review = review_of(books, task.occasion)
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


def _reviewer(books: Books, task: TaskEvent) -> str | None:
    review = review_of(books, task.occasion)
    signed = [
        opinion.person
        for opinion in books.reviews.opinions(review.id)
        if opinion.round == review.round and opinion.stage is ReviewStage.FIRST
    ]
    return signed[-1] if signed else None
