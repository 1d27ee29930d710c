"""The engine's settings, read once from the environment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Mapping


_CACHE = platformdirs.user_cache_path("zhengjian")


@dataclass(frozen=True)
class EngineSettings:
    """Where the engine keeps its data and listens.

    Attributes:
        data: the folder of the whole system; the engine writes below `data/engine`.
        grpc_host: the address gRPC listens on; loopback unless told otherwise.
        grpc_port: 0 takes any free port.
        rest_host: the address the REST API listens on.
        rest_port: 0 takes any free port.
        cache: where fetched jars and compiled classes are kept, shared by all data folders.
        heap_megabytes: the most memory the Java heap may take.
        segment_megabytes: the size at which the log starts a new file.
        offline: never fetch jars, even when some are missing.
        demo: serve with the demonstration's people, whose passwords everybody knows.
        document_megabytes: the most that one document of `/v2/documents` may be.
    """

    data: Path = Path("var")
    grpc_host: str = "127.0.0.1"
    grpc_port: int = 26500
    rest_host: str = "127.0.0.1"
    rest_port: int = 8080
    cache: Path = _CACHE
    heap_megabytes: int = 1024
    segment_megabytes: int = 256
    offline: bool = False
    demo: bool = False
    document_megabytes: int = 100

    @property
    def directory(self) -> Path:
        """The folder with everything the engine writes."""
        return self.data / "engine"

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> EngineSettings:
        """Read the `ZHENGJIAN_…` variables; what is not set keeps its default."""
        return cls(
            data=Path(env.get("ZHENGJIAN_DATA", str(cls.data))),
            grpc_host=env.get("ZHENGJIAN_GRPC_HOST", cls.grpc_host),
            grpc_port=int(env.get("ZHENGJIAN_GRPC_PORT", cls.grpc_port)),
            rest_host=env.get("ZHENGJIAN_REST_HOST", cls.rest_host),
            rest_port=int(env.get("ZHENGJIAN_REST_PORT", cls.rest_port)),
            cache=Path(env.get("ZHENGJIAN_CACHE", str(cls.cache))),
            heap_megabytes=int(env.get("ZHENGJIAN_HEAP_MEGABYTES", cls.heap_megabytes)),
            segment_megabytes=int(env.get("ZHENGJIAN_SEGMENT_MEGABYTES", cls.segment_megabytes)),
            offline=env.get("ZHENGJIAN_OFFLINE", "") == "1",
            demo=env.get("ZHENGJIAN_DEMO", "") == "1",
            document_megabytes=int(env.get("ZHENGJIAN_DOCUMENT_MEGABYTES", cls.document_megabytes)),
        )


Settings = EngineSettings
"""The name by which every program's settings are found."""
