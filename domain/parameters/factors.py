"""A total told by its factors, brought to one form: `2组,每组32节`, `10箱(305米/箱)` and `32节×2组` become `2×32节`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from domain.parameters.data import load
from domain.parameters.factor_forms import AT_LEAST, factor_patterns
from domain.parameters.glossary import in_one_wording
from domain.parameters.levels import rewrite
from domain.parameters.rules import Rules
from domain.parameters.units import MeasureClass, unit_of
from domain.parameters.wording import in_digits
from domain.text import fold


@dataclass(frozen=True, slots=True)
class Factored:
    """A text in which factors stand as a product; `holders` are what their counts count."""

    text: str
    holders: tuple[str, ...] = ()


@lru_cache(maxsize=8192)
def in_factors(text: str, rules: Rules, *, as_attendance: bool = False) -> Factored:
    """Bring every count with its per-unit figure in a text in digits to a product.

    With `as_attendance` the people of gatherings are counted as 人次, which is what their product is. A stated total
    that is not the product leaves the text as it is.
    """
    holders: list[str] = []
    written = text

    def product(match: re.Match[str]) -> str:
        found = _product(match.groupdict(), rules, as_attendance=as_attendance)
        if found is None:
            return match[0]
        holders.append(_one_name(match["holder"] or ""))
        return found

    for pattern in factor_patterns():
        text = pattern.sub(product, text)
    told = _without_totals(text) if holders else text
    return Factored(written) if told is None else Factored(told, tuple(holders))


def as_products(approved: str, tender: str, rules: Rules) -> tuple[str, str] | None:
    """Both values with their factors as products; None where neither tells factors, or they cannot be set together.

    A count that is a requirement itself (4颗,每颗16核) is not answered by a total alone, and factors of other holders
    (2组 of 32, 2箱 of 32) are other things.
    """
    texts = [rewrite(in_digits(in_one_wording(fold(value)))) for value in (approved, tender)]
    sides = [in_factors(text, rules) for text in texts]
    if not any(side.holders for side in sides):
        return None
    if all(side.holders for side in sides):
        if any("人次" in text for text in texts):
            sides = [in_factors(text, rules, as_attendance=True) for text in texts]
        return (sides[0].text, sides[1].text) if _alike(sides[0].holders, sides[1].holders) else None
    told = [bool(side.holders) or "×" in side.text for side in sides]
    if not all(told):
        # The people of gatherings come to so many attendances, not to so many people.
        sides = [in_factors(text, rules, as_attendance=True) for text in texts]
        holders = [holder for holder in sides[told.index(True)].holders if holder]
        # 1条,200Mbps is no plain total: it says how many hold it, and how much each of them has cannot be told.
        if not only_divides(holders) or any(re.search(rf"\d\s*{one}", texts[told.index(False)]) for one in holders):
            return None
    return sides[0].text, sides[1].text


def _alike(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether the same things hold, as far as both sides name them (480GB×2 does not)."""
    return len(mine) == len(theirs) and all(
        one == other or not one or not other for one, other in zip(mine, theirs, strict=True)
    )


def only_divides(holders: Iterable[str]) -> bool:
    """Whether the counts only say how a total is divided (箱, 组, 期), so that the total alone answers them."""
    packs = {"", *(_one_name(pack) for pack in load("factors")["packs"])}
    return all(holder in packs for holder in holders)


def _product(said: dict[str, str | None], rules: Rules, *, as_attendance: bool) -> str | None:
    holder, again, unit = said["holder"] or "", said.get("again"), said["unit"] or ""
    if again and _one_name(again) != _one_name(holder):
        return None
    if unit_of(unit, MeasureClass.OTHER, rules) is None:
        return None
    strict = [bool(said.get(side)) for side in ("least", "more", "each_least", "each_more")]
    if any(strict[1::2]) and not rules.conventions.inclusive:
        return None
    bounded = any(strict[:2]), any(strict[2:])
    if not said["count"] or not Decimal(said["count"]):
        return None
    if bounded[0] != bounded[1] and rules.conventions.bare_value != "at_least":
        return None
    if as_attendance and holder in load("factors")["gatherings"] and unit in load("factors")["people"]:
        unit = "人次"
    each = said.get("each") or _share(said.get("total"), said["count"])
    lead = f"{said.get('words') or ''}{'≥' if any(bounded) else ''}"
    return f"{lead}{said['count']}×{each}{unit}" if each else None


def _share(total: str | None, count: str | None) -> str:
    """What each holder has of a total, "" where it does not come out even."""
    share = Decimal(total or 0) / Decimal(count or 1)
    return format(share.normalize(), "f") if share and share == share.quantize(Decimal("0.001")) else ""


def _one_name(holder: str) -> str:
    same: str = load("factors")["same"].get(holder, holder)
    return same


_TOTAL_BESIDE = re.compile(
    rf"(?:^|(?<=[,;(]))(?:共计?|合计|总计|总共){AT_LEAST}?(?P<before>\d+(?:\.\d+)?)(?P<unit>[^\d\s,;()×=即]{{1,4}})[,;]?(?=[^\d,;()]{{0,8}}\d+×)"
    rf"|(?:[,;]|=|即|\()(?:共计?|合计|总计|总共)?{AT_LEAST}?(?P<after>\d+(?:\.\d+)?)(?P<same>[^\d\s,;()×=即]{{1,4}}?)\)?(?=$|[,;)])"
)
_PRODUCT = re.compile(r"≥?(?P<count>\d+)×(?P<each>\d+(?:\.\d+)?)(?P<unit>[^\d\s,;()×=即]{1,4})")


def _without_totals(text: str) -> str | None:
    """Drop a total told beside its product; None when it is another one."""
    products = list(_PRODUCT.finditer(text))
    if len(products) != 1:
        return text
    one = products[0]
    total = Decimal(one["count"]) * Decimal(one["each"])
    for match in _TOTAL_BESIDE.finditer(text):
        figure, unit = match["before"] or match["after"], match["unit"] or match["same"]
        if not one["unit"].startswith(unit) or (one.start() <= match.start() < one.end()):
            continue
        return f"{text[: match.start()]}{text[match.end() :]}" if Decimal(figure) == total else None
    return text
