"""Amounts that tell their factors against each other and against plain ones; fees that one side has put together."""

import re
from dataclasses import replace

from domain.formats import amount as written
from domain.parameters.money_rules import compare_sums
from domain.parameters.outcomes import Judgement
from domain.parameters.phrases import phrase
from domain.parameters.priced import Priced, read_priced
from domain.parameters.rules import Rules
from domain.parameters.sums import Sum, read_sum
from domain.parameters.verdicts import Verdict
from domain.provisions import REVIEW
from domain.text import fold, key

_TOGETHER = re.compile(r"以及|及其|[及和与、/+]")
_INSIDE = re.compile(r"\((?:其中)?(?:(?:包?含|包括)(?!税)(?P<one>)|(?=[^()]*[、及和与+]))(?P<fees>[^()税元]+)\)")
_SEVERAL = 2
_FEE_END = re.compile(r"(?:服务)?(?:费用?|经费|预算|投资|金额|合计|总价|合价|\(.*\))+$")


def judge_priced(names: tuple[str, str], values: tuple[str, str], rules: Rules) -> Judgement | None:
    """Judge two amounts of which at least one tells its factors; None where neither does, or one cannot be read."""
    sides = [read_priced(name, value) for name, value in zip(names, values, strict=True)]
    if not any(sides):
        return None
    sums = [Sum(side.total, side.tax) if side else read_sum(value) for side, value in zip(sides, values, strict=True)]
    left, right = (
        one if side else _for_each(one, name, other)
        for one, name, side, other in zip(sums, names, sides, reversed(sides), strict=True)
    )
    if left is None or right is None or not _is_clear(left, right):
        return None
    if any(side and not side.is_sure for side in sides) and left.fen != right.fen:
        return None
    if left.per or right.per:
        return _each_alone(sides, (left, right), rules)
    judgement = compare_sums(left, right, rules)
    if judgement.verdict is not Verdict.MANUAL:
        judgement = replace(judgement, reason=f"{_told(sides, values)}{judgement.reason}")
    if judgement.verdict is not Verdict.SAME or None in sides:
        return judgement
    return _with_counts(sides[0], sides[1], judgement)


def _for_each(amount: Sum | None, name: str, told: Priced | None) -> Sum | None:
    """A plain amount under the name 单价 is of one of what the other side counts."""
    if amount is None or told is None or amount.per or "单价" not in name or amount.fen == told.total:
        return amount
    return replace(amount, per=told.unit)


def _is_clear(left: Sum, right: Sum) -> bool:
    """Whether nothing stands against the two: packages, words and figures that differ, an amount struck out."""
    return not (left.packages or right.packages or left.doubt or right.doubt) and (left.fen == 0) is (right.fen == 0)


def _with_counts(left: Priced | None, right: Priced | None, judgement: Judgement) -> Judgement:
    """An amount within the approved one, unless it is for another number."""
    if left is None or right is None or left.counted == right.counted:
        return judgement
    said = "、".join(f"{one.count.normalize():f}{one.unit}" for one in (left, right))
    return Judgement(Verdict.MANUAL, f"金额所含数量或年限不同（{said}），须人工核对：{judgement.reason}", basis=REVIEW)


def _each_alone(sides: list[Priced | None], sums: tuple[Sum, Sum], rules: Rules) -> Judgement | None:
    """A price for each on one side alone: more than the approved price for each exceeds, else how many is open."""
    unit = sums[0].per or sums[1].per
    each = [side.each_in(unit) if side else one.fen for side, one in zip(sides, sums, strict=True)]
    prices = [Sum(fen, one.tax) for fen, one in zip(each, sums, strict=True) if fen is not None]
    if len(prices) < len(each):
        return None
    judgement = compare_sums(prices[0], prices[1], rules)
    if judgement.verdict is Verdict.AMOUNT or (judgement.verdict is Verdict.SAME and sides[0] is None):
        return replace(judgement, reason=f"按单价比较：{judgement.reason}")
    return None


def _told(sides: list[Priced | None], values: tuple[str, str]) -> str:
    products = [
        f"{whose}“{value}”合 {written(side.total)}"
        for whose, side, value in zip(("批复", "招标"), sides, values, strict=True)
        if side and side.each is not None
    ]
    return f"{'，'.join(products)}；" if products else ""


def put_together(names: tuple[str, str]) -> str:
    """Say of two names of fees that one is part of the other (监理费, 监理及测评费), "" where they are not.

    Only what is named besides makes a merger: 安装及调试费 of 安装调试费 is the same fee.
    """
    parts = [_fees(name) for name in names]
    for mine, other in ((0, 1), (1, 0)):
        single, several = "".join(parts[mine]), parts[other]
        if not single or len(several) < _SEVERAL or not _are_fees(several) or set(several) == set(parts[mine]):
            continue
        shared = [part for part in several if part in single or single in part or part in parts[mine]]
        if shared and any(part not in single for part in several):
            return f"“{names[other]}”为多个分项合并列示，无法核对“{names[mine]}”单项，须拆分后再判"
    return ""


def _fees(name: str) -> list[str]:
    """The fees that a name puts together, those in its brackets among them: 监理费(含测评) is two."""
    told = _INSIDE.sub(lambda match: f"、{match['fees']}", fold(name))
    return [key(_FEE_END.sub("", part)) for part in _TOGETHER.split(_FEE_END.sub("", told))]


def _are_fees(parts: list[str]) -> bool:
    return all(part and not phrase("price_word").fullmatch(part) for part in parts)
