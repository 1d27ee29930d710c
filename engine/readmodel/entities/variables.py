"""Variables, each by the scope that owns it."""

from typing import Final

from engine.readmodel.fields import Entity, Field, Kind, Match
from engine.readmodel.projection import Projection, Record, Write, insert

TABLES: Final = """
CREATE TABLE variable (
    variable_key INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    scope_key INTEGER NOT NULL,
    process_instance_key INTEGER NOT NULL,
    tenant_id TEXT NOT NULL
);
CREATE INDEX variable_by_scope ON variable (scope_key, name);
CREATE INDEX variable_by_process_instance ON variable (process_instance_key, name);
"""

LONGEST_SHOWN: Final = 8191
"""Characters of a value that a search shows; Camunda's default."""

VALUE_OF: Final = "v.value"
"""The value of a variable `v` that a filter on variables looks at."""

_ROOT: Final = (
    "(SELECT r.root_process_instance_key FROM process_instance r WHERE r.process_instance_key = t.process_instance_key)"
)

VARIABLE: Final = Entity(
    "Variable",
    "variable",
    "variable_key",
    (
        Field("name", "t.name", Kind.TEXT, Match.LIKE, sort=True),
        Field("value", "t.value", Kind.TEXT, Match.LIKE, sort=True),
        Field("isTruncated", f"(length(t.value) > {LONGEST_SHOWN})", Kind.FLAG, Match.EXACT),
        Field("tenantId", "t.tenant_id", Kind.TEXT, Match.EXACT, sort=True),
        Field("variableKey", "t.variable_key", Kind.KEY, Match.BASIC, sort=True),
        Field("scopeKey", "t.scope_key", Kind.KEY, Match.BASIC, sort=True),
        Field("processInstanceKey", "t.process_instance_key", Kind.KEY, Match.BASIC, sort=True),
        Field("rootProcessInstanceKey", _ROOT, Kind.KEY, newer=True),
    ),
)
"""A variable; its value is JSON text, whole in the table, cut by the search when it is long."""

VISIBLE_FROM: Final = """
t.scope_key IN (
    WITH RECURSIVE scope (key) AS (
        VALUES (?)
        UNION ALL
        SELECT e.flow_scope_key FROM element_instance e JOIN scope ON e.element_instance_key = scope.key
    )
    SELECT key FROM scope
)
"""
"""Condition of the variables that an element instance sees: its own, its scopes', its process instance's."""

_VARIABLE: Final = insert("variable", "variable_key name value scope_key process_instance_key tenant_id")


def _written(write: Write, record: Record) -> None:
    value = record.value
    write.execute(
        _VARIABLE,
        (
            record.key,
            value["name"],
            value["value"],
            value["scopeKey"],
            value["processInstanceKey"],
            value["tenantId"],
        ),
    )


PROJECTIONS: Final[Projection] = {("VARIABLE", "CREATED"): _written, ("VARIABLE", "UPDATED"): _written}
"""A migrated variable keeps everything that is kept here: its record names the new definition and carries no value."""
