"""Alembic's entry: the whole upgrade is one transaction, and only one program does it at a time."""

from alembic import context
from sqlalchemy import Engine, text

from records.models import Base

UPGRADE_LOCK = 731_004_018
"""PostgreSQL advisory lock of the upgrade; on SQLite the write lock of BEGIN IMMEDIATE does the same."""

engine: Engine = context.config.attributes["engine"]
with engine.begin() as connection:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transactional_ddl=True,
        transaction_per_migration=False,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()
