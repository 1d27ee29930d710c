"""A worker in a process of its own, for measurements; ends when its standard input closes."""

import argparse
import asyncio
import contextlib
import sys
from pathlib import Path

from pyzeebe import ZeebeWorker

from benchmarks.engine_process import PASSWORD, USER
from benchmarks.grpc_sign_in import signed_in_channel
from benchmarks.steps.note_event import NoteEvent
from benchmarks.steps.nothing import Nothing
from domain.calendars import published
from records.database import open_database
from records.documents import DocumentStore
from records.migrations import upgrade
from workers import zeebe
from workers.registry import Registry
from workers.settings import Settings
from workers.supervision import Pulse


async def _bare(port: int) -> None:
    worker = ZeebeWorker(signed_in_channel(port), poll_retry_delay=1)

    async def nothing() -> None:
        """Do nothing, with as little of pyzeebe as it lets one use."""

    worker.task(task_type="bare", max_jobs_to_activate=100, max_running_jobs=200)(nothing)
    await worker.work()


async def _ours(port: int, folder: Path) -> None:
    url = f"sqlite:///{folder / 'records.db'}"
    upgrade(url)
    registry = Registry(open_database(url), DocumentStore(folder / "documents"), published())
    settings = Settings(
        data=folder,
        database_url=url,
        grpc_address=f"127.0.0.1:{port}",
        rest_address="",
        user=USER,
        password=PASSWORD,
        outbox="",
    )
    await zeebe.work(settings, [Nothing(), NoteEvent(registry)], Pulse(folder / "alive"))


async def _until_let_go(worker: asyncio.Task[None]) -> None:
    await asyncio.to_thread(sys.stdin.read)
    worker.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await worker


async def _main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["bare", "ours"])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    work = _bare(options.port) if options.kind == "bare" else _ours(options.port, options.folder)
    await _until_let_go(asyncio.create_task(work))


if __name__ == "__main__":
    asyncio.run(_main())
