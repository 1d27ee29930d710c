"""The patterns by which measured requirements are found in a text."""

import re
from functools import cache

from domain.numerals import DIGIT_NUMBER
from domain.parameters.units import unit_pattern

_AT_LEAST = (
    "不低于|不少于|不小于|不得低于|不得少于|不得小于|不能低于|不能少于|不应低于|不应少于|大于等于|大于或等于|高于或等于"
    "|多于或等于|至少|最少|最低|不短于|不弱于|不差于|≥|达到"
)
_AT_MOST = (
    "不高于|不大于|不超过|不多于|不得超过|不得高于|不得大于|不得多于|不能超过|不应超过|不应大于|小于等于|小于或等于"
    "|低于或等于|少于或等于|至多|最多|不长于|不晚于|≤|控制在"
)
_ABOVE = "大于|超过|高于|多于|长于|>"
_BELOW = "小于|低于|少于|短于|不足|不到|不满|<"
_EQUAL = "等于|="
_OR_MORE = r"\(含\)以上|以上\(含\)|及以上|或以上|以上|或更高|及更高"
_OR_LESS = r"\(含\)以下|以下\(含\)|及以下|或以下|以下|以内|之内|内(?![存部外容置网核])"
_BEFORE = (
    rf"(?P<before>(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})|(?P<above>{_ABOVE})|(?P<below>{_BELOW})"
    rf"|(?P<equal>{_EQUAL}))?\s*"
)
_AFTER = rf"(?P<after>(?P<more>{_OR_MORE})|(?P<less>{_OR_LESS}))?"
_SCALES = "百万|千万|十万|百|千|万|亿"
_CHINESE_DIGITS = "零〇一二两三四五六七八九十百千万亿"
_CHINESE_UNITS = (
    "台|套|项|个|只|件|块|颗|枚|支|把|条|根|张|路|核|年"
    "|月|天|小时|分钟|秒|周|对|名|人|份|次|箱|部|组|处|端口|节点|用户|工作日|[A-Za-z%]"
)


@cache
def measure_pattern() -> re.Pattern[str]:
    """A comparator, a number, a unit, and what may follow: a second number (range), a tolerance, 以上 or 以内."""
    unit = unit_pattern()
    sign = r"(?:(?<![\w)°%~-])[-+])?"
    return re.compile(
        rf"{_BEFORE}"
        rf"(?P<pm>±)?(?:(?<![A-Za-z0-9._\-/])|(?<=[≥≤><=±~+])|(?<=x))"
        rf"(?:(?P<n1>{sign}{DIGIT_NUMBER})\s*(?P<s1>{_SCALES})?|(?P<c1>(?<![第数几多{_CHINESE_DIGITS}])[一二两三四五六七八九十][{_CHINESE_DIGITS}]{{0,11}})(?=个?(?:{_CHINESE_UNITS})|(?(before)\s*$|(?!))))"
        rf"\s*(?P<u1>{unit})?"
        rf"(?:\s*(?:~|-|至|到)\s*(?P<n2>[-+]?{DIGIT_NUMBER})\s*(?P<s2>{_SCALES})?\s*(?P<u2>{unit})?)?"
        rf"(?:\s*\(?±\s*(?P<n3>{DIGIT_NUMBER})\s*(?P<u3>{unit})?\)?)?"
        rf"{_AFTER}"
    )


@cache
def product_pattern() -> re.Pattern[str]:
    """Parts times size: `8×32GB`, `2560×1440`."""
    unit = unit_pattern()
    number = rf"(?<![A-Za-z0-9.])(?P<a>\d+)\s*[×xX*]\s*(?P<b>{DIGIT_NUMBER})\s*(?P<u>{unit})?(?![×xX*\d])"
    return re.compile(f"{_BEFORE}{number}{_AFTER}")


UNLIMITED = re.compile(
    r"(?:不限制?|无限制?|不受限制?)(?:(?:容量|数量|用户数?|授权数?|节点数?|点数|连接数?|并发数?|客户端数?|次数?)|(?=\s*$))"
)
