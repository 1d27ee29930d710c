"""Planned amounts against approved amounts, line by line and for the whole project (Article 18, 计划金额)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from domain.documents.amounts import SHARED
from domain.documents.sums import ROUNDING_FEN
from domain.documents.table import Item, Money, ParameterTable
from domain.documents.titles import part_words
from domain.formats import amount as written
from domain.parameters.align import Alignment, ItemMatch
from domain.parameters.budget import Budget, stated_approval, stated_budget
from domain.parameters.exceeding import causes
from domain.parameters.money_rules import compare_sums
from domain.parameters.outcomes import Judgement
from domain.parameters.priced_together import priced_together
from domain.parameters.rules import Rules, shipped
from domain.parameters.sums import Sum
from domain.parameters.verdicts import PROJECT, UNIT_PRICE, Finding, Subject, Totals, Verdict
from domain.provisions import REVIEW

Part = tuple[str, Callable[[Item], Money | None]]
"""A parameter's name and where an item has it."""

_TOTAL = "合价"


@dataclass(frozen=True, slots=True)
class AmountCheck:
    """Findings about money, and the project's totals in fen."""

    findings: tuple[Finding, ...]
    totals: Totals


def check_amounts(
    approved: ParameterTable, tender: ParameterTable, alignment: Alignment, rules: Rules | None = None
) -> AmountCheck:
    """Check every amount the tender gives, then the project's sum of detail rows across all packages."""
    chosen = rules or shipped()
    found: list[Finding] = []
    for group in priced_together(approved, tender, alignment):
        for match in group:
            lefts, rights = _rows([match], approved, tender)
            found.extend(replace(one, confidence=match.confidence) for one in _unit_prices(lefts, rights, chosen))
        confidence = min(match.confidence for match in group)
        rows = _rows(group, approved, tender)
        found.extend(replace(one, confidence=confidence) for one in _row_sums(*rows, chosen))
    totals = Totals(approved.total_fen, tender.total_fen, _unknown(approved), _unknown(tender))
    found.extend(_check_project(approved, tender, totals, chosen))
    return AmountCheck(tuple(found), totals)


def _rows(matches: list[ItemMatch], approved: ParameterTable, tender: ParameterTable) -> tuple[list[Item], list[Item]]:
    lefts = [approved.items[index] for match in matches for index in match.approved]
    return lefts, [tender.items[index] for match in matches for index in match.tender]


def _unit_prices(lefts: list[Item], rights: list[Item], rules: Rules) -> Iterator[Finding]:
    if len(lefts) == 1 and lefts[0].unit_price is not None:
        priced = [item for item in rights if item.unit_price is not None]
        for item in priced:
            yield _finding(lefts, [item], (UNIT_PRICE, lambda one: one.unit_price), rules)


def _row_sums(lefts: list[Item], rights: list[Item], rules: Rules) -> Iterator[Finding]:
    """The rows' sums against each other; one merged over several rows stands for all of them."""
    stated = any(item.total for item in (*lefts, *rights))
    if stated and any(map(_row_sum, lefts)) and any(map(_row_sum, rights)):
        total = _finding(lefts, rights, (_TOTAL, _row_sum), rules)
        why = causes(lefts, rights) if total.verdict is Verdict.AMOUNT else ""
        yield replace(total, reason=f"{total.reason}，由{why}引起") if why else total


def _row_sum(item: Item) -> Money | None:
    """A row's sum as printed, else its price times its quantity: one side may give the one and the other the other."""
    if item.total is not None or item.unit_price is None:
        return item.total
    if item.amount_fen is None:
        return replace(item.unit_price, fen=None)
    return replace(item.unit_price, text=written(item.amount_fen), fen=item.amount_fen)


def _finding(lefts: list[Item], rights: list[Item], part: Part, rules: Rules) -> Finding:
    parameter, pick = part
    mine = [money for money in map(pick, lefts) if money is not None]
    theirs = [money for money in map(pick, rights) if money is not None]
    judgement = _judge(mine, theirs, complete=len(mine) == len(lefts) and len(theirs) == len(rights), rules=rules)
    return Finding(
        Subject.AMOUNT, lefts[0].subsystem, lefts[0].name, rights[0].name, parameter,
        _told(mine)[0], _told(theirs)[0], judgement.verdict, judgement.reason, _told(mine)[1], _told(theirs)[1],
        judgement.convention, judgement.basis,
    )  # fmt: skip


def _told(amounts: list[Money]) -> tuple[str, str]:
    """The amounts and their places, without what only says that a row shares the amount above."""
    own = [money for money in amounts if money.text != SHARED] or amounts
    return "、".join(money.text for money in own), "、".join(money.place for money in own)


def _judge(mine: list[Money], theirs: list[Money], *, complete: bool, rules: Rules) -> Judgement:
    if not complete or any(money.fen is None for money in (*mine, *theirs)):
        return Judgement(Verdict.MANUAL, "金额或金额单位无法读出，需人工核对", basis=REVIEW)
    return compare_sums(_sum(mine), _sum(theirs), rules)


def _sum(amounts: list[Money]) -> Sum:
    taxes = {money.tax for money in amounts}
    tax = taxes.pop() if len(taxes) == 1 else "不含税" if "不含税" in taxes else ""
    return Sum(sum(money.fen or 0 for money in amounts), tax, packages=len(amounts) > 1)


def _check_project(approved: ParameterTable, tender: ParameterTable, totals: Totals, rules: Rules) -> Iterator[Finding]:
    if not any(item.amount_fen is not None for item in approved.items):
        return
    texts = written(totals.approved_fen), written(totals.tender_fen)
    budget = stated_budget(tender.clauses)
    priced = any(item.amount_fen is not None for item in tender.items)
    if budget is not None and (not priced or budget.total.fen > totals.approved_fen):
        yield _stated(budget, totals, stated_approval(approved), rules)
        if not priced:
            return
    if not priced:
        judgement = Judgement(Verdict.MANUAL, "招标文件没有可读的明细金额，无法核对计划金额，需人工核对", basis=REVIEW)
        texts = texts[0], ""
    else:
        judgement = _project(totals, rules)
    yield Finding(
        Subject.AMOUNT, "", PROJECT, PROJECT, _TOTAL, texts[0], texts[1], judgement.verdict, judgement.reason,
        "明细合计", "明细合计", judgement.convention, judgement.basis,
    )  # fmt: skip
    if printed := _printed(tender, totals, stated_approval(approved), rules):
        yield printed


def _printed(tender: ParameterTable, totals: Totals, most: int, rules: Rules) -> Finding | None:
    """The highest sum that the tender prints, where it exceeds both the approval and what its rows come to.

    It is the printed sum that bidders read as the ceiling, however the rows add up.
    """
    sums = [one for one in tender.subtotals if one.fen is not None and not one.label.startswith(part_words())]
    highest = max(sums, key=lambda one: one.fen or 0, default=None)
    if highest is None or (highest.fen or 0) <= max(totals.approved_fen, totals.tender_fen, most) + ROUNDING_FEN:
        return None
    excess = compare_sums(Sum(totals.approved_fen, ""), Sum(highest.fen or 0, ""), rules)
    rows = "明细没有可读的金额" if not totals.tender_fen else f"与明细之和 {written(totals.tender_fen)} 不符"
    reason = f"招标所列“{highest.label}”{rows}，且{excess.reason}，须退回更正后再核对"
    return Finding(
        Subject.AMOUNT, "", PROJECT, PROJECT, "所列合计", written(totals.approved_fen), written(highest.fen or 0),
        Verdict.MANUAL if totals.tender_fen else excess.verdict, reason, "明细合计", highest.place, excess.convention,
        REVIEW,
    )  # fmt: skip


def _stated(budget: Budget, totals: Totals, most: int, rules: Rules) -> Finding:
    """The budget stated beside the list against the approved total; `most` is the highest that the approval states."""
    judgement = compare_sums(Sum(totals.approved_fen, ""), budget.total, rules)
    if totals.approved_unknown:
        judgement = Judgement(Verdict.MANUAL, "批复有金额无法读出，合计不完整，需人工核对", basis=REVIEW)
    elif judgement.verdict is Verdict.AMOUNT and budget.total.fen <= most:
        reason = f"{judgement.reason}；未超出批复另列的 {written(most)}，是否含清单以外的费用需人工核对"
        judgement = Judgement(Verdict.MANUAL, reason, judgement.convention, REVIEW)
    convention = "；".join(text for text in (judgement.convention, "按招标所列预算或最高限价核对") if text)
    return Finding(
        Subject.AMOUNT, "", PROJECT, PROJECT, "预算金额", written(totals.approved_fen), budget.evidence.text,
        judgement.verdict, judgement.reason, "明细合计", budget.evidence.place, convention, judgement.basis,
    )  # fmt: skip


def _project(totals: Totals, rules: Rules) -> Judgement:
    judgement = compare_sums(Sum(totals.approved_fen, ""), Sum(totals.tender_fen, ""), rules)
    convention = "合计为明细行之和，不取表中小计、合计"
    unknown = totals.approved_unknown + totals.tender_unknown
    # What exceeds a sum that is itself too small may not exceed what was approved.
    if unknown and (judgement.verdict is Verdict.SAME or totals.approved_unknown):
        return Judgement(Verdict.MANUAL, f"有 {unknown} 行金额无法读出，合计不完整，需人工核对", convention, REVIEW)
    return Judgement(judgement.verdict, f"项目明细合计：{judgement.reason}", convention, judgement.basis)


def _unknown(table: ParameterTable) -> int:
    """Rows that give a price that could not be read; rows of a table without prices are not missing any."""
    return sum(
        1
        for item in table.items
        if item.amount_fen is None and any(money is not None for money in (item.unit_price, item.total))
    )
