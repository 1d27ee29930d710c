import subprocess
import sys

import pytest
from alembic import command
from sqlalchemy import text

from records import connections
from records.database import open_database
from records.migrations import SchemaError, configuration


def test_migrations_and_models_describe_the_same_schema(url: str) -> None:
    engine = connections.create(url)
    config = configuration()
    config.attributes["engine"] = engine
    command.check(config)
    engine.dispose()


def test_the_check_sees_a_column_that_no_migration_makes(url: str) -> None:
    engine = connections.create(url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE document DROP COLUMN file_name"))
    config = configuration()
    config.attributes["engine"] = engine
    with pytest.raises(command.util.CommandError, match="file_name"):
        command.check(config)
    engine.dispose()


def test_programs_that_start_together_on_an_empty_database_take_turns(empty_url: str) -> None:
    command_line = [sys.executable, "-c", f"from records.migrations import upgrade; upgrade({empty_url!r})"]
    programs = [subprocess.Popen(command_line) for _ in range(3)]
    assert [program.wait() for program in programs] == [0, 0, 0]
    open_database(empty_url).close()


def test_a_database_without_schema_is_refused_with_a_sentence_for_its_owner(empty_url: str) -> None:
    with pytest.raises(SchemaError, match=r"本程序需要 .*数据没有改动"):
        open_database(empty_url)


def test_other_databases_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="not in mysql"):
        connections.create("mysql://localhost/x")
