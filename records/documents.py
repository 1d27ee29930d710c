"""The document store: files named by the SHA-256 of their content, written so that a crash leaves a whole file or none.

A file comes before its row, so a row never lacks its file. A crash between the two leaves a stray file, which harms
nobody and is reported by `Documents.stray`.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.canonical import sha256_hex
from records.models import Document


class DamagedDocumentError(Exception):
    """A stored file is missing or is no longer what its name says."""


class DocumentStore:
    """Content-addressed files under `folder`: `ab/cdef…` holds the content whose SHA-256 begins with `abcdef`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Return where the content with this hash is kept, whether or not it is there."""
        return self.folder / sha256[:2] / sha256[2:]

    def put(self, content: bytes) -> str:
        """Keep `content` and return its SHA-256. When this returns, the file survives a power cut."""
        sha256 = sha256_hex(content)
        target = self.path(sha256)
        if self._holds(target, sha256):
            return sha256
        incoming = self.folder / "incoming"
        for folder in (self.folder, incoming, target.parent):
            folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=incoming)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        for folder in (target.parent, self.folder, self.folder.parent):
            _fsync_folder(folder)
        return sha256

    def read(self, sha256: str) -> bytes:
        """Return the content with this hash, checked.

        Raises:
            DamagedDocumentError: the file is missing or its content has changed.
        """
        try:
            content = self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise DamagedDocumentError(f"文件 {sha256[:12]}… 不在文件库中。") from error
        if sha256_hex(content) != sha256:
            raise DamagedDocumentError(f"文件 {sha256[:12]}… 的内容与登记的校验值不符。")
        return content

    def hashes(self) -> Iterator[str]:
        """Yield the hash of every stored file, in order."""
        for shard in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(shard.name + file.name for file in shard.iterdir())

    def unfinished(self) -> Sequence[Path]:
        """Return what a crash left half written: files that no hash names and nobody will ever read."""
        return sorted((self.folder / "incoming").glob("*"))

    def _holds(self, target: Path, sha256: str) -> bool:
        # A damaged copy is not trusted: writing the content again heals it.
        return target.exists() and sha256_hex(target.read_bytes()) == sha256


@dataclass(frozen=True)
class NewDocument:
    """A file on its way into the registry.

    `kind` is its part in the process (`approved_table`, `tender`, `opinion`, …), `secrecy` 公开 or 内部.
    """

    content: bytes
    kind: str
    file_name: str
    media_type: str
    created_by: str
    created_at: datetime
    secrecy: str = "内部"


class Documents:
    """Documents of the registry: the store's files with what is known about them."""

    def __init__(self, session: Session, store: DocumentStore) -> None:
        self.session = session
        self.store = store

    def add(self, new: NewDocument) -> Document:
        """Store a file and its row. The row counts once the session commits."""
        document = Document(
            sha256=self.store.put(new.content),
            kind=new.kind,
            file_name=new.file_name,
            media_type=new.media_type,
            size=len(new.content),
            secrecy=new.secrecy,
            created_by=new.created_by,
            created_at=new.created_at,
        )
        self.session.add(document)
        self.session.flush()
        return document

    def with_id(self, document_id: int) -> Document | None:
        """Return the document with this id."""
        return self.session.get(Document, document_id)

    def content(self, document: Document) -> bytes:
        """Return a document's content, checked against its hash."""
        return self.store.read(document.sha256)

    def stray(self) -> list[str]:
        """Return the hashes of files that no row knows: left by a crash, or by a step that is still under way."""
        known = set(self.session.scalars(select(Document.sha256).distinct()))
        return [sha256 for sha256 in self.store.hashes() if sha256 not in known]

    def missing(self) -> list[Document]:
        """Return the documents whose file is not in the store: always empty unless somebody removed files."""
        documents = self.session.scalars(select(Document).order_by(Document.id))
        return [document for document in documents if not self.store.path(document.sha256).exists()]


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
