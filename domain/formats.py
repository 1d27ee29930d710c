"""Amounts (from integer fen), dates and document numbers as the bureaus write them, in China's time zone."""

import re
from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "中国标准时间")
"""China has one zone and no summer time, so a fixed offset is exact and needs no zone files on the machine."""

FEN_IN_YUAN = 100
FEN_IN_WAN = 1_000_000


def yuan(fen: int) -> str:
    """Return an amount in yuan, exact to the fen: `1,234,567.89元`."""
    sign, whole, rest = _split(fen, FEN_IN_YUAN)
    return f"{sign}{whole:,}.{rest:02d}元"


def wan_yuan(fen: int) -> str:
    """Return an amount in 万元, exact: two decimals as the plans print it, more only where two would hide money.

    `123.46万元`; 123,456.78 yuan is `12.345678万元`.
    """
    sign, whole, rest = _split(fen, FEN_IN_WAN)
    decimals = f"{rest:06d}".rstrip("0").ljust(2, "0")
    return f"{sign}{whole:,}.{decimals}万元"


def amount(fen: int | None) -> str:
    """Return an amount for people: 万元 from ten thousand yuan up where two decimals say it exactly, otherwise 元.

    None, an amount that could not be read, is `未填写`, never zero.
    """
    if fen is None:
        return "未填写"
    in_wan = abs(fen) >= FEN_IN_WAN and fen % (FEN_IN_WAN // 100) == 0
    return wan_yuan(fen) if in_wan else yuan(fen)


def amounts_alike(*fens: int) -> tuple[str, ...]:
    """Return amounts that are read side by side in one unit: 万元 where four decimals say each exactly, else 元."""
    is_large = any(abs(fen) >= FEN_IN_WAN for fen in fens)
    in_wan = is_large and all(fen % FEN_IN_YUAN == 0 for fen in fens)
    return tuple(wan_yuan(fen) if in_wan else yuan(fen) for fen in fens)


def day(value: date) -> str:
    """Return a date as `2026年11月23日`; of a point in time, the date in China.

    Raises:
        ValueError: a point in time without a zone.
    """
    local = _in_china(value) if isinstance(value, datetime) else value
    return f"{local.year}年{local.month}月{local.day}日"


def moment(value: datetime) -> str:
    """Return a point in time as `2026年11月23日 09:30`, in China's zone.

    Raises:
        ValueError: it has no zone.
    """
    return f"{day(value)} {_in_china(value):%H:%M}"


def document_number(issuer: str, year: int, serial: int) -> str:
    """Return a document number 文号 as `沈数技审〔2026〕12号` (GB/T 9704: hexagonal brackets, no leading zeros)."""
    return f"{issuer}〔{year}〕{serial}号"


def official_brackets(number: str) -> str:
    """Return a typed document number with hexagonal brackets: `[2026]`, `(2026)`, `【2026】` become `〔2026〕`."""
    return re.sub(r"\s*[\[(（【［﹝]\s*(\d{4})\s*[\])）】］﹞]\s*", r"〔\1〕", number.strip())


def _split(fen: int, unit: int) -> tuple[str, int, int]:
    whole, rest = divmod(abs(fen), unit)
    return ("-" if fen < 0 else ""), whole, rest


def _in_china(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"A time without a zone cannot be shown: {value!r}")
    return value.astimezone(CHINA)
