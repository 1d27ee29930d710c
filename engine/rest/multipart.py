"""Reading multipart requests as a stream, counted while they arrive; large files go to temporary files, not memory."""

from collections.abc import AsyncGenerator
from typing import Final

from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from engine.rest.problems import ProblemError, invalid

MOST_PARTS: Final = 200
_LONGEST_FIELD: Final = 1024 * 1024


def too_large(limit: int) -> ProblemError:
    """Return the 413 problem; `limit` in bytes."""
    return ProblemError(
        413, "Payload Too Large", f"The request exceeds the limit of {limit} bytes. Nothing was stored."
    )


async def read_form(request: Request, limit: int) -> FormData:
    """Read a multipart body of at most `limit` bytes; the caller closes the form.

    Raises:
        ProblemError: 415 for another content type, 413 beyond the limit, 400 for a broken body.
    """
    media_type = request.headers.get("content-type", "")
    if not media_type.lower().startswith("multipart/form-data"):
        raise ProblemError(415, "Unsupported Media Type", f"Content-Type '{media_type}' is not supported.")
    if "boundary=" not in media_type:
        raise invalid("Failed to parse multipart servlet request: no multipart boundary was found")
    if int(request.headers.get("content-length", 0)) > limit:
        raise too_large(limit)
    parser = MultiPartParser(
        request.headers,
        _counted(request, limit),
        max_files=MOST_PARTS,
        max_fields=MOST_PARTS,
        max_part_size=_LONGEST_FIELD,
    )
    try:
        return await parser.parse()
    except MultiPartException as error:
        raise invalid(f"Failed to parse multipart servlet request: {error.message}") from error


async def _counted(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise too_large(limit)
        yield chunk
