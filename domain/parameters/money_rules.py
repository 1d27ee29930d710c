"""One approved amount against the tender's amount or amounts: unit, tax wording, packages (Article 18, 计划金额)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.formats import amount as written
from domain.money import find_amounts, tax_wording
from domain.parameters.outcomes import Judgement
from domain.parameters.rules import Rules
from domain.parameters.verdicts import Verdict
from domain.text import fold

ARTICLE = "《沈阳市电子政务工程建设项目管理试行办法》第十八条"
_PACKAGE = re.compile(r"包\s*[\dA-H一二三四五六七八九十]+|标段|标项|分包")
_PART_OF = re.compile(r"(?:^|[^不])含(?!税)|其中|包括|包含|预留|扣除")
_TAX_NOTE = re.compile(r"\((?:不含税|含税|未税|税前|价税合计)[^)]*\)|不含税|含税")
_UNSTATED = {"included": "含税", "excluded": "不含税", "ask": "需人工确认"}
_SEPARATOR = re.compile(r"[;。]|,(?!\d{3}(?!\d))|、")


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in fen as a text states it; `tax` is "含税", "不含税" or ""; `packages` when packages were summed."""

    fen: int
    tax: str
    packages: bool = False


def read_sum(text: str) -> Sum | None:
    """Read a text that states one amount, or one for each package; None when it states anything else.

    A price that merely contains an amount (`设备包价含20万元预备费`) is no statement of that amount.
    """
    folded = fold(text)
    parts = [part for part in _SEPARATOR.split(folded) if part.strip()]
    amounts = []
    for part in parts:
        bare = _TAX_NOTE.sub("", part)
        stated = [one for one in find_amounts(bare) if one.fen is not None]
        if len(stated) != 1 or _PART_OF.search(bare[: stated[0].start]) or bare[stated[0].end :].strip("整正 ()"):
            return None
        amounts.append((part, stated[0].fen or 0))
    if not amounts or (len(amounts) > 1 and not all(_PACKAGE.search(part) for part, _ in amounts)):
        return None
    return Sum(sum(fen for _, fen in amounts), tax_wording(folded), len(amounts) > 1)


def judge_amount(approved: str, tender: Sequence[str], rules: Rules) -> Judgement:
    """Judge an approved amount against the tender's texts (one, or one for each package)."""
    left = read_sum(approved)
    rights = [read_sum(text) for text in tender]
    if left is None or not rights or any(right is None for right in rights):
        return Judgement(
            Verdict.MANUAL, f"“{approved}”或“{'、'.join(tender)}”不是单一明确的金额，需人工核对", basis=ARTICLE
        )
    known = [right for right in rights if right is not None]
    taxes = {right.tax for right in known}
    total = Sum(
        sum(right.fen for right in known), taxes.pop() if len(taxes) == 1 else "", len(known) > 1 or known[0].packages
    )
    return compare_sums(left, total, rules)


def compare_sums(left: Sum, right: Sum, rules: Rules) -> Judgement:
    """Compare two amounts in fen: more than approved exceeds; equal or less is consistent."""
    unstated = _UNSTATED[rules.conventions.unstated_tax]
    if (left.tax or unstated) != (right.tax or unstated):
        said = [f"{written(one.fen)}（{one.tax or f'未注明，{unstated}'}）" for one in (left, right)]
        reason = f"批复 {said[0]}，招标 {said[1]}，税价口径不一致，须统一后再判"
        return Judgement(Verdict.MANUAL, reason, f"未注明税价的金额：{unstated}", ARTICLE)
    convention = "拆包后按项目级合计控制" if right.packages else ""
    given = f"招标各包合计 {written(right.fen)}" if right.packages else f"招标 {written(right.fen)}"
    if right.fen > left.fen:
        reason = f"{given}，超出批复 {written(left.fen)}，超出 {written(right.fen - left.fen)}"
        return Judgement(Verdict.AMOUNT, reason, convention, ARTICLE)
    if right.fen == left.fen:
        return Judgement(Verdict.SAME, "金额换算后相等", convention)
    return Judgement(Verdict.SAME, f"{given}，未超出批复 {written(left.fen)}", convention)
