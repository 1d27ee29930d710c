"""The way in and out: sign-in, sign-out, and whether the gateway is well."""

import logging
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from gateway.engine_api import Credentials
from gateway.engine_errors import SignInRefusedError
from gateway.rendering import render
from gateway.requests import SESSION_COOKIE, VISITOR_COOKIE, Running, SignedIn, origin
from gateway.running import Gateway
from gateway.security import new_cookie_value

router = APIRouter()
LOG = logging.getLogger("gateway.sign_in")


@router.get("/")
def show_home() -> RedirectResponse:
    """Lead to the inbox."""
    return RedirectResponse("/tasks", HTTPStatus.SEE_OTHER)


@router.get("/login")
def show_sign_in(request: Request, running: Running, next: str = "/tasks", left: bool = False) -> Response:  # noqa: A002, FBT001, FBT002
    """Show the sign-in page, and give the browser a cookie its CSRF token is bound to."""
    visitor = request.cookies.get(SESSION_COOKIE) or request.cookies.get(VISITOR_COOKIE) or new_cookie_value()
    request.state.csrf_token = running.vault.csrf_token(visitor)
    notice = "您已退出登录，已提交的内容都已保存。" if left else ""
    page = render(request, "sign_in.html", refused=False, notice=notice, next=_local(next), username="")
    if SESSION_COOKIE not in request.cookies:
        _set_cookie(page, running, VISITOR_COOKIE, visitor)
    return page


@router.post("/login")
def sign_in(
    request: Request,
    running: Running,
    username: Annotated[str, Form(max_length=256)],
    password: Annotated[str, Form(max_length=1024)],
    next: Annotated[str, Form()] = "/tasks",  # noqa: A002
) -> Response:
    """Sign in with the engine's user; the session gets a new id whatever the browser had before."""
    try:
        credentials = Credentials(username.strip(), password)
        cookie = running.sign_ins.open(credentials, request.cookies.get(SESSION_COOKIE), origin(request))
    except SignInRefusedError:
        LOG.warning("sign-in refused: user %.64r from %s", username, origin(request))
        context = {"refused": True, "notice": "", "next": _local(next), "username": username}
        return render(request, "sign_in.html", status=HTTPStatus.UNAUTHORIZED, **context)
    answer = RedirectResponse(_local(next), HTTPStatus.SEE_OTHER)
    _set_cookie(answer, running, SESSION_COOKIE, cookie)
    answer.delete_cookie(VISITOR_COOKIE)
    return answer


@router.post("/logout")
def sign_out(request: Request, running: Running) -> Response:
    """End the session, here and in the records."""
    if cookie := request.cookies.get(SESSION_COOKIE):
        running.sign_ins.close(cookie)
    answer = RedirectResponse("/login?left=1", HTTPStatus.SEE_OTHER)
    answer.delete_cookie(SESSION_COOKIE)
    return answer


@router.get("/api/session")
def show_session(request: Request, visit: SignedIn) -> dict[str, str]:
    """Tell a page that stayed open over a new sign-in who is signed in, and its CSRF token."""
    return {"username": visit.person.username, "name": visit.person.name, "csrf_token": request.state.csrf_token}


@router.get("/healthz")
def show_health(running: Running) -> JSONResponse:
    """Tell whether the gateway and its records are well; 500 problem+json when the records are not."""
    with running.database.reading() as session:
        session.execute(text("SELECT 1"))
    return JSONResponse({"status": "ok"})


def _local(address: str) -> str:
    """Return an address of these pages; anything that would lead elsewhere becomes the inbox."""
    leads_away = not address.startswith("/") or address.startswith(("//", "/\\")) or any(ord(c) < 32 for c in address)
    return "/tasks" if leads_away else address


def _set_cookie(answer: Response, running: Gateway, name: str, value: str) -> None:
    answer.set_cookie(name, value, httponly=True, samesite="strict", secure=running.settings.https, path="/")
