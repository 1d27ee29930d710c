"""The patterns by which measured requirements are found in a text whose numbers are digits."""

import re
from functools import cache

from domain.numerals import DIGIT_NUMBER
from domain.parameters.units import unit_pattern

_MUST = "(?:应当?|必?须|需要?|要求|均|都|可|最[大小高低多少]值?)?"
_NOT = f"{_MUST}不(?:得|能|应当?|可|宜|允许|会|准|许|再)?"
_OR_EQUAL = "(?:或者?|、|和|及)?(?:等于|相等|持平)"
_AT_LEAST = (
    rf"{_NOT}(?:低于|少于|小于|短于|下于|亚于|低过|少过|小过)|(?:大于|高于|多于|长于|超过){_OR_EQUAL}"
    r"|(?:至少|最少|最低|起码|下限)(?:不低于|不少于|不小于|应?(?:支持|达到|达|配置|提供|具备|具有|为|有|是))?|≥|达到|不止|[>大高]于?=?(?:且|或)等于"
)
_AT_MOST = (
    rf"{_NOT}(?:高于|大于|超过|多于|长于|超出|超|晚于|迟于|逾|高过|大过|多过)|(?:小于|低于|少于|短于){_OR_EQUAL}"
    r"|(?:至多|最多|上限|封顶)(?:不超过|不高于|不大于|为|是)?|≤|控制在|限(?:制)?在|限于|(?<![权期年极上下局界有无受门时不])限(?:制)?为?(?=\d)"
)
_BETTER = rf"{_NOT}(?:劣于|差于|弱于|逊于|次于|逊色于)|(?:优于|好于|强于|胜过|不输于?)(?:或(?:者)?等于)?"
_ABOVE = "大于|超过|高于|多于|长于|>|突破"
_BELOW = "小于|低于|少于|短于|快于|早于|不足|不到|不满|<"
_EQUAL = "等于|=|恰好|正好"
_OR_MORE = "含本数以上|以上含本数|及其?以上|或者?以上|和以上|含以上|或更[高多大强]|及更[高多大]"
_MORE = "以上"
_OR_LESS = "含本数以[下内]|以[下内]含本数|及其?以下|或者?以下|或更[低少小短快]"
_LESS = "以下|以内|之内|内(?![存部外容置网核嵌])"
_STRICT = "不含本数"
COMPARATOR = (
    rf"(?P<before>(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})|(?P<better>{_BETTER})|(?P<above>{_ABOVE})"
    rf"|(?P<below>{_BELOW})|(?P<equal>{_EQUAL}))"
)
BEFORE = rf"{COMPARATOR}?\s*"
_AFTER = (
    rf"(?P<after>(?P<strict>{_STRICT}\s*以?[上下内]|以[上下内]\s*{_STRICT})|(?P<more>{_OR_MORE})|(?P<less>{_OR_LESS})"
    rf"|(?P<over>{_MORE})|(?P<under>{_LESS}))?"
)
_SCALES = "百万|千万|十万|百|千|万|亿"
JOINT = "\ue002"
"""Stands between two bounds of one figure (`≥10且≤50`), so that they are not read as two clauses."""

_UP = r"(?:[≥>]|(?:不[^\d,;。]{0,3}[低少小短]|(?<!不)(?<!得)(?<!能)(?<!应)[大高多]|至少)于?|(?<!不)超过)"
_DOWN = r"(?:[≤<]|不[^\d,;。]{0,3}(?:[高大多长]于|超过)|(?<!不)(?<!得)(?<!能)(?<!应)[小低少]于|至多|最多)"
_FIGURE = r"\s*\d[\d.]*\s*[^\d,;。≥≤><()]{0,4}?"
_AND = r"(?:[,、]?(?:且|并且|同时|并|和)|,)(?:应|须)?"
_TWO_BOUNDS = re.compile(
    rf"(?:(?P<one>{_UP}{_FIGURE}){_AND}(?={_DOWN}\s*\d)|(?P<other>{_DOWN}{_FIGURE}){_AND}(?={_UP}\s*\d))"
)

_NOUN = re.compile("([一-龥]+)$")
_NEXT_NOUN = re.compile(rf"(?:{_UP}|{_DOWN})\s*\d[\d.]*\s*([一-龥]+)")
_TIME = re.compile("[秒分时天日周月年]")


def joined_bounds(text: str) -> str:
    """Mark where two opposite bounds limit one figure."""
    return _TWO_BOUNDS.sub(_joined, text)


def _joined(match: re.Match[str]) -> str:
    """Two bounds whose nouns have nothing in common limit two things (≥500资产,≤50个用户)."""
    first = match["one"] or match["other"]
    one, other = _NOUN.search(first), _NEXT_NOUN.match(match.string, match.end())
    if one and other and not _TIME.search(one[1]) and not set(one[1]) & set(other[1]):
        return match[0]
    return f"{first}{JOINT}"


@cache
def measure_pattern() -> re.Pattern[str]:
    """A comparator, a number, a unit, and what may follow: a second number (range), a tolerance, 以上 or 以内."""
    unit = unit_pattern()
    sign = r"(?:(?<![A-Za-z0-9_)°%~-])[-+])?"
    return re.compile(
        rf"{BEFORE}"
        rf"(?P<pm>±)?(?:(?<![A-Za-z0-9._\-/])|(?<=[≥≤><=±~+])|(?<=\dx))"
        rf"(?P<n1>{sign}{DIGIT_NUMBER})\s*(?P<s1>{_SCALES})?"
        rf"\s*(?P<u1>{unit})?"
        rf"(?:\s*(?:~|-|至|到)\s*(?P<n2>[-+]?{DIGIT_NUMBER})\s*(?P<s2>{_SCALES})?\s*(?P<u2>{unit})?)?"
        rf"(?:\s*\(?±\s*(?P<n3>{DIGIT_NUMBER})\s*(?P<u3>{unit})?\)?"
        rf"|\s*\(?(?P<sa>[-+])(?P<na>{DIGIT_NUMBER})\s*(?P<ua>{unit})?\s*[/,、~]\s*(?P<sb>[-+])(?P<nb>{DIGIT_NUMBER})\s*(?P<ub>{unit})?\)?)?"
        rf"{_AFTER}"
    )


@cache
def product_pattern() -> re.Pattern[str]:
    """Parts times size: `8×32GB`, `4块4TB`, `2560×1440`."""
    unit = unit_pattern()
    pieces = "(?:块|根|条|颗|支|片|张|只|组|把|粒)"
    number = (
        rf"(?<![A-Za-z0-9.])(?P<a>\d+)(?:(?:个|台|{pieces})?\s*[×xX*]\s*|{pieces}(?:单[块条根])?(?:容量)?\s*)"
        rf"(?P<b>{DIGIT_NUMBER})\s*(?P<u>{unit})?(?![×xX*\d])"
    )
    return re.compile(f"{BEFORE}{number}{_AFTER}")


SIZE = re.compile(
    rf"(?P<a>{DIGIT_NUMBER})\s*(?:mm|cm|m|毫米)?(?:\([WDHwdh宽深高长]\))?\s*[×xX*]\s*(?P<b>{DIGIT_NUMBER})\s*(?:mm|cm|m|毫米)?"
    rf"(?:\([WDHwdh宽深高长]\))?\s*[×xX*]\s*(?P<c>{DIGIT_NUMBER})\s*(?P<u>mm|cm|m|毫米|厘米|米)?"
)
UNLIMITED = re.compile(
    r"(?:不限制?|无限制?|不受限制?|不设上限|无上限|没有上限|不作限制|不做限制)"
    r"(?:(?:容量|数量|用户数?|授权数?|节点数?|点数|连接数?|并发数?|客户端数?|次数?|终端数?|资产数?)|(?!于)[一-龥A-Za-z]{1,6}(?=\s*$|[,;。)])|(?=\s*$))"
)
