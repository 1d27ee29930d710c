"""The cells of a contract price list, each read as what it must be or refused with a sentence that says why."""

import re
from datetime import date
from decimal import Decimal

from domain.money import find_amounts
from domain.numerals import DIGIT_NUMBER, decimal
from domain.text import fold

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: ?00:00(?::00)?)?")
_PERSONAL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)")
_TAXES = {"": "含税", "含税": "含税", "是": "含税", "含": "含税", "不含税": "不含税", "否": "不含税", "未税": "不含税"}
_MOST_LINES = 1_000_000


class WrongCell(ValueError):  # noqa: N818 - it says what is wrong, in Chinese, for the list of problems
    """A cell that cannot be taken as it is."""


def refuse_personal(text: str, column: str) -> None:
    """Refuse a text that holds a mobile telephone's or an identity card's number.

    Raises:
        WrongCell: it does.
    """
    if _PERSONAL.search(text):
        raise WrongCell(f"{column}里像有个人的电话或身份证号，登记库不保存个人信息，请删去。")


def read_price(text: str, unit: str) -> int:
    """Read a unit price in fen; `unit` is the header's unit of money, "" when it names none.

    Raises:
        WrongCell: it is not one amount above zero, or its unit is not known.
    """
    found = find_amounts(text, unit)
    if len(found) != 1 or found[0].start != 0 or found[0].end != len(fold(text)):
        raise WrongCell(f"单价“{text}”不是一个金额。")
    if found[0].fen is None:
        raise WrongCell(f"单价“{text}”没有货币单位，请在表头写明，例如“单价（元）”。")
    if found[0].fen <= 0:
        raise WrongCell(f"单价“{text}”须大于零。")
    return found[0].fen


def read_date(text: str, today: date) -> date:
    """Read the day a contract was signed.

    Raises:
        WrongCell: it is no day of the calendar, or later than `today`.
    """
    match = _DATE.fullmatch(fold(text))
    try:
        signed = date(*map(int, match.groups())) if match else None
    except ValueError:
        signed = None
    if signed is None:
        raise WrongCell(f"签订日期“{text}”不是日历上的日期，请写成 2025-06-30。")
    if signed > today:
        raise WrongCell(f"签订日期“{text}”还没有到。")
    return signed


def read_line_number(text: str) -> int:
    """Read a line's own number.

    Raises:
        WrongCell: it is no positive whole number.
    """
    if not (text.isascii() and text.isdigit() and 0 < int(text) < _MOST_LINES):
        raise WrongCell(f"行号“{text}”不是正整数。")
    return int(text)


def read_quantity(text: str) -> str:
    """Read a quantity as a decimal number's text, "" when there is none.

    Raises:
        WrongCell: it is no number above zero.
    """
    if not text:
        return ""
    plain = fold(text)
    number = decimal(plain) if re.fullmatch(DIGIT_NUMBER, plain) else Decimal(0)
    if number <= 0:
        raise WrongCell(f"数量“{text}”不是正数。")
    return f"{number.normalize():f}"


def read_tax(text: str) -> str:
    """Read whether a price includes tax: 含税 or 不含税, the former when nothing is said.

    Raises:
        WrongCell: it says neither.
    """
    tax = _TAXES.get(fold(text))
    if tax is None:
        raise WrongCell(f"含税“{text}”须是“含税”或“不含税”。")
    return tax
