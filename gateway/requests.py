"""What an endpoint may ask of a request: the running gateway, the signed-in visit, proof that it is not forged."""

import contextlib
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.engine_errors import EngineError
from gateway.refusals import ForgedRequestError, NotForThemError, SignInRequiredError, TooLargeError
from gateway.running import Gateway
from gateway.sign_in import Visit

SESSION_COOKIE = "zhengjian_session"
VISITOR_COOKIE = "zhengjian_visitor"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FORM_TYPES = ("application/x-www-form-urlencoded",)
UPLOADS = "/api/documents"
BODY_LIMIT = 2 * 1024 * 1024


async def gateway(request: Request) -> Gateway:
    """Return the running gateway; async, because the detour over a thread would cost more than the look-up."""
    running: Gateway = request.app.state.gateway
    return running


def origin(request: Request) -> str:
    """Return the address a request came from, for the audit trail."""
    return request.client.host if request.client else "unknown"


def bound_cookie(request: Request) -> str:
    """Return the cookie this browser's CSRF tokens are bound to: the session's, before sign-in the visitor's."""
    return request.cookies.get(SESSION_COOKIE) or request.cookies.get(VISITOR_COOKIE, "")


async def refuse_forged_requests(request: Request, running: Annotated[Gateway, Depends(gateway)]) -> None:
    """Let a changing request pass only with a CSRF token of this browser, in the header or in the form.

    Raises:
        ForgedRequestError: there is none, or it belongs to another cookie.
    """
    cookie = bound_cookie(request)
    request.state.csrf_token = running.vault.csrf_token(cookie) if cookie else ""
    if request.method in SAFE_METHODS:
        return
    token = request.headers.get("X-CSRF-Token", "")
    if not token and request.headers.get("Content-Type", "").startswith(FORM_TYPES):
        token = str((await request.form(max_fields=50)).get("csrf_token", ""))
    if not cookie or not running.vault.is_csrf_token(token, cookie):
        raise ForgedRequestError


def signed_in(request: Request, running: Annotated[Gateway, Depends(gateway)]) -> Visit:
    """Return the visit of the signed-in person.

    Raises:
        SignInRequiredError: there is no session, or it is over.
    """
    cookie = request.cookies.get(SESSION_COOKIE)
    visit = running.sign_ins.resume(cookie) if cookie else None
    if visit is None:
        raise SignInRequiredError
    request.state.visit = visit
    return visit


def administrator(visit: Annotated[Visit, Depends(signed_in)]) -> Visit:
    """Return the visit of a signed-in administrator.

    Raises:
        NotForThemError: the person is none.
    """
    if not visit.person.is_admin:
        raise NotForThemError
    return visit


def recognise(request: Request) -> None:
    """Note who is signed in for an address that no endpoint has, so that its page has the usual way back."""
    cookie = request.cookies.get(SESSION_COOKIE)
    if cookie and not hasattr(request.state, "visit"):
        running: Gateway = request.app.state.gateway
        request.state.csrf_token = running.vault.csrf_token(cookie)
        with contextlib.suppress(
            EngineError
        ):  # Without the engine the page has no bar on top, and still says its piece.
            request.state.visit = running.sign_ins.resume(cookie)


Running = Annotated[Gateway, Depends(gateway)]
SignedIn = Annotated[Visit, Depends(signed_in)]
Administrator = Annotated[Visit, Depends(administrator)]


class BodyLimit:
    """ASGI middleware that stops reading a body beyond its limit: uploads have their own, all else a small one."""

    def __init__(self, app: ASGIApp, *, upload_limit: int) -> None:
        self._app, self._upload_limit = app, upload_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its bytes counted."""
        limit = self._upload_limit if scope.get("path") == UPLOADS else BODY_LIMIT
        seen = 0

        async def receive_counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise TooLargeError(limit)
            return message

        await self._app(scope, receive_counted, send)
