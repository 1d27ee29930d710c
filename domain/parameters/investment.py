"""A change of parameters stays inside the approved investment 投资额度 (Article 18), or goes the way of Article 19.

The ten percent of Article 19 are no allowance here: they decide about an estimate, not about a change of parameters.
"""

from dataclasses import dataclass

from domain.documents.table import ParameterTable
from domain.formats import amount
from domain.parameters.amounts import AmountCheck
from domain.parameters.budget import stated_budget
from domain.parameters.verdicts import PROJECT, Finding, Subject, Verdict
from domain.provisions import REVIEW

_INVESTMENT = "投资额度"
_CONVENTION = "采购过程中变更技术参数须在项目审批的投资额度内，超出任何金额均转概算调整，不适用10%的幅度"


@dataclass(frozen=True, slots=True)
class Investment:
    """What the whole requirement after the change costs against the approved total.

    `excess_fen` is by how much it exceeds it, 0 inside, None when that cannot be told. `findings` ask a person where
    the amounts do not prove it.
    """

    excess_fen: int | None
    findings: tuple[Finding, ...] = ()


def prove_investment(
    agreed: ParameterTable, changed: ParameterTable, check: AmountCheck, others_fen: int = 0
) -> Investment:
    """Prove the money of a change.

    Args:
        agreed: the tender that was agreed last.
        changed: the whole tender as it stands after the change.
        check: what `check_amounts` found on the approved table and the changed tender.
        others_fen: what the agreed tenders of the project's other packages come to.
    """
    totals = check.totals
    budget = stated_budget(changed.clauses)
    planned = max(totals.tender_fen, budget.total.fen if budget else 0)
    told = amount(totals.approved_fen) if totals.approved_fen else "", amount(planned) if planned else ""
    if not totals.approved_fen or totals.approved_unknown:
        return Investment(
            None, _asked(check, told, "批复的金额没有全部读出，不能证明变更在项目审批的投资额度内，需人工核对")
        )
    if planned > totals.approved_fen:
        return Investment(planned - totals.approved_fen)
    if budget is None and not _is_priced(agreed, changed, check):
        return Investment(
            None, _asked(check, told, "变更后的金额没有全部读出，不能证明在项目审批的投资额度内，需人工核对")
        )
    if others_fen and planned + others_fen > totals.approved_fen:
        reason = f"连同本项目其他采购包已审定的 {amount(others_fen)}，合计超出批复 {told[0]}，需人工核对各包是否重复"
        return Investment(0, _asked(check, told, reason))
    return Investment(0)


def _is_priced(agreed: ParameterTable, changed: ParameterTable, check: AmountCheck) -> bool:
    """Whether every row's money is known, save those that were agreed without any."""
    is_any = any(item.amount_fen is not None for item in changed.items)
    return is_any and not check.totals.tender_unknown and _unpriced(changed) <= _unpriced(agreed)


def _unpriced(table: ParameterTable) -> int:
    return sum(item.amount_fen is None for item in table.items)


def _asked(check: AmountCheck, told: tuple[str, str], reason: str) -> tuple[Finding, ...]:
    if any(one.item == PROJECT and one.verdict is Verdict.MANUAL for one in check.findings):
        return ()
    return (
        Finding(
            subject=Subject.AMOUNT,
            subsystem="",
            item=PROJECT,
            tender_item=PROJECT,
            parameter=_INVESTMENT,
            approved=told[0],
            tender=told[1],
            verdict=Verdict.MANUAL,
            reason=reason,
            approved_ref="明细合计",
            tender_ref="明细合计",
            convention=_CONVENTION,
            basis=REVIEW,
        ),
    )
