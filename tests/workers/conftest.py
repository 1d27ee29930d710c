"""What tests of the workers' own machinery share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from records.database import Database, open_database
from records.migrations import upgrade


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Empty records in a file of their own."""
    url = f"sqlite:///{tmp_path / 'records.db'}"
    upgrade(url)
    opened = open_database(url)
    yield opened
    opened.close()
