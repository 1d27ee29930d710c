"""Documents: create one or many, get, delete. The local store cannot make links, so that operation is not served."""

import json
from datetime import UTC, datetime
from typing import Any, Final

from anyio.to_thread import run_sync
from starlette.datastructures import FormData, UploadFile
from starlette.responses import FileResponse, JSONResponse, Response

from engine.documents import (
    STORE_ID,
    Document,
    DocumentExistsError,
    DocumentMissingError,
    DocumentTooLargeError,
    Metadata,
)
from engine.rest.checks import KEY, mapping, moment, nullable, record, text, whole
from engine.rest.multipart import read_form, too_large
from engine.rest.operation import Call, Operation
from engine.rest.problems import ProblemError, invalid, not_found
from engine.rest.spelling import spelled

_OVERHEAD: Final = 1024 * 1024
_METADATA: Final = record(
    {
        "contentType": nullable(text(most=256)),
        "fileName": nullable(text(most=1024)),
        "expiresAt": nullable(moment),
        "size": nullable(whole()),
        "processDefinitionId": nullable(text(least=1)),
        "processInstanceKey": nullable(KEY),
        "customProperties": nullable(mapping),
    },
)


async def create(call: Call) -> Response:
    """Store one file, with the metadata that the part `metadata` gives."""
    _check_store(call)
    form = await read_form(call.request, call.services.documents.largest + _OVERHEAD)
    try:
        _check_parts(form, "file", "metadata")
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise invalid("No file provided.")
        given = await _parsed(form.get("metadata"), "metadata")
        reference = await _store(call, file, given, call.request.query_params.get("documentId"))
    finally:
        await form.close()
    return JSONResponse(reference, 201)


async def create_batch(call: Call) -> Response:
    """Store several files; what fails does not hinder the others (207)."""
    _check_store(call)
    form = await read_form(call.request, call.services.documents.largest + _OVERHEAD)
    try:
        _check_parts(form, "files", "metadataList")
        files = form.getlist("files")
        given = await _metadata_list(form, files)
        created, failed = [], []
        for file, metadata in zip(files, given, strict=True):
            if not isinstance(file, UploadFile):
                raise invalid("No files provided.")
            try:
                created.append(await _store(call, file, metadata, None))
            except ProblemError as problem:
                failed.append(_failure(call, file, problem))
    finally:
        await form.close()
    return JSONResponse({"createdDocuments": created, "failedDocuments": failed}, 207 if failed else 201)


def _failure(call: Call, file: UploadFile, problem: ProblemError) -> dict[str, Any]:
    name = file.filename or ""
    view = {"fileName": name, "status": problem.status, "title": problem.title, "detail": problem.detail}
    return spelled(call, view, ("status", "title"))


def get(call: Call) -> Response:
    """Return the content; `contentHash` must be that of the stored content."""
    document = _find(call)
    content_hash = call.request.query_params.get("contentHash")
    if not content_hash:
        raise invalid("No contentHash provided.")
    if content_hash != document.content_hash:
        raise invalid(f"The provided contentHash does not match the document with id '{document.document_id}'")
    return FileResponse(
        document.path,
        media_type="application/octet-stream",
        filename=document.metadata.file_name,
        headers={"X-Content-Type-Options": "nosniff"},
    )


def delete(call: Call) -> None:
    """Remove a document."""
    _check_store(call)
    try:
        call.services.documents.delete(call.parameters["documentId"])
    except DocumentMissingError as missing:
        raise _no_document(call) from missing


def _find(call: Call) -> Document:
    _check_store(call)
    try:
        return call.services.documents.get(call.parameters["documentId"])
    except DocumentMissingError as missing:
        raise _no_document(call) from missing


def _no_document(call: Call) -> ProblemError:
    return not_found(f"Document with id '{call.parameters['documentId']}' not found")


def _check_store(call: Call) -> None:
    store = call.request.query_params.get("storeId") or STORE_ID
    if store != STORE_ID:
        raise invalid(f"Document store with id '{store}' does not exist")


def _check_parts(form: FormData, *known: str) -> None:
    if unknown := sorted(set(form) - set(known)):
        raise ProblemError(400, "Bad Request", f"Request property [{unknown[0]}] cannot be parsed")
    if known[0] not in form:
        raise invalid(f"No {known[0]} provided.")


async def _parsed(part: UploadFile | str | None, name: str) -> Any:
    raw = await part.read() if isinstance(part, UploadFile) else part
    try:
        return json.loads(raw) if raw else {}
    except ValueError as error:
        raise ProblemError(400, "Bad Request", f"Request property [{name}] cannot be parsed") from error


async def _metadata_list(form: FormData, files: list[UploadFile | str]) -> list[Any]:
    """Return one metadata object a file: from `metadataList`, else from each part's `X-Document-Metadata` header."""
    given: list[Any] = []
    for part in form.getlist("metadataList"):
        parsed = await _parsed(part, "metadataList")
        given += parsed if isinstance(parsed, list) else [parsed]
    if given and len(given) != len(files):
        raise invalid("The number of metadata items in metadataList must match the number of files.")
    if given:
        return given
    headers = [file.headers.get("x-document-metadata") for file in files if isinstance(file, UploadFile)]
    return [await _parsed(header, "X-Document-Metadata") for header in headers]


async def _store(call: Call, file: UploadFile, given: Any, document_id: str | None) -> dict[str, Any]:
    _METADATA(given, "metadata")
    if given.get("expiresAt") and datetime.fromisoformat(given["expiresAt"]) <= datetime.now(UTC):
        raise invalid("The provided metadata.expiresAt is in the past.")
    metadata = Metadata(
        content_type=given.get("contentType") or file.content_type or "application/octet-stream",
        file_name=given.get("fileName") or file.filename or "document",
        expires_at=given.get("expiresAt") or None,
        process_definition_id=given.get("processDefinitionId"),
        process_instance_key=given.get("processInstanceKey"),
        custom_properties=given.get("customProperties") or {},
    )
    try:
        return _reference(call, await run_sync(call.services.documents.put, file.file, metadata, document_id))
    except DocumentTooLargeError as error:
        raise too_large(call.services.documents.largest) from error
    except DocumentExistsError as error:
        raise ProblemError(409, "ALREADY_EXISTS", f"Document with id '{document_id}' already exists") from error


def _reference(call: Call, document: Document) -> dict[str, Any]:
    metadata = document.metadata
    shown: dict[str, Any] = {
        "contentType": metadata.content_type,
        "fileName": metadata.file_name,
        "size": metadata.size,
        "expiresAt": metadata.expires_at,
        "processDefinitionId": metadata.process_definition_id,
        "processInstanceKey": metadata.process_instance_key,
        "customProperties": metadata.custom_properties,
    }
    return {
        "camunda.document.type": "camunda",
        "storeId": STORE_ID,
        "documentId": document.document_id,
        "contentHash": document.content_hash,
        "metadata": spelled(call, shown),
    }


OPERATIONS: Final = (
    Operation("createDocument", create),
    Operation("createDocuments", create_batch),
    Operation("getDocument", get),
    Operation("deleteDocument", delete),
)
"""Document operations."""
