"""`zhengjian review --pairs`: single pairs of parameters judged one by one, a row for each in the file's order.

Both sides of a pair are taken to belong together, as the file says, so `confidence` is 1.
"""

from typing import Any

from admin.pairs_file import Pair, Pairs
from admin.review_texts import summary, table
from domain.parameters import Finding, Subject, Verdict, count
from domain.parameters.outcomes import Judgement
from domain.parameters.pairs import judge_pair
from domain.parameters.review import overall_of
from domain.parameters.rules import Rules


def judge_pairs(pairs: Pairs, rules: Rules) -> list[Finding]:
    """Judge every pair; the findings are in the pairs' order."""
    return [_finding(pair, _judge(pair, rules)) for pair in pairs.rows]


def as_json(pairs: Pairs, findings: list[Finding]) -> dict[str, Any]:
    """Give the judged pairs as JSON: overall, a row for each pair, how many of each verdict, warnings."""
    counts = dict.fromkeys((verdict.value for verdict in Verdict), 0)
    for finding in findings:
        counts[finding.verdict.value] += 1
    return {
        "overall": overall_of(count(findings)).value,
        "rows": [_row(pair, finding) for pair, finding in zip(pairs.rows, findings, strict=True)],
        "counts": counts,
        "warnings": list(pairs.warnings),
    }


def as_text(pairs: Pairs, findings: list[Finding]) -> str:
    """Give the judged pairs as a table for the terminal."""
    counts = count(findings)
    told = summary(findings, counts, warnings=pairs.warnings)
    return "\n".join((*table(findings), *told, f"总体：{overall_of(counts)}"))


def _judge(pair: Pair, rules: Rules) -> Judgement:
    return judge_pair(
        pair.item, pair.approved_name, pair.approved_value, pair.tender_name, pair.tender_value, rules=rules
    )


def _row(pair: Pair, finding: Finding) -> dict[str, Any]:
    return {
        "item": pair.item,
        "approved_name": pair.approved_name,
        "approved_value": pair.approved_value,
        "tender_name": pair.tender_name,
        "tender_value": pair.tender_value,
        "verdict": finding.verdict.value,
        "reason": finding.reason,
        "convention": finding.convention,
        "basis": finding.basis,
        "finding_kind": finding.kind.value,
        "confidence": finding.confidence,
    }


def _finding(pair: Pair, judgement: Judgement) -> Finding:
    return Finding(
        subject=Subject.PARAMETER,
        subsystem="",
        item=pair.item,
        tender_item=pair.item,
        parameter=pair.approved_name or pair.tender_name,
        approved=pair.approved_value,
        tender=pair.tender_value,
        verdict=judgement.verdict,
        reason=judgement.reason,
        approved_ref="",
        tender_ref="",
        convention=judgement.convention,
        basis=judgement.basis,
        kind=judgement.kind,
    )
