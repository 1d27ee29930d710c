"""The budget or ceiling price that a tender states beside its list: in prose, in 前附表, in a table of packages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.documents.fields import package_label
from domain.documents.table import Clause, ParameterTable
from domain.documents.titles import part_words
from domain.money import find_amounts, unit_in
from domain.parameters.sums import Sum
from domain.parameters.verdicts import Side
from domain.text import fold

_STATED = re.compile(
    r"(?P<whole>项目合计|项目|合计|总)?(?P<own>本包|分包|包件)?(?:采购|招标)?(?:项目)?"
    r"(?:预算(?:金额|总额|总价|价)?|最高(?:投标)?限价|控制价)"
    r"(?:\((?P<note>[^()]{0,12})\))?(?:总计|合计|共计|为|是|约)?[::]?"
)
_INVESTED = re.compile(
    r"(?:总投资|投资总额|(?:投资)?概算(?:总额|总投资)?|批复(?:总额|金额))(?:合计|共计|为|是|约)?[::]?(?=[\d人¥￥])"
)
_OF_ONE = re.compile(r"(?:单价|单项|分项|单台|每台|每套)(?:的|为|[::])?$")
_PER = re.compile(r"\s*(?:/|每)\s*[^\d\s元]")
_LEAD = re.compile(r"(?:人民币|不超过|不高于|大写|小写|RMB|[¥¥:()\s])*")
_PACKAGE = re.compile(r"包|标段|标项")
_REACH, _BEFORE = 40, 24
_HEADING, _BEGINNING = 40, 12


@dataclass(frozen=True, slots=True)
class Budget:
    """What the tender states: the sum over packages in fen, and the clauses it was read from."""

    total: Sum
    evidence: Side


def stated_budget(clauses: tuple[Clause, ...]) -> Budget | None:
    """Read the stated budget; None when the document states none.

    Packages are added; of a budget and a ceiling for the same thing, and of a whole and its packages, the higher
    counts: a tender that contradicts itself is held to what it may cost.
    """
    by_package: dict[str, int] = {}
    sources: list[Clause] = []
    for clause, heading in _under_headings(clauses):
        for package, fen in _amounts(clause.text, heading):
            by_package[package] = max(fen, by_package.get(package, 0))
            sources.append(clause)
    if not by_package:
        return None
    whole = by_package.pop("", 0)
    parts = sum(by_package.values())
    shown = tuple(dict.fromkeys(sources))
    evidence = Side("；".join(clause.text for clause in shown), "、".join(clause.place for clause in shown))
    return Budget(Sum(max(whole, parts), "", packages=parts >= whole and len(by_package) > 1), evidence)


def stated_approval(approved: ParameterTable) -> int:
    """The highest total in fen that the approval prints or states as its investment; 0 when it gives none.

    It may hold more than the list: 预备费, 建设管理费. What stays within it is no proven excess.
    """
    printed = (one.fen or 0 for one in approved.subtotals if not one.label.startswith(part_words()))
    said = (
        amount.fen or 0
        for clause in approved.clauses
        for match in _INVESTED.finditer(fold(clause.text))
        for amount in find_amounts(fold(clause.text)[match.end() : match.end() + _REACH])[:1]
    )
    return max((*printed, *said), default=0)


def _under_headings(clauses: tuple[Clause, ...]) -> Iterator[tuple[Clause, str]]:
    """Every clause with the package of the heading it stands under (第一包); tables name theirs in their own rows."""
    heading = ""
    for clause in clauses:
        if "表" in clause.place or "!" in clause.place:
            yield clause, ""
            continue
        if len(clause.text) <= _HEADING:
            heading = package_label(fold(clause.text)[:_BEGINNING]) or heading
        yield clause, heading


def _amounts(text: str, heading: str) -> Iterator[tuple[str, int]]:
    """The amounts that a text states as a budget, each with its package, "" for the whole project."""
    folded = fold(text)
    for match in _STATED.finditer(folded):
        before = folded[max(0, match.start() - _BEFORE) : match.start()]
        following = folded[match.end() : match.end() + _REACH]
        unit = unit_in(match["note"] or "")
        amounts = [one for one in find_amounts(following, unit) if one.fen is not None]
        # Only an amount that follows at once is the one that is stated.
        if not amounts or _OF_ONE.search(before) or not _LEAD.fullmatch(following[: amounts[0].start]):
            continue
        if not _PER.match(following[amounts[0].end :]):
            yield _package(before, match, heading), amounts[0].fen or 0


def _package(before: str, match: re.Match[str], heading: str) -> str:
    if named := _last_package(before):
        return named
    return "" if match["whole"] and not match["own"] else heading


def _last_package(text: str) -> str:
    """The package named last in a text: 第1包预算60万元,第2包 is about the second."""
    starts = [max(0, found.start() - 4) for found in _PACKAGE.finditer(text)]
    labels = (package_label(text[start:]) for start in reversed(starts))
    return next((label for label in labels if label), "")
