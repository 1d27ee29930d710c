"""What a review says of items as a whole: unanswered, added, put off, or paired without certainty (Article 18)."""

from collections.abc import Iterator, Sequence

from domain.documents.clauses import without_mark
from domain.documents.table import Item
from domain.formats import amount
from domain.parameters.compliance import added_item
from domain.parameters.outcomes import Judgement
from domain.parameters.phrases import phrase
from domain.parameters.verdicts import Evidence, Side, Verdict

Told = tuple[Evidence, Judgement]
"""What is shown of an item and what is concluded from it."""

_WHOLE = "整项"
_RESERVE = "预备费"


def unanswered(item: Item, candidates: Sequence[Item]) -> Told:
    """An approved item that no tender row answers; `candidates` are rows that may hold it under another name."""
    judgement = Judgement(Verdict.MISSING, "批复条目在招标文件中无对应内容")
    if candidates:
        reason = f"招标中没有单列，疑似并入或改名为{_listed(candidates)}，需人工确认内容和数量"
        judgement = Judgement(Verdict.MANUAL, reason)
    elif _RESERVE in item.name:
        judgement = Judgement(Verdict.MANUAL, "预备费不得并入采购预算，招标文件未列；请核对金额口径")
    return Evidence(_WHOLE, _in_full(item), Side("", "、".join(one.place for one in candidates))), judgement


def addition(item: Item) -> Told:
    """A tender item that answers nothing approved; what it asks for may be a later rule's demand."""
    judgement = added_item(item.name, [parameter.text for parameter in item.parameters])
    return Evidence(_WHOLE, tender=_in_full(item)), judgement


def bare_pair(item: Item, other: Item) -> Told:
    """Two items that answer each other and of which neither table says anything more."""
    return Evidence(_WHOLE, _whole(item), _whole(other)), Judgement(Verdict.SAME, "条目对应，两侧均未列参数和数量")


def uncertain_pair(item: Item, other: Item, confidence: float, candidates: Sequence[Item]) -> Told:
    """Two items of which a person is asked whether they are one (ADR 9).

    `confidence` is 0 to 1; `candidates` are rows that may answer instead of `other`.
    """
    likeness = f"把握 {confidence:.0%}"
    reason = f"名称不同，疑似同一条目（{likeness}），需人工确认：批复“{item.name}”，招标“{other.name}”"
    if candidates:
        chosen = f"已按“{other.name}”（{other.place}）比对"
        reason = f"招标中不止一条可能对应（{likeness}），{chosen}，另有{_listed(candidates)}，需人工确认对应的是哪一条"
    return Evidence(_WHOLE, _whole(item), _whole(other)), Judgement(Verdict.MANUAL, reason)


def put_off(approved: Sequence[Item], tender: Sequence[Item]) -> Iterator[tuple[Item, Told]]:
    """The tender rows whose remark says that they are not bought now, which says more than their quantity.

    Nothing where an approved remark says the same.
    """
    if any(phrase("put_off").search(item.remark) for item in approved):
        return
    for other in tender:
        if phrase("put_off").search(other.remark):
            reason = f"招标备注“{other.remark}”，本次是否采购、批复内容是否落空须人工确认"
            theirs = Side(f"{_whole(other).text}（{other.remark}）", other.place)
            yield other, (Evidence(_WHOLE, _whole(approved[0]), theirs), Judgement(Verdict.MANUAL, reason))


def _listed(items: Sequence[Item]) -> str:
    """Rows that a person should look at too, with their places."""
    return "、".join(f"“{item.name}”（{item.place}）" for item in items)


def _in_full(item: Item) -> Side:
    """An item that has no counterpart, with its sum and all it asks for: no other row tells what is lost or added."""
    whole = _whole(item)
    summed = whole.text if item.amount_fen is None else f"{whole.text}，合价 {amount(item.amount_fen)}"
    asked = "；".join(f"{parameter.mark}{without_mark(parameter.text)}" for parameter in item.parameters)
    return Side(f"{summed}：{asked}" if asked else summed, whole.place)


def _whole(item: Item) -> Side:
    """An item in words, with its quantity."""
    return Side(f"{item.name} {item.quantity.text}" if item.quantity else item.name, item.place)
