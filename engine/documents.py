"""The document store behind `/v2/documents`: content and metadata on disk, whole or not at all.

    documents/<2 digits>/<SHA-256 of the document id>/content
                                                     /metadata.json
    documents/.incoming/<random>/                    an upload or a removal under way

An upload is written and synced in `.incoming` and becomes a document by one rename of its folder, so that after
kill −9 a document is either all there or was never acknowledged. Ids never become paths: their hash does. What is left
in `.incoming` by a kill is swept at the next start.
"""

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

STORE_ID: Final = "local"
_CHUNK: Final = 1024 * 1024


class DocumentMissingError(Exception):
    """There is no such document, or no longer."""


class DocumentExistsError(Exception):
    """The id that was asked for is taken."""


class DocumentTooLargeError(Exception):
    """The content exceeds the limit of the store; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document besides its content.

    Attributes:
        content_type: media type as the uploader named it.
        file_name: name for people; never part of a path.
        size: bytes.
        expires_at: RFC 3339, or None for as long as the store lives.
        process_definition_id: process the document belongs to, if any.
        process_instance_key: instance it belongs to, if any.
        custom_properties: whatever the uploader added.
    """

    content_type: str
    file_name: str
    size: int = 0
    expires_at: str | None = None
    process_definition_id: str | None = None
    process_instance_key: str | None = None
    custom_properties: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """A stored document: id, SHA-256 of the content in hexadecimal, metadata, and where the content lies."""

    document_id: str
    content_hash: str
    metadata: Metadata
    path: Path


class DocumentStore:
    """Keeps documents in a folder; safe for several threads.

    Args:
        folder: the store's own folder, made if missing.
        largest: limit of one document in bytes.
        now: the current time, with offset.
    """

    def __init__(self, folder: Path, largest: int, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.largest = largest
        self._folder = folder
        self._incoming = folder / ".incoming"
        self._now = now
        shutil.rmtree(self._incoming, ignore_errors=True)
        self._incoming.mkdir(parents=True, mode=0o700)

    def put(self, content: BinaryIO, metadata: Metadata, document_id: str | None = None) -> Document:
        """Store the content and return the document; the size in `metadata` is replaced by the true one.

        Raises:
            DocumentExistsError: `document_id` is given and taken.
            DocumentTooLargeError: more than `largest` bytes.
        """
        document_id = document_id or str(uuid.uuid4())
        target = self._place(document_id)
        draft = self._incoming / uuid.uuid4().hex
        draft.mkdir(mode=0o700)
        try:
            content_hash, size = self._write_content(draft / "content", content)
            metadata = Metadata(**{**asdict(metadata), "size": size})
            record = {"documentId": document_id, "contentHash": content_hash, "metadata": asdict(metadata)}
            _write_synced(draft / "metadata.json", json.dumps(record, ensure_ascii=False).encode())
            _sync_folder(draft)
            self._commit(draft, target, document_id)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return Document(document_id, content_hash, metadata, target / "content")

    def get(self, document_id: str) -> Document:
        """Return a document.

        Raises:
            DocumentMissingError: none with this id, or it has expired.
        """
        place = self._place(document_id)
        try:
            record = json.loads((place / "metadata.json").read_bytes())
        except FileNotFoundError as error:
            raise DocumentMissingError(document_id) from error
        metadata = Metadata(**record["metadata"])
        if metadata.expires_at and datetime.fromisoformat(metadata.expires_at) <= self._now():
            self.delete(document_id)
            raise DocumentMissingError(document_id)
        return Document(document_id, record["contentHash"], metadata, place / "content")

    def delete(self, document_id: str) -> None:
        """Remove a document.

        Raises:
            DocumentMissingError: none with this id.
        """
        grave = self._incoming / uuid.uuid4().hex
        place = self._place(document_id)
        try:
            place.rename(grave)
        except FileNotFoundError as error:
            raise DocumentMissingError(document_id) from error
        _sync_folder(place.parent)
        shutil.rmtree(grave)

    def _place(self, document_id: str) -> Path:
        digest = hashlib.sha256(document_id.encode()).hexdigest()
        return self._folder / digest[:2] / digest

    def _write_content(self, path: Path, content: BinaryIO) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        with path.open("xb") as target:
            while chunk := content.read(_CHUNK):
                size += len(chunk)
                if size > self.largest:
                    raise DocumentTooLargeError
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        return digest.hexdigest(), size

    def _commit(self, draft: Path, target: Path, document_id: str) -> None:
        target.parent.mkdir(exist_ok=True, mode=0o700)
        try:
            draft.rename(target)
        except OSError as error:
            if target.exists():
                raise DocumentExistsError(document_id) from error
            raise
        _sync_folder(target.parent)
        _sync_folder(self._folder)


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("xb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
