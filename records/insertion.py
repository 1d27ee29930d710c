"""Insert a row only if nobody has yet: the one statement on which everything that must happen once is built."""

from functools import cache
from typing import Any

from sqlalchemy import literal, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from records.base import Base


def insert_if_new(
    session: Session,
    table: type[Base],
    values: dict[str, Any],
    unique: list[str],
    where: str | None = None,
) -> bool:
    """Insert `values` into `table` unless a row with the same `unique` columns exists; return whether it was inserted.

    A second transaction that tries the same key waits here until the first one ends, then sees its row (or, after a
    roll-back, inserts its own). `where` is the condition of a partial unique index.
    """
    session.flush()
    connection = session.connection()
    statement = insert_unless_there(connection.dialect.name, table, tuple(unique), where)
    return connection.execute(statement.returning(literal(1)), values).first() is not None


@cache
def insert_unless_there(
    dialect: str, table: type[Base], unique: tuple[str, ...], where: str | None = None
) -> postgresql.Insert | sqlite.Insert:
    """Return the statement that inserts rows and leaves out those whose `unique` columns are taken."""
    insert = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    condition = None if where is None else text(where)
    return insert.inline().on_conflict_do_nothing(index_elements=list(unique), index_where=condition)
