"""Commits that wait for the disk together: each is on it before its writer goes on, and a failing disk ends it all."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from records.database import open_database
from records.durability import DiskFailedError, SharedSync
from records.migrations import upgrade
from records.models import StepRecord


class SlowDisk(SharedSync):
    """A disk that takes its time and counts; it fails when told to."""

    def __init__(self, database: Path, seconds: float = 0.0) -> None:
        super().__init__(database)
        self.seconds, self.syncs, self.error = seconds, 0, None
        self.reached = threading.Event()
        self.own, self._order = threading.local(), threading.Lock()

    def note_commit(self) -> None:
        with self._order:
            super().note_commit()
            self.own.commit = self._committed

    def _sync(self) -> None:
        self.reached.set()
        time.sleep(self.seconds)
        self.syncs += 1
        if self.error is not None:
            raise self.error
        super()._sync()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    upgrade(f"sqlite:///{tmp_path / 'records.db'}")
    return tmp_path / "records.db"


def record(database: object, key: int) -> None:
    with database.session() as session:  # type: ignore[attr-defined]
        session.add(StepRecord(element_instance_key=key, step="demo.step", result={}))


def test_many_writers_at_once_share_the_disks_syncs_and_none_returns_before_its_own(path: Path) -> None:
    database = open_database(f"sqlite:///{path}")
    disk = database._sync = SlowDisk(path, seconds=0.02)

    def write(key: int) -> bool:
        record(database, key)
        return bool(disk._synced >= disk.own.commit)

    with ThreadPoolExecutor(16) as threads:
        assert all(threads.map(write, range(64)))
    assert disk._synced == disk._committed
    assert disk.syncs < 40
    database.close()


def test_a_writer_waits_for_a_sync_that_began_after_its_commit(path: Path) -> None:
    disk = SlowDisk(path, seconds=0.2)
    disk.note_commit()
    first = threading.Thread(target=disk.wait)
    first.start()
    disk.reached.wait()
    disk.note_commit()  # While the first sync is under way: that one may not have seen it.
    disk.wait()
    assert disk.syncs == 2
    first.join()


def test_nothing_new_costs_no_sync(path: Path) -> None:
    disk = SlowDisk(path)
    for _ in range(5):
        disk.wait()
    assert disk.syncs == 1


def test_after_a_failed_sync_nothing_is_believed_any_more(path: Path) -> None:
    database = open_database(f"sqlite:///{path}")
    disk = database._sync = SlowDisk(path)
    disk.error = OSError(5, "Input/output error")
    with pytest.raises(DiskFailedError):
        record(database, 1)
    disk.error = None
    with pytest.raises(DiskFailedError):
        record(database, 2)
    with pytest.raises(DiskFailedError):
        database.finished(1, "demo.step")
    database.close()


def test_a_result_found_again_is_on_the_disk_before_it_is_told(path: Path) -> None:
    database = open_database(f"sqlite:///{path}")
    record(database, 1)
    disk = database._sync = SlowDisk(path)
    assert database.finished(1, "demo.step") == {}
    assert disk.syncs == 1
    database.close()
