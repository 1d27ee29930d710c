"""Capability beyond need: figures above what a bureau usually needs, redundancy and staff out of proportion, old wares.

Every hint asks for a reason. The figures are experience (`data/sizing.toml`), never law.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from domain.documents.table import Item, Parameter, ParameterTable
from domain.formats import amount
from domain.parameters.intervals import Measure
from domain.parameters.names import short_name
from domain.parameters.rules import Rules
from domain.parameters.units import measure_class
from domain.parameters.values import find_measures
from domain.parameters.verdicts import PROSE
from domain.provisions import REVIEW
from domain.reasonableness.criteria import EXPERIENCE, Criteria
from domain.reasonableness.data import load
from domain.reasonableness.hints import Hint, Topic
from domain.text import fold

_EXPANDABLE = re.compile("最大|最高|扩展|可扩|扩容")
"""What a device can be brought to is not what it is bought with."""


@dataclass(frozen=True, slots=True)
class _Range:
    """What devices of a kind usually need at most of one parameter."""

    items: tuple[str, ...]
    parameters: tuple[str, ...]
    typical: str
    basis: str


def check_sizing(tender: ParameterTable, criteria: Criteria, rules: Rules) -> Iterator[Hint]:
    """Yield a hint for each parameter above the usual range, and for each wording that asks for more than a need."""
    total = tender.total_fen
    for item in tender.items:
        if ranges := _ranges_of(fold(item.name).casefold()):
            for parameter in item.parameters:
                yield from _above_usual(item, parameter, ranges, rules)
    texts = list(_texts(tender))
    if total and total < criteria.small_project_fen.value:
        yield from _for_small(texts, total, criteria)
    yield from _outdated(texts)


def _above_usual(item: Item, parameter: Parameter, ranges: tuple[_Range, ...], rules: Rules) -> Iterator[Hint]:
    name = short_name(parameter.text)
    folded = fold(name).casefold()
    usual = next((each for each in ranges if any(word in folded for word in each.parameters)), None)
    if usual is None or _EXPANDABLE.search(parameter.text):
        return
    limit = max(_bounds(usual.typical, name, rules), key=_low)
    asked = (measure for measure in _bounds(parameter.text, name, rules) if measure.dimension == limit.dimension)
    measure = max(asked, key=_low, default=None)
    if measure is None or _low(measure) <= _low(limit):
        return
    reason = f"“{item.name}”要求{measure.text}，高于一般需要的{usual.typical}，请说明需求测算依据"
    yield Hint(
        "above_usual", Topic.SPECIFICATION, item.subsystem, item.name, name, reason, "", parameter.text, "",
        parameter.place, f"{EXPERIENCE}{usual.typical}：{usual.basis}", REVIEW,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _bounds(text: str, name: str, rules: Rules) -> tuple[Measure, ...]:
    """The lower bounds a text states; upper bounds (`≤`) ask for no capability."""
    measures, _ = find_measures(fold(text), measure_class(name), rules)
    return tuple(measure for measure in measures if measure.low is not None and measure.low.is_finite())


def _low(measure: Measure) -> Decimal:
    return measure.low or Decimal(0)


@lru_cache(maxsize=8192)
def _ranges_of(item: str) -> tuple[_Range, ...]:
    """The ranges of a device by its name; software and accessories are no devices."""
    if any(word in item for word in load("sizing")["not_devices"]):
        return ()
    return tuple(each for each in _ranges() if any(word in item for word in each.items))


@cache
def _ranges() -> tuple[_Range, ...]:
    return tuple(
        _Range(tuple(each["items"]), tuple(each["parameters"]), each["typical"], each["basis"])
        for each in load("sizing")["ranges"]
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the tender with its item ("" for prose) and place."""

    item: Item
    parameter: str
    text: str
    place: str


def _texts(tender: ParameterTable) -> Iterator[_Text]:
    for item in tender.items:
        yield _Text(item, "设备名称", item.name, item.place)
        for parameter in item.parameters:
            yield _Text(item, short_name(parameter.text), parameter.text, parameter.place)
        if item.remark:
            yield _Text(item, "备注", item.remark, item.place)
    prose = Item(PROSE, "")
    for clause in tender.clauses:
        yield _Text(prose, "正文条款", clause.text, clause.place)


def _for_small(texts: Iterable[_Text], total: int, criteria: Criteria) -> Iterator[Hint]:
    limit = criteria.small_project_fen
    figure = limit.told(amount(limit.value))
    redundancy, onsite = load("sizing")["redundancy"], load("sizing")["onsite"]
    for one in texts:
        folded = fold(one.text).replace(" ", "")
        if found := _found(tuple(redundancy["words"]), folded):
            yield _said("redundancy", one, redundancy["reason"].format(words=found, total=amount(total)), figure)
        staff = _found(tuple(onsite["words"]), folded)
        if not staff and "驻场" in folded and _found(tuple(onsite["around_the_clock"]), folded):
            staff = "7×24小时驻场"
        if staff:
            yield _said("onsite_service", one, onsite["reason"].format(words=staff, total=amount(total)), figure)


def _outdated(texts: Iterable[_Text]) -> Iterator[Hint]:
    for one in texts:
        folded = fold(one.text)
        for entry in load("sizing")["outdated"]:
            found = _found(tuple(entry["words"]), folded)
            if found and not _refused(folded, found):
                reason = f"“{found}”{entry['reason']}，请确认是否必须兼容，或改为现行版本"
                yield _said("outdated", one, reason, f"{EXPERIENCE}：不采购已淘汰的产品和技术")


def _said(rule: str, one: _Text, reason: str, figure: str) -> Hint:
    return Hint(
        rule, Topic.SPECIFICATION, one.item.subsystem, one.item.name, one.parameter, reason, "", one.text, "",
        one.place, figure, REVIEW,
    )  # fmt: skip


def _found(words: tuple[str, ...], folded: str) -> str:
    """The first of some words in a folded text, as it is written there; "" when none is."""
    match = _any(words).search(folded)
    return match[0] if match else ""


def _refused(folded: str, found: str) -> bool:
    """Whether a text mentions something only to forbid or replace it (`不得使用MD5`, `禁用TLS1.0`)."""
    at = folded.find(found)
    return bool(
        re.search("不得|禁止|禁用|不使用|不采用|淘汰|替换|替代|升级|迁移|兼容", folded[max(0, at - 14) : at + 24])
    )


@lru_cache(maxsize=64)
def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted((fold(word) for word in words), key=lambda word: -len(word))
    return re.compile("|".join(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![0-9])" for word in ordered), re.IGNORECASE)
