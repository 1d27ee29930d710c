"""初审参数差异: the guard of reviewer A's task."""

from records.models import ReviewStage, ReviewState
from records.reviews import Judgement, Opinion
from workers.parameter_review._lines import judgements_by_id, open_findings, undecided
from workers.parameter_review._periods import Periods
from workers.parameter_review._round import review_of
from workers.registry import Books, Registry, Variables
from workers.step import TaskEvent, job_type
from workers.words import writable

MOST_NUMBERS = 20


class ReviewParameters:
    """Let a first review pass only when a known person has decided on every deviation (Article 18).

    Who that was is taken from the engine's assignment, not from the form. The signature is written under the element
    instance key, so the same completion asked for twice is one signature.
    """

    def __init__(self, registry: Registry, periods: Periods) -> None:
        self._registry = registry
        self._periods = periods

    def judge(self, task: TaskEvent) -> str | None:
        """Deny a completion by nobody, or with deviations left undecided; otherwise note who signed."""
        if task.event != "completing":
            return None
        if not task.assignee:
            return "请先领取任务再提交：初审意见要有署名。填写的内容没有提交。"
        review_round = task.variables["review_round"]
        with self._registry.reading(task.occasion, job_type(self)) as books:
            review = review_of(books, task.occasion)
            rows = open_findings(books.reviews.findings(review.id, review_round))
        rest = Judgement(writable(task.variables.get("rest_disposition")))
        missing = undecided(rows, judgements_by_id(rows, task.variables.get("deviations"), rest))
        if missing:
            return _still_undecided(missing)
        self._registry.once(task.occasion, job_type(self), lambda books: self._sign(books, task, review_round))
        return None

    def _sign(self, books: Books, task: TaskEvent, review_round: int) -> Variables:
        review = review_of(books, task.occasion)
        requirements = writable(task.variables.get("requirements"))
        opinion = Opinion(ReviewStage.FIRST, task.assignee, "已提出初审意见", requirements)
        books.reviews.add_opinion(review, opinion, task.occasion.now)
        books.reviews.move(review, ReviewState.CONFIRMING, task.occasion.now)
        books.close_period(self._periods.review)
        books.note("review.signed", {"round": review_round}, actor=task.assignee)
        return {"reviewer": task.assignee}


def _still_undecided(missing: list[int]) -> str:
    numbers = "、".join(map(str, missing[:MOST_NUMBERS]))
    more = "等" if len(missing) > MOST_NUMBERS else ""
    return f"还有 {len(missing)} 项偏差没有处理意见（编号 {numbers}{more}）。填写的内容没有提交，请补全后再提交。"
