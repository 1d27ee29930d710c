"""What a spreadsheet's cell shows: stored values as the text a reader of the sheet would see."""

import math
from datetime import date, datetime
from decimal import Decimal


def shown_text(value: object, number_format: str) -> str:
    """Give a stored value as text: percentages by their number format, dates in ISO form, other numbers exact."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int | float):
        exact = Decimal(repr(value)) if math.isfinite(value) else Decimal(0)
        if number_format.rstrip().endswith("%"):
            return f"{format((exact * 100).normalize(), 'f')}%"
        return format(_trimmed(exact), "f")
    return str(value)


def _trimmed(exact: Decimal) -> Decimal:
    # A stored 0.1 + 0.2 is 0.30000000000000004; twelve significant digits are more than any price list means.
    rounded = Decimal(f"{exact:.12g}") if len(exact.as_tuple().digits) > 14 else exact
    return rounded.normalize()
