"""The quantities of matched items: summed over the packages of a split and over the rows of a merger."""

import re
from collections.abc import Sequence
from decimal import Decimal

from domain.documents.table import Item, Quantity
from domain.parameters.outcomes import Judgement
from domain.parameters.quantities import judge_quantity
from domain.parameters.rules import Rules
from domain.parameters.unwritten import told_of
from domain.parameters.verdicts import Evidence, Side, Verdict
from domain.text import fold, key

_PART = r"[^\d,、;()]{1,12}?\d+[^\d,、;()]{0,2}"
_PARTS = re.compile(
    rf"(?P<parts>{_PART}(?:[,、;]{_PART})+)|(?P<whole>\d+)[^\d()]{{0,2}}\((?P<aside>{_PART}(?:[,、;]{_PART})+)\)[^\d()]{{0,2}}"
)
_NUMBER = re.compile(r"\d+")

_NOT_FILLED = {"/", "-", "—", "——", "无", "//", "\\"}


def compare_quantities(
    approved: Sequence[Item], tender: Sequence[Item], rules: Rules
) -> tuple[Evidence, Judgement] | None:
    """Judge what matched items say about how many; None when the approved rows do not say it."""
    known = [item.quantity for item in approved if item.quantity is not None]
    given = [item.quantity for item in tender if item.quantity is not None]
    if not known:
        return None
    mine = Side("、".join(one.text for one in known), "、".join(one.place for one in known))
    texts = "、".join(_packaged(item, alone=len(tender) == 1) for item in tender if item.quantity)
    evidence = Evidence("数量", mine, Side(texts, "、".join(one.place for one in given)))
    if not given:
        return evidence, Judgement(Verdict.MANUAL, "招标文件未写数量，需人工核对")
    if told := next((told_of(one.text) for one in given if told_of(one.text)), ""):
        return evidence, Judgement(Verdict.MANUAL, told)
    if all(not key(one.text) or one.text.strip() in _NOT_FILLED for one in given):
        reason = f"招标文件的数量写作“{texts}”，没有写明数量；不采购的等同取消批复的“{mine.text}”，需人工核对"
        return evidence, Judgement(Verdict.MANUAL, reason)
    if len(given) < len(tender):
        return evidence, Judgement(Verdict.MANUAL, "招标有的分包未写数量，需人工核对")
    return evidence, _judge(approved[0].name, known, given, rules)


def _judge(name: str, known: Sequence[Quantity], given: Sequence[Quantity], rules: Rules) -> Judgement:
    # Both sides tell their parts: equal sums of other parts are not the same, so the texts are judged as written.
    apart = len(known) == len(given) == 1 and all(_counted(one) != one.text for one in (*known, *given))
    counted = [one.text if apart else _counted(one) for one in given]
    text = "、".join(one.text if apart else _counted(one) for one in known)
    if len(known) > 1:
        if len({one.unit for one in known}) > 1 or any(one.number is None for one in known):
            return Judgement(Verdict.MANUAL, f"批复各项数量或计量单位不能相加（{text}），需人工核对")
        text = f"{sum(one.number or 0 for one in known)}{known[0].unit}"
    return judge_quantity(name, text, counted, rules)


def _counted(quantity: Quantity) -> str:
    """The quantity in words; where its parts (市级2台，区级3台; 5台（市级2、区级3）) add up to it, the sum alone."""
    parts = _PARTS.fullmatch(fold(quantity.text))
    if quantity.number is None or parts is None or (parts["whole"] and Decimal(parts["whole"]) != quantity.number):
        return quantity.text
    added = sum(Decimal(number) for number in _NUMBER.findall(parts["parts"] or parts["aside"]))
    return f"{quantity.number}{quantity.unit}" if added == quantity.number else quantity.text


def _packaged(item: Item, *, alone: bool) -> str:
    text = item.quantity.text if item.quantity else ""
    return f"{item.package}:{text}" if item.package and not alone else text
