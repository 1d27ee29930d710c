"""Commits to SQLite that wait for the disk together: one sync of the write-ahead log serves all who wait for it.

With `synchronous = NORMAL` a commit stands in the log, in order and whole, but not yet on the disk; what makes it
durable is the next sync of that file. SQLite's own `FULL` does one for every commit, while other writers wait. Here
each writer waits until a sync that began after its commit has ended, which promises the same and costs as many syncs
as the disk can do, not as many as there are commits.
"""

import contextlib
import os
import threading
from pathlib import Path


class DiskFailedError(OSError):
    """A sync failed: what was committed since the last one may be lost, and nothing more is written until a restart."""


class SharedSync:
    """The write-ahead log of one SQLite file, seen from one process."""

    def __init__(self, database: Path) -> None:
        self._log = database.with_name(f"{database.name}-wal")
        self._counting, self._syncing = threading.Lock(), threading.Lock()
        self._committed, self._synced = 1, 0
        self._inode = 0
        self._failed: OSError | None = None

    def note_commit(self) -> None:
        """Count a commit that has just succeeded."""
        with self._counting:
            self._committed += 1

    def wait(self) -> None:
        """Return once everything committed before this call is on the disk.

        Raises:
            DiskFailedError: the disk did not take it, now or earlier.
        """
        wanted = self._committed
        if self._synced >= wanted:
            return
        with self._syncing:
            if self._failed is not None:
                raise DiskFailedError(*self._failed.args)
            if self._synced >= wanted:
                return
            reached = self._committed
            try:
                self._sync()
            except OSError as error:
                # The kernel may forget what it could not write: a second sync that succeeds would prove nothing.
                self._failed = error
                raise DiskFailedError(*error.args) from error
            self._synced = reached

    def _sync(self) -> None:
        # No log is fine too: SQLite removes it only after everything in it has reached the database, synced.
        with contextlib.suppress(FileNotFoundError):
            descriptor = os.open(self._log, os.O_RDONLY)
            try:
                os.fdatasync(descriptor)
                inode = os.fstat(descriptor).st_ino
            finally:
                os.close(descriptor)
            if inode != self._inode:
                _sync_folder(self._log.parent)
                self._inode = inode


def _sync_folder(folder: Path) -> None:
    """Make a file's name durable, which matters once for each new log."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
