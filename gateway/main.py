"""The gateway's composition root: `zhengjian gateway` serves the pages of Zhengjian."""

from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import uvicorn
from fastapi import Depends, FastAPI
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
from gateway.static_files import StaticFiles
from records.database import Database, open_database
from records.documents import DocumentStore
from records.migrations import upgrade


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
    """
    records = database or open_database(settings.database_url)
    api = EngineApi(settings.engine_url, settings.engine_timeout.total_seconds(), engine_transport)
    vault, static = Vault.open(settings.data / "secrets"), StaticFiles()
    app = FastAPI(
        title="政建", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(refuse_forged_requests)]
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
    app.add_middleware(GZipMiddleware, minimum_size=1024)
    app.add_middleware(SecurityHeaders, https=settings.https)
    return app


def run(settings: Settings) -> int:
    """Serve until a signal ends it; return the exit status."""
    settings.data.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database_url)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        server_header=False,
        access_log=False,
        log_level="info",
    )
    return 0
