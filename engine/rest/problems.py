"""What goes wrong, as RFC 9457 problem details, worded and numbered as Camunda's gateway does.

    ProblemError                      an answer other than success, with its status
    ├── invalid(detail)          400 INVALID_ARGUMENT: the request itself is wrong, the field named
    ├── forbidden(detail)        403 FORBIDDEN: signed in, but not for this
    ├── not_found(detail)        404 NOT_FOUND: no such thing, or none that this person may see
    └── rejected(intent, kind, reason)   the engine's own refusal, with the engine's own text

`problem_response` renders one; nothing else in the REST room builds an error body.
"""

import json
from typing import Final

from starlette.responses import Response

PROBLEM_JSON: Final = "application/problem+json"

_STATUS_OF_REJECTION: Final = {
    "INVALID_ARGUMENT": 400,
    "UNAUTHORIZED": 401,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "INVALID_STATE": 409,
    "ALREADY_EXISTS": 409,
}


class ProblemError(Exception):
    """A request that ends in an error answer.

    Args:
        status: HTTP status, 400 or above.
        title: Camunda's name of the kind of problem, such as `NOT_FOUND`.
        detail: what happened, for the caller.
        headers: extra response headers.
    """

    def __init__(self, status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(f"{status} {title}: {detail}")
        self.status = status
        self.title = title
        self.detail = detail
        self.headers = headers or {}


def invalid(detail: str) -> ProblemError:
    """Return the problem of a request whose content is wrong; `detail` names the field."""
    return ProblemError(400, "INVALID_ARGUMENT", detail)


def forbidden(detail: str) -> ProblemError:
    """Return the problem of somebody who is signed in but not entitled."""
    return ProblemError(403, "FORBIDDEN", detail)


def not_found(detail: str) -> ProblemError:
    """Return the problem of something that does not exist, or not for this person."""
    return ProblemError(404, "NOT_FOUND", detail)


def rejected(intent: str, kind: str, reason: str) -> ProblemError:
    """Return the engine's refusal of a command, in the words that Camunda's gateway puts around the engine's text."""
    status = _STATUS_OF_REJECTION.get(kind, 500)
    return ProblemError(status, kind, f"Command '{intent}' rejected with code '{kind}': {reason}")


def deadline_exceeded() -> ProblemError:
    """Return the problem of a command that the engine has not answered in time; it may still be carried out."""
    return ProblemError(
        504,
        "DEADLINE_EXCEEDED",
        "Expected to handle request, but request timed out between gateway and broker",
    )


def resource_exhausted() -> ProblemError:
    """Return the problem of a command that the engine has not even taken: nothing happened, trying again is right."""
    detail = "Expected to handle request, but the engine takes no more commands at the moment; nothing was done"
    return ProblemError(503, "RESOURCE_EXHAUSTED", detail)


def problem_response(problem: ProblemError, instance: str) -> Response:
    """Render a problem; `instance` is the path that was asked for."""
    content = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": instance,
    }
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(body, problem.status, problem.headers, PROBLEM_JSON)
