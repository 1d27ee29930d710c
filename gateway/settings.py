"""What the gateway is told from outside, read once at start."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Self

from records import connections


@dataclass(frozen=True)
class Settings:
    """The gateway's settings; every field has an environment variable of the prefix `ZHENGJIAN_`.

    Attributes:
        data: folder of this installation (`ZHENGJIAN_DATA`).
        database_url: SQLAlchemy URL of the records (`ZHENGJIAN_DATABASE_URL`).
        host, port: where the pages are served (`ZHENGJIAN_GATEWAY_HOST`, `ZHENGJIAN_GATEWAY_PORT`).
        engine_url: base address of the engine's REST API without `/v2`
            (`ZHENGJIAN_REST_URL`, or built from `ZHENGJIAN_REST_HOST` and `ZHENGJIAN_REST_PORT`).
        engine_timeout: how long one question to the engine may take (`ZHENGJIAN_ENGINE_TIMEOUT_SECONDS`).
        https: the pages are reached over https, so cookies are Secure and HSTS is sent (`ZHENGJIAN_GATEWAY_HTTPS=1`).
        session_idle: a session ends after this long without a page (`ZHENGJIAN_SESSION_IDLE_MINUTES`).
        session_absolute: a session ends after this long in any case (`ZHENGJIAN_SESSION_HOURS`).
        identity_refresh: how old the groups of a signed-in person may get before the engine is asked again.
        upload_limit: bytes one uploaded file may have (`ZHENGJIAN_UPLOAD_LIMIT_MB`).
    """

    data: Path
    database_url: str
    host: str = "127.0.0.1"
    port: int = 8000
    engine_url: str = "http://127.0.0.1:8080"
    engine_timeout: timedelta = timedelta(seconds=15)
    https: bool = False
    session_idle: timedelta = timedelta(minutes=30)
    session_absolute: timedelta = timedelta(hours=10)
    identity_refresh: timedelta = timedelta(minutes=2)
    upload_limit: int = 50 * 1024 * 1024

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> Self:
        """Return the settings that the variables give.

        Raises:
            ValueError: a variable that must be a number is not one.
        """
        data = Path(env.get("ZHENGJIAN_DATA", "var")).resolve()
        engine = f"http://{env.get('ZHENGJIAN_REST_HOST', '127.0.0.1')}:{env.get('ZHENGJIAN_REST_PORT', '8080')}"
        return cls(
            data=data,
            database_url=connections.address(env, data),
            host=env.get("ZHENGJIAN_GATEWAY_HOST", cls.host),
            port=int(env.get("ZHENGJIAN_GATEWAY_PORT", cls.port)),
            engine_url=env.get("ZHENGJIAN_REST_URL", engine),
            engine_timeout=timedelta(seconds=float(env.get("ZHENGJIAN_ENGINE_TIMEOUT_SECONDS", "15"))),
            https=env.get("ZHENGJIAN_GATEWAY_HTTPS", "") == "1",
            session_idle=timedelta(minutes=float(env.get("ZHENGJIAN_SESSION_IDLE_MINUTES", "30"))),
            session_absolute=timedelta(hours=float(env.get("ZHENGJIAN_SESSION_HOURS", "10"))),
            upload_limit=int(env.get("ZHENGJIAN_UPLOAD_LIMIT_MB", "50")) * 1024 * 1024,
        )
