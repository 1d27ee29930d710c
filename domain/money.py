"""Amounts of money as integer fen, read from what tables and tenders write."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from domain.numerals import DIGIT_NUMBER, chinese_integer, decimal
from domain.text import fold

MOST_FEN = 10**16
"""A hundred trillion 元: no amount is larger, and a record's integer holds a sum of many."""

UNIT_FEN = {"元": 100, "千元": 100_000, "万元": 1_000_000, "百万元": 100_000_000, "亿元": 10_000_000_000}

_WRITTEN = "[零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]"
AMOUNT = re.compile(
    rf"(?P<sign>人民币|RMB|CNY|[¥￥])?\s*(?:(?P<digits>(?<![\d元万亿~])-?{DIGIT_NUMBER})(?![\d.,]*\s*%)\s*(?P<unit>百万元|万元|千元|亿元|元|万|亿)?"
    rf"|(?P<words>{_WRITTEN}{{1,40}})(?:元|圆)(?:(?P<jiao>{_WRITTEN})角)?(?:(?P<fen>{_WRITTEN})分)?整?)"
)
_TAX = re.compile(r"(不含税|未税|税前|除税|含税|价税合计|税后)")


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount found in a text: integer fen (None when its unit is unknown) and where it stood in the folded text."""

    fen: int | None
    start: int
    end: int


def tax_wording(text: str) -> str:
    """Give "含税", "不含税" or "" by the wording of a text; both at once count as not said."""
    found = {"不含税" if word in {"不含税", "未税", "税前", "除税"} else "含税" for word in _TAX.findall(fold(text))}
    return found.pop() if len(found) == 1 else ""


def to_fen(number: Decimal, unit: str) -> int:
    """Turn a number of 元, 千元, 万元 … into fen, rounding half up below one fen."""
    return int((number * UNIT_FEN[unit]).to_integral_value(ROUND_HALF_UP))


def find_amounts(text: str, default_unit: str = "") -> list[Amount]:
    """Find the amounts of a text; numbers without a unit take `default_unit`, or stay unknown when it is "".

    Absurdly large ones are unknown too.
    """
    found = []
    for match in AMOUNT.finditer(fold(text)):
        if match["words"]:
            fen = _written_fen(match["words"], match["jiao"], match["fen"])
        else:
            unit = {"万": "万元", "亿": "亿元"}.get(match["unit"] or "", match["unit"] or default_unit)
            if not unit and match["sign"]:
                unit = "元"
            fen = to_fen(decimal(match["digits"]), unit) if unit else None
        found.append(Amount(fen if fen is None or abs(fen) <= MOST_FEN else None, match.start(), match.end()))
    return found


def unit_in(text: str) -> str:
    """Give the unit of money a header or caption names (`单价(万元)`, `单位:元`), "" when it names none."""
    match = re.search(r"百万元|万元|千元|亿元|元", fold(text))
    return match[0] if match else ""


def _written_fen(words: str, jiao: str | None, fen: str | None) -> int | None:
    whole = chinese_integer(words)
    if whole is None:
        return None
    small = (chinese_integer(jiao) or 0) * 10 if jiao else 0
    return whole * UNIT_FEN["元"] + small + ((chinese_integer(fen) or 0) if fen else 0)
