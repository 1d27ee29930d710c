"""`python -m records.migrations "what changes"`: draft the next migration from what models and schema differ in.

The draft is a start: read it, shorten it, and add what Alembic cannot see (triggers, data).
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.operations.ops import MigrationScript
from alembic.script import Script, ScriptDirectory

from records import connections
from records.migrations import configuration, upgrade


def main(arguments: list[str]) -> int:
    """Write the draft into `records/migrations/versions/`; exit 1 when there is nothing to write, 2 without a name."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write('usage: python -m records.migrations "what changes"\n')
        return 2
    drafted = _draft(arguments[0])
    if drafted is None:
        sys.stdout.write("Models and migrations describe the same schema: nothing to draft.\n")
        return 1
    sys.stdout.write(f"Drafted {drafted}: read it, take Alembic's comments out, run make format.\n")
    return 0


def _draft(message: str) -> str | None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'draft.db'}"
        upgrade(url)
        engine = connections.create(url)
        config = configuration()
        config.attributes["engine"] = engine
        head = ScriptDirectory.from_config(config).get_current_head() or "0"
        try:
            script = command.revision(
                config,
                message=message,
                rev_id=f"{int(head) + 1:04d}",
                autogenerate=True,
                process_revision_directives=_only_changes,
            )
        finally:
            engine.dispose()
    return script.path if isinstance(script, Script) else None


def _only_changes(_context: object, _revision: object, directives: list[MigrationScript]) -> None:
    """Keep Alembic from writing a migration that does nothing."""
    if all(operations.is_empty() for each in directives for operations in each.upgrade_ops_list):
        directives.clear()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
