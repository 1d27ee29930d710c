"""What the tests of this process share."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.parameter_review.desk import APPROVED, MORE_MEMORY, REQUEST, Files, ReviewDesk, Row, workbook


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ReviewDesk]:
    made = ReviewDesk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def more_memory() -> tuple[Row, ...]:
    return MORE_MEMORY


@pytest.fixture(scope="session")
def files() -> Files:
    return Files(workbook(APPROVED), workbook(MORE_MEMORY))


@pytest.fixture(scope="session")
def request_of(files: Files) -> Callable[..., dict[str, Any]]:
    """The start form's variables, given what uploads a file."""
    return lambda upload: {**REQUEST, "approved_document": upload(files.approved)}
