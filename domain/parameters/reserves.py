"""The reserve (预备费) of an estimate, which may not be put into a purchase: that the tender leaves it out is right."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from domain.documents.table import Item, ParameterTable
from domain.formats import amount
from domain.parameters.budget import stated_budget
from domain.parameters.verdicts import Finding, Subject, Verdict

_RESERVE = "预备费"


def keep_reserves(findings: Iterable[Finding], approved: ParameterTable, tender: ParameterTable) -> Iterator[Finding]:
    """Say of a reserve without an answer that it rightly has none, where the tender's amounts prove it."""
    reason = _proof(approved, tender)
    for finding in findings:
        left_out = finding.subject is Subject.ITEM and _RESERVE in finding.item and not finding.tender_item
        if reason and left_out and finding.verdict is Verdict.MANUAL and not finding.tender_ref:
            yield replace(finding, verdict=Verdict.SAME, reason=reason, convention="预备费不得并入采购预算")
        else:
            yield finding


def _proof(approved: ParameterTable, tender: ParameterTable) -> str:
    """That the tender stays within what is approved without the reserve, "" where that is not proved."""
    left = [item for item in approved.items if _RESERVE not in item.name]
    if len(left) == len(approved.items) or any(map(_speaks, tender.items)):
        return ""
    if any(item.amount_fen is None and (item.unit_price or item.total) for item in (*left, *tender.items)):
        return ""
    limit = sum(item.amount_fen or 0 for item in left)
    budget = stated_budget(tender.clauses)
    printed = [one.fen for one in tender.subtotals if one.fen is not None]
    given = max([tender.total_fen, *printed, *([budget.total.fen] if budget is not None else [])])
    if not tender.total_fen or given > limit:
        return ""
    return f"预备费不列入采购预算，招标未列；招标合计 {amount(given)} 未超出扣除预备费后的批复 {amount(limit)}"


def _speaks(item: Item) -> bool:
    """Whether a row of the tender speaks of the reserve."""
    told = [item.name, item.remark, *(parameter.text for parameter in item.parameters)]
    told += [money.text for money in (item.unit_price, item.total) if money is not None]
    return any(_RESERVE in text for text in told)
