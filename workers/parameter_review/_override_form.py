"""Overrides as a reviewer's form has them: which finding, which verdict, why, and what is wrong with that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.parameters import Verdict
from domain.parameters.verdicts import PROJECT
from records.models import FindingOverride, ParameterFinding
from records.reviews import Judgement
from workers.parameter_review._lines import DISPOSITIONS, MOST_LINES, lines_of, number, open_findings
from workers.words import writable

LONGEST_REASON = 300
"""Characters of a reason."""

Standing = Mapping[str, FindingOverride]
"""The statement that stands about each finding, by `finding_id`."""


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


def wanted(rows: Sequence[ParameterFinding], form: Form, standing: Standing) -> tuple[list[Wanted], list[str]]:
    """Return the overrides that a form asks for, each finding once, and what is wrong with them, in Chinese."""
    found, problems = _written(rows, form)
    by_number = {number(row): row for row in rows}
    return found, problems + [said for one in found if (said := _problem(one, by_number.get(one.number), standing))]


def shown(rows: Sequence[ParameterFinding], form: Form) -> set[int]:
    """Return the numbers of the listed findings about whose verdict the client's form has a field."""
    return {line["no"] for line in lines_of(form.listed) if "override_verdict" in line} & listed(rows)


def listed(rows: Sequence[ParameterFinding]) -> set[int]:
    """Return the numbers of the findings that the form lists."""
    return {number(row) for row in open_findings(rows)[:MOST_LINES]}


def further_judgements(rows: Sequence[ParameterFinding], further: Any) -> dict[str, Judgement]:
    """Return the judgements in the list of other findings, by `finding_id`; lines without a known one are left out."""
    by_number = {number(row): row.finding_id for row in rows}
    judged = {
        by_number[line["no"]]: Judgement(writable(line.get("disposition")), writable(line.get("disposition_note")))
        for line in lines_of(further)
        if line["no"] in by_number
    }
    return {finding: judgement for finding, judgement in judged.items() if judgement.disposition in DISPOSITIONS}


def _written(rows: Sequence[ParameterFinding], form: Form) -> tuple[list[Wanted], list[str]]:
    numbers, found = listed(rows), {}
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
