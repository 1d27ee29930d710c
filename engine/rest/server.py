"""Serving the application with uvicorn on a socket that is already ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import uvicorn

from engine.rest.app import create_app

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Mapping

    from engine.rest.operation import Operation
    from engine.rest.services import Services

LEAVE_WITHIN: Final = 2
"""Seconds that requests under way are given when the program is told to stop."""


class _Server(uvicorn.Server):
    """uvicorn's server, which tells when it accepts connections and wakes long polls when it is to stop."""

    def __init__(self, config: uvicorn.Config, services: Services, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._services = services
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._services.job_bell.close()
        await super().shutdown(sockets)


def serve(
    services: Services, operations: Mapping[str, Operation], listening: socket.socket, ready: Callable[[], None]
) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished or, when they wait too long, cut off.

    Args:
        services: the parts of the program.
        operations: what is served, by operation id.
        listening: the socket to accept connections on.
        ready: called once when connections are accepted.
    """
    config = uvicorn.Config(
        create_app(services, operations),
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LEAVE_WITHIN,
        h11_max_incomplete_event_size=64 * 1024,
    )
    _Server(config, services, ready).run(sockets=[listening])
