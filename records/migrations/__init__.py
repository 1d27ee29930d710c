"""Alembic owns the schema. Programs call `upgrade` when they start; several at once take turns."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from records import connections


class SchemaError(Exception):
    """The database's schema is older or newer than this program."""


def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest schema, creating it if it is empty. Harmless when it is up to date."""
    engine = connections.create(url)
    try:
        config = configuration()
        config.attributes["engine"] = engine
        command.upgrade(config, "head")
    finally:
        engine.dispose()


def require_current(engine: Engine) -> None:
    """Refuse a database whose schema is not the newest.

    Raises:
        SchemaError: with a sentence for the person who started the program.
    """
    with connections.reading(engine).connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    needed = ScriptDirectory.from_config(configuration()).get_current_head()
    if found != needed:
        raise SchemaError(f"数据库结构版本为 {found or '空'}，本程序需要 {needed}。数据没有改动；请先升级数据库结构。")


def configuration() -> Config:
    """Return Alembic's configuration; its environment expects an engine in `attributes["engine"]`."""
    config = Config()
    # Alembic reads the option through ConfigParser, where a percent sign in the path would start an interpolation.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("file_template", "v%%(rev)s_%%(slug)s")
    return config
