"""The budget or ceiling price that a tender states in its prose, for tenders whose tables give no prices."""

import re
from dataclasses import dataclass

from domain.documents.fields import package_label
from domain.documents.table import Clause
from domain.money import find_amounts
from domain.parameters.sums import Sum
from domain.parameters.verdicts import Side
from domain.text import fold

_STATED = re.compile(
    r"(?:采购|项目|招标)?(?:预算(?:金额|总额|价)?|最高(?:投标)?限价|控制价)(?:\((?:人民币|含税|元|万元)\))?(?:总计|合计|共计|为|是)?[:：]?"
)
_REACH = 40


@dataclass(frozen=True, slots=True)
class Budget:
    """What the prose states: the sum over packages in fen, and the clauses it was read from."""

    total: Sum
    evidence: Side


def stated_budget(clauses: tuple[Clause, ...]) -> Budget | None:
    """Read the stated budget; None when the prose states none.

    Where a package states both a budget and a ceiling, the higher counts; an amount for the whole project takes the
    place of amounts for its packages.
    """
    by_package: dict[str, int] = {}
    sources: list[Clause] = []
    for clause in clauses:
        for package, fen in _amounts(clause.text):
            by_package[package] = max(fen, by_package.get(package, 0))
            sources.append(clause)
    if not by_package:
        return None
    whole = by_package.get("")
    fen = whole if whole is not None else sum(by_package.values())
    shown = tuple(dict.fromkeys(sources))
    evidence = Side("；".join(clause.text for clause in shown), "、".join(clause.place for clause in shown))
    return Budget(Sum(fen, "", packages=whole is None and len(by_package) > 1), evidence)


def _amounts(text: str) -> list[tuple[str, int]]:
    folded = fold(text)
    found = []
    for match in _STATED.finditer(folded):
        following = folded[match.end() : match.end() + _REACH]
        amounts = [one for one in find_amounts(following) if one.fen is not None]
        # Only an amount that follows at once is the one that is stated.
        if amounts and not following[: amounts[0].start].strip("人民币¥￥: "):
            found.append((package_label(folded[max(0, match.start() - 20) : match.start()]), amounts[0].fen or 0))
    return found
