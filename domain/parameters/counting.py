"""A pair that counts whole devices: one name is 数量, the other restates the item (数量：10对, 万兆光模块：20只)."""

import re
from functools import cache

from domain.parameters.glossary import in_one_wording
from domain.parameters.levels import find_levels
from domain.parameters.names import canonical_words, contrasts
from domain.parameters.outcomes import Judgement
from domain.parameters.phrases import phrase, phrases
from domain.parameters.quantities import judge_quantity
from domain.parameters.rules import Rules
from domain.parameters.sets import opened, paired
from domain.parameters.verdicts import Verdict
from domain.text import fold

_COMPARED = re.compile(r"[≥≤><]|大于|小于|不[少低高多大小超]|至少|以[上下内]|超过")
_PACKAGED = re.compile(r"包\s*[\dA-H一二三四五六七八九十]+\s*[:：]?\s*\d+\s*(?:台|套|个|路|条)")
_MACHINES = re.compile(r"\s*\d+\s*(?:台|套|辆|架|条|对|个|只|块|把|支|件|盏|部|组|箱|节|根|张|米)?\s*")
_WHOLE = re.compile(r"\s*\d+\s*(?:台|套|辆|架|部)\s*")
_TAIL = 5
"""So many of a name's last characters hold its noun."""
_PLACES = re.compile(r"\s*\d+\s*(?:个|点|点位|路|处)?\s*")
_CLASS = re.compile(
    r"(超?[一二三四五六七八九十]|\d+(?:\.\d+)?)\s*(类|级|U|英?寸|端?口|芯|核|[GT]B?|盘位|k?VA|kW|千瓦|匹|吨|mm2?|像素|MP|P)",
    re.IGNORECASE,
)


def judge_counted(item: str, names: tuple[str, str], values: tuple[str, str], rules: Rules) -> Judgement | None:
    """Judge two values that count whole devices; None where they say what one of them has.

    The adjectives of a name beside 数量 describe the item; one that contrasts with the item's own words, or with the
    name that says 数量, is a requirement and no label.
    """
    if any(_COMPARED.search(fold(value)) for value in values):
        return None
    folded = [fold(name) for name in names]
    named = [_quantity_name().search(name) is not None for name in folded]
    bare = _quantity_name().sub("", folded[0]), _quantity_name().sub("", folded[1])
    if not any(named) or (_is_part(bare) and not all(_WHOLE.fullmatch(fold(value)) for value in values)):
        return None
    if not (all(named) or _PACKAGED.search(fold(values[1])) or _are_counts(bare, values)):
        return None
    judgement = judge_quantity(item, values[0], [values[1]], rules)
    return judgement if judgement.verdict is not Verdict.SAME else _of_one_kind(item, bare, judgement)


def _is_part(bare: tuple[str, str]) -> bool:
    """Whether a name ends in what belongs to one device (网口); before the device's own noun it only describes it."""
    return any(phrase("part_of_device").search(name[-_TAIL:]) for name in bare)


def _are_counts(bare: tuple[str, str], values: tuple[str, str]) -> bool:
    """Whether both values are plain numbers of things that are bought, not of what a system is to serve."""
    counted = [opened(paired(fold(value))) for value in values]
    if any(phrase("ability_count").search(name) for name in bare) and all(map(_PLACES.fullmatch, counted)):
        return False
    return all(_MACHINES.fullmatch(one) or _PLACES.fullmatch(one) for one in counted)


def _of_one_kind(item: str, bare: tuple[str, str], judgement: Judgement) -> Judgement:
    """Equal quantities, unless the names tell them apart (单模, 多模; 千兆, 万兆)."""
    said, written = f"{item} {bare[0]}", bare[1] or item
    before, after = _levels(said), _levels(written)
    steps = {after[ladder] > before[ladder] for ladder in before.keys() & after if after[ladder] != before[ladder]}
    reason = f"数量相同，但名称所写规格不同：批复“{said.strip()}”，招标“{written}”"
    if len(steps) == 1:
        return Judgement(Verdict.RAISED if steps.pop() else Verdict.LOWERED, reason)
    if steps or contrasts(canonical_words(said), canonical_words(written)) or _classed_apart(said, written):
        return Judgement(Verdict.MANUAL, f"{reason}，须人工确认")
    return judgement


def _classed_apart(said: str, written: str) -> bool:
    """Whether two names tell figures of one kind, and none of them alike (五类, 六类; 24口, 48口)."""
    mine, theirs = (_classes(text) for text in (said, written))
    return any(not mine[kind] & theirs[kind] for kind in mine.keys() & theirs)


def _classes(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for figure, kind in _CLASS.findall(fold(name)):
        found.setdefault(kind.removeprefix("英").removeprefix("端").casefold(), set()).add(figure)
    return found


def _levels(text: str) -> dict[str, int]:
    return {level.ladder: level.rank for level in find_levels(in_one_wording(fold(text)))[0]}


@cache
def _quantity_name() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(phrases('quantity_name'))})(?:\(.*\))?$")
