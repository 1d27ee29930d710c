"""The gateway's composition root: `zhengjian gateway` serves the pages of Zhengjian."""

import asyncio
import contextlib
import logging
import signal
import socket
import sys
import types
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import httpx
import uvicorn
from fastapi import Depends, FastAPI
from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware.gzip import GZipMiddleware

from gateway import failures
from gateway.engine_api import EngineApi
from gateway.pages import ROUTERS
from gateway.people import NameBook
from gateway.rendering import create_environment
from gateway.requests import BodyLimit, refuse_forged_requests
from gateway.running import Gateway
from gateway.security import SecurityHeaders, Vault
from gateway.settings import Settings
from gateway.sign_in import SignIns
from gateway.static_files import AssetsMissingError, StaticFiles
from records.database import Database, open_database
from records.documents import DocumentStore
from records.drafts import TaskDrafts
from records.migrations import SchemaError, upgrade

REFUSED = 2
LOOKED_AFTER_EVERY = 300.0
DRAFTS_KEPT = timedelta(days=180)
"""Longer than a task stays open. Drafts of tasks that were done are gone by then, those of cancelled ones end here."""


class AddressTakenError(Exception):
    """The pages cannot be served where they should; the text is Chinese and for people."""


def now() -> datetime:
    """Return the current time."""
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    *,
    database: Database | None = None,
    engine_transport: httpx.BaseTransport | None = None,
    clock: Callable[[], datetime] = now,
) -> FastAPI:
    """Return the ASGI application.

    Args:
        settings: what the environment says.
        database: the records, when the caller has opened them already.
        engine_transport: another road to the engine than the network; tests give one.
        clock: the current time, aware.

    Raises:
        records.migrations.SchemaError: the records are of another version.
        gateway.static_files.AssetsMissingError: the front-end packages are not installed.
    """
    records = database or open_database(settings.database_url)
    api = EngineApi(settings.engine_url, settings.engine_timeout.total_seconds(), engine_transport)
    vault, static = Vault.open(settings.data / "secrets"), StaticFiles()
    app = FastAPI(
        title="政建",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(refuse_forged_requests)],
        lifespan=_looked_after,
    )
    app.state.templates = create_environment(static)
    app.state.gateway = Gateway(
        settings=settings,
        database=records,
        documents=DocumentStore(settings.data / "documents"),
        api=api,
        vault=vault,
        sign_ins=SignIns(records, vault, api, settings, clock),
        names=NameBook(settings.identity_refresh),
        static=static,
        now=clock,
    )
    for router in ROUTERS:
        app.include_router(router)
    app.add_route("/static/{version}/{name:path}", static.respond)
    failures.install(app)
    app.add_middleware(BodyLimit, upload_limit=settings.upload_limit)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    app.add_middleware(SecurityHeaders, https=settings.https)
    return app


@contextlib.asynccontextmanager
async def _looked_after(app: FastAPI) -> AsyncIterator[None]:
    """While the pages are served, clear away what is over: sign-ins with their credentials, old drafts."""

    async def look_after() -> None:
        while True:
            try:
                await asyncio.to_thread(_clear_away, app.state.gateway)
            except SQLAlchemyError:
                logging.getLogger("gateway").exception("what is over could not be cleared away; trying again later")
            await asyncio.sleep(LOOKED_AFTER_EVERY)

    task = asyncio.create_task(look_after())
    yield
    task.cancel()


def _clear_away(running: Gateway) -> None:
    running.sign_ins.end_what_is_over()
    with running.database.session() as session:
        TaskDrafts(session).discard_older(running.now() - DRAFTS_KEPT)


def run(settings: Settings) -> int:
    """Serve until a signal ends it; return 0, or 2 with a sentence on standard error when it cannot start."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings.data.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database_url)
    try:
        address = _listen(settings)
        app = create_app(settings)
    except (SchemaError, AssetsMissingError, AddressTakenError) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return REFUSED
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, _stop)
    with address, contextlib.closing(app.state.gateway):
        sys.stdout.write(f"页面已就绪：{'https' if settings.https else 'http'}://{settings.host}:{settings.port}\n")
        sys.stdout.flush()
        config = uvicorn.Config(app, log_config=None, server_header=False, access_log=False)
        uvicorn.Server(config).run(sockets=[address])
    return 0


def _stop(_signal: int, _frame: types.FrameType | None) -> None:
    """End the program through every `finally`; the server catches the signal first and calls this when it is done."""
    raise SystemExit(0)


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        raise AddressTakenError(
            f"页面地址 {settings.host}:{settings.port} 不能使用（{error.strerror}）。没有改动任何数据。\n"
            "请关闭占用该端口的程序，或用 --gateway-port 换一个端口后再启动。"
        ) from error
    return listening
