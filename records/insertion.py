"""Insert a row only if nobody has yet: the one statement on which everything that must happen once is built."""

from typing import Any

from sqlalchemy import TextClause, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from records.base import Base


def insert_if_new(
    session: Session,
    table: type[Base],
    values: dict[str, Any],
    unique: list[str],
    where: TextClause | None = None,
) -> bool:
    """Insert `values` into `table` unless a row with the same `unique` columns exists; return whether it was inserted.

    A second transaction that tries the same key waits here until the first one ends, then sees its row (or, after a
    roll-back, inserts its own). `where` is the condition of a partial unique index.
    """
    session.flush()
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).values(**values).on_conflict_do_nothing(index_elements=unique, index_where=where)
    inserted = session.connection().execute(statement.returning(literal(1)))
    return inserted.first() is not None
