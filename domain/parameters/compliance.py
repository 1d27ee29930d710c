"""Additions that another rule asks for: still 新增, but told apart as 合规性新增 with their legal basis."""

import re
from collections.abc import Sequence
from functools import cache

from domain.parameters.data import load
from domain.parameters.outcomes import Judgement
from domain.parameters.verdicts import FindingKind, Verdict
from domain.text import fold

_CLAUSE = re.compile(r"[;。\n]|(?<!\d),|,(?!\d)")
_OTHER_FIGURE = re.compile(
    r"[≥≤<>]\s*\d|不[少低小高大]于\s*\d|至少\s*\d|\d\s*(?:核|颗|块|台|路|[GMTP]B|[GM]bps|[TPG]|k?W|U)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_ACT = re.compile(r"测评|评估|评测|密评|等保|改造|整改|认证|检测|审查|备案|加固|适配|服务(?!器)")
"""What a rule asks for as an item of its own is an act; devices named for a rule (信创服务器) are devices."""
_SHOWN = 40


def compliance_basis(text: str) -> str:
    """Give the legal basis on which an addition may stand, "" when none is known."""
    folded = fold(text)
    return next((basis for pattern, basis in _rules() if pattern.search(folded)), "")


def added(text: str, what: str = "要求") -> Judgement:
    """Judge an added requirement: 新增, told apart as 合规性新增 where a later rule asks for it.

    A text with figures beside the rule's own words (支持IPv6，吞吐量≥40Gbps) asks for more than the rule does.
    """
    folded = fold(text)
    pure = not _OTHER_FIGURE.search(_beyond_rules(folded))
    answering = [part.strip() for part in _CLAUSE.split(folded) if compliance_basis(part)]
    return _judged(compliance_basis(text), answering, what, pure=pure)


def added_item(name: str, requirements: Sequence[str]) -> Judgement:
    """Judge an added item: one that its name or everything it asks for shows to be what a later rule asks for.

    One compliance word among the requirements of a server (操作系统符合安全可靠要求) does not make servers required.
    """
    answering = [text for text in requirements if compliance_basis(text)]
    basis = compliance_basis(name) or next(map(compliance_basis, answering), "")
    is_act = bool(compliance_basis(name)) and bool(_ACT.search(name))
    pure = is_act or (bool(requirements) and len(answering) == len(requirements))
    return _judged(basis, answering or [name], "条目", pure=pure)


def _judged(basis: str, answering: Sequence[str], what: str, *, pure: bool) -> Judgement:
    plain = f"批复中无此{what}，须说明增加的依据和必要性"
    if not basis:
        return Judgement(Verdict.ADDED, plain)
    if not pure:
        told = "、".join(f"“{text[:_SHOWN]}”" for text in answering)
        return Judgement(
            Verdict.ADDED, f"{plain}；其中{told}属后续规定的合规要求，只有这一部分可凭依据保留", basis=basis
        )
    reason = f"合规性新增：批复中无此{what}，属后续规定的合规要求，建议保留并补充依据"
    return Judgement(Verdict.ADDED, reason, basis=basis, kind=FindingKind.COMPLIANCE)


def _beyond_rules(folded: str) -> str:
    for pattern, _ in _rules():
        folded = pattern.sub(" ", folded)
    return folded


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rule["pattern"]), rule["basis"]) for rule in load("compliance")["rule"])
