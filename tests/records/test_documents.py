import contextlib
import errno
import os
import signal
import stat
import subprocess
import sys
import textwrap
from datetime import datetime
from pathlib import Path

import pytest

from records.canonical import sha256_hex
from records.database import Database
from records.documents import DamagedDocumentError, Documents, DocumentStore, NewDocument

CONTENT = "批复参数表".encode()
SHA256 = sha256_hex(CONTENT)


def a_document(now: datetime, content: bytes = CONTENT) -> NewDocument:
    return NewDocument(content, "approved_table", "批复.xlsx", "application/x-test", "wang_fang", now)


def test_content_is_kept_under_its_hash_and_read_back(store: DocumentStore) -> None:
    assert store.put(CONTENT) == SHA256
    assert store.path(SHA256) == store.folder / SHA256[:2] / SHA256[2:]
    assert store.read(SHA256) == CONTENT
    assert list(store.hashes()) == [SHA256]
    assert list((store.folder / "incoming").iterdir()) == []


def test_the_same_content_again_is_the_same_file_untouched(store: DocumentStore) -> None:
    store.put(CONTENT)
    before = store.path(SHA256).stat().st_ino
    assert store.put(CONTENT) == SHA256
    assert store.path(SHA256).stat().st_ino == before


def test_a_changed_file_is_not_given_out_and_storing_it_again_heals_it(store: DocumentStore) -> None:
    store.put(CONTENT)
    store.path(SHA256).write_bytes(CONTENT[:-1] + b"x")
    with pytest.raises(DamagedDocumentError, match="内容与登记的校验值不符"):
        store.read(SHA256)
    store.put(CONTENT)
    assert store.read(SHA256) == CONTENT


def test_a_missing_file_is_named(store: DocumentStore) -> None:
    with pytest.raises(DamagedDocumentError, match=f"{SHA256[:12]}… 不在文件库中"):
        store.read(SHA256)


@pytest.mark.parametrize("call", range(1, 7))
def test_a_disk_fault_at_any_fsync_or_rename_leaves_a_whole_file_or_none(
    store: DocumentStore, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    calls = 0

    def failing(real: object) -> object:
        def wrapped(*arguments: object) -> object:
            nonlocal calls
            calls += 1
            if calls == call:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(*arguments)  # type: ignore[operator]

        return wrapped

    monkeypatch.setattr(os, "fsync", failing(os.fsync))
    monkeypatch.setattr(os, "rename", failing(os.rename))
    monkeypatch.setattr(os, "replace", failing(os.replace))
    if call <= 5:
        with pytest.raises(OSError, match="No space left"):
            store.put(CONTENT)
    else:
        store.put(CONTENT)  # One file's way has five such calls, so the sixth never comes: the whole way was tried.
    monkeypatch.undo()
    assert all(store.read(sha256) == CONTENT for sha256 in store.hashes())
    incoming = store.folder / "incoming"
    assert list(incoming.iterdir()) == []
    store.put(CONTENT)
    assert store.read(SHA256) == CONTENT


STORES_UNTIL_KILLED = """
    import sys
    from pathlib import Path
    from records.documents import DocumentStore

    store = DocumentStore(Path(sys.argv[1]))
    print("started", flush=True)
    for number in range(100_000):
        print(store.put(f"{sys.argv[2]}-{number}".encode() * 20_000), flush=True)
"""


def test_after_kill_9_every_reported_file_is_there_and_each_file_is_whole(store: DocumentStore) -> None:
    reported = set[str]()
    for life in range(4):
        command = [sys.executable, "-c", textwrap.dedent(STORES_UNTIL_KILLED), str(store.folder), str(life)]
        program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert program.stdout is not None
        lines = [program.stdout.readline() for _ in range(5 + life * 7)]
        os.kill(program.pid, signal.SIGKILL)
        lines += program.stdout.readlines()
        program.wait()
        program.stdout.close()
        reported |= {line.strip() for line in lines if len(line) == 65}
    stored = set(store.hashes())
    assert reported <= stored
    assert all(sha256_hex(store.read(sha256)) == sha256 for sha256 in stored)
    assert len(store.unfinished()) <= 4


def test_stored_files_are_for_their_owner_only(store: DocumentStore) -> None:
    store.put(CONTENT)
    assert stat.S_IMODE(store.path(SHA256).stat().st_mode) == 0o600


def test_a_document_has_its_file_and_its_facts(database: Database, store: DocumentStore, now: datetime) -> None:
    with database.session() as session:
        document_id = Documents(session, store).add(a_document(now)).id
    with database.reading() as session:
        documents = Documents(session, store)
        document = documents.with_id(document_id)
        assert document is not None
        facts = (document.sha256, document.kind, document.file_name, document.media_type, document.size)
        assert facts == (SHA256, "approved_table", "批复.xlsx", "application/x-test", len(CONTENT))
        assert (document.secrecy, document.created_by, document.created_at) == ("内部", "wang_fang", now)
        assert documents.content(document) == CONTENT
        assert documents.with_id(document_id + 1) is None


def test_a_crash_between_file_and_row_leaves_a_stray_file_that_is_reported(
    database: Database, store: DocumentStore, now: datetime
) -> None:
    with contextlib.suppress(RuntimeError), database.session() as session:
        Documents(session, store).add(a_document(now))
        raise RuntimeError
    with database.session() as session:
        documents = Documents(session, store)
        documents.add(a_document(now, b"other"))
        assert (documents.stray(), documents.missing()) == ([SHA256], [])


def test_a_row_whose_file_somebody_removed_is_reported(database: Database, store: DocumentStore, now: datetime) -> None:
    with database.session() as session:
        documents = Documents(session, store)
        document = documents.add(a_document(now))
        store.path(SHA256).unlink()
        assert documents.missing() == [document]


def test_a_store_in_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"):
        DocumentStore(tmp_path / "file" / "documents").put(CONTENT)
