"""`python -m records.migrations "what changes"`: draft the next migration from what models and schema differ in.

The draft is a start: read it, shorten it, and add what Alembic cannot see (triggers, data).
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from records import connections
from records.migrations import configuration, upgrade


def main(message: str) -> None:
    """Write the draft into `records/migrations/versions/`."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'draft.db'}"
        upgrade(url)
        engine = connections.create(url)
        config = configuration()
        config.attributes["engine"] = engine
        head = ScriptDirectory.from_config(config).get_current_head() or "0"
        command.revision(config, message=message, rev_id=f"{int(head) + 1:04d}", autogenerate=True)
        engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
