"""A single pair judged as the tables' rows are: quantity, amount, brand or parameter, told by its words."""

import re

from domain.parameters.brands import BASIS
from domain.parameters.judge import judge
from domain.parameters.money_rules import judge_amount
from domain.parameters.outcomes import Judgement
from domain.parameters.quantities import judge_quantity
from domain.parameters.rules import Rules, shipped
from domain.parameters.signals import is_brand, new_signals, reason_for
from domain.parameters.verdicts import Verdict
from domain.text import fold, key

_QUANTITY = re.compile(r"(?:数量|台数|套数)(?:\(.*\))?$")
_MONEY = re.compile(r"(?:[\d.]\s*(?:亿|万|千)?元)|[元圆](?:整|$)")
_ABSENT = {"", "无", "批复无", "/", "-"}


def judge_pair(  # noqa: PLR0913, PLR0917  (the columns of a file of pairs)
    item: str, approved_name: str, approved_value: str, tender_name: str, tender_value: str, rules: Rules | None = None
) -> Judgement:
    """Judge a pair given as four texts; the names are taken to belong together."""
    chosen = rules or shipped()
    signals = new_signals(f"{tender_name} {tender_value}", f"{approved_name} {approved_value}")
    if is_brand(signals):
        return Judgement(Verdict.BRAND, reason_for(signals), basis=BASIS)
    if key(approved_value) in _ABSENT or not key(tender_value):
        known = "" if key(approved_value) in _ABSENT else approved_value
        return judge(item, (approved_name, known), (tender_name, tender_value), chosen)
    if _QUANTITY.search(fold(approved_name)) and _QUANTITY.search(fold(tender_name)):
        return judge_quantity(item, approved_value, [tender_value], chosen)
    if _MONEY.search(fold(approved_value)) and _MONEY.search(fold(tender_value)):
        return judge_amount(approved_value, [tender_value], chosen)
    return judge(item, (approved_name, approved_value), (tender_name, tender_value), chosen, paired=True)
