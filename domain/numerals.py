"""Numbers as documents write them: digits with separators, 万 and 亿, Chinese numerals and their banking forms."""

import re
from decimal import Decimal, InvalidOperation

_DIGITS = {
    "〇": 0, "零": 0, "一": 1, "壹": 1, "二": 2, "贰": 2, "两": 2, "三": 3, "叁": 3, "四": 4, "肆": 4, "五": 5, "伍": 5,
    "六": 6, "陆": 6, "七": 7, "柒": 7, "八": 8, "捌": 8, "九": 9, "玖": 9,
}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

DIGIT_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,2})?"
CHINESE_NUMBER = "[〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+"
SCALE = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
_ENDLESS = re.compile(r"\d{100}")
_SCALED = re.compile(rf"({DIGIT_NUMBER})\s*(百万|千万|十万|百|千|万|亿)?")


def has_endless_number(text: str) -> bool:
    """Whether a text has a run of a hundred digits, which no figure has.

    Patterns that look for a number at every place take minutes over thousands of digits, so such a text is left alone.
    """
    return _ENDLESS.search(text) is not None


def chinese_integer(text: str) -> int | None:
    """Read a Chinese integer (`三百二十`, `伍佰万`, `二〇二六`); None when the text is not one."""
    if not text or any(char not in _DIGITS and char not in _TENS and char not in _MYRIADS for char in text):
        return None
    if not any(char in _TENS or char in _MYRIADS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text)) if len(text) < 18 else None
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            section += (digit or (1 if section == 0 else 0)) * _TENS[char]
            digit = 0
        else:
            total = (
                (total + section + digit) * _MYRIADS[char]
                if _MYRIADS[char] > 10_000
                else total + (section + digit) * 10_000
            )
            section = digit = 0
    return total + section + digit


def number(text: str) -> Decimal | None:
    """Read a whole text as one number (`1,200`, `500万`, `1.5亿`, `十二`); None when it is anything else."""
    stripped = text.strip().replace(" ", "")
    if match := _SCALED.fullmatch(stripped):
        return decimal(match[1]) * SCALE[match[2] or ""]
    integer = chinese_integer(stripped)
    return None if integer is None else Decimal(integer)


def decimal(digits: str) -> Decimal:
    """Read digits with optional thousands separators.

    Raises:
        ValueError: the text is not a number.
    """
    try:
        return Decimal(digits.replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(f"not a number: {digits}") from error
