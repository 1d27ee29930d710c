"""BASIC sign-in for pyzeebe, which has no channel of its own for it.

One class a kind of call: grpc.aio takes an interceptor for the first kind it is an instance of, and for no other.
"""

import base64
from typing import Any

import grpc


class _SignIn:
    def __init__(self, user: str, password: str) -> None:
        self._header = ("authorization", "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode())

    async def _signed(self, continuation: Any, details: Any, request: Any) -> Any:
        metadata = grpc.aio.Metadata(*(details.metadata or ()), self._header)
        return await continuation(details._replace(metadata=metadata), request)


class _SingleAnswer(_SignIn, grpc.aio.UnaryUnaryClientInterceptor):
    intercept_unary_unary = _SignIn._signed


class _ManyAnswers(_SignIn, grpc.aio.UnaryStreamClientInterceptor):
    intercept_unary_stream = _SignIn._signed


def signed_in_channel(port: int, user: str = "bench", password: str = "bench") -> grpc.aio.Channel:
    """Open a channel to an engine on this machine."""
    interceptors = [_SingleAnswer(user, password), _ManyAnswers(user, password)]
    return grpc.aio.insecure_channel(f"127.0.0.1:{port}", interceptors=interceptors)
