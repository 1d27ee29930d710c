"""Writing a value the way the caller's version of the API spells it (`queries.dialect` tells which)."""

from collections.abc import Collection
from typing import Any

from engine.rest.operation import Call
from engine.rest.queries.dialect import Dialect, dialect_of


def spelled(call: Call, view: dict[str, Any], newer: Collection[str] = ()) -> dict[str, Any]:
    """Return the view for the caller: whole for newer clients, without nulls and `newer` names for those of 8.8."""
    if dialect_of(call.request) is Dialect.NEWER:
        return view
    return {name: value for name, value in view.items() if value is not None and name not in newer}
