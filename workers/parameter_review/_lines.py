"""Deviations as a form shows them: few, short, numbered; the rest is on the review's page (design D4)."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from domain.parameters.dictionary import SECTION_NAMES, pair_of
from domain.parameters.rules import Rules
from records.models import ParameterFinding
from records.reviews import Judgement, as_finding
from workers.words import writable

MOST_LINES = 150
LONGEST_TEXT = 100
ACCEPTED = "accepted"
DISPOSITIONS = frozenset({ACCEPTED, "revise", "refused", "adjust"})


def open_findings(findings: Iterable[ParameterFinding]) -> list[ParameterFinding]:
    """Return the findings somebody must speak to: deviations that were not settled in an earlier round."""
    return [row for row in findings if row.is_deviation and not row.carried_over]


def number(row: ParameterFinding) -> int:
    """Return the number by which forms and opinion name a finding: its place in the round, from 1."""
    return row.position + 1


def form_lines(
    rows: Sequence[ParameterFinding], reasons: Mapping[str, str] = MappingProxyType({}), rules: Rules | None = None
) -> list[dict[str, Any]]:
    """Return the first `MOST_LINES` findings for a form, each text at most `LONGEST_TEXT` characters long.

    Args:
        rows: the findings.
        reasons: why the overruled ones were, by `finding_id`.
        rules: by which names are told to differ; without them no line says that they do.
    """
    return [
        {
            "no": number(row),
            "item": _clip("·".join(filter(None, (row.subsystem, row.item or row.tender_item)))),
            "parameter": _clip(row.parameter),
            "approved": _clip(row.approved) or "（无）",
            "tender": _clip(row.tender) or "（无）",
            "agreed": "" if row.agreed is None else _clip(row.agreed) or "（无）",
            "verdict": row.effective_verdict,
            "reason": _clip(row.reason),
            "explanation": _clip(row.explanation or ""),
            "machine_verdict": row.verdict,
            "override_verdict": row.overruled or "",
            "override_reason": reasons.get(row.finding_id, ""),
            "names": _clip(_differing_names(row, rules)) if rules else "",
        }
        for row in rows[:MOST_LINES]
    ]


def overflow(rows: Sequence[ParameterFinding]) -> dict[str, Any]:
    """Return how many findings a form leaves out, and the sentence that says so."""
    more = max(0, len(rows) - MOST_LINES)
    note = f"下面列出前 {MOST_LINES} 项，另有 {more} 项；长的文字只显示开头。全部内容见“技术参数审查”页面。"
    return {"more_deviations": more, "deviations_note": note if more else ""}


def explanations_by_id(rows: Sequence[ParameterFinding], said: Any, rest: str) -> dict[str, str]:
    """Return the explanation of each finding by `finding_id`; findings left out of the form get the common one."""
    by_number = {line["no"]: writable(line.get("explanation")) for line in lines_of(said)}
    listed = {row.finding_id: by_number.get(number(row), "") for row in rows[:MOST_LINES]}
    return listed | dict.fromkeys((row.finding_id for row in rows[MOST_LINES:]), rest)


def judgements_by_id(rows: Sequence[ParameterFinding], said: Any, rest: Judgement) -> dict[str, Judgement]:
    """Return the judgement of each finding by `finding_id`; undecided ones are left out (see `undecided`)."""
    by_number = {
        line["no"]: Judgement(writable(line.get("disposition")), writable(line.get("disposition_note")))
        for line in lines_of(said)
    }
    judged = {row.finding_id: by_number.get(number(row)) for row in rows[:MOST_LINES]}
    judged |= dict.fromkeys((row.finding_id for row in rows[MOST_LINES:]), rest)
    return {
        finding: judgement
        for finding, judgement in judged.items()
        if judgement is not None and judgement.disposition in DISPOSITIONS
    }


def answers_of(form_group: Any) -> dict[str, str]:
    """Return a form's group of fields as texts by key; other clients may send anything."""
    return {key: writable(value) for key, value in form_group.items()} if isinstance(form_group, dict) else {}


def undecided(rows: Sequence[ParameterFinding], judgements: Mapping[str, Judgement]) -> list[int]:
    """Return the numbers of the findings that have no judgement."""
    return [number(row) for row in rows if row.finding_id not in judgements]


def lines_of(said: Any) -> list[Mapping[str, Any]]:
    """Return the lines of a form's list that say which finding they are about; other clients may send anything."""
    lines = said if isinstance(said, list) else []
    return [line for line in lines if isinstance(line, dict) and type(line.get("no")) is int]


def _differing_names(row: ParameterFinding, rules: Rules) -> str:
    pair = pair_of(as_finding(row), rules)
    return f"{SECTION_NAMES[pair.section]}：{pair.canonical} ／ {pair.alias}" if pair else ""


def _clip(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
