"""The quantities of matched items: summed over the packages of a split and over the rows of a merger."""

from collections.abc import Sequence

from domain.documents.table import Item, Quantity
from domain.parameters.outcomes import Judgement
from domain.parameters.quantities import judge_quantity
from domain.parameters.rules import Rules
from domain.parameters.verdicts import Evidence, Side, Verdict


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
    if len(given) < len(tender):
        return evidence, Judgement(Verdict.MANUAL, "招标有的分包未写数量，需人工核对")
    return evidence, _judge(approved[0].name, known, given, rules)


def _judge(name: str, known: Sequence[Quantity], given: Sequence[Quantity], rules: Rules) -> Judgement:
    text = "、".join(one.text for one in known)
    if len(known) > 1:
        if len({one.unit for one in known}) > 1 or any(one.number is None for one in known):
            return Judgement(Verdict.MANUAL, f"批复各项数量或计量单位不能相加（{text}），需人工核对")
        text = f"{sum(one.number or 0 for one in known)}{known[0].unit}"
    return judge_quantity(name, text, [one.text for one in given], rules)


def _packaged(item: Item, *, alone: bool) -> str:
    text = item.quantity.text if item.quantity else ""
    return f"{item.package}:{text}" if item.package and not alone else text
