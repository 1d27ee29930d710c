"""Order and pages: by offset, or from the row that a cursor names.

A cursor is the key of a row. The order of rows is settled by the sort fields and then by the key, with missing values
last, so "after this row" is a condition on the row's own values. They are read anew for each page: a row that has
changed its place since is continued from where it now stands.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, Final

from engine.readmodel.fields import Entity
from engine.readmodel.translate import Sql, all_of, any_of

DEFAULT_LIMIT: Final = 100
LARGEST_LIMIT: Final = 10_000


class UnknownCursorError(ValueError):
    """A cursor that is not one of ours or whose row does not exist."""


@dataclass(frozen=True, slots=True)
class Term:
    """One column of the order."""

    sql: str
    descending: bool = False

    def ordered(self, *, backward: bool) -> str:
        """Return the `ORDER BY` term; missing values come last, so first when read backward."""
        direction = "DESC" if self.descending is not backward else "ASC"
        return f"{self.sql} {direction} NULLS {'FIRST' if backward else 'LAST'}"

    def beyond(self, value: Any, *, backward: bool) -> Sql | None:
        """Return the condition of the rows beyond `value`, None when there are none."""
        if value is None:
            return Sql(f"{self.sql} IS NOT NULL") if backward else None
        comparison = "<" if self.descending is not backward else ">"
        if backward:
            return Sql(f"{self.sql} {comparison} ?", [value])
        return Sql(f"({self.sql} {comparison} ? OR {self.sql} IS NULL)", [value])


def order(entity: Entity, sort: list[dict[str, Any]]) -> tuple[Term, ...]:
    """Return the order for a checked `sort`, ending with the key."""
    terms = [
        Term(entity.by_name[each["field"]].sql, descending=(each.get("order") or "ASC").upper() == "DESC")
        for each in sort
    ]
    return (*terms, Term(f"t.{entity.key}"))


def beyond(terms: tuple[Term, ...], anchor: tuple[Any, ...], *, backward: bool) -> Sql:
    """Return the condition of the rows after (or before) the row whose values of `terms` are `anchor`."""
    alternatives = []
    same: list[Sql] = []
    for term, value in zip(terms, anchor, strict=True):
        further = term.beyond(value, backward=backward)
        if further is not None:
            alternatives.append(all_of([*same, further]))
        same.append(Sql(f"{term.sql} IS ?", [value]))
    return any_of(alternatives)


def cursor(key: int | str) -> str:
    """Return the cursor of the row with the key: base64 of a JSON list."""
    return base64.b64encode(json.dumps([key]).encode()).decode()


def key_of(text: str) -> int | str:
    """Return the key that a cursor names.

    Raises:
        UnknownCursorError: the text is no cursor.
    """
    try:
        content = json.loads(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError) as error:
        raise UnknownCursorError(text) from error
    if not isinstance(content, list) or len(content) != 1 or not isinstance(content[0], int | str):
        raise UnknownCursorError(text)
    return content[0]
