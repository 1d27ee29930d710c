"""The same content in another project: items alike by name or contents, and purchases that may have been split up.

Basis: Article 8 (已建设的电子政务项目) for duplication, 政府采购法实施条例第二十八条 for 化整为零. Only projects whose
documents the registry may hold are compared: of a classified project (涉密) it has none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.documents.table import Item, ParameterTable
from domain.formats import amount
from domain.provisions import DUPLICATION, REVIEW, SPLIT_PURCHASE
from domain.reasonableness.alike import content_key, contents, likeness, name_key
from domain.reasonableness.criteria import WHOLE, Criteria, Figure
from domain.reasonableness.data import load
from domain.reasonableness.hints import Hint, Topic
from domain.text import fold

MOST_NAMED = 10
MOST_PROJECTS = 20


@dataclass(frozen=True, slots=True)
class OtherProject:
    """Another project of the registry. `is_own` says that the same unit builds it; `year` is its review's."""

    code: str
    name: str
    unit: str
    is_own: bool
    year: int


@dataclass(frozen=True, slots=True)
class EarlierItem:
    """An item of another project, in which of its documents (批复 or 招标) and where it stands, and its contents."""

    project: OtherProject
    side: str
    name: str
    place: str
    contents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Purchase:
    """What another project of the same unit buys this year, by name and amount in fen."""

    project: OtherProject
    item: str
    fen: int


@dataclass(frozen=True, slots=True)
class _Pair:
    mine: Item
    theirs: EarlierItem
    percent: int


def is_common(name: str) -> bool:
    """Whether an item is a device or service that every project has: no duplication when another unit has it too."""
    folded = fold(name).casefold()
    return any(word in folded for word in load("sharing")["common"]["words"])


def check_duplicates(
    tender: ParameterTable, earlier: Mapping[int, Sequence[EarlierItem]], criteria: Criteria
) -> Iterator[Hint]:
    """Yield one hint for each other project with content of this one, those that share most first.

    Args:
        tender: whose items are looked at.
        earlier: for positions of its items, the items of other projects with the same name or the same contents.
        criteria: the figures.
    """
    by_project: dict[OtherProject, list[_Pair]] = defaultdict(list)
    for at, others in sorted(earlier.items()):
        for pair in _best(tender.items[at], others, criteria):
            by_project[pair.theirs.project].append(pair)
    ordered = sorted(by_project.items(), key=lambda found: (-len(found[1]), -found[0].year, found[0].code))
    for project, pairs in ordered[:MOST_PROJECTS]:
        yield _duplicate(project, pairs, criteria)


def _best(item: Item, others: Iterable[EarlierItem], criteria: Criteria) -> Iterator[_Pair]:
    """The likest item of each other project, where it is like enough to be told."""
    mine = contents(parameter.text for parameter in item.parameters)
    best: dict[OtherProject, _Pair] = {}
    for other in others:
        if is_common(item.name) and not other.project.is_own:
            continue
        percent = _percent(item, mine, other)
        if percent >= _limit(other.project, criteria).value:
            known = best.get(other.project)
            if known is None or percent > known.percent:
                best[other.project] = _Pair(item, other, percent)
    yield from best.values()


def _percent(item: Item, mine: frozenset[str], other: EarlierItem) -> int:
    if mine or other.contents:
        return likeness(mine, other.contents)
    # Two items without a word about what they are: a device's name says nothing, a system's name is the system.
    return WHOLE if name_key(item.name) == name_key(other.name) and not is_common(item.name) else 0


def _limit(project: OtherProject, criteria: Criteria) -> Figure:
    return criteria.duplicate_own_percent if project.is_own else criteria.duplicate_other_percent


def _duplicate(project: OtherProject, pairs: list[_Pair], criteria: Criteria) -> Hint:
    limit = _limit(project, criteria)
    whose = "本单位" if project.is_own else project.unit
    names = "、".join(dict.fromkeys(pair.mine.name for pair in pairs[:MOST_NAMED]))
    more = "等" if len(pairs) > MOST_NAMED else ""
    asked = "请核实是否重复建设" if project.is_own else "请核实能否共用"
    reason = (
        f"{len(pairs)}项内容与{whose}{project.year}年审查的“{project.name}”（{project.code}）相同或相近"
        f"（{names}{more}），{asked}"
    )
    told = [
        f"“{pair.mine.name}”（{pair.mine.place}）与该项目{pair.theirs.side}文件“{pair.theirs.name}”"
        f"（{pair.theirs.place}）参数相同{pair.percent}%"
        for pair in pairs[:MOST_NAMED]
    ]
    first = pairs[0].mine
    return Hint(
        "duplicate_content", Topic.DUPLICATION, first.subsystem if len(pairs) == 1 else "",
        first.name if len(pairs) == 1 else f"{first.name}等{len(pairs)}项", "", reason,
        approved=f"{project.code} {project.name}", tender=f"{names}{more}",
        tender_ref="、".join(pair.mine.place for pair in pairs[:MOST_NAMED]),
        figure=limit.told(f"{limit.value}%"), basis=DUPLICATION, evidence="；".join(told),
    )  # fmt: skip


def check_repeated(tender: ParameterTable) -> Iterator[Hint]:
    """Yield a hint for systems and services that the tender itself lists twice with the very same parameters."""
    alike: dict[str, list[Item]] = defaultdict(list)
    for item in tender.items:
        if (shared := content_key(item)) and not is_common(item.name):
            alike[shared].append(item)
    for items in alike.values():
        # One thing shared out to several packages is no repetition: the amounts are added up elsewhere.
        if len({(name_key(item.name), item.subsystem) for item in items}) > 1:
            names = "、".join(f"“{item.name}”（{item.place}）" for item in items[:MOST_NAMED])
            yield Hint(
                "repeated_item", Topic.DUPLICATION, items[0].subsystem, items[0].name, "",
                f"{names}的参数完全相同，请核实是否重复计列",
                tender="、".join(item.name for item in items[:MOST_NAMED]),
                tender_ref="、".join(item.place for item in items[:MOST_NAMED]), basis=REVIEW,
            )  # fmt: skip


def kind_of(name: str) -> str:
    """Return what kind of purchase an item is; one the dictionary does not know is a kind of its own."""
    folded = fold(name).casefold()
    for entry in load("sharing")["kinds"]:
        if any(word in folded for word in entry["words"]) and not any(word in folded for word in entry["not"]):
            return str(entry["kind"])
    return name_key(name)


def check_split(tender: ParameterTable, purchases: Iterable[Purchase], criteria: Criteria) -> Iterator[Hint]:
    """Yield a hint for each kind that this tender keeps below the threshold and the unit's year brings above it.

    Args:
        tender: whose items are looked at.
        purchases: of the same unit's other projects in the same year.
        criteria: the figures.
    """
    mine: dict[str, int] = defaultdict(int)
    for item in tender.items:
        mine[kind_of(item.name)] += item.amount_fen or 0
    others: dict[str, dict[OtherProject, int]] = defaultdict(lambda: defaultdict(int))
    for purchase in purchases:
        others[kind_of(purchase.item)][purchase.project] += purchase.fen
    limit = criteria.split_threshold_fen
    for kind, own in mine.items():
        small = {project: fen for project, fen in others.get(kind, {}).items() if 0 < fen < limit.value}
        if 0 < own < limit.value <= own + sum(small.values()):
            yield _split(kind, own, small, limit)


def _split(kind: str, own: int, others: Mapping[OtherProject, int], limit: Figure) -> Hint:
    total = own + sum(others.values())
    ordered = sorted(others.items(), key=lambda found: (-found[1], found[0].code))
    told = [f"“{project.name}”（{project.code}）{amount(fen)}" for project, fen in ordered[:MOST_NAMED]]
    reason = (
        f"本单位本年度另有{len(others)}个项目采购“{kind}”，连同本次{amount(own)}合计{amount(total)}，"
        "请核实是否属同一预算项目、是否化整为零规避公开招标"
    )
    return Hint(
        "split_purchase", Topic.DUPLICATION, "", kind, "合价", reason, tender=amount(own),
        figure=limit.told(amount(limit.value)), basis=SPLIT_PURCHASE, evidence="；".join(told),
    )  # fmt: skip
