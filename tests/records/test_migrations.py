import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from records import connections, migrations
from records.database import open_database
from records.migrations import SchemaError, configuration


def test_migrations_and_models_describe_the_same_schema(url: str) -> None:
    engine = connections.create(url)
    config = configuration()
    config.attributes["engine"] = engine
    try:
        command.check(config)
    except command.util.CommandError as difference:
        difference.add_note('draft the missing migration: python -m records.migrations "what changes"')
        raise
    finally:
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


@pytest.fixture
def draft(tmp_path: Path) -> Callable[..., int]:
    """What drafts migrations, in a copy of the records that a test may write to."""
    shutil.copytree(Path(migrations.__file__).parents[1], tmp_path / "records")

    def run(*words: str) -> int:
        command_line = [sys.executable, "-m", "records.migrations", *words]
        return subprocess.run(command_line, cwd=tmp_path, capture_output=True, check=False).returncode

    return run


def test_a_change_is_drafted_and_no_change_is_not(draft: Callable[..., int], tmp_path: Path) -> None:
    draft("whatever the models are ahead by")
    assert draft("nothing has changed") == 1
    model = tmp_path / "records" / "models" / "sessions.py"
    text = model.read_text("utf-8")
    model.write_text(
        text.replace(
            "    __tablename__", "    nickname: Mapped[str | None] = mapped_column(init=False)\n    __tablename__", 1
        ),
        "utf-8",
    )
    assert draft("a nickname") == 0
    assert "nickname" in next((tmp_path / "records" / "migrations" / "versions").glob("*_a_nickname.py")).read_text(
        "utf-8"
    )


@pytest.mark.parametrize("words", [(), ("--help",), ("one", "two")])
def test_no_migration_is_drafted_without_a_name(draft: Callable[..., int], words: tuple[str, ...]) -> None:
    assert draft(*words) == 2


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
