"""Running searches and reads: the one place where queries meet the database."""

import sqlite3
from dataclasses import dataclass, field
from typing import Any

from engine.readmodel.fields import Entity
from engine.readmodel.model import ReadModel
from engine.readmodel.paging import DEFAULT_LIMIT, Term, UnknownCursorError, beyond, cursor, key_of, order
from engine.readmodel.translate import Sql, all_of, condition

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows, their values as SQLite holds them, by JSON name."""

    rows: list[Row]
    total: int
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True, slots=True)
class Query:
    """A checked search request.

    Attributes:
        filter: the filter object.
        sort: the list of `{field, order}`.
        page: `{from, limit}`, `{after, limit}` or `{before, limit}`.
    """

    filter: dict[str, Any] = field(default_factory=dict)
    sort: list[dict[str, Any]] = field(default_factory=list)
    page: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, body: dict[str, Any]) -> "Query":
        """Return the query of a checked request body; null stands for absent."""
        return cls(body.get("filter") or {}, body.get("sort") or [], body.get("page") or {})


def search(model: ReadModel, entity: Entity, query: Query, within: Sql | None = None) -> Page:
    """Return a page of the entity.

    Args:
        model: where to look.
        entity: what to look for.
        query: the request, checked.
        within: a further condition on `t` that the caller sets, such as what a viewer may see.

    Raises:
        UnknownCursorError: the page starts from a cursor that names no row.
    """
    where = all_of([piece for piece in (within, condition(entity, query.filter)) if piece is not None])
    terms = order(entity, query.sort)
    with model.reading() as connection:
        total = connection.execute(
            f"SELECT count(*) FROM {entity.table} t WHERE {where.text}",  # noqa: S608 - text of our own, values bound
            where.parameters,
        ).fetchone()[0]
        rows = _page(connection, entity, where, terms, query.page)
    keys = [row.pop("") for row in rows]
    return Page(rows, total, cursor(keys[0]) if keys else None, cursor(keys[-1]) if keys else None)


def find(model: ReadModel, entity: Entity, key: int | str, within: Sql | None = None) -> Row | None:
    """Return the entity with the key, or None when there is none (or not `within` what the caller allows)."""
    own = Sql(f"t.{entity.key} = ?", [key])
    where = all_of([own] if within is None else [own, within])
    with model.reading() as connection:
        rows = _rows(connection, entity, f"WHERE {where.text}", where.parameters)
    if not rows:
        return None
    rows[0].pop("")
    return rows[0]


def ask(model: ReadModel, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a query of our own."""
    with model.reading() as connection:
        return connection.execute(sql, parameters).fetchall()


def _page(
    connection: sqlite3.Connection, entity: Entity, where: Sql, terms: tuple[Term, ...], page: dict[str, Any]
) -> list[Row]:
    backward = page.get("before") is not None
    edge = page.get("before") or page.get("after")
    limit = page.get("limit", DEFAULT_LIMIT)
    offset = page.get("from") or 0
    if edge:
        where = all_of([where, beyond(terms, _anchor(connection, entity, terms, edge), backward=backward)])
    ordered = ", ".join(term.ordered(backward=backward) for term in terms)
    tail = f"WHERE {where.text} ORDER BY {ordered} LIMIT ? OFFSET ?"
    rows = _rows(connection, entity, tail, [*where.parameters, limit, offset])
    return rows[::-1] if backward else rows


def _anchor(connection: sqlite3.Connection, entity: Entity, terms: tuple[Term, ...], edge: str) -> tuple[Any, ...]:
    columns = ", ".join(term.sql for term in terms)
    row = connection.execute(
        f"SELECT {columns} FROM {entity.table} t WHERE t.{entity.key} = ?",  # noqa: S608 - text of our own
        (key_of(edge),),
    ).fetchone()
    if row is None:
        raise UnknownCursorError(edge)
    return tuple(row)


def _rows(connection: sqlite3.Connection, entity: Entity, tail: str, parameters: list[Any]) -> list[Row]:
    names = ["", *(each.name for each in entity.shown)]
    columns = ", ".join([f"t.{entity.key}", *(each.sql for each in entity.shown)])
    found = connection.execute(f"SELECT {columns} FROM {entity.table} t {tail}", parameters)  # noqa: S608 - as above
    return [dict(zip(names, row, strict=True)) for row in found]
