"""Files on their way into a form: stored by the engine, they become DocumentReferences in the variables."""

import tempfile
from http import HTTPStatus
from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Header
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from gateway.requests import SignedIn

router = APIRouter()
IN_MEMORY = 4 * 1024 * 1024
LONGEST_NAME = 200


@router.post("/api/documents")
async def upload_document(
    request: Request,
    visit: SignedIn,
    file_name: Annotated[str, Header(alias="X-File-Name")],
    content_type: Annotated[str, Header()] = "application/octet-stream",
) -> Response:
    """Store the body as a file named by `X-File-Name` (percent-encoded) and answer its DocumentReference.

    The body is read in pieces and the name is cut to its last part, so neither size nor path is the sender's to choose.
    """
    name = unquote(file_name).replace("\\", "/").rsplit("/", 1)[-1].strip() or "未命名"
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as content:
        async for piece in request.stream():
            content.write(piece)
        content.seek(0)
        reference = await run_in_threadpool(visit.engine.upload, name[-LONGEST_NAME:], content_type, content)
    return JSONResponse(reference, HTTPStatus.CREATED)
