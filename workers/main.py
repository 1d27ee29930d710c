"""The workers' program: makes every step with what it needs, and keeps them all at work until a signal ends it."""

import asyncio
import contextlib
import logging
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from domain.calendars import published
from records.database import open_database
from records.documents import DocumentStore
from records.migrations import SchemaError, upgrade
from workers import listeners, outbox, zeebe
from workers.parameter_review._periods import Periods
from workers.parameter_review.align_items import AlignItems
from workers.parameter_review.check_amounts import CheckAmounts
from workers.parameter_review.compare_parameters import CompareParameters
from workers.parameter_review.compare_published import ComparePublished
from workers.parameter_review.confirm_review import ConfirmReview
from workers.parameter_review.parse_documents import ParseDocuments, Uploads
from workers.parameter_review.record_explanations import RecordExplanations
from workers.parameter_review.record_outcome import RecordOutcome
from workers.parameter_review.render_opinion import People, RenderOpinion
from workers.parameter_review.review_parameters import ReviewParameters
from workers.parameter_review.scan_brands import ScanBrands
from workers.parameter_review.settle_findings import SettleFindings
from workers.registry import Registry
from workers.rest import EngineDocuments, EnginePeople
from workers.settings import Settings
from workers.step import Listener, Step
from workers.supervision import Pulse, keep_running

REFUSED = 2
MODELS = Path(__file__).resolve().parents[1] / "bpmn"


@dataclass(frozen=True)
class Rooms:
    """Every step and every task listener of all processes."""

    steps: tuple[Step, ...]
    listeners: tuple[Listener, ...]


def compose(registry: Registry, uploads: Uploads, people: People) -> Rooms:
    """Make the steps of all processes: the one place that knows what each needs."""
    periods = Periods()
    opinion = MODELS / "parameter_review" / "render_opinion.docx"
    return Rooms(
        steps=(
            ParseDocuments(registry, uploads, periods),
            AlignItems(registry),
            CompareParameters(registry),
            ScanBrands(registry),
            CheckAmounts(registry, periods),
            RecordExplanations(registry, periods),
            SettleFindings(registry),
            RenderOpinion(registry, people, opinion),
            RecordOutcome(registry, periods),
            ComparePublished(registry, uploads, periods),
        ),
        listeners=(
            ReviewParameters(registry, periods),
            ConfirmReview(registry, periods),
        ),
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
    ):
        asyncio.run(_serve(settings, registry, compose(registry, uploads, people)))
    return 0


async def _serve(settings: Settings, registry: Registry, rooms: Rooms) -> None:
    pulse = Pulse(settings.data / "workers.alive")
    parts = {
        "jobs": lambda: zeebe.work(settings, rooms.steps, pulse),
        "task listeners": lambda: listeners.listen(settings, rooms.listeners, pulse),
        "outbox": lambda: outbox.deliver(settings, registry.database),
        "pulse": pulse.run,
    }
    tasks = [asyncio.create_task(keep_running(name, part)) for name, part in parts.items()]

    def stop() -> None:
        for task in tasks:
            task.cancel()

    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop)
    sys.stdout.write("作业程序已就绪。\n")
    sys.stdout.flush()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks)
