"""One approved amount against the tender's amount or amounts: unit, tax wording, packages (Article 18, 计划金额)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.formats import amount as written
from domain.formats import amounts_alike
from domain.parameters.outcomes import Judgement
from domain.parameters.rules import Rules
from domain.parameters.sums import Sum, added, by_the_year, read_sum, with_tax
from domain.parameters.verdicts import Verdict
from domain.provisions import REVIEW
from domain.text import fold

_COUNTS = re.compile(r"(\d+)\s*(?:套|台|项|个|年|人月)(?!\d)")
_SLIP = 1_000
"""Nobody saves so much: an amount so many times smaller was written in another unit of money."""
_UNSTATED = {"included": "含税", "excluded": "不含税", "ask": "需人工确认"}


def judge_amount(approved: str, tender: Sequence[str], rules: Rules) -> Judgement:
    """Judge an approved amount against the tender's texts (one, or one for each package)."""
    left = read_sum(approved)
    rights = [read_sum(text) for text in tender]
    if left is None or not rights or any(right is None for right in rights):
        return Judgement(
            Verdict.MANUAL, f"“{approved}”或“{'、'.join(tender)}”不是单一明确的金额，需人工核对", basis=REVIEW
        )
    known = [right for right in rights if right is not None]
    total = known[0] if len(known) == 1 else added(known)
    judgement = compare_sums(left, total, rules)
    if judgement.verdict is Verdict.SAME and (total.fen == 0) != (left.fen == 0):
        return Judgement(Verdict.MANUAL, f"金额为 0，等同取消或漏填：{judgement.reason}", basis=REVIEW)
    counts = [_COUNTS.findall(fold(text)) for text in (approved, "、".join(tender))]
    if (
        judgement.verdict is Verdict.SAME
        and all(counts)
        and sorted(counts[0]) != sorted(counts[1])
        and not total.packages
    ):
        return Judgement(
            Verdict.MANUAL, f"金额所含数量不同：批复“{approved}”，招标“{'、'.join(tender)}”，须人工核对", basis=REVIEW
        )
    if judgement.verdict is Verdict.SAME and (doubt := left.doubt or total.doubt):
        return Judgement(Verdict.MANUAL, f"{doubt}；{judgement.reason}", judgement.convention, REVIEW)
    notes = "；".join(text for text in (judgement.convention, left.doubt or total.doubt) if text)
    return Judgement(judgement.verdict, judgement.reason, notes, judgement.basis)


def compare_sums(left: Sum, right: Sum, rules: Rules) -> Judgement:
    """Compare two amounts in fen: more than approved exceeds; equal or less is consistent."""
    left, right = by_the_year(left, right)
    if left.per != right.per:
        said = "、".join(
            f"{written(one.fen)}{f'/{one.per}' if one.per else '（未写明计价单位）'}" for one in (left, right)
        )
        return Judgement(Verdict.MANUAL, f"计价单位不同（{said}），须明确数量或年限后再判", basis=REVIEW)
    unstated = _UNSTATED[rules.conventions.unstated_tax]
    taxes = left.tax or unstated, right.tax or unstated
    convention = "拆包后按项目级合计控制" if right.packages else ""
    if taxes[0] != taxes[1]:
        gross = with_tax(left, left.tax), with_tax(right, right.tax)
        if right.tax == "不含税" and right.fen > left.fen:
            # Already without tax it is more than approved: the rate does not matter.
            gross = left.fen, right.fen
        if gross[0] is None or gross[1] is None:
            return _unlike_taxes(left, right, unstated)
        rate = left.rate if taxes[0] == "不含税" else right.rate
        told = (
            f"按写明的税率 {rate}% 换算为含税价后比较" if rate is not None else "招标金额不含税已超出批复，含税只会更高"
        )
        convention = "；".join(text for text in (convention, told) if text)
        left, right = replace(left, fen=gross[0]), replace(right, fen=gross[1])
    given = f"招标各包合计 {written(right.fen)}" if right.packages else f"招标 {written(right.fen)}"
    if right.fen > left.fen:
        ours, theirs, excess = amounts_alike(left.fen, right.fen, right.fen - left.fen)
        told = f"招标各包合计 {theirs}" if right.packages else f"招标 {theirs}"
        reason = f"{told}，超出批复 {ours}，超出 {excess}"
        return Judgement(Verdict.AMOUNT, reason, convention, REVIEW)
    if right.fen == left.fen:
        return Judgement(Verdict.SAME, f"金额换算后相等（{written(left.fen)}）", convention)
    if 0 < right.fen * _SLIP <= left.fen:
        reason = f"{given}，批复 {written(left.fen)}，相差 {left.fen // right.fen} 倍，疑为金额单位（元、万元）写错"
        return Judgement(Verdict.MANUAL, f"{reason}，需人工核对", convention, REVIEW)
    return Judgement(Verdict.SAME, f"{given}，未超出批复 {written(left.fen)}", convention)


def _unlike_taxes(left: Sum, right: Sum, unstated: str) -> Judgement:
    said = [f"{written(one.fen)}（{one.tax or f'未注明，{unstated}'}）" for one in (left, right)]
    reason = f"批复 {said[0]}，招标 {said[1]}，税价口径不一致且税率未写明，须统一后再判"
    return Judgement(Verdict.MANUAL, reason, f"未注明税价的金额：{unstated}；税率不推测", REVIEW)
