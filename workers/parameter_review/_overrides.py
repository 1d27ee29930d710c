"""What a reviewer's form says about verdicts: which findings are overruled, with what reason, and what follows from it.

A finding is overruled in its own row of the form, or, when it is not listed there, by its number in a list of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.parameters import Verdict
from domain.parameters.verdicts import PROJECT
from records.models import FindingOverride, ParameterFinding, ParameterReview, ReviewStage
from records.overrides import Stated, Statement
from records.reviews import Judgement
from workers.parameter_review._lines import (
    DISPOSITIONS,
    MOST_LINES,
    form_lines,
    judgements_by_id,
    lines_of,
    number,
    open_findings,
)
from workers.parameter_review._round import review_of, rules_of
from workers.registry import Books
from workers.step import TaskEvent
from workers.words import writable

LONGEST_REASON = 300
NOT_SUBMITTED = "填写的内容没有提交，请改正后再提交。"
TAKEN_BACK = "初审人未作此项改判"

Standing = Mapping[str, FindingOverride]
"""The statement that stands about each finding, by `finding_id`."""

Read = tuple[list[Statement], list[str]]
"""What a form states, and what is wrong with it, in Chinese; there is nothing stated while something is wrong."""


@dataclass(frozen=True)
class Form:
    """The parts of the reviewer's form that verdicts and decisions are read from; other clients may send anything.

    Attributes:
        listed: the rows of the open deviations.
        further: the list of other findings to be overruled; None when the client knows no such list.
        rest: the common judgement of the deviations that the form does not list.
    """

    listed: Any
    further: Any
    rest: Judgement = field(default_factory=lambda: Judgement(""))

    @property
    def knows_further(self) -> bool:
        """Whether the client's form has the list of other findings."""
        return isinstance(self.further, list)


@dataclass(frozen=True)
class Wanted:
    """An override as it is written in a form."""

    number: int
    verdict: str
    reason: str


def statements_of(rows: Sequence[ParameterFinding], standing: Standing, form: Form) -> Read:
    """Return what the first reviewer states about the verdicts of a round, and what is wrong with it, in Chinese.

    What the reviewer took out of the form, or left out of the list, is taken back; a row without the field, which
    another client may send, leaves what stands, under the reviewer's name.
    """
    wanted, problems = _wanted(rows, form)
    by_number = {number(row): row for row in rows}
    problems += [said for each in wanted if (said := _problem(each, by_number.get(each.number), standing))]
    if problems:
        return [], problems
    stated = {by_number[each.number].finding_id: (each.verdict, each.reason) for each in wanted}
    shown, listed = _shown(rows, form), _listed(rows)
    for row in rows:
        earlier = standing.get(row.finding_id)
        if earlier is None or earlier.verdict_after == row.verdict or row.finding_id in stated:
            continue
        left_out = number(row) not in listed and form.knows_further and not earlier.carried_from
        if number(row) in shown or left_out:
            stated[row.finding_id] = (row.verdict, TAKEN_BACK)
        elif not earlier.carried_from:
            stated[row.finding_id] = (earlier.verdict_after, earlier.reason)
    return [Statement(finding_id, *said) for finding_id, said in stated.items()], []


def proposals_of(rows: Sequence[ParameterFinding], standing: Standing, further: Any) -> Read:
    """Return the overrides that the second reviewer sends back with, and what is wrong with them, in Chinese."""
    wanted, problems = _wanted(rows, Form(None, further))
    by_number = {number(row): row for row in rows}
    problems += [said for each in wanted if (said := _problem(each, by_number.get(each.number), standing))]
    if problems:
        return [], problems
    return [Statement(by_number[each.number].finding_id, each.verdict, each.reason) for each in wanted], []


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
    judgements = judgements_by_id(open_rows, form.listed, form.rest) | _further_judgements(rows, form.further)
    listed = {row.finding_id for row in open_rows}
    to_decide = [
        row
        for row in rows
        if verdicts.get(row.finding_id, row.effective_verdict) != Verdict.SAME
        and (row.finding_id in listed or verdicts.get(row.finding_id, row.effective_verdict) != row.effective_verdict)
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


def _wanted(rows: Sequence[ParameterFinding], form: Form) -> tuple[list[Wanted], list[str]]:
    numbers, found = _listed(rows), {}
    problems = []
    for line in lines_of(form.listed):
        if line["no"] in numbers and (verdict := writable(line.get("override_verdict")).strip()):
            found[line["no"]] = Wanted(line["no"], verdict, writable(line.get("override_reason")).strip())
    if form.further is not None and not form.knows_further:
        problems.append("“改判其他条目”填写的内容无法识别，请逐行填写编号、改判结果和理由。")
    for position, line in enumerate(form.further if form.knows_further else (), 1):
        one = _further_line(line)
        if one is None:
            continue
        if not one.number:
            problems.append(f"“改判其他条目”第 {position} 行没有写条目编号。")
        elif one.number in found and found[one.number] != one:
            problems.append(f"第 {one.number} 项写了两次改判，请只保留一处。")
        else:
            found[one.number] = one
    return list(found.values()), problems


def _further_line(line: Any) -> Wanted | None:
    """Return what a line of the list says, number 0 when it names none; None for one in which nothing is filled in."""
    if not isinstance(line, dict):
        return Wanted(0, "", "")
    verdict, reason = (writable(line.get(name)).strip() for name in ("override_verdict", "override_reason"))
    given = line.get("no")
    if given is None and not verdict and not reason:
        return None
    return Wanted(given if type(given) is int else 0, verdict, reason)


def _problem(wanted: Wanted, row: ParameterFinding | None, standing: Standing) -> str | None:
    if row is None:
        return f"没有编号为 {wanted.number} 的条目，请核对改判的编号。"
    same = wanted.verdict == row.verdict and row.finding_id not in standing
    problems = {
        "没有选择改判结果。": not wanted.verdict,
        f"的改判结果“{wanted.verdict[:20]}”不是九种判定之一。": wanted.verdict not in list(Verdict),
        "是由明细算出的合计，不能改判；读取有误的，请退回项目单位更正文件。": row.item == PROJECT,
        f"的改判结果与系统判定相同（{row.verdict}）；不改判的，请清空改判结果。": same,
        f"改判为“{wanted.verdict}”，没有写明理由。": not wanted.reason,
        f"的改判理由超过 {LONGEST_REASON} 个字，请精简。": len(wanted.reason) > LONGEST_REASON,
    }
    return next((f"第 {wanted.number} 项{problem}" for problem, is_so in problems.items() if is_so), None)


def _shown(rows: Sequence[ParameterFinding], form: Form) -> set[int]:
    """Return the numbers of the listed findings about whose verdict the client's form has a field."""
    return {line["no"] for line in lines_of(form.listed) if "override_verdict" in line} & _listed(rows)


def _listed(rows: Sequence[ParameterFinding]) -> set[int]:
    return {number(row) for row in open_findings(rows)[:MOST_LINES]}


def _further_judgements(rows: Sequence[ParameterFinding], further: Any) -> dict[str, Judgement]:
    by_number = {number(row): row.finding_id for row in rows}
    judged = {
        by_number[line["no"]]: Judgement(writable(line.get("disposition")), writable(line.get("disposition_note")))
        for line in lines_of(further)
        if line["no"] in by_number
    }
    return {finding: judgement for finding, judgement in judged.items() if judgement.disposition in DISPOSITIONS}
