"""What a licence counts: where an item says what is licensed, 2000点, 2000个终端 and 2000个客户端授权 are one."""

import re
from functools import cache

from domain.parameters.data import load
from domain.parameters.patterns import any_of
from domain.parameters.wording import in_digits
from domain.text import fold

COUNTED_ALIKE = "同一类软件的授权，点、终端、客户端、资产、节点按同一计量单位"
"""The convention by which such counts are compared."""


def counted_alike(item: str, approved: tuple[str, str], tender: tuple[str, str]) -> tuple[str, str]:
    """Give the two values with their counts in one unit, where item or names say what is licensed and both count it."""
    said = fold(f"{item} {approved[0]} {tender[0]}")
    for about, count, unit in _classes():
        if about.search(said):
            texts = [in_digits(fold(value)) for _, value in (approved, tender)]
            spelled = [{match[0] for match in count.finditer(text)} for text in texts]
            if all(spelled) and spelled[0] != spelled[1]:
                return count.sub(unit, texts[0]), count.sub(unit, texts[1])
    return approved[1], tender[1]


@cache
def _classes() -> tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(entry["about"], re.IGNORECASE), _count(entry["units"]), entry["units"][0])
        for entry in load("licences")["counted"]
    )


def _count(units: list[str]) -> re.Pattern[str]:
    """A unit after a figure with nothing behind it that would say more of what is counted (2000点服务器)."""
    unit = any_of([unit.casefold() for unit in units])
    return re.compile(
        rf"(?<=[\d千万])\s*个?(?:{unit})的?(?:授权|许可)?数?(?=$|[,;。、)]|以上|及以上|永久)", re.IGNORECASE
    )
