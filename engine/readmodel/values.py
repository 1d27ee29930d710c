"""How values travel between JSON and SQLite, one place for both directions."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from engine.readmodel.fields import Field, Kind

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_NO_KEY: Final = -(2**63)
"""A key that no row has; stands for the keys of a request that are too large to be one."""


def milliseconds(moment: str) -> int:
    """Return milliseconds since 1970 of an ISO 8601 text with its offset, such as `2026-01-02T03:04:05+08:00`.

    The engine may add the zone's name in brackets, which says nothing more.

    Raises:
        ValueError: the text is no date and time or has no offset.
    """
    parsed = datetime.fromisoformat(moment.partition("[")[0])
    if parsed.tzinfo is None:
        raise ValueError(f"{moment!r} has no offset")
    return (parsed - _EPOCH) // _MILLISECOND


def iso(moment: int) -> str:
    """Return `2026-01-02T03:04:05.678Z` for milliseconds since 1970."""
    text = (_EPOCH + moment * _MILLISECOND).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def sql_key(text: str) -> int:
    """Return an engine key; one that no row has when the digits are too many for a key."""
    key = int(text)
    return key if abs(key) < 2**63 else _NO_KEY


def to_sql(field: Field, value: Any) -> Any:
    """Return a request's value of the field as SQLite compares it."""
    if field.kind is Kind.KEY:
        return sql_key(value)
    if field.kind is Kind.MOMENT:
        return milliseconds(value)
    if field.kind is Kind.EVALUATION:
        return evaluation_key(value)
    if field.kind is Kind.FLAG:
        return int(value)
    return value


def from_sql(field: Field, value: Any) -> Any:
    """Return a stored value of the field as JSON; None stays None."""
    if value is None:
        return None
    if field.kind is Kind.KEY:
        return str(value)
    if field.kind is Kind.MOMENT:
        return iso(value)
    if field.kind is Kind.FLAG:
        return bool(value)
    if field.kind is Kind.JSON:
        return json.loads(value)
    return value


_INDEX_DIGITS: Final = 4


def evaluation_digits(key: str) -> str:
    """Return `<key>-<index>` in the form that the 8.8 description demands, digits only."""
    evaluation, _, index = key.partition("-")
    return evaluation + index.zfill(_INDEX_DIGITS)


def evaluation_key(text: str) -> str:
    """Return `<key>-<index>` from either form."""
    if "-" in text[1:] or len(text) <= _INDEX_DIGITS:
        return text
    return f"{text[:-_INDEX_DIGITS]}-{int(text[-_INDEX_DIGITS:])}"
