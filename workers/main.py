"""The workers' program: makes every step with what it needs, and keeps them all at work until a signal ends it."""

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import Callable, Sequence

from domain.calendars import published
from intake import Intake
from records.database import open_database
from records.documents import DocumentStore
from records.migrations import SchemaError, upgrade
from workers import listeners, outbox, pairing, parameter_review, upkeep, zeebe
from workers.parts import Parts, Rooms
from workers.registry import Registry
from workers.rest import EngineDocuments, EngineInstances, EnginePeople
from workers.settings import Settings
from workers.supervision import Pulse, keep_running
from workers.upkeep import Chore

REFUSED = 2
PROCESSES: tuple[Callable[[Parts], Rooms], ...] = (parameter_review.rooms,)
"""How the rooms of each process are made."""


def compose(parts: Parts) -> Rooms:
    """Make the steps and task listeners of all processes."""
    made = [rooms(parts) for rooms in PROCESSES]
    return Rooms(
        steps=tuple(step for each in made for step in each.steps),
        listeners=tuple(listener for each in made for listener in each.listeners),
    )


def run(settings: Settings) -> int:
    """Work until SIGTERM or Ctrl-C; return 0, or 2 when the database cannot be used."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    for chatty in ("httpx", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    settings.data.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database_url)
    try:
        database = open_database(settings.database_url)
    except SchemaError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return REFUSED
    registry = Registry(database, DocumentStore(settings.documents), published())
    with (
        contextlib.closing(database),
        contextlib.closing(EngineDocuments(settings)) as uploads,
        contextlib.closing(EnginePeople(settings)) as people,
        contextlib.closing(EngineInstances(settings)) as instances,
    ):
        rooms = compose(Parts(registry, uploads, people, criteria=settings.criteria, documents=Intake(settings.intake)))
        chores = upkeep.chores(database, registry.calendar, instances, settings.anchors)
        try:
            asyncio.run(_serve(settings, registry, rooms, chores))
        except pairing.ForeignEngineError as refusal:
            sys.stderr.write(f"{refusal}\n")
            return REFUSED
    return 0


async def _serve(settings: Settings, registry: Registry, rooms: Rooms, chores: Sequence[Chore]) -> None:
    pulse = Pulse(settings.data / "workers.alive")
    apart = {
        "outbox": lambda: outbox.deliver(settings, registry.database),
        **{chore.name: chore.repeat for chore in chores},
        "pulse": pulse.run,
    }
    with_engine = {
        "jobs": lambda: zeebe.work(settings, rooms.steps, pulse),
        "task listeners": lambda: listeners.listen(settings, rooms.listeners, pulse),
    }

    async def serve_engine() -> None:
        await pairing.require_pair(settings, registry.database)
        await asyncio.gather(*(keep_running(name, part) for name, part in with_engine.items()))

    work = [serve_engine(), *(keep_running(name, part) for name, part in apart.items())]
    tasks = [asyncio.create_task(each) for each in work]

    def stop() -> None:
        for task in tasks:
            task.cancel()

    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop)
    sys.stdout.write("作业程序已就绪。\n")
    sys.stdout.flush()
    with contextlib.suppress(asyncio.CancelledError):
        try:
            await asyncio.gather(*tasks)
        finally:
            stop()
