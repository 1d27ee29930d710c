"""Conditions that favour some suppliers whatever the product, and the wordings that make a suspicion none.

Basis: 政府采购法实施条例第二十条, 政府采购货物和服务招标投标管理办法第十七条 and others, each beside its patterns in
`steering.toml`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from domain.parameters.data import load

_ENDS = ",;。:!?"
_NEAR = 14
"""How many characters before a condition still govern it (不得要求投标人提供…)."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A kind of steering condition, the provision it is suspected by, and whether it names a product in other words.

    Every match of its pattern holds one of its `sign`: a quick look that spares most texts the pattern.
    """

    kind: str
    basis: str
    points: bool
    sign: re.Pattern[str]
    pattern: re.Pattern[str]


def conditions(folded: str) -> Iterator[tuple[Condition, str]]:
    """Give every condition of a folded text with its words, those left out that the text denies."""
    for condition in _conditions():
        if not condition.sign.search(folded):
            continue
        for match in condition.pattern.finditer(folded):
            if not is_denied(folded, match.start(), match.end()):
                yield condition, match[0]


def is_denied(folded: str, start: int, end: int) -> bool:
    """Whether the clause around a span denies it: an odd number of times, for 未提供…的投标无效 demands it."""
    opening = max(folded.rfind(mark, 0, start) for mark in _ENDS) + 1
    closing = _first_end(folded, end)
    clause = folded[opening:closing]
    before = folded[max(opening, start - _NEAR) : start]
    before = before[max((cut.end() for cut in _denial("obliged").finditer(before)), default=0) :]
    if _denial("lacking").search(before):
        return False
    after = folded[end:closing]
    if _denial("consequence").search(folded[end : closing + 1]):
        after += folded[closing : _first_end(folded, closing + 1)]
    return (
        len(_denial("before").findall(_denial("neutral").sub("", before)))
        + len(_denial("inside").findall(_denial("neutral").sub("", folded[start:end])))
        + bool(_denial("after").search(after))
        + bool(_denial("outside").search(clause))
    ) % 2 == 1


def is_only_worked_with(folded: str, start: int, end: int) -> bool:
    """Whether a name is that of what stands already (与现有某品牌平台对接), which is a fact and no product to offer."""
    opening = max(folded.rfind(mark, 0, start) for mark in _ENDS) + 1
    before, clause = folded[opening:start], folded[opening : _first_end(folded, end)]
    stands, verbs, offering = _existing()
    return bool(stands.search(before) and verbs.search(clause) and not offering.search(clause))


def _first_end(folded: str, after: int) -> int:
    return min((at for mark in _ENDS if (at := folded.find(mark, after)) >= 0), default=len(folded))


@cache
def _denial(name: str) -> re.Pattern[str]:
    return re.compile(load("steering")["denial"][name])


@cache
def _existing() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = load("steering")["existing"]
    return re.compile(words["before"]), re.compile(words["verbs"]), re.compile(words["offering"])


@cache
def _conditions() -> tuple[Condition, ...]:
    parts = load("steering")["parts"]
    return tuple(
        Condition(
            entry["kind"],
            entry["basis"],
            entry.get("points", False),
            re.compile(entry["sign"]),
            re.compile("|".join(_filled(pattern, parts) for pattern in entry["patterns"])),
        )
        for entry in load("steering")["condition"]
    )


def _filled(pattern: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(f"{{{name}}}", part)
    return pattern
