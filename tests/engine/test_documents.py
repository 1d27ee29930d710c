import hashlib
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.documents import (
    DocumentExistsError,
    DocumentMissingError,
    DocumentStore,
    DocumentTooLargeError,
    Metadata,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PLAIN = Metadata("text/plain", "说明.txt")


class Clock:
    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time


def store(folder: Path, *, largest: int = 1000, clock: Clock | None = None) -> DocumentStore:
    return DocumentStore(folder, largest, clock or Clock())


def test_what_is_put_is_got_again_with_its_hash_and_true_size(tmp_path: Path) -> None:
    document = store(tmp_path).put(io.BytesIO(b"content"), PLAIN, "one")

    assert document == store(tmp_path).get("one")
    assert document.content_hash == hashlib.sha256(b"content").hexdigest()
    assert document.metadata == Metadata("text/plain", "说明.txt", size=7)
    assert document.path.read_bytes() == b"content"


def test_a_document_without_an_id_gets_one_of_its_own(tmp_path: Path) -> None:
    documents = store(tmp_path)

    ids = {documents.put(io.BytesIO(b"same"), PLAIN).document_id for _ in range(3)}

    assert len(ids) == 3


def test_a_taken_id_is_refused_and_the_first_document_stays(tmp_path: Path) -> None:
    documents = store(tmp_path)
    documents.put(io.BytesIO(b"first"), PLAIN, "one")

    with pytest.raises(DocumentExistsError):
        documents.put(io.BytesIO(b"second"), PLAIN, "one")

    assert documents.get("one").path.read_bytes() == b"first"


def test_too_large_a_document_leaves_nothing_behind(tmp_path: Path) -> None:
    documents = store(tmp_path, largest=10)

    with pytest.raises(DocumentTooLargeError):
        documents.put(io.BytesIO(b"x" * 11), PLAIN, "one")

    with pytest.raises(DocumentMissingError):
        documents.get("one")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_document_of_exactly_the_limit_is_kept(tmp_path: Path) -> None:
    assert store(tmp_path, largest=10).put(io.BytesIO(b"x" * 10), PLAIN).metadata.size == 10


@pytest.mark.parametrize("hostile", ["../../etc/passwd", "/etc/passwd", "..", "a/b", "\0", "名" * 400, ".incoming"])
def test_no_id_becomes_a_path(tmp_path: Path, hostile: str) -> None:
    folder = tmp_path / "store"
    documents = store(folder)

    document = documents.put(io.BytesIO(b"content"), PLAIN, hostile)

    assert documents.get(hostile) == document
    assert document.path.resolve().is_relative_to(folder.resolve())
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_a_deleted_document_is_gone_and_its_id_free(tmp_path: Path) -> None:
    documents = store(tmp_path)
    documents.put(io.BytesIO(b"content"), PLAIN, "one")

    documents.delete("one")

    with pytest.raises(DocumentMissingError):
        documents.get("one")
    with pytest.raises(DocumentMissingError):
        documents.delete("one")
    assert documents.put(io.BytesIO(b"again"), PLAIN, "one").metadata.size == 5


def test_an_expired_document_is_gone(tmp_path: Path) -> None:
    clock = Clock()
    documents = store(tmp_path, clock=clock)
    documents.put(io.BytesIO(b"content"), Metadata("text/plain", "a", expires_at="2026-03-02T13:00:00Z"), "one")
    assert documents.get("one").metadata.expires_at == "2026-03-02T13:00:00Z"

    clock.time = NOON + timedelta(hours=1)

    with pytest.raises(DocumentMissingError):
        documents.get("one")


def test_an_upload_cut_off_by_a_kill_is_swept_at_the_next_start(tmp_path: Path) -> None:
    store(tmp_path).put(io.BytesIO(b"kept"), PLAIN, "kept")
    torn = tmp_path / ".incoming" / "half"
    torn.mkdir()
    (torn / "content").write_bytes(b"half of it")

    documents = store(tmp_path)

    assert list((tmp_path / ".incoming").iterdir()) == []
    assert documents.get("kept").path.read_bytes() == b"kept"
