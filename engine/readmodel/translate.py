"""From the filter of a request to SQL with bound parameters. No value of a request ever becomes part of the text.

Semantics, which are those of Camunda's document store: `$neq` and `$notIn` also match where there is no value; `$like`
knows `*` and `?`, escaped with a backslash, and minds case; several operators on one field must all hold, as must
several fields; `$or` adds that one of its groups must hold.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Final

from engine.readmodel.fields import Entity, Field, Match, Via
from engine.readmodel.values import to_sql

_COMPARISONS: Final = {"$eq": "=", "$gt": ">", "$gte": ">=", "$lt": "<", "$lte": "<="}
_NEGATED: Final = {"$neq": "$eq", "$notIn": "$in"}
_LIKE_TOKEN: Final = re.compile(r"\\(.)|(\[)|(\\$)", re.DOTALL)
_LIKE_LITERAL: Final = {"*": "[*]", "?": "[?]", "[": "[[]"}


@dataclass(slots=True)
class Sql:
    """A piece of SQL and the parameters that belong to its question marks."""

    text: str
    parameters: list[Any] = field(default_factory=list)


def all_of(pieces: list[Sql]) -> Sql:
    """Return the condition that all pieces hold; with none, a condition that always holds."""
    return _joined(pieces, " AND ", "1")


def any_of(pieces: list[Sql]) -> Sql:
    """Return the condition that at least one piece holds; with none, one that never holds."""
    return _joined(pieces, " OR ", "0")


def condition(entity: Entity, request: dict[str, Any]) -> Sql:
    """Return the condition for a checked filter object, whose names are the API's."""
    pieces: list[Sql] = []
    shared: dict[Via, list[Sql]] = {}
    for name, wanted in request.items():
        if wanted is None:
            continue
        if name == "$or":
            pieces.append(any_of([condition(entity, group) for group in wanted]))
            continue
        which = entity.by_name[name]
        if which.via is not None and which.via.shared:
            shared.setdefault(which.via, []).extend(_operations(which, wanted))
        else:
            pieces.extend(_of_field(which, wanted))
    pieces.extend(_exists(via, all_of(conditions)) for via, conditions in shared.items())
    return all_of(pieces)


def like(pattern: str) -> str:
    """Return the GLOB pattern of SQLite for a `$like` pattern."""

    def glob(match: re.Match[str]) -> str:
        character = match[1] or match[2] or match[3]
        return _LIKE_LITERAL.get(character, character)

    return _LIKE_TOKEN.sub(glob, pattern)


def _of_field(which: Field, wanted: Any) -> list[Sql]:
    if which.match is Match.ALL_OF:
        listed = f"EXISTS (SELECT 1 FROM json_each({which.sql}) WHERE value = ?)"  # noqa: S608 - text of our own
        return [Sql(listed, [item]) for item in wanted]
    if which.match is Match.VARIABLES:
        return [_variable(which, item) for item in wanted]
    if which.via is not None:
        return _set_operations(which, which.via, wanted)
    return _operations(which, wanted)


def _operations(which: Field, wanted: Any) -> list[Sql]:
    operators = wanted if isinstance(wanted, dict) else {"$eq": wanted}
    return [_operation(which, operator, value) for operator, value in operators.items() if value is not None]


def _operation(which: Field, operator: str, value: Any) -> Sql:
    column = which.sql
    if operator == "$exists":
        return Sql(f"{column} IS {'NOT ' if value else ''}NULL")
    if operator == "$like":
        return Sql(f"{column} GLOB ?", [like(value)])
    if operator == "$neq":
        return Sql(f"{column} IS NOT ?", [to_sql(which, value)])
    if operator in {"$in", "$notIn"}:
        marks = ", ".join("?" * len(value))
        parameters = [to_sql(which, item) for item in value]
        if operator == "$in":
            return Sql(f"{column} IN ({marks})", parameters)
        return Sql(f"({column} IS NULL OR {column} NOT IN ({marks}))", parameters)
    return Sql(f"{column} {_COMPARISONS[operator]} ?", [to_sql(which, value)])


def _set_operations(which: Field, via: Via, wanted: Any) -> list[Sql]:
    operators = wanted if isinstance(wanted, dict) else {"$eq": wanted}
    pieces = []
    for operator, value in operators.items():
        if operator == "$exists":
            pieces.append(_exists(via, Sql("1"), negated=not value))
        elif operator in _NEGATED:
            pieces.append(_exists(via, _operation(which, _NEGATED[operator], value), negated=True))
        else:
            pieces.append(_exists(via, _operation(which, operator, value)))
    return pieces


def _variable(which: Field, wanted: dict[str, Any]) -> Sql:
    if which.via is None:
        raise ValueError(f"{which.name} does not say which variables it means")
    named = Sql("v.name = ?", [wanted["name"]])
    return _exists(which.via, all_of([named, *_operations(which, wanted["value"])]))


def _exists(via: Via, inner: Sql, *, negated: bool = False) -> Sql:
    return Sql(f"{'NOT ' if negated else ''}EXISTS ({via.rows} AND {inner.text})", inner.parameters)


def _joined(pieces: list[Sql], word: str, empty: str) -> Sql:
    if not pieces:
        return Sql(empty)
    text = word.join(piece.text for piece in pieces)
    parameters = [parameter for piece in pieces for parameter in piece.parameters]
    return Sql(f"({text})" if len(pieces) > 1 else text, parameters)
