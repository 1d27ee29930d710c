"""BASIC sign-in for pyzeebe, which has no channel of its own for it.

One class a kind of call: grpc.aio takes an interceptor for the first kind it is an instance of, and for no other.
"""

import base64
from typing import Any

import grpc

from benchmarks.engine_process import PASSWORD, USER


def _signed(details: Any) -> Any:
    header = ("authorization", "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode())
    return details._replace(metadata=grpc.aio.Metadata(*(details.metadata or ()), header))


class _OneAnswer(grpc.aio.UnaryUnaryClientInterceptor):
    async def intercept_unary_unary(self, continuation: Any, details: Any, request: Any) -> Any:
        return await continuation(_signed(details), request)


class _ManyAnswers(grpc.aio.UnaryStreamClientInterceptor):
    async def intercept_unary_stream(self, continuation: Any, details: Any, request: Any) -> Any:
        return await continuation(_signed(details), request)


def signed_in_channel(port: int) -> grpc.aio.Channel:
    """Open a channel to an engine of `engine_process` on this machine."""
    return grpc.aio.insecure_channel(f"127.0.0.1:{port}", interceptors=[_OneAnswer(), _ManyAnswers()])
