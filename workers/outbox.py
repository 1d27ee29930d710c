"""The outbox is carried out here: every second what is due goes to its receiver (design D8)."""

import asyncio
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import httpx

from records.database import Database
from records.delivery import Delivery, Policy
from records.models import OutboxEvent
from records.sinks import FileSink, HttpSink, Sink
from workers.rest import EngineMessages
from workers.settings import Settings

EVERY_SECONDS = 1.0
SLOWEST_ANSWER = 10.0
"""Seconds; a whole batch of answers this slow still ends before its lease."""

PLATFORM_FILE = "platform.jsonl"


async def deliver(settings: Settings, database: Database) -> None:
    """Deliver until something ends it."""
    with ExitStack() as open_connections:
        sinks = _sinks(settings, open_connections)
        # Each receiver has a delivery of its own: one that is slow or gone holds up no other.
        deliveries = [
            Delivery(database, {target: sink}, Policy(), OutboxEvent.target == target) for target, sink in sinks.items()
        ]
        deliveries.append(Delivery(database, {}, Policy(), OutboxEvent.target.not_in(sinks)))
        async with asyncio.TaskGroup() as group:
            for delivery in deliveries:
                group.create_task(_repeat(delivery))


async def _repeat(delivery: Delivery) -> None:
    while True:
        await asyncio.to_thread(delivery.deliver, datetime.now(UTC))
        await asyncio.sleep(EVERY_SECONDS)


def _sinks(settings: Settings, open_connections: ExitStack) -> Mapping[str, Sink]:
    messages = EngineMessages(settings)
    open_connections.callback(messages.close)
    if settings.outbox.startswith(("http://", "https://")):
        client = open_connections.enter_context(httpx.Client(timeout=SLOWEST_ANSWER))
        return {"platform": HttpSink(settings.outbox, client), "engine": messages}
    return {"platform": FileSink(Path(settings.outbox) / PLATFORM_FILE), "engine": messages}
