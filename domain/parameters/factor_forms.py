"""The forms in which a count stands beside what each of the counted holds, or all of them together."""

import re
from functools import cache

from domain.parameters.data import load
from domain.parameters.patterns import any_of
from domain.parameters.units import single_unit_pattern

_FREE = r"(?<![≤<>≥=于过足多到约~±.\d×xX*/-])"
"""No comparator or figure stands before: what it would do to one factor cannot be told of the product."""

AT_LEAST = r"(?:(?:应|须|均|都)?(?:≥|不(?:得|应|能|可)?[少低小]于|至少|最少))"
"""A lower bound in words or signs, before a count or a figure."""
_MORE = r"(?:\(?含?\)?以上|(?:及|或)(?:其)?(?:以上|更多))"
_GAP = r"\s*(?:[,、;]|且|并)?\s*"
_BETWEEN = r"(?P<words>[一-龥A-Za-z]{0,10}?)"
_END = r"(?=$|[,;。)])"
_SUM = "(?:共计?|合计|总计|总共|共有|计)"
_ALL = rf"(?:数量|总数|{_SUM}|配置|配|共?分为?|培训|举办|组织|开展|安排)?[:为]?\s*"


@cache
def factor_patterns() -> tuple[re.Pattern[str], ...]:
    """The patterns in the order in which they are looked for.

    Their groups: `count` and `holder`, `each` or `total` with its `unit`, `again` for the holder said a second time,
    `words` between, and `least`, `more`, `each_least`, `each_more` for the bounds.
    """
    return tuple(re.compile(form) for form in (*_told_of_each(), *_side_by_side(), *_told_of_all()))


def _count(holders: list[str]) -> str:
    holder = f"(?P<holder>{any_of(holders)})"
    return rf"(?:{_SUM}|共?分为?)?(?P<least>{AT_LEAST})?\s*(?P<count>\d+)\s*{holder}(?P<more>{_MORE})?"


def _figure(group: str) -> str:
    """A figure told of each holder, or of all of them."""
    unit = f"(?P<unit>{single_unit_pattern()})"
    return rf"(?P<each_least>{AT_LEAST})?\s*(?P<{group}>\d+(?:\.\d+)?)\s*{unit}(?P<each_more>{_MORE})?"


def _told_of_each() -> tuple[str, ...]:
    """`2组,每组32节`, `每组32节,共2组`, `10箱(305米/箱)`, `305米/箱×10箱`."""
    words = load("factors")
    every = [*words["packs"], *words["parts"]]
    holders, count = any_of(every), _count(every)
    labels = f"(?:{any_of(words['labels'])})*"
    said = rf"[每单](?:个|一)?(?P<again>{holders})(?:的)?{labels}[:为]?\s*{_figure('each')}"
    rated = rf"(?P<each>\d+(?:\.\d+)?)\s*(?P<unit>{single_unit_pattern()})\s*/\s*(?P<again>{holders})"
    lead = rf"{_FREE}{count}{_BETWEEN}{_GAP}"
    return (
        rf"{lead}\({said}\)",
        rf"{lead}[×xX*]?\s*{said}",
        rf"{said}{_GAP}[×xX*]?{_ALL}{count}",
        rf"{said}\({_ALL}{count}\)",
        rf"{lead}\({rated}\)",
        rf"{lead}[×xX*]?\s*{rated}",
        rf"{_FREE}{rated}{_GAP}[×xX*]?{_ALL}{count}",
    )


def _side_by_side() -> tuple[str, ...]:
    """`2组×32节`, `32节×2组`, `2块480GB`, `480GB SSD×2`."""
    words = load("factors")
    outer, joined, each = _count(words["outer"]), _count(words["joined"]), _figure("each")
    apart = r"(?!\s*[×xX*/])"
    named = rf"(?P<words>\s*(?:[A-Za-z][A-Za-z0-9-]*|{any_of(words['named'])})?\s*)"
    return (
        rf"{_FREE}{outer}\s*[×xX*]\s*{each}{apart}",
        rf"{_FREE}{each}{named}(?:[×xX*]\s*)?{joined}{_END}",
        rf"{_FREE}{each}{named}[×xX*]\s*(?P<count>\d+)(?P<holder>){_END}",
        rf"{_FREE}{joined}\s*{each}{apart}",
        rf"{_FREE}{each}\s*[×xX*]\s*{outer}(?![一-龥A-Za-z])",
    )


def _told_of_all() -> tuple[str, ...]:
    """`2组,共64节`, `64节(2组)`, `64节,分2组`."""
    words = load("factors")
    packed = _count([pack for pack in words["packs"] if pack not in words["joined"]])
    total = _figure("total")
    return (
        rf"{_FREE}{packed}{_BETWEEN}{_GAP}\(?{_SUM}{total}\)?{_END}",
        rf"{_FREE}{_SUM}?{total}{_GAP}(?:\((?:共?分为?)?|共?分为?){packed}\)?{_END}",
    )
