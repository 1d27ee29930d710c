"""Cloud first and reuse first: what is bought though the city's cloud or a common platform may offer it.

Basis: Article 3 (集约精简、协同共享). What the city really offers is its catalogue's to say, so
a hint asks why it is bought; where the tender gives its reason, it asks whether that holds.
"""

from collections.abc import Iterable, Iterator

from domain.documents.table import Item, ParameterTable
from domain.provisions import SHARING
from domain.reasonableness.criteria import EXPERIENCE
from domain.reasonableness.data import load
from domain.reasonableness.hints import Hint, Topic
from domain.text import fold

MOST_NAMED = 10
RULES = {Topic.CLOUD: "not_in_cloud", Topic.REUSE: "not_reused"}


def check_sharing(tender: ParameterTable) -> Iterator[Hint]:
    """Yield one hint for each kind of thing the cloud or a common platform usually offers, with all its items."""
    words = load("sharing")
    explained = _explained(tender, words["explained"]["cloud"])
    for entry in words["cloud"]:
        if items := [item for item in tender.items if _is(item, entry["words"], entry["not"])]:
            asked = f"政务云一般可提供{entry['offered']}，请说明不上云的理由"
            yield _hint(Topic.CLOUD, entry["kind"], items, asked, explained)
    explained = _explained(tender, words["explained"]["reuse"])
    for entry in words["reuse"]:
        if items := [item for item in tender.items if _is(item, entry["words"], words["reuse_not"]["words"])]:
            asked = f"全市一般已有{entry['kind']}，请说明不复用的理由"
            yield _hint(Topic.REUSE, entry["kind"], items, asked, explained)


def _is(item: Item, words: Iterable[str], others: Iterable[str]) -> bool:
    name = fold(item.name).casefold()
    return any(word in name for word in words) and not any(word in name for word in others)


def _explained(tender: ParameterTable, words: Iterable[str]) -> tuple[str, str] | None:
    """The text, with its place, in which the tender gives its reason."""
    said = [(clause.text, clause.place) for clause in tender.clauses]
    said += [(item.remark, item.place) for item in tender.items if item.remark]
    known = tuple(words)
    return next(((text, place) for text, place in said if any(word in fold(text) for word in known)), None)


def _hint(topic: Topic, kind: str, items: list[Item], asked: str, explained: tuple[str, str] | None) -> Hint:
    names = "、".join(dict.fromkeys(item.name for item in items[:MOST_NAMED]))
    names += "等" if len(items) > MOST_NAMED else ""
    if explained is not None:
        asked = "文件已有说明，请核实理由是否成立"
    return Hint(
        RULES[topic], topic, items[0].subsystem if len(items) == 1 else "", kind, "",
        f"拟采购{kind}{len(items)}项（{names}），{asked}",
        tender=names, tender_ref="、".join(item.place for item in items[:MOST_NAMED]),
        figure=f"{EXPERIENCE}：以市政务云服务目录和共性平台清单为准", basis=SHARING,
        evidence=f"{explained[0]}（{explained[1]}）" if explained is not None else "",
    )  # fmt: skip
