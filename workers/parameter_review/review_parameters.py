"""初审参数差异: the guard of reviewer A's task."""

from collections.abc import Sequence

from records.models import ReviewStage, ReviewState
from records.overrides import Statement
from records.reviews import Judgement, Opinion
from workers.parameter_review._lines import undecided
from workers.parameter_review._override_form import Form
from workers.parameter_review._overrides import decisions, state, statements_of, told
from workers.parameter_review._periods import Periods
from workers.parameter_review._round import review_of, rules_of
from workers.parameter_review._synonyms import joined
from workers.registry import Books, Registry, Variables
from workers.step import TaskEvent, job_type
from workers.words import writable

MOST_NUMBERS = 20


class ReviewParameters:
    """Let a first review pass only when a known person has decided on every deviation (Article 18).

    Whoever reviews may overrule the machine's verdict on any finding, with a reason; it counts once the second reviewer
    agrees. Who that was is taken from the engine's assignment, not from the form. The signature is written under the
    element instance key, so the same completion asked for twice is one signature.
    """

    def __init__(self, registry: Registry, periods: Periods) -> None:
        self._registry = registry
        self._periods = periods

    def judge(self, task: TaskEvent) -> str | None:
        """Deny a completion by nobody, an override without reason, deviations left undecided; else note who signed."""
        if task.event != "completing":
            return None
        if not task.assignee:
            return "请先领取任务再提交：初审意见要有署名。填写的内容没有提交。"
        review_round = task.variables["review_round"]
        with self._registry.reading(task.occasion, job_type(self)) as books:
            review = review_of(books, task.occasion)
            rows = books.reviews.findings(review.id, review_round)
            standing = books.overrides.standing(review.id, review_round)
            rules = rules_of(books, review, review_round)
        form = _form(task)
        statements, problems = statements_of(rows, standing, form)
        problems += joined(rows, form.listed, rules)[1]
        if problems:
            return told(problems)
        verdicts = {finding: stated.verdict_after for finding, stated in standing.items()}
        verdicts |= {statement.finding_id: statement.verdict for statement in statements}
        missing = undecided(*decisions(rows, verdicts, form))
        if missing:
            return _still_undecided(missing)
        self._registry.once(task.occasion, job_type(self), lambda books: self._sign(books, task, statements))
        return None

    def _sign(self, books: Books, task: TaskEvent, statements: Sequence[Statement]) -> Variables:
        review = review_of(books, task.occasion)
        state(books, statements, ReviewStage.FIRST, task)
        requirements = writable(task.variables.get("requirements"))
        opinion = Opinion(ReviewStage.FIRST, task.assignee, "已提出初审意见", requirements)
        books.reviews.add_opinion(review, opinion, task.occasion.now)
        books.reviews.move(review, ReviewState.CONFIRMING, task.occasion.now)
        books.close_period(self._periods.review)
        books.note("review.signed", {"round": review.round}, actor=task.assignee)
        return {"reviewer": task.assignee}


def _form(task: TaskEvent) -> Form:
    rest = Judgement(writable(task.variables.get("rest_disposition")))
    # A form sends no list out of which everything was taken, and what the task began with would stand again.
    emptied = task.variables.get("overrides_count") == 0
    return Form(task.variables.get("deviations"), [] if emptied else task.variables.get("overrides"), rest)


def _still_undecided(missing: list[int]) -> str:
    numbers = "、".join(map(str, missing[:MOST_NUMBERS]))
    more = "等" if len(missing) > MOST_NUMBERS else ""
    return f"还有 {len(missing)} 项偏差没有处理意见（编号 {numbers}{more}）。填写的内容没有提交，请补全后再提交。"
