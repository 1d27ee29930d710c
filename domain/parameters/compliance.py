"""Additions that another rule asks for: still 新增, but told apart as 合规性新增 with their legal basis."""

import re
from functools import cache

from domain.parameters.data import load
from domain.parameters.outcomes import Judgement
from domain.parameters.verdicts import FindingKind, Verdict
from domain.text import fold


def compliance_basis(text: str) -> str:
    """Give the legal basis on which an addition may stand, "" when none is known."""
    folded = fold(text)
    return next((basis for pattern, basis in _rules() if pattern.search(folded)), "")


def added(text: str, what: str = "要求") -> Judgement:
    """Judge an addition: 新增, told apart as 合规性新增 where a later rule asks for it."""
    basis = compliance_basis(text)
    if basis:
        reason = f"合规性新增：批复中无此{what}，属后续规定的合规要求，建议保留并补充依据"
        return Judgement(Verdict.ADDED, reason, basis=basis, kind=FindingKind.COMPLIANCE)
    return Judgement(Verdict.ADDED, f"批复中无此{what}，须说明增加的依据和必要性")


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rule["pattern"]), rule["basis"]) for rule in load("compliance")["rule"])
