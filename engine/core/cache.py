"""The folder all data folders of a user share: fetched jars, compiled classes."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNFINISHED = "unfinished-"
"""What a folder is called until it is whole and gets its name."""


@contextlib.contextmanager
def alone(cache: Path) -> Iterator[None]:
    """Be the only process that fills the cache; others wait. What a killed process has left unfinished is removed."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as file:
        _lock(file.fileno())
        for left in cache.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left)
        yield


def _lock(file: int) -> None:
    try:
        import fcntl  # noqa: PLC0415 (Windows has no such thing; two first starts at once then fetch twice)
    except ModuleNotFoundError:
        return
    fcntl.flock(file, fcntl.LOCK_EX)
