"""The ASGI application: authenticate, route, permit, check, call, render.

Every request takes the same way, in this order, so that an answer never tells a stranger more than "sign in":
401 without valid credentials; 404 or 405 for what the API does not have; 501 for an operation of Camunda's API that
this engine does not serve; 403 by the table of permissions; 400 by the operation's checks; then the handler.
"""

import inspect
import json
import logging
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import unquote

from anyio.to_thread import run_sync
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from engine.identity.directory import User
from engine.identity.permissions import NOBODY, may
from engine.rest.basic import sign_in
from engine.rest.checks import EVALUATION, KEY
from engine.rest.operation import Answer, Call, Operation
from engine.rest.problems import ProblemError, forbidden, not_found, problem_response
from engine.rest.routing import ROUTER, Found, WrongMethod
from engine.rest.services import Services
from engine.rest.translation import as_problem

_PREFIX: Final = "/v2"
PUBLIC: Final = frozenset({"getStatus", "getLicense"})
"""Operations that need no sign-in, as in Camunda: they say nothing about anybody's work."""
LONGEST_JSON: Final = 4 * 1024 * 1024
"""Camunda's own limit of a request, in bytes."""

logger = logging.getLogger(__name__)


def create_app(services: Services, operations: Mapping[str, Operation]) -> ASGIApp:
    """Return the application that serves `operations`, by their id, under `/v2`."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise RuntimeError(f"the REST host speaks HTTP, not {scope['type']}")
        request = Request(scope, receive)
        try:
            response = await _answer(services, operations, request)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    return app


async def _answer(services: Services, operations: Mapping[str, Operation], request: Request) -> Response:
    try:
        found, person = await _route_signed_in(services, request)
        operation = _served(operations, found)
        _permit(person, operation)
        return _render(await _handle(await _call(services, operation, person, found, request), operation))
    except ClientDisconnect:
        raise
    except Exception as error:  # the one place where any fault becomes an answer
        problem = as_problem(error)
        if problem.status == 500:
            logger.exception("%s %s failed", request.method, request.url.path, exc_info=error)
        return problem_response(problem, request.url.path)


async def _route_signed_in(services: Services, request: Request) -> tuple[Found, User]:
    found = _find(request)
    if isinstance(found, Found) and found.place.operation_id in PUBLIC:
        return found, NOBODY
    person = await sign_in(services.sign_in, request)
    if found is None:
        raise not_found(f"No endpoint {request.method} {request.url.path}.")
    if isinstance(found, WrongMethod):
        allowed = {"Allow": ", ".join(found.allowed)}
        raise ProblemError(405, "METHOD_NOT_ALLOWED", f"Method '{request.method}' is not supported.", allowed)
    return found, person


def _served(operations: Mapping[str, Operation], found: Found) -> Operation:
    operation = operations.get(found.place.operation_id)
    if operation is None:
        detail = f"This engine does not serve the operation {found.place.operation_id}."
        raise ProblemError(501, "NOT_IMPLEMENTED", detail)
    return operation


def _find(request: Request) -> Found | WrongMethod | None:
    path = request.scope.get("raw_path", request.url.path.encode()).decode("latin-1").partition("?")[0]
    return ROUTER.find(request.method, path.removeprefix(_PREFIX)) if path.startswith(f"{_PREFIX}/") else None


def _permit(person: User, operation: Operation) -> None:
    if not may(person, operation.operation_id):
        raise forbidden(f"Unauthorized to perform operation '{operation.operation_id}' as '{person.username}'")


async def _call(services: Services, operation: Operation, person: User, found: Found, request: Request) -> Call:
    parameters = {name: unquote(value) for name, value in found.parameters.items()}
    for name, value in parameters.items():
        if name.endswith("Key"):
            (EVALUATION if name == "decisionEvaluationInstanceKey" else KEY)(value, name)
    body: dict[str, Any] = {}
    if operation.body is not None:
        body = await _read_body(request, operation)
    return Call(operation.operation_id, person, services, parameters, body, request)


async def _read_body(request: Request, operation: Operation) -> dict[str, Any]:
    raw = await _read_limited(request)
    if not raw.strip():
        if operation.body_required:
            raise ProblemError(400, "Bad Request", "Required request body is missing")
        return {}
    media_type = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if media_type != "application/json" and not media_type.endswith("+json"):
        raise ProblemError(415, "Unsupported Media Type", f"Content-Type '{media_type}' is not supported.")
    try:
        body = json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ProblemError(400, "Bad Request", f"Failed to read request: {error}") from error
    if body is None and not operation.body_required:
        return {}
    if operation.body is not None:
        operation.body(body, "")
    return body  # type: ignore[no-any-return]


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


async def _read_limited(request: Request) -> bytes:
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LONGEST_JSON:
            raise ProblemError(413, "Payload Too Large", f"The request exceeds the limit of {LONGEST_JSON} bytes.")
        chunks.append(chunk)
    return b"".join(chunks)


async def _handle(call: Call, operation: Operation) -> Answer:
    if inspect.iscoroutinefunction(operation.handler):
        return await operation.handler(call)  # type: ignore[no-any-return]
    return await run_sync(operation.handler, call)  # type: ignore[arg-type]


def _render(answer: Answer) -> Response:
    if isinstance(answer, Response):
        return answer
    if answer is None:
        return Response(status_code=204)
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(body, media_type="application/json")
