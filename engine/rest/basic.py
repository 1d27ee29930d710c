"""BASIC authentication of a request."""

import asyncio
import base64
import binascii
import time

from anyio.to_thread import run_sync
from starlette.requests import Request

from engine.identity.directory import User
from engine.identity.signin import PAUSE, SignIn
from engine.rest.problems import ProblemError


def _unauthorized(detail: str) -> ProblemError:
    return ProblemError(
        401, "UNAUTHORIZED", detail, headers={"WWW-Authenticate": 'Basic realm="zhengjian", charset="UTF-8"'}
    )


def credentials(header: str) -> tuple[str, str] | None:
    """Return user name and password of an `Authorization` header, or None when it is not well-formed BASIC."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        username, colon, password = base64.b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (username, password) if colon else None


async def sign_in(signs: SignIn, request: Request) -> User:
    """Return who asks; raise 401 for missing or wrong credentials.

    Who has to wait after failures waits here, on the loop, so that guessing holds no thread.
    """
    given = credentials(request.headers.get("authorization", ""))
    if given is None:
        raise _unauthorized("An Authentication object was not found in the SecurityContext")
    user = signs.remembered(*given)
    if user is None:
        address = request.client.host if request.client else "unknown"
        until = time.monotonic() + signs.attempt(given[0], address)
        while user is None and time.monotonic() < until:
            await asyncio.sleep(PAUSE)
            user = signs.remembered(*given)
        user = user or await run_sync(signs.verify, *given, address)
    if user is None:
        raise _unauthorized("Bad credentials")
    return user
