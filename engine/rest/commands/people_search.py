"""Filter, order and pages over the few rows of an identity file, with the semantics of every other search."""

import base64
import binascii
import json
import re
from typing import Any, Final

from engine.rest.checks import TEXTS, flag, record, text, unparsable, whole
from engine.rest.problems import invalid

Row = dict[str, Any]

DEFAULT_LIMIT: Final = 100
LARGEST_LIMIT: Final = 10_000

_OPERATORS: Final = record(
    {"$eq": text(), "$neq": text(), "$exists": flag, "$in": TEXTS, "$notIn": TEXTS, "$like": text()}
)
_LIMIT: Final = whole(bits=32, least=1, most=LARGEST_LIMIT)
_PAGE: Final = record({"from": whole(bits=32, least=0), "limit": _LIMIT, "after": text(), "before": text()})


def page_check(value: Any, where: str) -> None:
    """Check a page: by offset, or after a cursor, or before one, not several of them."""
    _PAGE(value, where)
    if len({"from", "after", "before"} & value.keys()) > 1:
        raise invalid(f"Only one of [{where}.from, {where}.after, {where}.before] is allowed.")


def operators_check(value: Any, where: str) -> None:
    """Check a filter by a text or by the operators for texts."""
    if isinstance(value, dict):
        _OPERATORS(value, where)
    elif not isinstance(value, str):
        raise unparsable(where)


def search(rows: list[Row], key: str, body: dict[str, Any]) -> dict[str, Any]:
    """Return a search answer over `rows`; `key` names the property that identifies a row."""
    wanted = body.get("filter") or {}
    found = [row for row in rows if all(_matches(row.get(name), condition) for name, condition in wanted.items())]
    found.sort(key=lambda row: row[key])
    for term in reversed(body.get("sort") or []):
        found.sort(key=lambda row, name=term["field"]: row[name], reverse=term.get("order") == "DESC")  # type: ignore[misc]
    page = _slice(found, key, body.get("page") or {})
    return {"items": page, "page": _page(page, key, len(found))}


def _matches(value: str | None, condition: Any) -> bool:
    if isinstance(condition, str):
        return value == condition
    return all(_meets(value or "", operator, operand) for operator, operand in condition.items())


def _meets(value: str, operator: str, operand: Any) -> bool:
    match operator:
        case "$eq":
            return bool(value == operand)
        case "$neq":
            return bool(value != operand)
        case "$exists":
            return bool(value) is operand
        case "$in":
            return value in operand
        case "$notIn":
            return value not in operand
        case _:
            return bool(_pattern(operand).fullmatch(value))


def _pattern(like: str) -> re.Pattern[str]:
    """Return the pattern of a `$like`: `*` any text, `?` one character, a backslash before either means itself."""
    parts = re.findall(r"\\[*?\\]|.", like, re.DOTALL)
    wild = {"*": ".*", "?": "."}
    return re.compile("".join(wild.get(part) or re.escape(part[-1]) for part in parts), re.DOTALL)


def _slice(found: list[Row], key: str, page: dict[str, Any]) -> list[Row]:
    limit = page.get("limit", DEFAULT_LIMIT)
    if "after" in page:
        start = _position(found, key, page["after"]) + 1
        return found[start : start + limit]
    if "before" in page:
        end = _position(found, key, page["before"])
        return found[max(0, end - limit) : end]
    start = page.get("from", 0)
    return found[start : start + limit]


def _position(found: list[Row], key: str, cursor: str) -> int:
    try:
        (wanted,) = json.loads(base64.b64decode(cursor, validate=True))
    except (binascii.Error, ValueError, TypeError) as error:
        raise invalid(f"Cannot decode data search cursor '{cursor}'") from error
    positions = [position for position, row in enumerate(found) if row[key] == wanted]
    if not positions:
        raise invalid(f"The search cursor '{cursor}' names nothing in this result")
    return positions[0]


def _page(items: list[Row], key: str, total: int) -> dict[str, Any]:
    return {
        "totalItems": total,
        "hasMoreTotalItems": False,
        "startCursor": _cursor(items[0][key]) if items else None,
        "endCursor": _cursor(items[-1][key]) if items else None,
    }


def _cursor(value: str) -> str:
    return base64.b64encode(json.dumps([value]).encode()).decode()
