"""The outbox carried out: a platform that fails, is slow or loses its answer gets each event; the engine waits not."""

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from records.database import Database
from records.models import OutboxEvent
from records.outbox import CloudEvent, Outbox
from tests.workers.test_rest import settings_for
from workers import outbox

pytestmark = pytest.mark.engine
NOW = datetime(2026, 11, 23, tzinfo=UTC)
HELD = 3.0


class Platform(ThreadingHTTPServer):
    """Answers the n-th request as the n-th answer says (status, seconds to wait), the last one for ever."""

    daemon_threads = True

    def __init__(self, *answers: tuple[int, float]) -> None:
        super().__init__(("127.0.0.1", 0), Endpoint)
        self.answers = list(answers)
        self.got: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/events"


class Endpoint(BaseHTTPRequestHandler):
    server: Platform

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        status, seconds = self.server.answers[min(len(self.server.got), len(self.server.answers) - 1)]
        self.server.got.append(self.headers["Idempotency-Key"])
        time.sleep(seconds)
        with contextlib.suppress(OSError):
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextlib.contextmanager
def platform(*answers: tuple[int, float]) -> Iterator[Platform]:
    server = Platform(*answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def put(database: Database, target: str, name: str) -> None:
    event = CloudEvent(name, "zhengjian", f"parameter_review.{target}", name, NOW, {"project_code": "P-1"})
    with database.session() as session:
        Outbox(session).add(target, event, NOW)


def states(database: Database) -> dict[str, tuple[str, int]]:
    with database.reading() as session:
        rows = session.scalars(select(OutboxEvent))
        return {row.idempotency_key: (row.state.value, row.attempts) for row in rows}


def carry_out(settings: Any, database: Database, until: Callable[[], bool]) -> float:
    """Let the outbox run until something holds, and return how long that took."""

    async def run() -> float:
        began, task = time.monotonic(), asyncio.create_task(outbox.deliver(settings, database))
        while not until():
            assert time.monotonic() - began < 30, states(database)
            await asyncio.sleep(0.05)
        took = time.monotonic() - began
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        return took

    return asyncio.run(run())


def test_a_slow_platform_holds_up_no_message_to_the_engine(
    engine_server: Any, tmp_path: Path, database: Database
) -> None:
    with platform((200, HELD)) as receiver:
        settings = settings_for(engine_server, tmp_path, outbox=receiver.url)
        put(database, "platform", "slow")
        put(database, "engine", f"quick-{time.time_ns()}")
        took = carry_out(settings, database, lambda: ("delivered", 1) in states(database).values())
        assert states(database)["slow"] == ("pending", 1)
        assert took < HELD


def test_a_platform_that_fails_first_gets_the_same_event_again(
    engine_server: Any, tmp_path: Path, database: Database
) -> None:
    with platform((500, 0), (200, 0)) as receiver:
        put(database, "platform", "told")
        settings = settings_for(engine_server, tmp_path, outbox=receiver.url)
        carry_out(settings, database, lambda: states(database)["told"] == ("delivered", 2))
        assert receiver.got == ["told", "told"]


def test_the_file_has_one_line_for_each_event_even_after_a_lost_settlement(
    engine_server: Any, tmp_path: Path, database: Database
) -> None:
    settings = settings_for(engine_server, tmp_path, outbox=str(tmp_path / "outbox"))
    for name in ("a", "b"):
        put(database, "platform", name)
    carry_out(settings, database, lambda: set(states(database).values()) == {("delivered", 1)})
    with database.session() as session:
        # As a kill between the line and its settlement leaves it.
        for row in session.scalars(select(OutboxEvent)):
            row.state, row.next_attempt_at = type(row.state).PENDING, NOW - timedelta(days=1)
    carry_out(settings, database, lambda: set(states(database).values()) == {("delivered", 2)})
    lines = (tmp_path / "outbox" / "platform.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["a", "b"]
