"""What a reviewer's form says about verdicts: which findings are overruled, with what reason, and what follows from it.

A finding is overruled in its own row of the form, or, when it is not listed there, by its number in a list of its own.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.parameters import Verdict
from records.models import ParameterFinding, ParameterReview, ReviewStage
from records.overrides import Stated, Statement
from records.reviews import Judgement
from workers.parameter_review._lines import form_lines, judgements_by_id, number, open_findings
from workers.parameter_review._override_form import Form, Standing, further_judgements, listed, shown, wanted
from workers.parameter_review._round import review_of, rules_of
from workers.registry import Books
from workers.step import TaskEvent

NOT_SUBMITTED = "填写的内容没有提交，请改正后再提交。"
TAKEN_BACK = "初审人未作此项改判"

Read = tuple[list[Statement], list[str]]
"""What a form states, and what is wrong with it, in Chinese; there is nothing stated while something is wrong."""


def statements_of(rows: Sequence[ParameterFinding], standing: Standing, form: Form) -> Read:
    """Return what the first reviewer states about the verdicts of a round, and what is wrong with it, in Chinese.

    What the reviewer took out of the form, or left out of the list, is taken back; a row without the field, which
    another client may send, leaves what stands, under the reviewer's name.
    """
    asked, problems = wanted(rows, form, standing)
    if problems:
        return [], problems
    by_number = {number(row): row for row in rows}
    stated = {by_number[each.number].finding_id: (each.verdict, each.reason) for each in asked}
    in_form, with_field = listed(rows), shown(rows, form)
    for row in rows:
        earlier = standing.get(row.finding_id)
        if earlier is None or earlier.verdict_after == row.verdict or row.finding_id in stated:
            continue
        left_out = number(row) not in in_form and form.knows_further and not earlier.carried_from
        if number(row) in with_field or left_out:
            stated[row.finding_id] = (row.verdict, TAKEN_BACK)
        elif not earlier.carried_from:
            stated[row.finding_id] = (earlier.verdict_after, earlier.reason)
    return [Statement(finding_id, *said) for finding_id, said in stated.items()], []


def proposals_of(rows: Sequence[ParameterFinding], standing: Standing, further: Any) -> Read:
    """Return the overrides that the second reviewer sends back with, and what is wrong with them, in Chinese."""
    asked, problems = wanted(rows, Form(None, further), standing)
    if problems:
        return [], problems
    by_number = {number(row): row.finding_id for row in rows}
    return [Statement(by_number[each.number], each.verdict, each.reason) for each in asked], []


def decisions(
    rows: Sequence[ParameterFinding], verdicts: Mapping[str, str], form: Form
) -> tuple[list[ParameterFinding], dict[str, Judgement]]:
    """Return the findings that need a judgement once they are overruled as stated, and the judgements in the form.

    Args:
        rows: all findings of the round, as they stood before anything was overruled in it.
        verdicts: the stated verdict of each finding that is stated about, by `finding_id`.
        form: the reviewer's.
    """
    open_rows = open_findings(rows)
    judgements = judgements_by_id(open_rows, form.listed, form.rest) | further_judgements(rows, form.further)
    are_open = {row.finding_id for row in open_rows}
    to_decide = [
        row
        for row in rows
        if verdicts.get(row.finding_id, row.effective_verdict) != Verdict.SAME
        and (row.finding_id in are_open or verdicts.get(row.finding_id, row.effective_verdict) != row.effective_verdict)
    ]
    return to_decide, {row.finding_id: judgements[row.finding_id] for row in to_decide if row.finding_id in judgements}


def state(books: Books, statements: Sequence[Statement], stage: ReviewStage, task: TaskEvent) -> None:
    """Keep the statements of whoever completes a task, and note each that is new in the audit trail."""
    review = review_of(books, task.occasion)
    stated = Stated(stage, task.assignee, task.occasion.element_instance_key)
    numbers = {row.finding_id: number(row) for row in books.reviews.findings(review.id, review.round)}
    for row in books.overrides.add(review, statements, stated, task.occasion.now):
        payload = {
            "round": row.round,
            "no": numbers[row.finding_id],
            "finding": row.finding_id,
            "before": row.verdict_before,
            "after": row.verdict_after,
            "reason": row.reason,
        }
        books.note("finding.overruled", payload, actor=task.assignee)


def reviewers_lines(books: Books, review: ParameterReview, rows: Sequence[ParameterFinding]) -> list[dict[str, Any]]:
    """Return findings for the reviewers' forms, with what was overruled in earlier rounds and names that differ."""
    standing = books.overrides.standing(review.id, review.round)
    reasons = {finding: stated.reason for finding, stated in standing.items()}
    return form_lines(rows, reasons, rules_of(books, review, review.round))


def told(problems: Sequence[str]) -> str:
    """Return what is wrong as one text for the person."""
    return "".join(problems) + NOT_SUBMITTED
