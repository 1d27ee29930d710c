"""What a spreadsheet's cell shows: stored values as the text a reader of the sheet would see."""

import math
import re
from datetime import date, datetime
from decimal import Decimal

from openpyxl.utils.datetime import from_excel

from domain.documents.celltext import clean, unescaped

_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_UNIT = re.compile(r"[^\d\s#0?.,;@*_¥￥$()+-]+")


def shown_text(value: object, number_format: str) -> str:
    """Give a stored value as text: percentages and units by their number format, other numbers exact."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return _shown_day(value, number_format)
    if isinstance(value, int | float):
        exact = Decimal(repr(value)) if math.isfinite(value) else Decimal(0)
        if "%" in _QUOTED.sub("", number_format.partition(";")[0]):
            return f"{format(_trimmed(exact * 100), 'f')}%"
        return f"{format(_trimmed(exact), 'f')}{_unit(number_format)}"
    return clean(unescaped(str(value)))


def shown_date(serial: float, number_format: str) -> str:
    """Give a day's serial number as the day it shows; one out of the calendar stays a number."""
    try:
        value = from_excel(serial)
    except (ValueError, OverflowError):
        return shown_text(serial, "")
    return _shown_day(value, number_format) if isinstance(value, datetime | date) else str(value)


def _shown_day(value: datetime | date, number_format: str) -> str:
    form = number_format.lower()
    if form and "y" not in form and "h" not in form and ("d" in form or "m" in form):
        return f"{value.month}月{value.day}日" if "月" in form else f"{value.month}/{value.day}"
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second or value.microsecond):
        return value.date().isoformat()
    return value.isoformat()


def _unit(number_format: str) -> str:
    """The unit a format writes after the number: `0"台"` shows 台; formats of several sections count by their first."""
    first = number_format.partition(";")[0]
    if '"' not in first and "\\" not in first:
        return ""
    digits = [position for position, char in enumerate(first) if char in "0#"]
    after = first[digits[-1] + 1 :] if digits else ""
    unit = "".join(match[1] or match[2] or "" for match in _QUOTED.finditer(after)).strip()
    return unit if _UNIT.fullmatch(unit) else ""


def _trimmed(exact: Decimal) -> Decimal:
    # A stored 0.1 + 0.2 is 0.30000000000000004; twelve significant digits are more than any price list means.
    rounded = Decimal(f"{exact:.12g}") if len(exact.as_tuple().digits) > 14 else exact
    return rounded.normalize()
