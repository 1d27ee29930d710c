"""What all tables share: names of constraints, column types, and the rule that nothing is loaded behind one's back."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, LargeBinary, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A point in time. Always aware in Python, always UTC in the database; a naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """Write the time in UTC; SQLite keeps it as text without a zone, which sorts as time does.

        This replaces `process_bind_param`, whose chain of calls through the type beneath was the largest single cost of
        writing many events; the rows of a transaction mostly share one moment, so its text is remembered.
        """
        return _as_text if dialect.name == "sqlite" else _in_utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """Give the time back in UTC."""
        del coltype
        return _from_text if dialect.name == "sqlite" else _in_utc


def _in_utc(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError(f"A time without a zone cannot be recorded: {value!r}")
    return value.astimezone(UTC)


@lru_cache
def _as_text(value: datetime | None) -> str | None:
    moment = _in_utc(value)
    return None if moment is None else moment.isoformat(" ", "microseconds").removesuffix("+00:00")


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


WholeNumber = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits everywhere (fen, engine keys); SQLite numbers its rows only in a column it calls INTEGER."""


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False, repr=False):
    """A table of the records. Rows are written with every field by name; relations are loaded only on request."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: WholeNumber,
        str: Text(),
        bytes: LargeBinary(),
        datetime: Moment(),
        dict[str, Any]: JSON(),
        list[int]: JSON(),
    }
