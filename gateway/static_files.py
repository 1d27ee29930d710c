"""Scripts and styles, served from memory under an address that carries their hash, so browsers keep them for ever."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).resolve().parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"


class AssetsMissingError(Exception):
    """The front-end packages are not installed; the text is Chinese and for people."""


@dataclass(frozen=True)
class StaticFile:
    """One file.

    Attributes:
        name: path below `gateway/static`, with forward slashes.
        content: its bytes.
    """

    name: str
    content: bytes

    @cached_property
    def version(self) -> str:
        """Return the part of the address that changes whenever the content does."""
        return hashlib.sha256(self.content).hexdigest()[:16]

    @cached_property
    def compressed(self) -> bytes:
        """Return the content for clients that take gzip."""
        return gzip.compress(self.content, compresslevel=6, mtime=0)

    @property
    def media_type(self) -> str:
        """Return the MIME type by the file's ending."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


class StaticFiles:
    """All files of a folder, read once at start.

    Raises:
        AssetsMissingError: `gateway/assets/install.py` has not run.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "stamp"]
        self._files = {
            (name := path.relative_to(folder).as_posix()): StaticFile(name, path.read_bytes()) for path in paths
        }

        if "vendor/form-viewer.js" not in self:
            raise AssetsMissingError(
                "页面用的前端组件还没有安装，页面不能启动。没有改动任何数据。\n"
                "请先运行 make setup（首次需要联网），再启动。"
            )

    def address(self, name: str) -> str:
        """Return the address of a file.

        Raises:
            KeyError: there is no such file.
        """
        return f"/static/{self._files[name].version}/{name}"

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def respond(self, request: Request) -> Response:
        """Answer a request for `/static/{version}/{name}`; a stale version gets the newest content, uncached."""
        file = self._files.get(request.path_params["name"])
        if file is None:
            raise HTTPException(404)
        current = request.path_params["version"] == file.version
        headers = {"Cache-Control": FOR_EVER if current else "no-cache", "Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            return Response(file.compressed, media_type=file.media_type, headers=headers | {"Content-Encoding": "gzip"})
        return Response(file.content, media_type=file.media_type, headers=headers)
