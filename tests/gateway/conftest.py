"""A gateway over real records (SQLite) and the hand-written engine."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import playwright.sync_api
import pytest
import uvicorn
from fastapi import FastAPI

from gateway.main import create_app
from gateway.settings import Settings
from records.database import Database, open_database
from records.documents import DocumentStore
from records.migrations import upgrade
from tests.gateway.browser import Browser, OpenBrowser
from tests.gateway.fake_engine import FakeEngine
from tests.gateway.recorded import NOW, Recorder
from tests.gateway.screenshots import chromium
from tests.system import free_ports


@dataclass
class Clock:
    """A clock that tests move."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine() -> FakeEngine:
    fake = FakeEngine(variables={"project_code": "2412-210100-17-01-140662", "project_name": "城市运行一网统管平台"})
    fake.variables |= {"package_name": "01包 硬件设备", "unit_code": "csyx", "round": 1, "deviation_count": 0}
    return fake


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path / 'records.db'}", upload_limit=64 * 1024)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    upgrade(settings.database_url)
    opened = open_database(settings.database_url)
    yield opened
    opened.close()


@pytest.fixture
def make_app(settings: Settings, database: Database, engine: FakeEngine, clock: Clock) -> Callable[..., FastAPI]:
    """Return a function that starts the application, as often as a test restarts it."""

    def make(**changes: Any) -> FastAPI:
        transport = httpx.MockTransport(engine)
        return create_app(replace(settings, **changes), database=database, engine_transport=transport, clock=clock)

    return make


@pytest.fixture
def app(make_app: Callable[..., FastAPI]) -> FastAPI:
    return make_app()


@pytest.fixture
def open_browser(app: FastAPI) -> OpenBrowser:
    """Return a function that opens a browser, signed in when a user name is given."""

    def open_it(username: str = "") -> Browser:
        browser = Browser(app)
        if username:
            assert browser.sign_in(username).status_code == 303
        return browser

    return open_it


@pytest.fixture
def record_review(database: Database, settings: Settings) -> Recorder:
    """Return what records a review as the workers do."""
    return Recorder(database, DocumentStore(settings.data / "documents"))


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.sync_api.Browser]:
    """Debian's Chromium, for tests marked `browser`."""
    with chromium() as started:
        yield started


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    """Serve the application on a free port and return its address."""
    (port,) = free_ports(1)
    server = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", port, log_level="error"))
    serving = threading.Thread(target=server.run)
    serving.start()
    while not server.started:
        assert serving.is_alive()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    serving.join(10)
