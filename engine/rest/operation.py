"""What an operation is: its id, who answers it, what body it takes; and the call that a handler is given.

A handler is a plain function (run in a thread, may block) or a coroutine function (run on the loop, may only await).
It returns a JSON-ready value (200), None (204) or a finished response, and raises `ProblemError` for anything else.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from engine.identity.directory import User
from engine.rest.checks import Check
from engine.rest.problems import invalid
from engine.rest.services import Services


@dataclass(frozen=True, slots=True)
class Call:
    """One request that has been authenticated, routed and checked.

    Attributes:
        operation_id: the operation asked for.
        person: who asks.
        services: what the program consists of.
        parameters: the path's values by name; those ending in `Key` are known to be integers.
        body: the checked JSON body; empty when none came.
        request: the HTTP request, for query values, multipart content and disconnection.
    """

    operation_id: str
    person: User
    services: Services
    parameters: Mapping[str, str]
    body: dict[str, Any]
    request: Request

    def key(self, name: str) -> int:
        """Return the path value of a key, such as `userTaskKey`."""
        return int(self.parameters[name])


Answer = Response | dict[str, Any] | list[Any] | None
Handler = Callable[[Call], Answer] | Callable[[Call], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Operation:
    """A served operation.

    Attributes:
        operation_id: id in the catalogue, which gives method and path.
        handler: answers it.
        body: check of the JSON body; None when the operation takes no JSON body.
        body_required: whether a missing body is refused.
    """

    operation_id: str
    handler: Handler
    body: Check | None = None
    body_required: bool = False


def default_tenant(call: Call, action: str) -> str:
    """Return the one tenant there is; refuse any other as Camunda does while multi-tenancy is off."""
    tenant = call.body.get("tenantId") or "<default>"
    if tenant != "<default>":
        raise invalid(
            f"Expected to handle request {action} with tenant identifier '{tenant}', but multi-tenancy is disabled"
        )
    return str(tenant)
